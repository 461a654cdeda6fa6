/// A value of a TOML document.
package indirect enum TOMLValue: Equatable, Sendable {
  case string(String)
  case integer(Int)
  case float(Double)
  case boolean(Bool)
  case array([TOMLValue])
  case table(TOMLTable)
  /// A date or a time, as it is written; nothing here asks for one.
  case moment(String)

  package var string: String? { if case .string(let value) = self { value } else { nil } }
  package var int: Int? { if case .integer(let value) = self { value } else { nil } }
  package var bool: Bool? { if case .boolean(let value) = self { value } else { nil } }
  package var double: Double? { if case .float(let value) = self { value } else { nil } }
  package var array: [TOMLValue]? { if case .array(let value) = self { value } else { nil } }
  package var table: TOMLTable? { if case .table(let value) = self { value } else { nil } }
}

/// A table of a TOML document.
package struct TOMLTable: Equatable, Sendable {
  private var values: [String: TOMLValue] = [:]
  /// By key, the line it was written in, from 1.
  package internal(set) var lines: [String: Int] = [:]
  /// Whether it was written in braces, which nothing may be added to.
  var isClosed = false
  /// Whether a header named it, which may happen once.
  var isDefined = false

  package init() {}

  /// Reads a whole document.
  ///
  /// - Throws: `TOMLError` with the place of the first thing that is not TOML.
  package init(string: String) throws(TOMLError) {
    self = try TOMLParser.document(string)
  }

  package var keys: [String] { Array(values.keys) }

  package subscript(key: String) -> TOMLValue? {
    get { values[key] }
    set { values[key] = newValue }
  }
}

/// Why a text is not TOML, and where.
package struct TOMLError: Error, Equatable, Sendable {
  /// From 1.
  package let line: Int
  /// From 1, in characters.
  package let column: Int
  package let message: String
}
