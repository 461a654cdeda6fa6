import ReviewCore

/// Text from outside, made to stand in Markdown as text and nothing else.
enum MarkdownText {
  /// One line in which nothing is markup, a table cell, a link or HTML.
  ///
  /// Signs that only mean something at the start of a line stay; `blockStart` is for that place.
  static func escaped(_ text: String) -> String {
    // By scalars: with a combining mark behind it a sign is another character, and still that sign.
    var result = String.UnicodeScalarView()
    let scalars = Array(PrintableText.escapedControls(text).unicodeScalars)
    func add(_ text: String) { result.append(contentsOf: text.unicodeScalars) }
    for (place, scalar) in scalars.enumerated() {
      func isWord(_ place: Int) -> Bool {
        scalars.indices.contains(place)
          && (scalars[place].properties.isAlphabetic
            || scalars[place].properties.numericType != nil)
      }
      switch scalar {
      case "&": add("&amp;")
      case "<": add("&lt;")
      case ">": add("&gt;")
      // A backslash before a sign is the sign itself.
      case "\\", "`", "*", "[", "]", "|", "~", "@": add("\\" + String(scalar))
      case "(": add(place > 0 && scalars[place - 1] == "]" ? "\\(" : "(")
      // Within a word it is no emphasis.
      case "_": add(isWord(place - 1) && isWord(place + 1) ? "_" : "\\_")
      // What would become a link by itself.
      case ":": add(place + 1 < scalars.count && scalars[place + 1] == "/" ? "\\:" : ":")
      case ".":
        let before = String(String.UnicodeScalarView(scalars[max(0, place - 3)..<place]))
        add(before.lowercased() == "www" ? "\\." : ".")
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  /// A line that is made, for a place where a block may begin: signs that would begin one are text.
  static func blockStart(_ line: String) -> String {
    guard let first = line.unicodeScalars.first else { return line }
    switch first {
    case "#", "-", "+", "=": return "\\" + line
    // Four blanks would begin a block of code.
    case " ": return "&#32;" + String(line.unicodeScalars.dropFirst())
    case "0"..."9":
      let digits = line.unicodeScalars.prefix { ("0"..."9").contains($0) }
      let rest = line.unicodeScalars.dropFirst(digits.count)
      guard rest.first == "." || rest.first == ")" else { return line }
      return String(digits) + "\\" + String(rest)
    default: return line
    }
  }

  /// The content of a heading, whose last signs would else be taken for its end.
  static func heading(_ line: String) -> String {
    line.unicodeScalars.last == "#" ? String(line.unicodeScalars.dropLast()) + "\\#" : line
  }

  /// Emphasised words; a blank at their ends, as it is, would keep them from being so.
  static func strong(_ words: String) -> String {
    var scalars = words.unicodeScalars
    func number(_ scalar: Unicode.Scalar) -> String { "&#\(scalar.value);" }
    var (before, behind) = ("", "")
    if let first = scalars.first, first.properties.isWhitespace {
      before = number(scalars.removeFirst())
    }
    if let last = scalars.last, last.properties.isWhitespace {
      behind = number(scalars.removeLast())
    }
    return "**\(before)\(String(scalars))\(behind)**"
  }

  /// A fenced block that its own content cannot close.
  static func block(_ lines: [String], language: String = "text") -> String {
    let lines = lines.map(PrintableText.escapedControls)
    let longest = lines.map(longestFence).max() ?? 0
    let fence = String(repeating: "`", count: max(3, longest + 1))
    return "\(fence)\(language)\n\(lines.map { $0 + "\n" }.joined())\(fence)\n"
  }

  /// Code within a line, between more backquotes than it has in a row.
  static func code(_ text: String) -> String {
    let plain = PrintableText.escapedControls(text)
    let longest = longestFence(plain)
    guard longest > 0 else { return "`\(plain)`" }
    let fence = String(repeating: "`", count: longest + 1)
    return "\(fence) \(plain) \(fence)"
  }

  /// The most backquotes in a row.
  private static func longestFence(_ text: String) -> Int {
    var longest = 0
    var count = 0
    for scalar in text.unicodeScalars {
      count = scalar == "`" ? count + 1 : 0
      longest = max(longest, count)
    }
    return longest
  }

  static func row(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |\n" }
}
