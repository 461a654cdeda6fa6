/// Strings as TOML and YAML write them between double quotes.
package enum QuotedText {
  /// On one line, and no more than a string, whatever it looks like; reading it gives the same text.
  ///
  /// Both take JSON's escapes, but write signs outside of 16 bits as one.
  package static func string(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      default:
        // What ends in FFFE or FFFF is no character, and YAML refuses it.
        if PrintableText.isHarmful(scalar) || scalar.value & 0xFFFE == 0xFFFE {
          let digits = String(scalar.value, radix: 16, uppercase: true)
          let width = scalar.value > 0xFFFF ? 8 : 4
          result += width == 4 ? "\\u" : "\\U"
          result += String(repeating: "0", count: width - digits.count) + digits
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result + "\""
  }
}
