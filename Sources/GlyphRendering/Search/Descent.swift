/// The order in which a search goes over the cells.
enum Descent {
  /// Goes over all cells until nothing changes, at most `sweeps` times; after the first time only
  /// over those that changed or whose neighbours did. Cells that are `settled` are left alone.
  static func run(
    columns: Int, rows: Int, settled: [Bool], sweeps: Int, improve: (Int) -> Bool
  ) {
    var isStale = settled.map { !$0 }
    for _ in 0..<sweeps {
      var hasChanged = false
      for cell in isStale.indices where isStale[cell] {
        isStale[cell] = false
        guard improve(cell) else { continue }
        hasChanged = true
        CellGeometry.forEachNeighbour(of: cell, columns: columns, rows: rows) {
          isStale[$0] = !settled[$0]
        }
      }
      if !hasChanged { return }
    }
  }
}
