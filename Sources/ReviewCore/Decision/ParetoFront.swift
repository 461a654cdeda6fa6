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
  /// One a place of the front, the best in `x` first and the worst in `y`.
  private let stairs: [Point]
  private let points: Points

  package struct Extent: Equatable, Sendable {
    package let x: ClosedRange<Double>
    package let y: ClosedRange<Double>
  }

  /// Larger is better in both.
  private struct Point: Equatable {
    let index: Int
    let x: Double
    let y: Double
  }

  /// The two metrics of every checkpoint, turned so that larger is better.
  private struct Points: Equatable {
    let xs: [Double?]
    let ys: [Double?]
    let signs: [Double]

    init(of run: Run, x: Int, y: Int) {
      xs = run.columns[x].values
      ys = run.columns[y].values
      signs = [x, y].map { run.columns[$0].metric.direction == .lower ? -1.0 : 1 }
    }

    subscript(index: Int) -> Point? {
      guard let x = xs[index], let y = ys[index], x.isFinite, y.isFinite else { return nil }
      return Point(index: index, x: x * signs[0], y: y * signs[1])
    }
  }

  /// - Complexity: O(n log f) for a front of f places.
  package init(of run: Run, x: Int, y: Int) {
    self.x = x
    self.y = y
    let points = Points(of: run, x: x, y: y)
    self.points = points
    let all = run.checkpoints.indices
    stairs = Self.stairs(all.lazy.compactMap { points[$0] })
    var members: [Point] = []
    for index in all {
      guard let point = points[index], Self.dominator(of: point, in: stairs) == nil else {
        continue
      }
      members.append(point)
    }
    members.sort { ($1.x, $0.index) < ($0.x, $1.index) }
    self.members = members.map(\.index)
    guard let left = stairs.last, let right = stairs.first, right.x > left.x, left.y > right.y
    else {
      extent = nil
      knee = nil
      return
    }
    func range(_ first: Double, _ second: Double, _ sign: Double) -> ClosedRange<Double> {
      min(first * sign, second * sign)...max(first * sign, second * sign)
    }
    extent = Extent(
      x: range(left.x, right.x, points.signs[0]), y: range(left.y, right.y, points.signs[1]))
    var best: (index: Int, gain: Double)?
    for point in stairs {
      let gain = (point.x - left.x) / (right.x - left.x) + (point.y - right.y) / (left.y - right.y)
      // On the line between the ends it is 1.
      if gain > 1 + 1e-9, gain > best?.gain ?? 0 { best = (point.index, gain) }
    }
    knee = best?.index
  }

  // Beyond it a new place in the middle costs more than sorting everything once.
  private static let longest = 1024

  /// The places of the front; of several at one place the earliest.
  private static func stairs(_ points: some Sequence<Point>) -> [Point] {
    var stairs: [Point] = []
    for point in points {
      guard stairs.count <= longest else { return sortedStairs(points) }
      if dominator(of: point, in: stairs) != nil { continue }
      let start = firstPlace(notAbove: point.x, in: stairs)
      if start < stairs.count, stairs[start].x == point.x, stairs[start].y == point.y { continue }
      // What it dominates stands in one row behind its place.
      var end = start
      while end < stairs.count, stairs[end].y <= point.y { end += 1 }
      stairs.replaceSubrange(start..<end, with: [point])
    }
    return stairs
  }

  private static func sortedStairs(_ points: some Sequence<Point>) -> [Point] {
    var stairs: [Point] = []
    for point in points.sorted(by: { ($1.x, $1.y, $0.index) < ($0.x, $0.y, $1.index) })
    where stairs.last.map({ point.y > $0.y }) ?? true {
      stairs.append(point)
    }
    return stairs
  }

  /// The first place whose x is not above a value.
  private static func firstPlace(notAbove x: Double, in stairs: [Point]) -> Int {
    var low = 0
    var high = stairs.count
    while low < high {
      let middle = (low + high) / 2
      if stairs[middle].x > x { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Of those at least as good in both and better in one, the nearest in x.
  private static func dominator(of point: Point, in stairs: [Point]) -> Int? {
    let place = firstPlace(notAbove: point.x, in: stairs)
    if place < stairs.count, stairs[place].x == point.x {
      if stairs[place].y > point.y { return stairs[place].index }
      if stairs[place].y == point.y { return nil }
    }
    guard place > 0, stairs[place - 1].y >= point.y else { return nil }
    return stairs[place - 1].index
  }

  package func contains(_ index: Int) -> Bool {
    points[index].map { Self.dominator(of: $0, in: stairs) == nil } ?? false
  }

  /// A checkpoint of the front that is at least as good in both metrics and better in one; nil on the
  /// front, and where a value is missing.
  package func dominator(of index: Int) -> Int? {
    points[index].flatMap { Self.dominator(of: $0, in: stairs) }
  }

  /// `on the front`, or by whom it is dominated.
  package func words(of index: Int, run: Run) -> String {
    let names = "\(run.columns[y].metric.name) and \(run.columns[x].metric.name)"
    guard points[index] != nil else { return "not placed: \(names) are not both finite numbers" }
    guard let dominator = dominator(of: index) else {
      return index == knee ? "on the front in \(names), its knee" : "on the front in \(names)"
    }
    return "dominated by \(run.words(of: dominator)): "
      + [y, x].map { column in
        "\(run.columns[column].metric.name) \(run.metricText(column, at: dominator)) against "
          + run.metricText(column, at: index)
      }.joined(separator: ", ")
  }
}
