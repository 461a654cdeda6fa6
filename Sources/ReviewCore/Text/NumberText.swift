/// Numbers as C prints them, whatever the locale.
///
/// The decimal expansion of a `Double` is finite, so every rounding here is of the exact binary
/// value, ties to even, as glibc's `printf` does it: 1.115 with two places is `1.11`.
package enum NumberText {
  /// The value as `%.Nf` prints it; `nan`, `inf` and `-inf` for what is not finite.
  ///
  /// - Complexity: constant below 2^53; linear in the digits above.
  package static func fixed(_ value: Double, places: Int) -> String {
    if let word = nonFinite(value) { return word }
    let sign = value.sign == .minus ? "-" : ""
    let places = max(0, places)
    if places <= 17, value.magnitude < 9_007_199_254_740_992 {
      return sign + smallFixed(value.magnitude, places: places)
    }
    return sign + ExactDecimal(value.magnitude).fixed(places: places)
  }

  /// The value as `%.Ng` prints it, trailing zeros left out.
  package static func general(_ value: Double, digits: Int) -> String {
    if let word = nonFinite(value) { return word }
    let sign = value.sign == .minus ? "-" : ""
    return sign + ExactDecimal(value.magnitude).general(digits: max(1, digits))
  }

  /// The shortest text that reads back as the same value; whole numbers without a point.
  package static func shortest(_ value: Double) -> String {
    if let word = nonFinite(value) { return word }
    if value == value.rounded(), value.magnitude < 1e15 { return String(Int64(value)) }
    return value.description
  }

  private static func nonFinite(_ value: Double) -> String? {
    if value.isNaN { return "nan" }
    if value.isInfinite { return value < 0 ? "-inf" : "inf" }
    return nil
  }

  // 53 bits times 10^17 stays under 2^110, so one 128-bit product holds it exactly.
  private static func smallFixed(_ magnitude: Double, places: Int) -> String {
    var scale: UInt128 = 1
    for _ in 0..<places { scale *= 10 }
    var whole = UInt128(0)
    if magnitude > 0 {
      let shift = 52 - Int(magnitude.exponent)
      let significand = UInt128(magnitude.significandBitPattern | (1 << 52))
      if magnitude.isNormal, shift <= 126 {
        let product = significand * scale
        if shift <= 0 {
          whole = product << UInt128(-shift)
        } else {
          whole = product >> UInt128(shift)
          let rest = product - (whole << UInt128(shift))
          let half = UInt128(1) << UInt128(shift - 1)
          if rest > half || (rest == half && whole & 1 == 1) { whole += 1 }
        }
      }
    }
    if places == 0 { return String(whole) }
    var digits = String(whole % scale)
    digits = String(repeating: "0", count: places - digits.count) + digits
    return "\(whole / scale).\(digits)"
  }
}

extension NumberText {
  /// A number to ten digits, so that processors which round otherwise agree; what is not finite as it is.
  package static func agreed(_ value: Double) -> Double {
    value.isFinite ? Double(general(value, digits: 10)) ?? value : value
  }
}
