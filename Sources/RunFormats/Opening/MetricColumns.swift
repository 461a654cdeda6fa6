import ReviewCore

/// Numbers of checkpoints, gathered from tables under their names.
struct MetricColumns {
  private var names: [String] = []
  private var places: [String: Int] = [:]
  private var cells: [[(checkpoint: Int, value: Double)]] = []

  // A run has far fewer; names beyond it would take more memory than their file does.
  private static let mostDense = 4_000_000
  private static let leastShare = 16

  mutating func place(of name: String) -> Int {
    if let place = places[name] { return place }
    places[name] = names.count
    names.append(name)
    cells.append([])
    return names.count - 1
  }

  /// A later value of the same checkpoint counts.
  mutating func add(_ value: Double, to place: Int, at checkpoint: Int) {
    cells[place].append((checkpoint, value))
  }

  /// The columns with a value or none for each checkpoint.
  ///
  /// Of a file that holds thousands of names with a number or two each, the fullest are taken.
  ///
  /// - Parameter order: the checkpoints that are kept, of `count`.
  func dense(
    order: [Int], of count: Int
  ) -> (columns: [(name: String, values: [Double?])], warnings: [RunWarning]) {
    let filled = cells.reduce(0) { $0 + $1.count }
    let room = max(Self.mostDense, filled * Self.leastShare) / max(1, order.count)
    var kept = Array(names.indices)
    var warnings: [RunWarning] = []
    if kept.count > room {
      kept = Array(kept.sorted { (cells[$1].count, $0) < (cells[$0].count, $1) }.prefix(room))
        .sorted()
      warnings.append(
        RunWarning(
          .leftOut,
          "\(names.count - kept.count) of \(names.count) metrics have next to no numbers and are "
            + "not shown"))
    }
    var rank = [Int](repeating: -1, count: count)
    for (place, checkpoint) in order.enumerated() { rank[checkpoint] = place }
    let columns = kept.map { column in
      var values = [Double?](repeating: nil, count: order.count)
      for cell in cells[column] where rank[cell.checkpoint] >= 0 {
        values[rank[cell.checkpoint]] = cell.value
      }
      return (name: names[column], values: values)
    }
    return (columns, warnings)
  }
}
