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

  /// The samples of a footprint, nearest to the cell's middle first.
  ///
  /// A sum of squares over them soon shows that a glyph cannot win.
  static let order: [(column: Int, row: Int)] = {
    let places = (0..<footprint).map { (column: $0 % footprintColumns, row: $0 / footprintColumns) }
    func distance(_ place: (column: Int, row: Int)) -> Int {
      let across = 2 * place.column - footprintColumns + 1
      let down = 2 * place.row - footprintRows + 1
      return across * across + down * down
    }
    return places.enumerated().sorted {
      (distance($0.element), $0.offset) < (distance($1.element), $1.offset)
    }.map(\.element)
  }()

  /// Where the samples of `order` lie from a footprint's corner in a field of `stride` columns.
  static func places(stride: Int) -> [Int] {
    order.map { $0.row * stride + $0.column }
  }

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
