/// From values of an axis to places along it: 0 at the lowest, `count - 1` at the highest.
struct AxisScale: Equatable, Sendable {
  let range: ClosedRange<Double>
  let count: Int

  /// Nil outside the axis.
  func place(of value: Double) -> Int? {
    guard range.contains(value), count > 0 else { return nil }
    // Halved first: two finite values may lie farther apart than a number can say.
    let span = range.upperBound / 2 - range.lowerBound / 2
    guard span > 0 else { return count / 2 }
    let share = (value / 2 - range.lowerBound / 2) / span
    return min(count - 1, max(0, Int(share * Double(count - 1) + 0.5)))
  }

  /// Round values along it, at most so many.
  func ticks(most: Int) -> [Double] {
    let span = range.upperBound / 2 - range.lowerBound / 2
    var length = span * 2 / Double(max(1, most))
    for _ in 0..<8 {
      let ticks = DecimalStep(about: length)?.multiples(in: range) ?? []
      if (1...max(1, most)).contains(ticks.count) { return ticks }
      length *= 1.3
    }
    return []
  }
}
