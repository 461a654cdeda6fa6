/// A word of a shell's command line.
package enum ShellWord {
  /// As it is when it is plain, else in single quotes; never an option.
  package static func quoted(_ text: String) -> String {
    let isPlain =
      !text.isEmpty
      && text.utf8.allSatisfy {
        ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A) || ($0 >= 0x30 && $0 <= 0x39)
          || "-_./".utf8.contains($0)
      }
    if text.hasPrefix("-") { return quoted("./" + text) }
    if isPlain { return text }
    // By scalars: with a combining mark behind it a quote is another character, and still a quote.
    let parts = text.unicodeScalars.split(separator: "'", omittingEmptySubsequences: false)
    return "'" + parts.map(String.init).joined(separator: "'\\''") + "'"
  }
}
