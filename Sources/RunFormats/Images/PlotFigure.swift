import ReviewCore

/// Tells figures that a plotting library has drawn from pictures of samples.
enum PlotFigure {
  // A figure's margins are a tenth of its side; a grid's padding is some pixels.
  private static let leastMargin = 8

  /// Whether a file names matplotlib as what wrote it and has the white margins of its figures.
  ///
  /// `imsave` of the same library writes the same name and the pixels as they are.
  static func isFigure(_ image: GrayImage, file: [UInt8]) -> Bool {
    guard image.width > 4 * leastMargin, image.height > 4 * leastMargin,
      file.holds("Matplotlib", within: 4096)
    else { return false }
    let (width, height) = (image.width, image.height)
    return image.pixels.withUnsafeBufferPointer { pixels in
      func isWhite(_ x: Int, _ y: Int) -> Bool { pixels[y * width + x] == 255 }
      for line in 0..<leastMargin {
        for x in 0..<width where !isWhite(x, line) || !isWhite(x, height - 1 - line) {
          return false
        }
        for y in 0..<height where !isWhite(line, y) || !isWhite(width - 1 - line, y) {
          return false
        }
      }
      return true
    }
  }
}
