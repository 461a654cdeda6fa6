/// Decimal numbers in bytes, read as `strtod` reads them.
enum DecimalBytes {
  /// The number that the bytes are, from the first to the last; nil when they are not one.
  ///
  /// What is too large is infinite. Exact: up to 15 digits and powers of ten up to 22 are one
  /// correctly rounded operation (Clinger, "How to read floating point numbers accurately", 1990);
  /// all else is left to the standard library.
  static func value(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
    guard let first = bytes.first else { return nil }
    var index = 0
    let isNegative = first == 0x2D
    if isNegative || first == 0x2B { index = 1 }
    var mantissa: UInt64 = 0
    var (digits, significant, decimals) = (0, 0, 0)
    var hasPoint = false
    while index < bytes.count {
      let byte = bytes[index]
      if byte >= 0x30, byte <= 0x39 {
        digits += 1
        if significant > 0 || byte != 0x30 { significant += 1 }
        if significant <= 15 { mantissa = mantissa * 10 + UInt64(byte - 0x30) }
        if hasPoint { decimals += 1 }
      } else if byte == 0x2E, !hasPoint {
        hasPoint = true
      } else {
        break
      }
      index += 1
    }
    guard digits > 0 else { return nil }
    var exponent = 0
    if index < bytes.count {
      guard bytes[index] | 0x20 == 0x65 else { return nil }
      index += 1
      var isBelow = false
      if index < bytes.count, bytes[index] == 0x2D || bytes[index] == 0x2B {
        isBelow = bytes[index] == 0x2D
        index += 1
      }
      guard index < bytes.count else { return nil }
      while index < bytes.count {
        let byte = bytes[index]
        guard byte >= 0x30, byte <= 0x39 else { return nil }
        exponent = min(exponent * 10 + Int(byte - 0x30), 1_000_000)
        index += 1
      }
      if isBelow { exponent = -exponent }
    }
    let scale = exponent - decimals
    guard significant <= 15, scale >= -22, scale <= 22 else {
      return Double(String(decoding: bytes, as: UTF8.self))
    }
    let whole = Double(mantissa)
    let value = scale < 0 ? whole / powers[-scale] : whole * powers[scale]
    return isNegative ? -value : value
  }

  static func isNumberByte(_ byte: UInt8) -> Bool {
    (byte >= 0x30 && byte <= 0x39) || byte == 0x2E || byte == 0x2D || byte == 0x2B
      || byte | 0x20 == 0x65
  }

  private static let powers: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
  ]
}
