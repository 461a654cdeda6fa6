/// How wide a text gets, near enough to keep labels apart: which font a reader has, nobody knows.
enum LabelWidth {
  static let size = 12.0

  /// In pixels.
  static func of(_ text: String, size: Double = size, isCode: Bool = false) -> Double {
    text.unicodeScalars.reduce(0) { $0 + share(of: $1, isCode: isCode) } * size
  }

  /// The text, or as much of it as fits, with an ellipsis.
  static func fitted(
    _ text: String, into width: Double, size: Double = size, isCode: Bool = false
  ) -> String {
    guard of(text, size: size, isCode: isCode) > width else { return text }
    var room = width / size - share(of: "…", isCode: isCode)
    var kept = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      room -= share(of: scalar, isCode: isCode)
      if room < 0 { break }
      kept.append(scalar)
    }
    while kept.last == " " { kept.removeLast() }
    return String(kept) + "…"
  }

  // Measured on Helvetica and DejaVu Sans, between the two.
  private static func share(of scalar: Unicode.Scalar, isCode: Bool) -> Double {
    if scalar.properties.canonicalCombiningClass != .notReordered { return 0 }
    if scalar.value >= 0x1100,
      scalar.properties.isIdeographic || scalar.value < 0x11FF
        || (0x2E80...0xD7FF).contains(scalar.value) || (0xFF00...0xFF60).contains(scalar.value)
        || scalar.value >= 0x1F000
    {
      return 1.05
    }
    if isCode { return 0.61 }
    switch scalar {
    case "i", "j", "l", "'", "|", ".", ",", ":", ";", "!": return 0.3
    case " ", "f", "t", "r", "(", ")", "[", "]", "/", "-", "I": return 0.37
    case "m", "w", "M", "W", "@", "%", "…": return 0.92
    case "A"..."Z", "=", "+", "<", ">", "~", "#", "_": return 0.7
    default: return 0.6
    }
  }
}
