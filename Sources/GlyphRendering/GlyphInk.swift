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
  let stamps: [Int16]
  /// Light of the bare terminal, 0 or `Light.one`.
  let ground: Int32
  /// How far the densest glyph's mean light is from the ground, in fine codes.
  let reach: Int32

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
    self.reach = reach
    shapes = GlyphShapes(tones: tones)
    levelShapes = LevelShapes(alphabet, tones: tones, isLightBackground: isLightBackground)
    inkFit = LevelFit(footprints, ground: ground, hasPaper: false)
    paperFit = LevelFit(footprints, ground: ground, hasPaper: true)
    stamps =
      isLightBackground ? Footprints.blurred(alphabet) { curve($0) - 1 } : footprints.curved
  }

  /// The fine code that a light becomes once the picture's range is fitted to what ink can do.
  func fitted(_ light: Int32) -> Int32 {
    let groundCode = Light.code(of: ground)
    return groundCode + (Light.code(of: light) - groundCode) * reach / Int32(Light.finest)
  }

  /// How far from the ground a light lies once fitted, 0...`reach`.
  func tone(of light: Int32) -> Int32 {
    Int32((fitted(light) - Light.code(of: ground)).magnitude)
  }

  /// How far from the ground a light lies once fitted, in light.
  func distance(of light: Int32) -> Int32 {
    Int32((Light.ofFineCode[Int(fitted(light))] - ground).magnitude)
  }
}
