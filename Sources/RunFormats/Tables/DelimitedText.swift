/// A table in text: comma, semicolon or tab between fields, quoting as in RFC 4180.
package struct DelimitedText: Equatable, Sendable {
  package struct Row: Equatable, Sendable {
    /// From 1, where the row starts.
    package let line: Int
    package let fields: [String]
  }

  package private(set) var header: [String]
  package private(set) var rows: [Row]
  /// Whether the last row has no line break and may still be written.
  package private(set) var endsTorn: Bool
  /// The line of a quote that is never closed; it is read as a character, so no row is lost.
  package private(set) var openQuoteLine: Int?

  /// Reads any bytes; what is not UTF-8 becomes replacement characters. Nil for an empty text.
  ///
  /// - Complexity: O(n).
  package init?(_ bytes: [UInt8]) {
    self.init(bytes, openQuote: nil)
  }

  /// - Parameter openQuote: the place and line of a quote that is known never to close.
  private init?(_ bytes: [UInt8], openQuote: (place: Int, line: Int)?) {
    var start = bytes.startIndex
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { start = 3 }
    let firstLine = bytes[start...].prefix { $0 != 0x0A && $0 != 0x0D }
    let separators: [UInt8] = [0x2C, 0x09, 0x3B]
    var separator: UInt8 = 0x2C
    var most = 0
    for candidate in separators {
      let count = firstLine.count { $0 == candidate }
      if count > most { (separator, most) = (candidate, count) }
    }
    var rows: [Row] = []
    var fields: [String] = []
    var field: [UInt8] = []
    var (line, rowLine) = (1, 1)
    var isQuoted = false
    var quote = (place: 0, line: 0)
    var wasQuoted = false
    func endField() {
      let text = String(decoding: field, as: UTF8.self)
      fields.append(wasQuoted ? text : Self.trimmed(text))
      field.removeAll(keepingCapacity: true)
      wasQuoted = false
    }
    func endRow() {
      endField()
      if fields.count > 1 || !fields[0].isEmpty {
        rows.append(Row(line: rowLine, fields: fields))
      }
      fields = []
    }
    var index = start
    while index < bytes.count {
      let byte = bytes[index]
      if isQuoted {
        if byte == 0x22 {
          if index + 1 < bytes.count, bytes[index + 1] == 0x22 {
            field.append(0x22)
            index += 1
          } else {
            isQuoted = false
          }
        } else {
          if byte == 0x0A { line += 1 }
          field.append(byte)
        }
      } else if byte == 0x22, field.allSatisfy({ $0 == 0x20 }), !wasQuoted,
        openQuote.map({ index < $0.place }) ?? true
      {
        quote = (index, line)
        field.removeAll(keepingCapacity: true)
        isQuoted = true
        wasQuoted = true
      } else if byte == separator {
        endField()
      } else if byte == 0x0A || byte == 0x0D {
        if byte == 0x0D, index + 1 < bytes.count, bytes[index + 1] == 0x0A { index += 1 }
        endRow()
        line += 1
        rowLine = line
      } else {
        field.append(byte)
      }
      index += 1
    }
    if isQuoted {
      guard let again = DelimitedText(bytes, openQuote: quote) else { return nil }
      self = again
      return
    }
    openQuoteLine = openQuote?.line
    endsTorn = !field.isEmpty || !fields.isEmpty || wasQuoted
    if endsTorn { endRow() }
    guard let first = rows.first else { return nil }
    header = first.fields
    self.rows = Array(rows.dropFirst())
  }

  private static func trimmed(_ text: String) -> String {
    guard text.utf8.first == 0x20 || text.utf8.last == 0x20 else { return text }
    var view = Substring(text)
    while view.first == " " { view.removeFirst() }
    while view.last == " " { view.removeLast() }
    return String(view)
  }
}

/// A number as tables write it.
package enum TableNumber {
  /// Decimal numbers and every usual spelling of NaN and infinity; nil for anything else.
  package static func value(_ text: String) -> Double? {
    guard let first = text.utf8.first else { return nil }
    if (first >= 0x30 && first <= 0x39) || first == 0x2D || first == 0x2B || first == 0x2E {
      if text.utf8.allSatisfy({ isNumberByte($0) }), let value = Double(text) { return value }
    }
    switch text.lowercased() {
    case "nan", "+nan", "-nan": return .nan
    case "inf", "+inf", "infinity", "+infinity": return .infinity
    case "-inf", "-infinity": return -.infinity
    default: return nil
    }
  }

  /// Whether a field stands for "no value".
  package static func isAbsent(_ text: String) -> Bool {
    text.isEmpty || ["-", "na", "n/a", "none", "null"].contains(text.lowercased())
  }

  private static func isNumberByte(_ byte: UInt8) -> Bool {
    (byte >= 0x30 && byte <= 0x39) || byte == 0x2E || byte == 0x2D || byte == 0x2B
      || byte | 0x20 == 0x65
  }
}
