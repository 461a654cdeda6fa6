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

  /// Words in place of a picture, broken where they do not fit and cut where there is no room left.
  package init(words: String, columns: Int, rows: Int) {
    var lines: [[Unicode.Scalar]] = []
    for word in words.split(separator: " ") {
      let scalars = Array(word.unicodeScalars)
      if let line = lines.last, line.count + 1 + scalars.count <= columns {
        lines[lines.count - 1] = line + [" "] + scalars
      } else {
        lines.append(Array(scalars.prefix(max(0, columns))))
      }
    }
    var cells = [GlyphCell](
      repeating: GlyphCell(scalar: " "), count: max(0, columns) * max(0, rows))
    let top = max(0, (rows - lines.count) / 2)
    for (offset, line) in lines.enumerated() where top + offset < rows {
      for (column, scalar) in line.enumerated() {
        cells[(top + offset) * columns + column] = GlyphCell(scalar: scalar)
      }
    }
    self.init(width: max(0, columns), height: max(0, rows), cells: cells)
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
