/// Weighted least squares of ink and paper light over the footprint of one cell.
///
/// Light is counted from the ground in parts of `Light.one`; plain products and sums in a fixed
/// order, so equal on every machine.
struct LevelFit {
  private let shapes: [SIMD8<Float>]
  private let full: [SIMD8<Float>]
  private let glyphs: Int
  private let ground: Int32
  private let hasPaper: Bool

  init(_ footprints: Footprints, ground: Int32, hasPaper: Bool) {
    glyphs = footprints.count
    self.ground = ground
    self.hasPaper = hasPaper
    // Ink on any paper adds light between the two curves; on a given ground the pen says which.
    let pen = ground == 0 ? Pen(ink: 255, paper: 0) : Pen(ink: 0, paper: 255)
    let even = hasPaper ? 0.5 : Float(pen.straight) / Float(pen.straight + pen.curved)
    shapes = LevelFit.vectors(footprints.count * CellGeometry.footprint) {
      even * Float(footprints.straight[$0]) + (1 - even) * Float(footprints.curved[$0])
    }
    full = LevelFit.vectors(CellGeometry.footprint) { Float(footprints.full[$0]) }
  }

  private static func vectors(_ count: Int, _ value: (Int) -> Float) -> [SIMD8<Float>] {
    stride(from: 0, to: count, by: 8).map { first in
      var vector = SIMD8<Float>()
      for lane in 0..<8 { vector[lane] = value(first + lane) }
      return vector
    }
  }

  /// The `limit` glyphs that save most, best first.
  ///
  /// - Parameters:
  ///   - base: light of the field without the cell, over its footprint.
  ///   - wanted: fine codes of the view, laid out alike.
  func proposals(base: [Int32], wanted: [Int32], limit: Int) -> [LevelProposal] {
    let weights = LevelFit.vectors(wanted.count) { LevelFit.weights[Int(wanted[$0]) >> 4] }
    let missing = LevelFit.vectors(wanted.count) {
      Float(Light.ofFineCode[Int(wanted[$0])] - base[$0])
    }
    let size = full.count
    var weighted = weights
    var papered = weights
    var uu = SIMD8<Float>()
    var ur = SIMD8<Float>()
    for part in 0..<size {
      weighted[part] *= missing[part]
      papered[part] *= full[part]
      uu += papered[part] * full[part]
      ur += papered[part] * missing[part]
    }
    let paper = (uu: uu.sum(), ur: ur.sum())
    var top: [LevelProposal] = []
    shapes.withUnsafeBufferPointer { shapes in
      weights.withUnsafeBufferPointer { weights in
        weighted.withUnsafeBufferPointer { weighted in
          papered.withUnsafeBufferPointer { papered in
            for glyph in 0..<glyphs {
              var cc = SIMD8<Float>()
              var cr = SIMD8<Float>()
              var uc = SIMD8<Float>()
              for part in 0..<size {
                let shape = shapes[glyph &* size &+ part]
                cc += weights[part] * shape * shape
                cr += weighted[part] * shape
                if hasPaper { uc += papered[part] * shape }
              }
              let fit = solve(
                cc: cc.sum(), cr: cr.sum(), uc: uc.sum(), uu: paper.uu, ur: paper.ur)
              if top.count == limit {
                if fit.gain <= top[limit - 1].gain { continue }
                top.removeLast()
              }
              let place = top.firstIndex { $0.gain < fit.gain } ?? top.count
              let proposal = LevelProposal(
                glyph: glyph, ink: code(fit.paper + fit.ink), paper: code(fit.paper),
                gain: fit.gain)
              top.insert(proposal, at: place)
            }
          }
        }
      }
    }
    return top
  }

  /// Paper and ink light that save most, both held to what a screen can show.
  ///
  /// The sums are of weighted products: c the glyph's shape, u the full cell, r the missing light.
  private func solve(
    cc: Float, cr: Float, uc: Float, uu: Float, ur: Float
  ) -> (paper: Float, ink: Float, gain: Float) {
    let low: Float = ground == 0 ? 0 : -1
    let high = low + 1
    var paper: Float = 0
    var ink: Float = 0
    if hasPaper {
      let determinant = cc * uu - uc * uc
      let isApart = determinant > 1e-4 * cc * uu
      if isApart { ink = (cr * uu - ur * uc) / determinant }
      paper = min(high, max(low, (ur - ink * uc) / uu))
    }
    if cc > 0 { ink = min(high, max(low, paper + (cr - paper * uc) / cc)) - paper }
    if hasPaper { paper = min(high, max(low, (ur - ink * uc) / uu)) }
    let saved = paper * ur + ink * cr - paper * ink * uc
    return (paper, ink, 2 * saved - paper * paper * uu - ink * ink * cc)
  }

  private func code(_ light: Float) -> Double {
    Double(Light.code(of: ground + Int32((light * Float(Light.one)).rounded()))) / 16
  }

  /// How much an error in light counts at each code 0...255: the squared slope of the code there.
  private static let weights: [Float] = (0...255).map { code in
    let light = max(0.003, Light.linear(Double(code) / 255))
    return Float(RealPower.power(light, -1.17))
  }
}
