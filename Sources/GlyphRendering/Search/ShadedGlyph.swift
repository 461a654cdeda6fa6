/// A glyph of an alphabet with the levels of its ink and of the paper behind it.
struct ShadedGlyph: Equatable {
  var glyph: Int
  /// Codes 0...255.
  var ink: UInt8
  var paper: UInt8
}
