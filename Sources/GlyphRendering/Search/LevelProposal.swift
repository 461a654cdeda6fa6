/// A glyph with the levels that fit it best, before they are pinned to what the terminal has.
struct LevelProposal {
  var glyph: Int
  /// Codes 0...255.
  var ink: Double
  var paper: Double
  /// The weighted squared error that it saves.
  var gain: Float
}
