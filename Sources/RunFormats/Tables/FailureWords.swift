import ReviewCore

/// Names of failure modes in a text that a trainer wrote.
struct FailureWords {
  /// In the order of the text, each once; in small letters, the built-in ones as they are spelt.
  private(set) var tags: [String] = []
  /// Words that no tag can be called.
  private(set) var refused: [String] = []

  // No built-in name has more words.
  private static let mostWords = 3
  // A checkpoint has a few; what has more is no list of tags.
  private static let mostTags = 64

  /// Reads tags between commas, semicolons, bars and spaces. `mode collapse` and `mode_collapse` are
  /// the built-in `mode-collapse`; an empty or absent value, `0` and NaN say that there are none.
  init(_ text: String) {
    for part in text.lowercased().split(whereSeparator: { ",;|".contains($0) }) {
      let words = part.split(whereSeparator: \.isWhitespace).map(String.init)
      var place = 0
      while place < words.count {
        let builtIn = Self.builtIn(words[place...])
        if let builtIn {
          add(builtIn.name)
        } else if let number = TableNumber.value(words[place]) {
          if number != 0, !number.isNaN { refused.append(words[place]) }
        } else if !TableNumber.isAbsent(words[place]) {
          if FailureTag.isValidName(words[place]), tags.count < Self.mostTags {
            add(words[place])
          } else {
            refused.append(words[place])
          }
        }
        place += builtIn?.count ?? 1
      }
    }
  }

  private mutating func add(_ tag: String) {
    if !tags.contains(tag) { tags.append(tag) }
  }

  /// The built-in tag that words begin with, and how many of them are its name.
  private static func builtIn(_ words: ArraySlice<String>) -> (name: String, count: Int)? {
    for count in (1...min(mostWords, words.count)).reversed() {
      let name = words.prefix(count).joined(separator: "-").replacing("_", with: "-")
      if FailureTag.builtIn.contains(where: { $0.name == name }) { return (name, count) }
    }
    return nil
  }

  /// Whether a field holds words, and not a number or nothing.
  static func areWords(_ text: String) -> Bool {
    TableNumber.value(text) == nil && !TableNumber.isAbsent(text)
      && text.contains { !$0.isWhitespace }
  }

  /// What a table says of a word that is no tag.
  static func refusal(_ word: String, line: Int) -> String {
    "line \(line): \"\(PrintableText.escaped(String(word.prefix(64))))\" is no name of a failure mode, "
      + "which is 1 to 64 letters, digits, hyphens and underscores; it is left out"
  }
}
