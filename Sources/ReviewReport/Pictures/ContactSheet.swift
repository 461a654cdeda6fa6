package import ReviewCore

/// Samples side by side in one picture, each pixel enlarged to be seen.
package enum ContactSheet {
  private static let gap = 4
  private static let wanted = 112

  /// Rows of pictures, all of one size; nil when there are none.
  package static func image(_ rows: [[GrayImage]]) -> GrayImage? {
    guard let first = rows.first?.first else { return nil }
    let scale = max(1, wanted / max(1, max(first.width, first.height)))
    let (width, height) = (first.width * scale, first.height * scale)
    let columns = rows.map(\.count).max() ?? 0
    let sheetWidth = columns * (width + gap) + gap
    let sheetHeight = rows.count * (height + gap) + gap
    var pixels = [UInt8](repeating: 96, count: sheetWidth * sheetHeight)
    for (row, images) in rows.enumerated() {
      for (column, image) in images.enumerated()
      where image.width == first.width && image.height == first.height {
        let left = gap + column * (width + gap)
        let top = gap + row * (height + gap)
        for y in 0..<height {
          let source = y / scale * image.width
          let line = (top + y) * sheetWidth + left
          for x in 0..<width { pixels[line + x] = image.pixels[source + x / scale] }
        }
      }
    }
    return GrayImage(width: sheetWidth, height: sheetHeight, pixels: pixels)
  }
}
