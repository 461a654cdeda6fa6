/// One way of showing gray as characters, with what a terminal must be able to do for it.
package struct Renderer: Hashable, Sendable {
  /// What it is called in the configuration and on the `:` line.
  package let name: String
  /// What it is, in a few words.
  package let words: String
  package let glyphs: GlyphSet
  package let color: ColorDepth
  package let background: CellBackground
  /// The one to take where the terminal cannot do this one; nil for the last resort.
  let fallbackName: String?

  /// What a terminal is known to show.
  package struct Abilities: Hashable, Sendable {
    package var colors: Int
    package var isUTF8: Bool
    /// Sets beyond those of common fonts: `.sextant` and `.octant`. No terminal tells.
    package var fontHas: Set<GlyphSet>

    package init(colors: Int, isUTF8: Bool, fontHas: Set<GlyphSet> = []) {
      self.colors = colors
      self.isUTF8 = isUTF8
      self.fontHas = fontHas
    }
  }

  /// All of them, in the order in which `r` goes through those that can be used.
  package static let all = [
    Renderer("ascii", "ASCII by shape", .ascii, .none),
    Renderer("half-gray", "half blocks in gray", .half, .palette, .gray, fallback: "half"),
    Renderer(
      "quadrant-gray", "quadrants in gray", .quadrant, .palette, .gray, fallback: "half-gray"),
    Renderer(
      "sextant-gray", "sextants in gray", .sextant, .palette, .gray, fallback: "quadrant-gray"),
    Renderer("octant-gray", "octants in gray", .octant, .palette, .gray, fallback: "sextant-gray"),
    Renderer(
      "ascii-gray", "ASCII in gray on gray", .ascii, .palette, .gray, fallback: "ascii"),
    Renderer("ascii-ink", "ASCII in gray", .ascii, .palette, fallback: "ascii"),
    Renderer("braille-ink", "braille in gray", .braille, .palette, fallback: "braille"),
    Renderer("braille", "braille", .braille, .none, fallback: "ascii"),
    Renderer("quadrant", "quadrants", .quadrant, .none, fallback: "half"),
    Renderer("sextant", "sextants", .sextant, .none, fallback: "quadrant"),
    Renderer("octant", "octants", .octant, .none, fallback: "sextant"),
    Renderer("half", "half blocks", .half, .none, fallback: "ascii"),
  ]

  /// ASCII without colour: legible everywhere, so the one to begin with.
  package static let usual = all[0]

  private init(
    _ name: String, _ words: String, _ glyphs: GlyphSet, _ color: ColorDepth,
    _ background: CellBackground = .none, fallback: String? = nil
  ) {
    self.name = name
    self.words = words
    self.glyphs = glyphs
    self.color = color
    self.background = background
    fallbackName = fallback
  }

  package static func named(_ name: String) -> Renderer? { all.first { $0.name == name } }

  /// Why a terminal cannot do it; nil when it can.
  package func reason(against terminal: Abilities) -> String? {
    if glyphs != .ascii, !terminal.isUTF8 {
      return "\(words) need a UTF-8 locale; this one is not"
    }
    if color != .none, terminal.colors < 256 {
      return "\(words) need 256 colours; this terminal has \(terminal.colors)"
    }
    if glyphs == .sextant || glyphs == .octant, !terminal.fontHas.contains(glyphs) {
      return "few fonts have \(glyphs.rawValue)s; font_has in config.toml says that yours does"
    }
    return nil
  }

  /// This one, or the nearest that the terminal can do.
  package func usable(on terminal: Abilities) -> Renderer {
    guard reason(against: terminal) != nil, let fallbackName,
      let fallback = Self.named(fallbackName)
    else { return self }
    return fallback.usable(on: terminal)
  }

  /// The next of those that a terminal can do.
  package func next(on terminal: Abilities) -> Renderer {
    let usable = Self.all.filter {
      // Where there are grays, blocks in black and white only lose by it.
      let isOutdone = terminal.colors >= 256 && $0.color == .none && BlockSet($0.glyphs) != nil
      return $0.reason(against: terminal) == nil && (!isOutdone || $0.glyphs == .braille)
    }
    guard let place = usable.firstIndex(of: self) else { return usable.first ?? self }
    return usable[(place + 1) % usable.count]
  }
}
