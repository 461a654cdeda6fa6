extension GlyphInk {
  /// The tables of a glyph set, made at the first use of the set; `best` is not a set of its own.
  static func shared(_ glyphs: GlyphSet, isLightBackground: Bool) -> GlyphInk {
    let pair =
      switch glyphs {
      case .ascii, .best: ascii
      case .half: half
      case .quadrant: quadrant
      case .sextant: sextant
      case .octant: octant
      case .braille: braille
      }
    return isLightBackground ? pair.light : pair.dark
  }

  private typealias Pair = (dark: GlyphInk, light: GlyphInk)

  private static let ascii = pair(.ascii)
  private static let half = pair(Alphabet(.half))
  private static let quadrant = pair(Alphabet(.quadrant))
  private static let sextant = pair(Alphabet(.sextant))
  private static let octant = pair(Alphabet(.octant))
  private static let braille = pair(Alphabet(.braille))

  private static func pair(_ alphabet: Alphabet) -> Pair {
    let footprints = Footprints(alphabet)
    return (
      GlyphInk(alphabet, footprints: footprints, isLightBackground: false),
      GlyphInk(alphabet, footprints: footprints, isLightBackground: true)
    )
  }
}
