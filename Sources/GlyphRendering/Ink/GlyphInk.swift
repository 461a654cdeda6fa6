/// An alphabet made ready for one ground; made once a process and then shared.
struct GlyphInk: Sendable {
  let alphabet: Alphabet
  let footprints: Footprints
  /// For choosing glyphs at the terminal's own colours.
  let shapes: GlyphShapes
  /// For choosing glyphs and gray levels.
  let levelShapes: LevelShapes
  /// For fitting ink on the bare ground.
  let inkFit: LevelFit
  /// For fitting ink and paper.
  let paperFit: LevelFit
  /// Light that each glyph adds at the terminal's own colours, laid out like `Footprints`.
  let stamps: PermanentTable<Int16>
  /// Light of the bare terminal, 0 or `Light.one`.
  let ground: Int32
  /// The picture's range for ink that has levels of its own.
  let fit: ToneFit
  /// The same for ink of one level: bright ends are given up for more contrast below them.
  let boldFit: ToneFit

  /// How much farther the range of ink of one level goes than the densest glyph.
  ///
  /// Measured: 1 is best for strokes on a black ground, 1.3 for photographs; braille gains more.
  private static let boldness = (glyphs: 1.12, dots: 1.4)

  init(_ alphabet: Alphabet, footprints: Footprints, isLightBackground: Bool) {
    ground = isLightBackground ? Light.one : 0
    let groundCode = Light.code(of: ground)
    // A terminal blends in sRGB codes: dark ink takes c off the code of its ground.
    let curve: (UInt8) -> Double = { cover in
      Light.linear(Double(isLightBackground ? 15 - cover : cover) / 15)
    }
    var tones: [[Int32]] = []
    var reach: Int32 = 0
    for glyph in 0..<alphabet.count {
      let light = Alphabet.softened(alphabet.parts(of: glyph, curve: curve)).map {
        Int32(($0 * Double(Light.one)).rounded())
      }
      let mean = light.reduce(0, +) / Int32(light.count)
      reach = max(reach, Int32((Light.code(of: mean) - groundCode).magnitude))
      tones.append(light.map { Int32((Light.code(of: $0) - groundCode).magnitude) })
    }
    self.alphabet = alphabet
    self.footprints = footprints
    fit = ToneFit(ground: ground, reach: reach)
    let boldness = alphabet.isDotted ? Self.boldness.dots : Self.boldness.glyphs
    boldFit = ToneFit(
      ground: ground, reach: min(Int32(Light.finest), Int32(Double(reach) * boldness)))
    shapes = GlyphShapes(tones: tones)
    levelShapes = LevelShapes(alphabet, tones: tones, isLightBackground: isLightBackground)
    inkFit = LevelFit(footprints, ground: ground, hasPaper: false)
    paperFit = LevelFit(footprints, ground: ground, hasPaper: true)
    stamps =
      isLightBackground
      ? PermanentTable(Footprints.blurred(alphabet) { curve($0) - 1 }) : footprints.curved
  }
}
