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

  /// The names of those that come with the program, the neutral one first.
  ///
  /// `mixed` is the mean of fonts that are little alike: 0.95 in its best, 0.94 in its worst.
  package static let names = [
    "neutral", "mixed", "dejavu", "dejavu-bold", "noto", "terminus", "unifont", "liberation",
    "hack", "jetbrains",
  ]

  /// One that comes with the program; only its own faces are read.
  package static func named(_ name: String) -> GlyphModel? {
    switch name {
    case "neutral": neutral
    case "mixed":
      GlyphModel(name, .dejaVuSansMono, .dejaVuSansMono, .notoSansMono, .terminus, .unifont)
    case "dejavu": GlyphModel(name, .dejaVuSansMono)
    case "dejavu-bold": GlyphModel(name, .dejaVuSansMonoBold)
    case "noto": GlyphModel(name, .notoSansMono)
    case "terminus": GlyphModel(name, .terminus)
    case "unifont": GlyphModel(name, .unifont)
    case "liberation": GlyphModel(name, .liberationMono)
    case "hack": GlyphModel(name, .hack)
    case "jetbrains": GlyphModel(name, .jetBrainsMono)
    default: nil
    }
  }

  static var builtIn: [GlyphModel] { names.compactMap(named) }
}

extension GlyphModel: Hashable {
  package static func == (one: GlyphModel, other: GlyphModel) -> Bool { one.name == other.name }

  package func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
