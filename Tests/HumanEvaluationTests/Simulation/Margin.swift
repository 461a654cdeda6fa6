/// How far a count of seeded experiments may lie from what it should be.
enum Margin {
  /// Four standard errors of a binomial count: one in 16,000 lies outside, if the promise holds.
  static func of(_ rate: Double, _ experiments: Int) -> Double {
    4 * (rate * (1 - rate) * Double(experiments)).squareRoot()
  }

  static func around(_ rate: Double, _ experiments: Int) -> ClosedRange<Double> {
    let middle = rate * Double(experiments)
    return middle - of(rate, experiments)...middle + of(rate, experiments)
  }
}
