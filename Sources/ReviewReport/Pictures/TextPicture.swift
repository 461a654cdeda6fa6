import GlyphRendering
package import ReviewCore

/// Samples as characters, for a block of plain text.
package enum TextPicture {
  package static let columns = 14

  /// The pictures side by side under their captions, one blank column between; 7-bit, no colour.
  package static func lines(_ images: [GrayImage], captions: [String]) -> [String] {
    guard let first = images.first, first.width > 0 else { return [] }
    let rows = max(1, (columns * first.height + first.width) / (2 * first.width))
    let renderer = GlyphRenderer(PictureSettings())
    let grids = images.map { renderer.render($0, columns: columns, rows: rows).lines }
    var lines: [String] = []
    lines.append(joined(captions.map { $0.count > columns ? String($0.prefix(columns)) : $0 }))
    for row in 0..<rows { lines.append(joined(grids.map { $0[row] })) }
    return lines
  }

  private static func joined(_ parts: [String]) -> String {
    var line = parts.map { $0 + String(repeating: " ", count: max(0, columns - $0.count)) }
      .joined(separator: " ")
    while line.last == " " { line.removeLast() }
    return line
  }
}
