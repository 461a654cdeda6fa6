/// The range of an axis, from the values it must show.
struct AxisRange {
  private var low = Double.infinity
  private var high = -Double.infinity
  private let isLogarithmic: Bool

  init(isLogarithmic: Bool = false) { self.isLogarithmic = isLogarithmic }

  /// Takes in a value; what has no place on the axis is passed over.
  mutating func add(_ value: Double) {
    guard value.isFinite, !isLogarithmic || value > 0 else { return }
    low = min(low, value)
    high = max(high, value)
  }

  /// Takes in a value unless it would squeeze the others into less than a third of the axis.
  mutating func addIfNear(_ value: Double) {
    guard low <= high else { return add(value) }
    let span = high / 2 - low / 2
    let distance = max(low / 2 - value / 2, value / 2 - high / 2)
    if span == 0 || isLogarithmic || distance <= 2 * span { add(value) }
  }

  /// With room at both ends; nil when there was no value.
  func padded(by share: Double) -> ClosedRange<Double>? {
    guard low <= high else { return nil }
    if isLogarithmic {
      let factor = low == high ? 4 : 1.25
      return max(
        low / factor, .leastNonzeroMagnitude)...min(high * factor, .greatestFiniteMagnitude)
    }
    if low == high {
      let room = low == 0 ? 1 : max(low.magnitude / 8, .leastNormalMagnitude)
      return clamped(low - room)...clamped(low + room)
    }
    let room = (high / 4 - low / 4) * share * 4
    // What is never negative needs no room below zero.
    let first = low >= 0 && low - room < 0 ? 0 : low - room
    let last = high <= 0 && high + room > 0 ? 0 : high + room
    return clamped(first)...clamped(last)
  }

  private func clamped(_ value: Double) -> Double {
    min(.greatestFiniteMagnitude, max(-.greatestFiniteMagnitude, value))
  }
}
