/// Reads JSON as it is really written: RFC 8259, and also bare `NaN`, `Infinity` and `-Infinity`,
/// which Python's `json` writes. A number that is too large is infinite.
///
/// Any bytes end in a value or in an error with its place; text that is not UTF-8 becomes replacement
/// characters. Memory grows with the bytes that are read, never with what they say.
package struct JSONReader {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let end: Int
  private var index: Int
  private var depth = 0

  // What a person or a script writes is far flatter; the stack must hold.
  private static let deepest = 256

  /// The one value that stands in a range of the bytes, with blanks before and behind.
  ///
  /// - Parameter range: within the bytes; all of them where none is given.
  package static func value(
    in bytes: [UInt8], _ range: Range<Int>? = nil
  ) throws(JSONError) -> JSONValue {
    let range = (range ?? 0..<bytes.count).clamped(to: 0..<bytes.count)
    let result = bytes.withUnsafeBufferPointer { bytes -> Result<JSONValue, JSONError> in
      var reader = JSONReader(bytes: bytes, end: range.upperBound, index: range.lowerBound)
      do throws(JSONError) {
        return .success(try reader.document())
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  private init(bytes: UnsafeBufferPointer<UInt8>, end: Int, index: Int) {
    self.bytes = bytes
    self.end = end
    self.index = index
  }

  private mutating func document() throws(JSONError) -> JSONValue {
    if end - index >= 3, bytes[index] == 0xEF, bytes[index + 1] == 0xBB, bytes[index + 2] == 0xBF {
      index += 3
    }
    skipBlank()
    let value = try value()
    skipBlank()
    guard index == end else { throw failure("there is more behind the value") }
    return value
  }

  private mutating func value() throws(JSONError) -> JSONValue {
    guard index < end else { throw failure("a value is missing") }
    switch bytes[index] {
    case 0x7B: return .object(try object())
    case 0x5B: return .array(try array())
    case 0x22: return .string(try string())
    case 0x74: return .bool(try word("true", true))
    case 0x66: return .bool(try word("false", false))
    case 0x6E:
      // Some writers leave nan in small letters.
      if index + 1 < end, bytes[index + 1] == 0x61 { return .number(try word("nan", .nan)) }
      return try word("null", .null)
    case 0x4E: return .number(try word("NaN", .nan))
    case 0x49: return .number(try word("Infinity", .infinity))
    case 0x2D where index + 1 < end && bytes[index + 1] == 0x49:
      return .number(try word("-Infinity", -.infinity))
    case 0x2D, 0x30...0x39: return .number(try number())
    default: throw failure("this is not a value")
    }
  }

  private mutating func object() throws(JSONError) -> JSONObject {
    try enter()
    defer { depth -= 1 }
    var members: [JSONObject.Member] = []
    if take(0x7D) { return JSONObject(members) }
    while true {
      skipBlank()
      guard index < end else { throw failure("a key is missing") }
      guard bytes[index] == 0x22 else { throw failure("expected a key in quotes") }
      let key = try string()
      guard take(0x3A) else { throw failure("expected : after the key") }
      skipBlank()
      members.append(JSONObject.Member(key: key, value: try value()))
      if take(0x7D) { return JSONObject(members) }
      guard take(0x2C) else { throw failure("expected , or } in the object") }
    }
  }

  private mutating func array() throws(JSONError) -> [JSONValue] {
    try enter()
    defer { depth -= 1 }
    var values: [JSONValue] = []
    if take(0x5D) { return values }
    while true {
      skipBlank()
      values.append(try value())
      if take(0x5D) { return values }
      guard take(0x2C) else { throw failure("expected , or ] in the list") }
    }
  }

  private mutating func enter() throws(JSONError) {
    guard depth < Self.deepest else { throw failure("it is nested too deep") }
    index += 1
    depth += 1
  }

  private mutating func string() throws(JSONError) -> String {
    index += 1
    let start = index
    while index < end, bytes[index] != 0x22, bytes[index] != 0x5C { index += 1 }
    guard index < end else { throw failure("a text is never closed") }
    if bytes[index] == 0x22 {
      defer { index += 1 }
      return String(decoding: bytes[start..<index], as: UTF8.self)
    }
    var text = Array(bytes[start..<index])
    while index < end {
      let byte = bytes[index]
      index += 1
      if byte == 0x22 { return String(decoding: text, as: UTF8.self) }
      guard byte == 0x5C else {
        text.append(byte)
        continue
      }
      guard index < end else { break }
      let sign = bytes[index]
      index += 1
      switch sign {
      case 0x6E: text.append(0x0A)
      case 0x74: text.append(0x09)
      case 0x72: text.append(0x0D)
      case 0x62: text.append(0x08)
      case 0x66: text.append(0x0C)
      case 0x75: text.append(contentsOf: Array(String(try escapedScalar()).utf8))
      default: text.append(sign)
      }
    }
    throw failure("a text is never closed")
  }

  /// What `\u` begins; half of a pair alone is the replacement character.
  private mutating func escapedScalar() throws(JSONError) -> Character {
    let high = try hexUnit()
    guard high & 0xFC00 == 0xD800 else {
      return Character(Unicode.Scalar(high) ?? "\u{FFFD}")
    }
    guard index + 1 < end, bytes[index] == 0x5C, bytes[index + 1] == 0x75 else { return "\u{FFFD}" }
    let before = index
    index += 2
    let low = try hexUnit()
    guard low & 0xFC00 == 0xDC00 else {
      index = before
      return "\u{FFFD}"
    }
    let scalar = 0x10000 + (UInt32(high & 0x3FF) << 10) + UInt32(low & 0x3FF)
    return Character(Unicode.Scalar(scalar) ?? "\u{FFFD}")
  }

  private mutating func hexUnit() throws(JSONError) -> UInt16 {
    guard end - index >= 4 else {
      index = end
      throw failure("a text is never closed")
    }
    var unit: UInt16 = 0
    for _ in 0..<4 {
      let byte = bytes[index]
      let lower = byte | 0x20
      guard (byte >= 0x30 && byte <= 0x39) || (lower >= 0x61 && lower <= 0x66) else {
        throw failure("\\u needs four hexadecimal digits")
      }
      unit = unit << 4 | UInt16(byte <= 0x39 ? byte - 0x30 : lower - 0x57)
      index += 1
    }
    return unit
  }

  private mutating func number() throws(JSONError) -> Double {
    let start = index
    while index < end, DecimalBytes.isNumberByte(bytes[index]) { index += 1 }
    if let value = DecimalBytes.value(UnsafeBufferPointer(rebasing: bytes[start..<index])) {
      return value
    }
    if index < end { index = start }
    throw failure("this is not a number")
  }

  private mutating func word<Value>(
    _ word: StaticString, _ value: Value
  ) throws(JSONError) -> Value {
    let count = word.utf8CodeUnitCount
    for place in 0..<count {
      guard index < end else { throw failure("a value is missing") }
      guard bytes[index] == word.utf8Start[place] else { throw failure("this is not a value") }
      index += 1
    }
    return value
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    skipBlank()
    guard index < end, bytes[index] == byte else { return false }
    index += 1
    return true
  }

  private mutating func skipBlank() {
    while index < end {
      switch bytes[index] {
      case 0x20, 0x0A, 0x0D, 0x09: index += 1
      default: return
      }
    }
  }

  private func failure(_ message: String) -> JSONError {
    JSONError(offset: index, message: message, endsEarly: index >= end)
  }
}
