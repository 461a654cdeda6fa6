/// Rendered pictures as text for a terminal.
package enum AnsiText {
  /// The grid's rows, each padded to the width and ended by a newline.
  ///
  /// SGR sequences appear only where the colours change, and a row that has any ends in a reset;
  /// with `.none` there is no escape at all. Levels go to the nearest gray of `color`.
  package static func text(of grid: GlyphGrid, color: ColorDepth) -> String {
    // Bytes: a string that grows by many small pieces is copied again and again.
    var text: [UInt8] = []
    text.reserveCapacity(grid.cells.count * (color == .none ? 1 : 8) + grid.height)
    for row in 0..<grid.height {
      var shown = "0"
      var hasStyle = false
      for cell in grid.cells[row * grid.width..<(row + 1) * grid.width] {
        if color != .none {
          let wanted = style(of: cell, color: color)
          if wanted != shown {
            text.append(contentsOf: "\u{1B}[\(wanted)m".utf8)
            shown = wanted
            hasStyle = true
          }
        }
        text.append(contentsOf: UTF8.encode(cell.scalar) ?? UTF8.encodedReplacementCharacter)
      }
      if hasStyle { text.append(contentsOf: "\u{1B}[0m".utf8) }
      text.append(UInt8(ascii: "\n"))
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// SGR parameters that set both colours whatever was set before; empty for an unstyled cell.
  private static func style(of cell: GlyphCell, color: ColorDepth) -> String {
    // A blank shows no ink: leaving its colour out lengthens the runs.
    let ink = cell.scalar == " " ? nil : cell.foreground
    switch (ink, cell.background) {
    case (nil, nil): return "0"
    case (let ink?, nil): return "0;" + parameters(ink, color, isBackground: false)
    case (nil, let paper?): return "0;" + parameters(paper, color, isBackground: true)
    case (let ink?, let paper?):
      return parameters(ink, color, isBackground: false) + ";"
        + parameters(paper, color, isBackground: true)
    }
  }

  private static func parameters(
    _ level: UInt8, _ color: ColorDepth, isBackground: Bool
  ) -> String {
    let selector = isBackground ? 48 : 38
    switch color {
    case .none: return ""
    case .sixteen:
      let index = Int(Palette256.sixteenIndex(ofGray: level))
      return String((index < 8 ? 30 + index : 82 + index) + (isBackground ? 10 : 0))
    case .palette: return "\(selector);5;\(Palette256.index(ofGray: level))"
    case .full: return "\(selector);2;\(level);\(level);\(level)"
    }
  }
}
