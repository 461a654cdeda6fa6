import ReviewCore

/// Text from outside, made to stand in Markdown as text and nothing else.
enum MarkdownText {
  /// One line in which nothing is markup, a table cell, a link or HTML.
  static func escaped(_ text: String) -> String {
    var result = ""
    for character in PrintableText.escapedControls(text) {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\\", "`", "*", "_", "{", "}", "[", "]", "(", ")", "#", "+", "-", "!", "|", "~", "@",
        ":",
        "=", "$", "^", "\"", "'":
        // A backslash before a sign is the sign itself, wherever it stands.
        result += "\\" + String(character)
      default: result.append(character)
      }
    }
    return result
  }

  /// A fenced block that its own content cannot close.
  static func block(_ lines: [String], language: String = "text") -> String {
    var longest = 0
    for line in lines {
      var run = 0
      for character in line {
        run = character == "`" ? run + 1 : 0
        longest = max(longest, run)
      }
    }
    let fence = String(repeating: "`", count: max(3, longest + 1))
    return "\(fence)\(language)\n\(lines.map { $0 + "\n" }.joined())\(fence)\n"
  }

  /// Code within a line.
  static func code(_ text: String) -> String {
    let plain = PrintableText.escapedControls(text)
    guard plain.contains("`") else { return "`\(plain)`" }
    return "`` \(plain) ``"
  }

  static func row(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |\n" }
}
