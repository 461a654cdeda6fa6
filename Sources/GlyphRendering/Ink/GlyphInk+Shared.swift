import Synchronization

extension GlyphInk {
  /// The tables of a glyph set, made at the first use of the set; `best` is not a set of its own.
  ///
  /// - Parameter hasEighths: of quadrants, whether eighths of a cell are among them.
  static func shared(
    _ glyphs: GlyphSet, model: GlyphModel, hasEighths: Bool = false, isLightBackground: Bool
  ) -> GlyphInk {
    let blocks = BlockSet(glyphs)
    let key = Key(
      blocks: blocks, model: blocks == nil ? model : nil, hasEighths: hasEighths,
      isLightBackground: isLightBackground)
    if let found = known.withLock({ $0[key] }) { return found }
    let alphabet =
      hasEighths ? .quadrantsAndEighths : blocks.map(Alphabet.init(_:)) ?? Alphabet(model)
    let ink = GlyphInk(
      alphabet, footprints: Footprints(alphabet), isLightBackground: isLightBackground)
    return known.withLock { known in
      // Another thread may have made it meanwhile; tables are never freed, so one is kept.
      if let found = known[key] { return found }
      known[key] = ink
      return ink
    }
  }

  private struct Key: Hashable {
    let blocks: BlockSet?
    /// Nil for blocks, which look alike in every font.
    let model: GlyphModel?
    let hasEighths: Bool
    let isLightBackground: Bool
  }

  private static let known = Mutex<[Key: GlyphInk]>([:])
}
