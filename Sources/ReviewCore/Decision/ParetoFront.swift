/// Which checkpoints no other is better than in both of two metrics.
package struct ParetoFront: Equatable, Sendable {
  /// Columns of the run.
  package let x: Int
  package let y: Int
  /// Checkpoints on the front, the best in `x` first.
  package let members: [Int]
  /// The one farthest beyond the straight line between the front's ends, both metrics scaled to the
  /// front's extent; nil where the front is straight, hollow, or of fewer than three.
  ///
  /// Das 1999, "On characterizing the knee of the Pareto curve", for two objectives.
  package let knee: Int?
  /// Of a front with an extent in both metrics: its ends.
  package let extent: Extent?
  private let dominators: [Int: Int]
  private let unplaced: Set<Int>

  package struct Extent: Equatable, Sendable {
    package let x: ClosedRange<Double>
    package let y: ClosedRange<Double>
  }

  /// - Complexity: O(n log n).
  package init(of run: Run, x: Int, y: Int) {
    self.x = x
    self.y = y
    func values(_ column: Int) -> (Int) -> Double? {
      let sign = run.columns[column].metric.direction == .lower ? -1.0 : 1
      let values = run.columns[column].values
      return { values[$0].flatMap { $0.isFinite ? $0 * sign : nil } }
    }
    let (first, second) = (values(x), values(y))
    var unplaced: Set<Int> = []
    var points: [(index: Int, x: Double, y: Double)] = []
    for index in run.checkpoints.indices {
      guard let x = first(index), let y = second(index) else {
        unplaced.insert(index)
        continue
      }
      points.append((index, x, y))
    }
    points.sort { ($1.x, $1.y, $0.index) < ($0.x, $0.y, $1.index) }
    var front: [(index: Int, x: Double, y: Double)] = []
    var dominators: [Int: Int] = [:]
    for point in points {
      if let last = front.last, last.y > point.y || (last.y == point.y && last.x > point.x) {
        dominators[point.index] = last.index
      } else {
        front.append(point)
      }
    }
    members = front.map(\.index)
    self.dominators = dominators
    self.unplaced = unplaced
    guard let left = front.last, let right = front.first, right.x > left.x, left.y > right.y else {
      extent = nil
      knee = nil
      return
    }
    func range(_ low: Double, _ high: Double) -> ClosedRange<Double> {
      min(low, high)...max(low, high)
    }
    let signs = [x, y].map { run.columns[$0].metric.direction == .lower ? -1.0 : 1 }
    extent = Extent(
      x: range(left.x * signs[0], right.x * signs[0]),
      y: range(right.y * signs[1], left.y * signs[1]))
    var best: (index: Int, gain: Double)?
    for point in front {
      let gain = (point.x - left.x) / (right.x - left.x) + (point.y - right.y) / (left.y - right.y)
      // On the line between the ends it is 1.
      if gain > 1 + 1e-9, gain > best?.gain ?? 0 { best = (point.index, gain) }
    }
    knee = best?.index
  }

  package func contains(_ index: Int) -> Bool {
    dominators[index] == nil && !unplaced.contains(index)
  }

  /// A checkpoint of the front that is at least as good in both metrics and better in one; nil on the
  /// front, and where a value is missing.
  package func dominator(of index: Int) -> Int? { dominators[index] }

  /// `on the front`, or by whom it is dominated.
  package func words(of index: Int, run: Run) -> String {
    let names = "\(run.columns[y].metric.name) and \(run.columns[x].metric.name)"
    if unplaced.contains(index) { return "not placed: \(names) are not both known" }
    guard let dominator = dominators[index] else {
      return index == knee ? "on the front in \(names), its knee" : "on the front in \(names)"
    }
    return "dominated by \(run.position(of: dominator).words): "
      + [y, x].map { column in
        "\(run.columns[column].metric.name) \(run.metricText(column, at: dominator)) against "
          + run.metricText(column, at: index)
      }.joined(separator: ", ")
  }
}
