/// A rule as it is written, before it is parsed.
package struct RuleText: Hashable, Sendable {
  /// Lines `candidate:`, `select:` and `tie:`, separated by line breaks or semicolons.
  package let text: String

  package init(_ text: String) { self.text = text }

  /// From the parts of a configuration file, each without its keyword.
  package init(candidate: String?, select: String?, tie: String?) {
    var lines: [String] = []
    if let candidate { lines.append("candidate: \(candidate)") }
    if let select { lines.append("select:    \(select)") }
    if let tie { lines.append("tie:       \(tie)") }
    text = lines.joined(separator: "\n")
  }
}

/// Where the rule in force was taken from.
package enum RuleOrigin: String, Sendable {
  case builtIn = "default"
  case file = "keepoch.toml"
  case reviewer
  case commandLine = "command line"

  package var words: String {
    switch self {
    case .builtIn: return "the default rule"
    case .file: return "keepoch.toml"
    case .reviewer: return "set by the reviewer"
    case .commandLine: return "given on the command line"
    }
  }
}

/// Why a rule cannot be read, and where in its text.
package struct RuleError: Error, Equatable, Sendable, CustomStringConvertible {
  /// From 1.
  package let line: Int
  /// From 1, in characters of the line.
  package let column: Int
  package let message: String

  package init(line: Int, column: Int, message: String) {
    self.line = line
    self.column = column
    self.message = message
  }

  package var description: String {
    (line > 1 ? "line \(line), " : "") + "column \(column): \(message)"
  }
}
