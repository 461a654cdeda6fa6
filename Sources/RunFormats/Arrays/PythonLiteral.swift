/// A Python literal, as the header of an array is one.
enum PythonLiteral: Equatable {
  case none
  case bool(Bool)
  case integer(Int)
  case string(String)
  /// A tuple or a list.
  case sequence([PythonLiteral])
  case dictionary([(key: PythonLiteral, value: PythonLiteral)])

  static func == (left: PythonLiteral, right: PythonLiteral) -> Bool {
    switch (left, right) {
    case (.none, .none): return true
    case (.bool(let left), .bool(let right)): return left == right
    case (.integer(let left), .integer(let right)): return left == right
    case (.string(let left), .string(let right)): return left == right
    case (.sequence(let left), .sequence(let right)): return left == right
    case (.dictionary(let left), .dictionary(let right)):
      return left.count == right.count
        && zip(left, right).allSatisfy { $0.key == $1.key && $0.value == $1.value }
    default: return false
    }
  }

  /// The value of a key that is a text; the last one where it stands twice, as Python has it.
  subscript(key: String) -> PythonLiteral? {
    guard case .dictionary(let members) = self else { return nil }
    return members.last { $0.key == .string(key) }?.value
  }
}

/// Reads one literal; any bytes end in a value or an error, never in a trap.
struct PythonLiteralParser {
  private let bytes: ArraySlice<UInt8>
  private var index: Int
  private var depth = 0

  // A header is nested two deep; what is nested deeper is no header.
  private static let deepest = 16

  private init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    index = bytes.startIndex
  }

  /// The literal that the bytes hold, with nothing but blanks after it.
  static func literal(_ bytes: ArraySlice<UInt8>) throws(ArrayFailure) -> PythonLiteral {
    var parser = PythonLiteralParser(bytes)
    let value = try parser.value()
    parser.skipBlanks()
    guard parser.index == bytes.endIndex else {
      throw parser.failure("something stands after its closing brace")
    }
    return value
  }

  private mutating func value() throws(ArrayFailure) -> PythonLiteral {
    guard depth < Self.deepest else { throw failure("it is nested too deeply") }
    depth += 1
    defer { depth -= 1 }
    skipBlanks()
    switch peek {
    case UInt8(ascii: "{"): return try dictionary()
    case UInt8(ascii: "("): return try sequence(until: UInt8(ascii: ")"))
    case UInt8(ascii: "["): return try sequence(until: UInt8(ascii: "]"))
    case UInt8(ascii: "'"), UInt8(ascii: "\""): return .string(try text())
    case UInt8(ascii: "-"), UInt8(ascii: "+"): return .integer(try integer())
    case let digit? where digit >= 0x30 && digit <= 0x39: return .integer(try integer())
    default: return try word()
    }
  }

  private mutating func dictionary() throws(ArrayFailure) -> PythonLiteral {
    index += 1
    var members: [(key: PythonLiteral, value: PythonLiteral)] = []
    while !take(UInt8(ascii: "}")) {
      let key = try value()
      guard take(UInt8(ascii: ":")) else { throw failure("a colon is missing") }
      members.append((key, try value()))
      guard take(UInt8(ascii: ",")) || isNext(UInt8(ascii: "}")) else {
        throw failure("a comma is missing")
      }
    }
    return .dictionary(members)
  }

  private mutating func sequence(until end: UInt8) throws(ArrayFailure) -> PythonLiteral {
    index += 1
    var values: [PythonLiteral] = []
    while !take(end) {
      values.append(try value())
      if take(UInt8(ascii: ",")) { continue }
      guard isNext(end) else { throw failure("a comma is missing") }
      // A single value in parentheses is that value; only a comma makes it a tuple.
      if values.count == 1, end == UInt8(ascii: ")") {
        index += 1
        return values[0]
      }
    }
    return .sequence(values)
  }

  private mutating func text() throws(ArrayFailure) -> String {
    let quote = bytes[index]
    index += 1
    var content: [UInt8] = []
    while let byte = peek {
      index += 1
      if byte == quote { return String(decoding: content, as: UTF8.self) }
      if byte == UInt8(ascii: "\\"), let escaped = peek {
        index += 1
        content.append(escaped)
      } else {
        content.append(byte)
      }
    }
    throw failure("a quote is not closed")
  }

  private mutating func integer() throws(ArrayFailure) -> Int {
    let start = index
    index += 1
    while let byte = peek, byte >= 0x30, byte <= 0x39 { index += 1 }
    guard let value = Int(String(decoding: bytes[start..<index], as: UTF8.self)) else {
      throw failure("a number does not fit into 64 bits")
    }
    // Python 2 wrote long numbers with an L.
    if peek == UInt8(ascii: "L") { index += 1 }
    return value
  }

  private mutating func word() throws(ArrayFailure) -> PythonLiteral {
    let start = index
    while let byte = peek, (byte | 0x20) >= 0x61, (byte | 0x20) <= 0x7A { index += 1 }
    // u'...' and b'...' are texts, too.
    if index == start + 1, peek == UInt8(ascii: "'") || peek == UInt8(ascii: "\"") {
      return .string(try text())
    }
    switch String(decoding: bytes[start..<index], as: UTF8.self) {
    case "True": return .bool(true)
    case "False": return .bool(false)
    case "None": return .none
    default: throw failure("what stands there is not a value")
    }
  }

  private var peek: UInt8? { index < bytes.endIndex ? bytes[index] : nil }

  private mutating func skipBlanks() {
    while let byte = peek, byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) { index += 1 }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard isNext(byte) else { return false }
    index += 1
    return true
  }

  private mutating func isNext(_ byte: UInt8) -> Bool {
    skipBlanks()
    return peek == byte
  }

  private func failure(_ why: String) -> ArrayFailure {
    ArrayFailure("its header cannot be read: \(why)", offset: index)
  }
}
