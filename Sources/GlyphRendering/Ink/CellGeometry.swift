/// The measures of one cell: 8 x 16 px, seen as 2 x 4 samples of 4 px.
enum CellGeometry {
  static let width = 8
  static let height = 16
  static let columns = 2
  static let rows = 4
  /// Samples beyond a cell's edge that its blurred ink still reaches.
  static let pad = 3
  static let footprintColumns = columns + 2 * pad
  static let footprintRows = rows + 2 * pad
  static let footprint = footprintColumns * footprintRows

  /// Coarse means about a cell, at every second sample: those that its footprint's samples move.
  static let meanColumns = 8
  static let meanRows = 9
  /// Coarse means before a cell's own first one.
  static let meanPad = 3

  /// Calls `body` with each cell near enough to another to be worth choosing again after it.
  ///
  /// Beyond two columns or one row footprints overlap by less than 2 % of their light.
  static func forEachNeighbour(of cell: Int, columns: Int, rows: Int, _ body: (Int) -> Void) {
    let row = cell / columns
    let column = cell % columns
    for y in max(0, row - 1)...min(rows - 1, row + 1) {
      for x in max(0, column - 2)...min(columns - 1, column + 2) where y != row || x != column {
        body(y * columns + x)
      }
    }
  }
}
