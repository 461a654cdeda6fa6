/// Text from outside, made safe for a line of a terminal or a log.
package enum PrintableText {
  /// The text with control characters written as `\n`, `\t` or `\u{1B}`, and direction marks shown.
  package static func escaped(_ text: String) -> String {
    if text.unicodeScalars.allSatisfy({ !isHarmful($0) && $0 != "\\" }) { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      default:
        if isHarmful(scalar) {
          result += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result
  }

  /// As `escaped`, but a backslash stays as it is.
  package static func escapedControls(_ text: String) -> String {
    if text.unicodeScalars.allSatisfy({ !isHarmful($0) }) { return text }
    return text.split(separator: "\\", omittingEmptySubsequences: false).map { escaped(String($0)) }
      .joined(separator: "\\")
  }

  /// The text with every control character and line break as one space, for a single line.
  package static func singleLine(_ text: String) -> String {
    if text.unicodeScalars.allSatisfy({ !isHarmful($0) }) { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { result.append(isHarmful(scalar) ? " " : scalar) }
    return String(result)
  }

  /// A name for a `name=value` field: space, `=` and control characters become `_`.
  package static func fieldName(_ name: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in name.unicodeScalars {
      let isBad = scalar == "=" || scalar.properties.isWhitespace || isHarmful(scalar)
      result.append(isBad ? "_" : scalar)
    }
    return String(result)
  }

  /// Whether a scalar would move the cursor, switch direction or start an escape sequence.
  package static func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF,
      0xFFF9...0xFFFB, 0xE0000...0xE007F:
      return true
    default: return false
    }
  }
}
