/// Powers of real numbers from the four basic operations alone, so equal bits on every machine.
enum RealPower {
  /// `base` to the `exponent`, to about 1e-13 relative; 0 for a base that is not above 0.
  static func power(_ base: Double, _ exponent: Double) -> Double {
    guard base > 0 else { return 0 }
    return exponential(exponent * logarithm(base))
  }

  private static let ln2 = 0.693147180559945309417

  /// The natural logarithm of a positive normal number.
  private static func logarithm(_ value: Double) -> Double {
    // ln m = 2 artanh((m - 1) / (m + 1)); with m in 1..<2 the series gains a digit a term.
    let ratio = (value.significand - 1) / (value.significand + 1)
    let square = ratio * ratio
    var sum = 0.0
    for term in stride(from: 29, through: 1, by: -2) {
      sum = sum * square + 1 / Double(term)
    }
    return 2 * ratio * sum + Double(value.exponent) * ln2
  }

  private static func exponential(_ value: Double) -> Double {
    let whole = (value / ln2).rounded()
    guard whole > -1000 else { return 0 }
    guard whole < 1000 else { return .infinity }
    let rest = value - whole * ln2
    var sum = 1.0
    for term in stride(from: 16, through: 1, by: -1) {
      sum = 1 + sum * rest / Double(term)
    }
    return Double(sign: .plus, exponent: Int(whole), significand: 1) * sum
  }
}
