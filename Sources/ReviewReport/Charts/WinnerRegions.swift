/// The cells of a map as few rectangles, and the borders between different winners.
struct WinnerRegions {
  /// Cells that touch and have one winner; columns and rows are half-open.
  struct Region: Equatable {
    let winner: Int
    let columns: Range<Int>
    var rows: Range<Int>
  }

  /// By row and column of their first cell.
  private(set) var regions: [Region] = []

  /// - Complexity: O(cells).
  init(_ cells: [[Int]]) {
    var open: [Int] = []
    for (row, line) in cells.enumerated() {
      var next: [Int] = []
      var waiting = open[...]
      var start = 0
      while start < line.count {
        let end = line[start...].firstIndex { $0 != line[start] } ?? line.count
        // Both lists ascend by column, so that one pass finds the region above.
        while let first = waiting.first, regions[first].columns.lowerBound < start {
          waiting.removeFirst()
        }
        if let above = waiting.first, regions[above].columns == start..<end,
          regions[above].winner == line[start]
        {
          regions[above].rows = regions[above].rows.lowerBound..<row + 1
          next.append(above)
        } else {
          next.append(regions.count)
          regions.append(Region(winner: line[start], columns: start..<end, rows: row..<row + 1))
        }
        start = end
      }
      open = next
    }
  }
}
