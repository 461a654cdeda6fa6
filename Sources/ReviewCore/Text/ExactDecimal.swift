/// The exact decimal digits of a finite, non-negative `Double`.
struct ExactDecimal {
  /// Significant digits, most significant first, without leading zeros; empty for zero.
  private var digits: [UInt8]
  /// How many of the digits stand before the decimal point; may be negative.
  private var point: Int

  init(_ value: Double) {
    guard value > 0 else {
      digits = []
      point = 0
      return
    }
    let bits = value.significandBitPattern
    var mantissa = value.isNormal ? bits | (1 << 52) : bits
    var exponent = value.isNormal ? Int(value.exponent) - 52 : -1074
    while mantissa & 1 == 0 {
      mantissa >>= 1
      exponent += 1
    }
    // m * 2^-k = m * 5^k / 10^k, so only whole numbers are ever multiplied.
    var limbs: [UInt32] = [UInt32(truncatingIfNeeded: mantissa), UInt32(mantissa >> 32)]
    for _ in 0..<abs(exponent) { Self.multiply(&limbs, by: exponent < 0 ? 5 : 2) }
    var text: [UInt8] = []
    while limbs.contains(where: { $0 != 0 }) {
      var part = Self.divideByBillion(&limbs)
      for _ in 0..<9 {
        text.append(UInt8(part % 10))
        part /= 10
      }
    }
    while text.last == 0 { text.removeLast() }
    text.reverse()
    digits = text
    point = text.count + min(exponent, 0)
  }

  func fixed(places: Int) -> String {
    let rounded = self.rounded(keeping: point + places)
    let whole = rounded.text(from: 0, to: rounded.point)
    if places == 0 { return whole.isEmpty ? "0" : whole }
    return (whole.isEmpty ? "0" : whole) + "."
      + rounded.text(from: rounded.point, to: rounded.point + places)
  }

  func general(digits count: Int) -> String {
    if digits.isEmpty { return "0" }
    let rounded = self.rounded(keeping: count)
    let exponent = rounded.point - 1
    var significant = rounded.digits.prefix(count).map { String($0) }
    while significant.last == "0" { significant.removeLast() }
    if exponent < -4 || exponent >= count {
      let head = significant.first ?? "0"
      let tail = significant.dropFirst().joined()
      let size = abs(exponent) < 10 ? "0\(abs(exponent))" : "\(abs(exponent))"
      return head + (tail.isEmpty ? "" : "." + tail) + "e" + (exponent < 0 ? "-" : "+") + size
    }
    let whole = rounded.text(from: 0, to: rounded.point)
    let places = significant.count - rounded.point
    if places <= 0 { return whole.isEmpty ? "0" : whole }
    return (whole.isEmpty ? "0" : whole) + "."
      + rounded.text(from: rounded.point, to: rounded.point + places)
  }

  /// The first `count` digits, rounded half to even on the exact rest.
  private func rounded(keeping count: Int) -> ExactDecimal {
    guard count < digits.count else { return self }
    var result = self
    guard count >= 0 else {
      result.digits = []
      return result
    }
    let rest = digits[count...]
    let isTie = rest.first == 5 && rest.dropFirst().allSatisfy { $0 == 0 }
    let isOdd = count > 0 && digits[count - 1] % 2 == 1
    let isUp = isTie ? isOdd : (rest.first ?? 0) >= 5
    result.digits = Array(digits[..<count])
    guard isUp else { return result }
    var index = count - 1
    while index >= 0, result.digits[index] == 9 {
      result.digits[index] = 0
      index -= 1
    }
    if index >= 0 {
      result.digits[index] += 1
    } else {
      result.digits.insert(1, at: 0)
      result.point += 1
    }
    return result
  }

  private func text(from start: Int, to end: Int) -> String {
    var text = ""
    var index = start
    while index < end {
      text += index >= 0 && index < digits.count ? String(digits[index]) : "0"
      index += 1
    }
    return text
  }

  private static func multiply(_ limbs: inout [UInt32], by factor: UInt64) {
    var carry: UInt64 = 0
    for index in limbs.indices {
      let product = UInt64(limbs[index]) * factor + carry
      limbs[index] = UInt32(truncatingIfNeeded: product)
      carry = product >> 32
    }
    if carry > 0 { limbs.append(UInt32(carry)) }
  }

  private static func divideByBillion(_ limbs: inout [UInt32]) -> UInt32 {
    var rest: UInt64 = 0
    for index in limbs.indices.reversed() {
      let value = rest << 32 | UInt64(limbs[index])
      limbs[index] = UInt32(value / 1_000_000_000)
      rest = value % 1_000_000_000
    }
    return UInt32(rest)
  }
}
