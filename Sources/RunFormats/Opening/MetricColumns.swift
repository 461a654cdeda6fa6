import ReviewCore

/// Numbers of checkpoints, gathered from tables under their names.
struct MetricColumns {
  private var names: [String] = []
  private var places: [String: Int] = [:]
  private var cells: [[Cell]] = []
  private var sources: [String] = []

  private struct Cell {
    let value: Double
    let checkpoint: Int32
    /// Of `sources`; -1 for a series.
    let source: Int32
  }

  /// Numbers of one file that another contradicts, by metric.
  private struct Conflict: Hashable, Comparable {
    let loser: Int
    let winner: Int

    static func < (left: Conflict, right: Conflict) -> Bool {
      (left.loser, left.winner) < (right.loser, right.winner)
    }
  }

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

  /// The number of a file that values come from.
  mutating func source(_ path: String) -> Int {
    if let known = sources.firstIndex(of: path) { return known }
    sources.append(path)
    return sources.count - 1
  }

  /// Of one source a later value of the same checkpoint counts.
  mutating func add(_ value: Double, to place: Int, at checkpoint: Int, of source: Int = -1) {
    cells[place].append(
      Cell(value: value, checkpoint: Int32(checkpoint), source: Int32(source)))
  }

  /// The columns with a value or none for each checkpoint.
  ///
  /// Of a file that holds thousands of names with a number or two each, the fullest are taken.
  ///
  /// - Parameters:
  ///   - order: the checkpoints that are kept, of `count`.
  ///   - root: the folder of the sources.
  func dense(
    order: [Int], of count: Int, root: String
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
    let standings = Standings(sources.count > 1 ? sources : [], root: root)
    var conflicts: [Conflict: [(name: String, count: Int)]] = [:]
    var columns: [(name: String, values: [Double?])] = []
    for column in kept {
      var values = [Double?](repeating: nil, count: order.count)
      guard sources.count > 1 else {
        for cell in cells[column] where rank[Int(cell.checkpoint)] >= 0 {
          values[rank[Int(cell.checkpoint)]] = cell.value
        }
        columns.append((names[column], values))
        continue
      }
      var owners = [Int](repeating: -1, count: order.count)
      for cell in cells[column] {
        let (slot, source) = (rank[Int(cell.checkpoint)], Int(cell.source))
        guard slot >= 0 else { continue }
        let owner = owners[slot]
        if owner < 0 || owner == source || standings.counts(source, over: owner) {
          values[slot] = cell.value
          owners[slot] = source
        }
      }
      var differing: [Conflict: Set<Int>] = [:]
      for cell in cells[column] {
        let (slot, source) = (rank[Int(cell.checkpoint)], Int(cell.source))
        guard slot >= 0, owners[slot] >= 0, source != owners[slot], let value = values[slot],
          !Self.isSame(cell.value, value)
        else { continue }
        differing[Conflict(loser: source, winner: owners[slot]), default: []].insert(slot)
      }
      for (conflict, slots) in differing {
        conflicts[conflict, default: []].append((names[column], slots.count))
      }
      columns.append((names[column], values))
    }
    for (conflict, metrics) in conflicts.sorted(by: { $0.key < $1.key }) {
      warnings.append(warning(conflict, metrics, standings))
    }
    return (columns, warnings)
  }

  // One of the files may hold what the other does as a 32-bit float.
  private static func isSame(_ a: Double, _ b: Double) -> Bool {
    a == b || (a.isNaN && b.isNaN) || abs(a - b) <= 1e-6 * max(abs(a), abs(b))
  }

  private static let mostNamed = 4

  private func warning(
    _ conflict: Conflict, _ metrics: [(name: String, count: Int)], _ standings: Standings
  ) -> RunWarning {
    let winner = PrintableText.escaped(sources[conflict.winner])
    let named = metrics.prefix(Self.mostNamed).map { name, count in
      "\(PrintableText.escaped(name)) at \(count) checkpoint\(count == 1 ? "" : "s")"
    }.joined(separator: ", ")
    let more =
      metrics.count > Self.mostNamed ? " and \(metrics.count - Self.mostNamed) more metrics" : ""
    return RunWarning(
      .conflict, path: sources[conflict.loser],
      "it and \(winner) give different values of \(named)\(more); \(winner) counts, "
        + standings.reason(conflict.winner, over: conflict.loser))
  }

  /// The files of a run by which of them count.
  private struct Standings {
    private let all: [TableStanding]

    init(_ paths: [String], root: String) {
      all = paths.map { TableStanding(path: $0, root: root) }
    }

    func counts(_ source: Int, over other: Int) -> Bool {
      all[source].reason(over: all[other]) != nil
    }

    func reason(_ source: Int, over other: Int) -> String {
      all[source].reason(over: all[other]) ?? ""
    }
  }
}
