/// The glyphs of an alphabet as eight tones each, for choosing glyph and levels in a single pass.
struct LevelShapes: Sendable {
  /// Tones 0...255 away from the ground at full strength, for ink on the bare terminal.
  private let tones: [SIMD8<Float>]
  /// Mean coverage 0...1, for ink on paper of its own.
  private let coverage: [SIMD8<Float>]
  /// The sum of the squares of each glyph's tones.
  private let tonePowers: [Float]
  /// The sum of each glyph's coverage, and that of its squares.
  private let coverageSums: [(ink: Float, power: Float)]
  private let isLightBackground: Bool

  /// - Parameter tones: 0...`Light.finest`, eight a glyph in the alphabet's order.
  init(_ alphabet: Alphabet, tones: [[Int32]], isLightBackground: Bool) {
    self.tones = tones.map { tones in
      SIMD8(tones.map { Float($0) * 255 / Float(Light.finest) })
    }
    coverage = (0..<alphabet.count).map { glyph in
      SIMD8(alphabet.parts(of: glyph).map { Float($0) })
    }
    tonePowers = self.tones.map { ($0 * $0).sum() }
    coverageSums = coverage.map { ($0.sum(), ($0 * $0).sum()) }
    self.isLightBackground = isLightBackground
  }

  /// The glyph and ink nearest to tones 0...255 away from the ground.
  func nearestInk(to wanted: SIMD8<Float>, levels: GrayLevels) -> ShadedGlyph {
    let ground: UInt8 = isLightBackground ? 255 : 0
    var best = ShadedGlyph(glyph: 0, ink: ground, paper: ground)
    var least: Float = 0
    for glyph in tones.indices {
      let power = tonePowers[glyph]
      if power == 0 { continue }
      let match = (tones[glyph] * wanted).sum()
      // Not even the best strength saves enough: no need to pin it.
      if -match * match / power >= least { continue }
      let ideal = Double(255 * match / power)
      let ink = levels.nearest(to: isLightBackground ? 255 - ideal : ideal)
      let strength = Float(isLightBackground ? 255 - ink : ink) / 255
      let error = strength * (strength * power - 2 * match)
      if error < least {
        least = error
        best = ShadedGlyph(glyph: glyph, ink: ink, paper: ground)
      }
    }
    return best
  }

  /// The glyph, ink and paper nearest to codes 0...255.
  func nearestPair(to wanted: SIMD8<Float>, levels: GrayLevels) -> ShadedGlyph {
    let sum = wanted.sum()
    let plain = levels.nearest(to: Double(sum / 8))
    var best = ShadedGlyph(glyph: 0, ink: plain, paper: plain)
    var least = Float(plain) * (8 * Float(plain) - 2 * sum)
    for glyph in coverage.indices {
      let shape = coverage[glyph]
      let (ink, power) = coverageSums[glyph]
      let match = (shape * wanted).sum()
      let spread = 8 * power - ink * ink
      if spread < 0.01 { continue }
      let slope = (8 * match - ink * sum) / spread
      // The fit without limits is the least that limits and pinning can leave.
      let offset = (sum - slope * ink) / 8
      if -(offset * sum + slope * match) >= least { continue }
      let paper = levels.nearest(to: Double(offset))
      let rise = (match - Float(paper) * ink) / power
      let pinned = levels.nearest(to: Double(Float(paper) + rise))
      let low = Float(paper)
      let step = Float(pinned) - low
      let error = low * (8 * low - 2 * sum) + step * (step * power - 2 * match + 2 * low * ink)
      if error < least {
        least = error
        best = ShadedGlyph(glyph: glyph, ink: pinned, paper: paper)
      }
    }
    return best
  }
}
