import ReviewCore

/// Numbers of YAML that every reader takes for what they are; strings are `QuotedText`.
enum YAMLText {
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
