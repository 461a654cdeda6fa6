import GlyphRendering

/// Several rendered samples as one text.
enum SampleSheet {
  /// So many a row, one blank column and one blank row between; all grids of one size.
  static func text(of grids: [GlyphGrid], perRow: Int, color: ColorDepth) -> String {
    var text = ""
    for start in stride(from: 0, to: grids.count, by: perRow) {
      let row = Array(grids[start..<min(start + perRow, grids.count)])
      if start > 0 { text += "\n" }
      text += AnsiText.text(of: joined(row), color: color)
    }
    return text
  }

  private static func joined(_ grids: [GlyphGrid]) -> GlyphGrid {
    guard grids.count > 1, let first = grids.first else {
      return grids.first ?? GlyphGrid(width: 0, height: 0, cells: [])
    }
    let blank = GlyphCell(scalar: " ")
    var cells: [GlyphCell] = []
    for row in 0..<first.height {
      for (place, grid) in grids.enumerated() {
        if place > 0 { cells.append(blank) }
        cells += grid.cells[row * grid.width..<(row + 1) * grid.width]
      }
    }
    return GlyphGrid(
      width: grids.count * (first.width + 1) - 1, height: first.height, cells: cells)
  }
}
