/// How a picture's range of brightness is fitted to the little that ink can do.
///
/// Codes are drawn towards the ground so far that the picture's far end meets what the densest glyph
/// shows; all pictures alike, so that they stay comparable.
struct ToneFit: Sendable {
  /// How far the picture's far end lies from the ground once fitted, in fine codes.
  let reach: Int32
  private let groundCode: Int32
  /// The fitted fine code of each light 0...`Light.one`.
  private let codes: PermanentTable<Int16>

  /// - Parameters:
  ///   - ground: light of the bare terminal, 0 or `Light.one`.
  ///   - reach: in fine codes, at most `Light.finest`.
  init(ground: Int32, reach: Int32) {
    self.reach = reach
    let groundCode = Light.code(of: ground)
    self.groundCode = groundCode
    codes = PermanentTable(
      (0...Light.one).map {
        Int16(groundCode + (Light.code(of: $0) - groundCode) * reach / Int32(Light.finest))
      })
  }

  /// How much darker the fitted target is than the picture.
  var scale: Float { Float(Light.finest) / Float(reach) }

  /// The fine code that a light 0...`Light.one` becomes.
  @inline(__always)
  func code(of light: Int32) -> Int32 { Int32(codes.start[Int(light)]) }

  /// How far from the ground a light lies once fitted, 0...`reach`.
  @inline(__always)
  func tone(of light: Int32) -> Int32 { Int32((code(of: light) - groundCode).magnitude) }

  /// How far from the ground a light lies once fitted, in light.
  func distance(of light: Int32) -> Int32 {
    Int32((Light.ofFineCode[Int(code(of: light))] - Light.ofFineCode[Int(groundCode)]).magnitude)
  }
}
