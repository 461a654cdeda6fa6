/// The colours of charts and of pages, on light and on dark.
enum ChartPalette {
  struct Colour {
    let name: String
    let light: String
    let dark: String
  }

  static let paper = Colour(name: "paper", light: "#ffffff", dark: "#15181d")
  static let ink = Colour(name: "ink", light: "#1c2127", dark: "#e4e7eb")
  static let muted = Colour(name: "muted", light: "#57606a", dark: "#9ba5b0")
  static let line = Colour(name: "line", light: "#9aa3ad", dark: "#5a646f")
  static let faint = Colour(name: "faint", light: "#e4e7eb", dark: "#2b313a")
  static let wash = Colour(name: "wash", light: "#f5f6f8", dark: "#1d2229")
  static let chosen = Colour(name: "chosen", light: "#0a6e4e", dark: "#4fc993")
  static let candidate = Colour(name: "candidate", light: "#2360b0", dark: "#74b3f5")
  static let runnerUp = Colour(name: "runner-up", light: "#7446b0", dark: "#bb9ff2")
  static let alarm = Colour(name: "alarm", light: "#b0341a", dark: "#ff8d6b")
  static let caution = Colour(name: "caution", light: "#8a5a00", dark: "#e3b34f")

  /// Of lines and of winners, one after the other.
  static let series = [
    Colour(name: "s0", light: "#2360b0", dark: "#74b3f5"),
    Colour(name: "s1", light: "#b25410", dark: "#f2a35e"),
    Colour(name: "s2", light: "#7446b0", dark: "#bb9ff2"),
    Colour(name: "s3", light: "#7a6a00", dark: "#d9c04f"),
    Colour(name: "s4", light: "#a42c74", dark: "#f291c8"),
  ]

  static let all =
    [paper, ink, muted, line, faint, wash, chosen, candidate, runnerUp, alarm, caution] + series

  /// Declarations of the custom properties.
  static func properties(isDark: Bool) -> String {
    all.map { "--\($0.name):\(isDark ? $0.dark : $0.light);" }.joined()
  }
}
