import ReviewCore

/// Text from outside, made to stand in HTML and SVG as text and nothing else.
enum MarkupText {
  /// One line, for content or for an attribute in double quotes.
  static func escaped(_ text: String) -> String {
    // By scalars: with a combining mark behind it a sign is another character, and still that sign.
    var result = String.UnicodeScalarView()
    func add(_ text: String) { result.append(contentsOf: text.unicodeScalars) }
    for scalar in PrintableText.escapedControls(text).unicodeScalars {
      switch scalar {
      case "&": add("&amp;")
      case "<": add("&lt;")
      case ">": add("&gt;")
      case "\"": add("&quot;")
      case "'": add("&#39;")
      default:
        // XML forbids two of these, and HTML calls all of them errors.
        if isNoncharacter(scalar) {
          add("\\u{\(String(scalar.value, radix: 16, uppercase: true))}")
        } else {
          result.append(scalar)
        }
      }
    }
    return String(result)
  }

  /// Line breaks kept, for elements whose style shows them; everything else as in `escaped`.
  static func lines(_ text: String) -> String {
    text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .map { escaped(String($0)) }.joined(separator: "\n")
  }

  /// The text as a name of an element: letters, digits and `-`.
  static func name(_ text: String) -> String {
    String(
      text.unicodeScalars.map { scalar -> Character in
        let isPlain =
          ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
          || ("0"..."9").contains(scalar)
        return isPlain ? Character(scalar) : "-"
      })
  }

  private static func isNoncharacter(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value & 0xFFFE == 0xFFFE || (0xFDD0...0xFDEF).contains(scalar.value)
  }
}
