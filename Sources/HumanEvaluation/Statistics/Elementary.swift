/// Natural logarithms, the same on every machine.
enum Logarithm {
  // ln 2 in two parts, the first short enough that a product with an exponent is exact.
  static let ln2High = 0x1.62e42feep-1
  static let ln2Low = 0x1.a39ef35793c76p-33

  /// Of a number above 0; minus infinity of 0, not a number below.
  ///
  /// By 2 artanh((m - 1) / (m + 1)) of a significand m about 1; within two units in the last place.
  static func natural(_ x: Double) -> Double {
    guard x > 0 else { return x == 0 ? -.infinity : .nan }
    guard x.isFinite else { return x }
    var exponent = Double(x.exponent)
    var m = x.significand
    if m > 2.0.squareRoot() {
      m /= 2
      exponent += 1
    }
    let s = (m - 1) / (m + 1)
    let square = s * s
    var sum = 0.0
    // |s| < 0.172, so that the last term is below a unit in the last place.
    for odd in stride(from: 25, through: 3, by: -2) { sum = (sum + 1 / Double(odd)) * square }
    return exponent * ln2High + (2 * s + (2 * s * sum + exponent * ln2Low))
  }
}

/// Powers of e, the same on every machine.
enum Exponential {
  /// By halving the range to |r| < 0.35 and a Taylor series; within two units in the last place.
  static func value(_ x: Double) -> Double {
    guard !x.isNaN else { return x }
    if x > 710 { return .infinity }
    if x < -745 { return 0 }
    let power = (x / (Logarithm.ln2High + Logarithm.ln2Low)).rounded()
    let r = (x - power * Logarithm.ln2High) - power * Logarithm.ln2Low
    var sum = 1.0
    for term in stride(from: 16, through: 1, by: -1) { sum = 1 + r / Double(term) * sum }
    // In two steps, as a power beyond the normal range has no exponent of its own.
    let half = Int(power) / 2
    return sum * Double(sign: .plus, exponent: half, significand: 1)
      * Double(sign: .plus, exponent: Int(power) - half, significand: 1)
  }
}

/// The normal distribution.
package enum Normal {
  /// Between minus and plus this lie 95 %.
  package static let z95 = 1.959963984540054
}
