/// A picture as character cells, row by row from the top left.
package struct GlyphGrid: Equatable, Sendable {
  package let width: Int
  package let height: Int
  package let cells: [GlyphCell]

  package init(width: Int, height: Int, cells: [GlyphCell]) {
    precondition(width >= 0 && height >= 0 && cells.count == width * height)
    self.width = width
    self.height = height
    self.cells = cells
  }

  /// The cell at a place; both must lie inside the grid.
  package subscript(column column: Int, row row: Int) -> GlyphCell {
    precondition((0..<width).contains(column) && (0..<height).contains(row))
    return cells[row * width + column]
  }

  /// The characters alone, one string a row, each `width` scalars long.
  package var lines: [String] {
    (0..<height).map { row in
      var line = String.UnicodeScalarView()
      line.append(contentsOf: cells[row * width..<(row + 1) * width].lazy.map(\.scalar))
      return String(line)
    }
  }
}
