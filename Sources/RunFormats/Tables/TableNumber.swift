/// A number as tables write it.
package enum TableNumber {
  /// Decimal numbers and every usual spelling of NaN and infinity; nil for anything else.
  package static func value(_ text: String) -> Double? {
    var text = text
    return text.withUTF8 { DecimalBytes.value($0) ?? word($0) }
  }

  /// As `value`, of `0,68`: the comma stands before the decimals.
  static func valueWithComma(_ text: String) -> Double? {
    guard isWithComma(text) else { return value(text) }
    return value(String(decoding: text.utf8.map { $0 == 0x2C ? 0x2E : $0 }, as: UTF8.self))
  }

  /// Whether a text is a number with one comma and no point, such as `-0,68` or `1,5e-3`.
  static func isWithComma(_ text: String) -> Bool {
    var commas = 0
    for byte in text.utf8 {
      if byte == 0x2C {
        commas += 1
      } else if byte == 0x2E || !DecimalBytes.isNumberByte(byte) {
        return false
      }
    }
    guard commas == 1 else { return false }
    let pointed = String(decoding: text.utf8.map { $0 == 0x2C ? 0x2E : $0 }, as: UTF8.self)
    return value(pointed) != nil
  }

  /// Whether a field stands for "no value".
  package static func isAbsent(_ text: String) -> Bool {
    text.isEmpty || ["-", "na", "n/a", "none", "null"].contains(text.lowercased())
  }

  static func value(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
    DecimalBytes.value(bytes) ?? word(bytes)
  }

  private static func word(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
    guard bytes.count >= 3, bytes.count <= 10 else { return nil }
    var rest = bytes[...]
    var isNegative = false
    if let sign = rest.first, sign == 0x2D || sign == 0x2B {
      isNegative = sign == 0x2D
      rest = rest.dropFirst()
    }
    func isWord(_ word: StaticString) -> Bool {
      guard word.utf8CodeUnitCount == rest.count else { return false }
      return zip(rest, UnsafeBufferPointer(start: word.utf8Start, count: rest.count)).allSatisfy {
        $0 | 0x20 == $1
      }
    }
    if isWord("nan") { return .nan }
    if isWord("inf") || isWord("infinity") { return isNegative ? -.infinity : .infinity }
    return nil
  }
}
