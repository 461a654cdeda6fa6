/// How far an axis reaches, point by point.
struct AxisExtent {
  private var low = Double.infinity
  private var high = -Double.infinity

  var isEmpty: Bool { low > high }
  var range: ClosedRange<Double>? { isEmpty ? nil : low...high }

  mutating func add(_ value: Double) {
    low = min(low, value)
    high = max(high, value)
  }

  /// Takes a value in unless it lies farther beyond the range so far than half of its length.
  mutating func add(near value: Double) {
    guard let range = widened(by: 0.5), range.contains(value) else { return }
    add(value)
  }

  /// With a share of its length more at both ends.
  func widened(by share: Double) -> ClosedRange<Double>? {
    range.map { range in
      // Halved first: two finite values may lie farther apart than a number can say.
      let room = (range.upperBound / 2 - range.lowerBound / 2) * share
      let (low, high) = (range.lowerBound / 2 - room, range.upperBound / 2 + room)
      let most = Double.greatestFiniteMagnitude
      return max(low * 2, -most)...min(high * 2, most)
    }
  }

  /// With a little room at both ends, and never of no length.
  var padded: ClosedRange<Double>? {
    guard let range else { return nil }
    let span = range.upperBound / 2 - range.lowerBound / 2
    let room = span > 0 ? span / 16 : max(range.upperBound.magnitude / 4, 0.5)
    let low = max(range.lowerBound - room, -.greatestFiniteMagnitude)
    return low...min(range.upperBound + room, .greatestFiniteMagnitude)
  }
}
