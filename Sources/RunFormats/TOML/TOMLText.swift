import ReviewCore

/// Writes TOML; whatever the text, reading it gives the same text.
enum TOMLText {
  /// A text in quotes, on one line.
  static func quoted(_ text: String) -> String { QuotedText.string(text) }

  /// A key, in quotes where it needs them.
  static func key(_ name: String) -> String {
    let isBare =
      !name.isEmpty
      && name.utf8.allSatisfy {
        ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A) || ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x2D
          || $0 == 0x5F
      }
    return isBare ? name : quoted(name)
  }
}
