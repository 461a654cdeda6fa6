/// What the terminal's ASCII glyphs are taken to look like: one font, or the mean of several.
///
/// Two models of one name are the same model.
package struct GlyphModel: Sendable {
  package let name: String
  let faces: [GlyphFace]

  init(_ name: String, _ faces: GlyphFace...) {
    self.name = name
    self.faces = faces
  }

  /// DejaVu Sans Mono, of whose family are Menlo, Hack and many terminals' defaults.
  ///
  /// Measured over strokes at 14 x 7 cells it reaches 0.96 in its own font and 0.92 to 0.94 in
  /// others; the mean of several fonts evens that out and is worse where most people are.
  package static let neutral = GlyphModel("neutral", .dejaVuSansMono)

  /// The mean of fonts that are little alike: 0.95 in its best, 0.94 in its worst.
  private static let mixed = GlyphModel(
    "mixed", .dejaVuSansMono, .dejaVuSansMono, .notoSansMono, .terminus, .unifont)

  /// Those that come with the program, the neutral one first.
  package static let builtIn = [
    neutral,
    mixed,
    GlyphModel("dejavu", .dejaVuSansMono),
    GlyphModel("dejavu-bold", .dejaVuSansMonoBold),
    GlyphModel("noto", .notoSansMono),
    GlyphModel("terminus", .terminus),
    GlyphModel("unifont", .unifont),
    GlyphModel("liberation", .liberationMono),
    GlyphModel("hack", .hack),
    GlyphModel("jetbrains", .jetBrainsMono),
  ]
}

extension GlyphModel: Hashable {
  package static func == (one: GlyphModel, other: GlyphModel) -> Bool { one.name == other.name }

  package func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
