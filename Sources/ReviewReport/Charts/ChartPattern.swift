/// Hatchings of areas, so that they are told apart without their colours.
enum ChartPattern {
  /// The side that a limit excludes.
  static let excluded = 0
  /// Where nothing is chosen.
  static let none = 1
  /// What is chosen now.
  static let choice = 2
  /// From here on, one a winner; they begin again after `variety`.
  static let firstWinner = 3

  /// How many winners look different.
  static let variety = 30

  private static let strokes = [
    "M-2 2L2 -2M0 8L8 0M6 10L10 6", "M-2 6L2 10M0 0L8 8M6 -2L10 2", "M0 4H8", "M4 0V8",
    "M4 3.5V4.5M0 -.5V.5M8 -.5V.5M0 7.5V8.5M8 7.5V8.5", "M0 4H8M4 0V8",
  ]

  /// The pattern of a winner that is not the choice.
  static func winner(_ place: Int) -> Int { firstWinner + place % variety }

  static func element(_ pattern: Int, id: String) -> String {
    let (kind, stroke): (String, String)
    switch pattern {
    case excluded: (kind, stroke) = ("out", strokes[0])
    case none: (kind, stroke) = ("void", strokes[1])
    case choice: (kind, stroke) = ("won", "")
    default:
      let place = pattern - firstWinner
      // Five colours and six hatchings: thirty pairs before one comes again.
      kind = "w\(place % ChartPalette.series.count)"
      stroke = strokes[place % strokes.count]
    }
    let lines = stroke.isEmpty ? "" : "<path class=\"\(kind)-line\" d=\"\(stroke)\"/>"
    return "<pattern id=\"\(id)\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\">"
      + "<rect class=\"\(kind)-ground\" width=\"8\" height=\"8\"/>\(lines)</pattern>\n"
  }
}
