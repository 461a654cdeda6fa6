import ReviewCore

/// Scalars of YAML that every reader takes for what they are.
enum YAMLText {
  /// A string in double quotes: whatever it looks like, it is no number, no truth and no markup.
  ///
  /// JSON's escapes are YAML's, but for signs outside of 16 bits, which YAML writes as one.
  static func string(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      default:
        if PrintableText.isHarmful(scalar) || scalar.value & 0xFFFE == 0xFFFE {
          let digits = String(scalar.value, radix: 16, uppercase: true)
          let width = scalar.value > 0xFFFF ? 8 : 4
          result += width == 8 ? "\\U" : "\\u"
          result += String(repeating: "0", count: width - digits.count) + digits
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result + "\""
  }

  /// A finite number; with a point, since `1e5` is a string to some readers.
  static func number(_ value: Double) -> String {
    let text = NumberText.shortest(value)
    guard let place = text.firstIndex(of: "e") else { return text }
    let (mantissa, power) = (text[..<place], text[text.index(after: place)...])
    let sign = power.hasPrefix("-") ? "-" : "+"
    let exponent = power.drop { $0 == "-" || $0 == "+" }
    return (mantissa.contains(".") ? mantissa : mantissa + ".0") + "e" + sign + exponent
  }
}
