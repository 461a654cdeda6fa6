/// What a value may be.
struct Budget: Sendable {
  let p50: Double
  let p99: Double?
  /// Whether more is better, as with speeds and shares.
  let isFloor: Bool

  init(p50: Double, p99: Double? = nil) {
    self.p50 = p50
    self.p99 = p99
    isFloor = false
  }

  /// What the median must reach.
  init(atLeast p50: Double) {
    self.p50 = p50
    p99 = nil
    isFloor = true
  }

  /// Key to frame at 200x50 without colour, and with.
  static let keyMono = Budget(p50: 1, p99: 6)
  static let keyColor = Budget(p50: 4, p99: 6)
  static let start = Budget(p50: 25)
  static let startOfLongTable = Budget(p50: 300)
  static let stepBytes = Budget(p50: 4_500)
  static let memory = Budget(p50: 40_000_000)

  /// The worst of what was measured against what it may be; above 1 is not good enough.
  func ratio(of values: Distribution) -> Double? {
    guard let middle = values.percentile(50), let high = values.percentile(99) else { return nil }
    if isFloor { return middle > 0 ? p50 / middle : .infinity }
    return max(middle / p50, p99.map { high / $0 } ?? 0)
  }
}
