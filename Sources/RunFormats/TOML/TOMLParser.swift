/// Reads TOML 1.0 (toml.io). Any text ends in a table or in an error with its place, never in a trap.
struct TOMLParser {
  private let scalars: [Unicode.Scalar]
  private var index = 0
  private var depth = 0

  // A configuration nested deeper than this is not one a person wrote.
  private static let deepest = 64

  static func document(_ text: String) throws(TOMLError) -> TOMLTable {
    var parser = TOMLParser(scalars: Array(text.unicodeScalars))
    return try parser.document()
  }

  private init(scalars: [Unicode.Scalar]) { self.scalars = scalars }

  private mutating func document() throws(TOMLError) -> TOMLTable {
    var root = TOMLTable()
    var path: [String] = []
    if peek == "\u{FEFF}" { index += 1 }
    while true {
      try skipBlank()
      guard let scalar = peek else { return root }
      if scalar == "[" {
        path = try header(into: &root)
      } else {
        let start = index
        let (keys, value) = try pair()
        try insert(value, at: path + keys, into: &root, start: start)
      }
      skipSpaces()
      if peek == "#" { try skipComment() }
      guard peek == nil || takeLineBreak() else { throw failure("expected the end of the line") }
    }
  }

  // MARK: Tables

  private mutating func header(into root: inout TOMLTable) throws(TOMLError) -> [String] {
    let start = index
    index += 1
    let isArray = take("[")
    skipSpaces()
    let path = try keyPath()
    skipSpaces()
    guard take("]"), !isArray || take("]") else {
      throw failure("expected ] after the table's name")
    }
    try change(path[...], of: &root, start: start) { value throws(TOMLError) in
      if isArray {
        var tables: [TOMLValue] = []
        switch value {
        case nil: break
        case .array(let known)? where known.allSatisfy({ $0.table != nil }): tables = known
        default: throw self.failure("this name is taken already", at: start)
        }
        return .array(tables + [.table(TOMLTable())])
      }
      var table = TOMLTable()
      if let value {
        guard let known = value.table, !known.isDefined, !known.isClosed else {
          throw self.failure("this table is there twice", at: start)
        }
        table = known
      }
      table.isDefined = true
      return .table(table)
    }
    return path
  }

  private func insert(
    _ value: TOMLValue, at path: [String], into root: inout TOMLTable, start: Int
  ) throws(TOMLError) {
    try change(path[...], of: &root, start: start) { known throws(TOMLError) in
      guard known == nil else { throw self.failure("this key is there twice", at: start) }
      return value
    }
  }

  /// Changes the value at a path; the last table of an array of tables stands for the array.
  private func change(
    _ path: ArraySlice<String>, of table: inout TOMLTable, start: Int,
    _ body: (TOMLValue?) throws(TOMLError) -> TOMLValue
  ) throws(TOMLError) {
    guard let key = path.first else { return }
    if path.count == 1 {
      table[key] = try body(table[key])
      table.lines[key] = scalars[..<min(start, scalars.count)].count { $0 == "\n" } + 1
      return
    }
    switch table[key] {
    case nil:
      var inner = TOMLTable()
      try change(path.dropFirst(), of: &inner, start: start, body)
      table[key] = .table(inner)
    case .table(var inner)?:
      guard !inner.isClosed else { throw failure("\(key) was written in braces", at: start) }
      try change(path.dropFirst(), of: &inner, start: start, body)
      table[key] = .table(inner)
    case .array(var tables)?:
      guard case .table(var inner)? = tables.last else {
        throw failure("\(key) is not a table", at: start)
      }
      try change(path.dropFirst(), of: &inner, start: start, body)
      tables[tables.count - 1] = .table(inner)
      table[key] = .array(tables)
    default: throw failure("\(key) is not a table", at: start)
    }
  }

  private mutating func pair() throws(TOMLError) -> ([String], TOMLValue) {
    let keys = try keyPath()
    skipSpaces()
    guard take("=") else { throw failure("expected = after the key") }
    skipSpaces()
    return (keys, try value())
  }

  private mutating func keyPath() throws(TOMLError) -> [String] {
    var keys: [String] = []
    repeat {
      skipSpaces()
      keys.append(try key())
      skipSpaces()
      guard keys.count <= Self.deepest else { throw failure("nested too deeply") }
    } while take(".")
    return keys
  }

  private mutating func key() throws(TOMLError) -> String {
    if peek == "\"" || peek == "'" {
      guard !starts("\"\"\""), !starts("'''") else { throw failure("a key is on one line") }
      return try text()
    }
    let bare = take { Self.isBare($0) }
    guard !bare.isEmpty else { throw failure("expected a key") }
    return bare
  }

  // MARK: Values

  private mutating func value() throws(TOMLError) -> TOMLValue {
    guard depth < Self.deepest else { throw failure("nested too deeply") }
    depth += 1
    defer { depth -= 1 }
    switch peek {
    case "\"", "'": return .string(try text())
    case "[": return .array(try list())
    case "{": return .table(try inlineTable())
    case nil: throw failure("expected a value")
    default: return try plainValue()
    }
  }

  private mutating func list() throws(TOMLError) -> [TOMLValue] {
    index += 1
    var values: [TOMLValue] = []
    while true {
      try skipBlank()
      if take("]") { return values }
      values.append(try value())
      try skipBlank()
      if take("]") { return values }
      guard take(",") else { throw failure("expected , or ] in the list") }
    }
  }

  private mutating func inlineTable() throws(TOMLError) -> TOMLTable {
    index += 1
    var table = TOMLTable()
    skipSpaces()
    if !take("}") {
      while true {
        skipSpaces()
        let start = index
        let (keys, value) = try pair()
        try insert(value, at: keys, into: &table, start: start)
        skipSpaces()
        if take("}") { break }
        guard take(",") else { throw failure("expected , or } in the table") }
      }
    }
    table.isClosed = true
    return table
  }

  private mutating func plainValue() throws(TOMLError) -> TOMLValue {
    let start = index
    let word = take { Self.isBare($0) || $0 == "+" || $0 == "." || $0 == ":" }
    switch word {
    case "true": return .boolean(true)
    case "false": return .boolean(false)
    case "inf", "+inf": return .float(.infinity)
    case "-inf": return .float(-.infinity)
    case "nan", "+nan", "-nan": return .float(.nan)
    default: break
    }
    if let number = TOMLNumber.value(word) { return number }
    let digits = word.utf8.prefix { $0 >= 0x30 && $0 <= 0x39 }.count
    if (digits == 4 && word.dropFirst(4).first == "-")
      || (digits == 2 && word.dropFirst(2).first == ":")
    {
      return .moment(word)
    }
    throw failure(
      word.isEmpty ? "expected a value" : "\"\(word)\" is not a value; a text stands in quotes",
      at: start)
  }

  // MARK: Text

  private mutating func text() throws(TOMLError) -> String {
    let start = index
    guard let quote = peek else { throw failure("expected a text") }
    let isMultiLine = starts(String(repeating: Character(quote), count: 3))
    index += isMultiLine ? 3 : 1
    if isMultiLine { _ = takeLineBreak() }
    var result = String.UnicodeScalarView()
    while let scalar = peek {
      if scalar == quote {
        if !isMultiLine {
          index += 1
          return String(result)
        }
        let count = scalars[index...].prefix { $0 == quote }.count
        if count >= 3 {
          // Up to two quotes may stand right before the closing three.
          for _ in 0..<min(count - 3, 2) { result.append(quote) }
          index += min(count, 5)
          return String(result)
        }
      }
      if scalar == "\n" || scalar == "\r" {
        guard isMultiLine else { throw failure("the text has no closing quote", at: start) }
      }
      if scalar == "\\", quote == "\"" {
        try escape(into: &result, isMultiLine: isMultiLine)
      } else {
        result.append(scalar)
        index += 1
      }
    }
    throw failure("the text has no closing quote", at: start)
  }

  private mutating func escape(
    into result: inout String.UnicodeScalarView, isMultiLine: Bool
  ) throws(TOMLError) {
    let start = index
    index += 1
    guard let scalar = peek else { throw failure("the text ends in a backslash", at: start) }
    index += 1
    switch scalar {
    case "b": result.append("\u{8}")
    case "t": result.append("\t")
    case "n": result.append("\n")
    case "f": result.append("\u{C}")
    case "r": result.append("\r")
    case "\"", "\\": result.append(scalar)
    case "u", "U":
      let count = scalar == "u" ? 4 : 8
      guard index + count <= scalars.count else { throw failure("an escape is cut off", at: start) }
      let digits = String(String.UnicodeScalarView(scalars[index..<index + count]))
      guard digits.utf8.allSatisfy({ $0 != 0x2B && $0 != 0x2D }),
        let value = UInt32(digits, radix: 16), let meant = Unicode.Scalar(value)
      else { throw failure("\\\(scalar)\(digits) is no character", at: start) }
      result.append(meant)
      index += count
    default:
      guard isMultiLine, " \t\n\r".unicodeScalars.contains(scalar) else {
        throw failure("\\\(scalar) is no escape", at: start)
      }
      while let blank = peek, " \t\n\r".unicodeScalars.contains(blank) { index += 1 }
    }
  }

  // MARK: Scalars

  private var peek: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

  private func starts(_ text: String) -> Bool {
    scalars[index...].starts(with: text.unicodeScalars)
  }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard peek == scalar else { return false }
    index += 1
    return true
  }

  private mutating func take(while belongs: (Unicode.Scalar) -> Bool) -> String {
    var result = String.UnicodeScalarView()
    while let scalar = peek, belongs(scalar) {
      result.append(scalar)
      index += 1
    }
    return String(result)
  }

  private mutating func takeLineBreak() -> Bool {
    if take("\n") { return true }
    guard starts("\r\n") else { return false }
    index += 2
    return true
  }

  private mutating func skipSpaces() { while peek == " " || peek == "\t" { index += 1 } }

  private mutating func skipComment() throws(TOMLError) {
    while let scalar = peek, scalar != "\n", scalar != "\r" { index += 1 }
  }

  /// Spaces, line breaks and comments.
  private mutating func skipBlank() throws(TOMLError) {
    while true {
      skipSpaces()
      if peek == "#" { try skipComment() }
      guard takeLineBreak() else { return }
    }
  }

  private static func isBare(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "_", "-": return true
    default: return false
    }
  }

  private func failure(_ message: String, at place: Int? = nil) -> TOMLError {
    let end = min(place ?? index, scalars.count)
    let line = scalars[..<end].count { $0 == "\n" } + 1
    let start = scalars[..<end].lastIndex(of: "\n").map { $0 + 1 } ?? 0
    return TOMLError(line: line, column: end - start + 1, message: message)
  }
}

/// Numbers as TOML writes them.
enum TOMLNumber {
  /// A whole number or a float; nil for anything else, or what does not fit into 64 bits.
  static func value(_ word: String) -> TOMLValue? {
    guard !word.hasPrefix("_"), !word.hasSuffix("_"), !word.contains("__") else { return nil }
    let plain = word.filter { $0 != "_" }
    for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] where plain.hasPrefix(prefix) {
      let digits = plain.dropFirst(2)
      guard digits.first.map({ $0 != "+" && $0 != "-" }) ?? false else { return nil }
      return Int(digits, radix: radix).map { .integer($0) }
    }
    let digits = plain.first == "+" || plain.first == "-" ? plain.dropFirst() : plain[...]
    guard let first = digits.utf8.first, first >= 0x30, first <= 0x39 else { return nil }
    let isPadded =
      first == 0x30 && digits.utf8.dropFirst().first.map { $0 >= 0x30 && $0 <= 0x39 } ?? false
    guard !isPadded else { return nil }
    if let value = Int(plain) { return .integer(value) }
    guard
      digits.utf8.allSatisfy({
        ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x2E || $0 | 0x20 == 0x65 || $0 == 0x2B || $0 == 0x2D
      }), !digits.hasSuffix("."), !digits.contains(".e"), !digits.contains(".E"),
      digits.contains(".") || digits.lowercased().contains("e"), let value = Double(plain)
    else { return nil }
    return .float(value)
  }
}
