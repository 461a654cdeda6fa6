import ReviewCore

/// Text from outside, made to stand in Markdown as text and nothing else.
enum MarkdownText {
  /// One line in which nothing is markup, a table cell, a link or HTML.
  ///
  /// For places that are never the start of a line; so signs that only mean something there stay.
  static func escaped(_ text: String) -> String {
    var result = ""
    let characters = Array(PrintableText.escapedControls(text))
    for (place, character) in characters.enumerated() {
      func isWord(_ place: Int) -> Bool {
        characters.indices.contains(place)
          && (characters[place].isLetter || characters[place].isNumber)
      }
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      // A backslash before a sign is the sign itself.
      case "\\", "`", "*", "[", "]", "|", "~", "@": result += "\\" + String(character)
      case "(":
        result += place > 0 && characters[place - 1] == "]" ? "\\(" : "("
      // Within a word it is no emphasis.
      case "_": result += isWord(place - 1) && isWord(place + 1) ? "_" : "\\_"
      // What would become a link by itself.
      case ":":
        result += place + 1 < characters.count && characters[place + 1] == "/" ? "\\:" : ":"
      case ".": result += result.lowercased().hasSuffix("www") ? "\\." : "."
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
