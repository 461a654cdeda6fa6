import CGlyphKernels

/// Weighted least squares of ink and paper light over the footprint of one cell.
///
/// Light is counted from the ground in parts of `Light.one`; plain products and sums in a fixed
/// order, so equal on every machine.
struct LevelFit: Sendable {
  private let shapes: PermanentTable<Float>
  private let full: PermanentTable<Float>
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
    shapes = PermanentTable(
      (0..<footprints.count * CellGeometry.footprint).map {
        even * Float(footprints.straight[$0]) + (1 - even) * Float(footprints.curved[$0])
      })
    full = PermanentTable((0..<CellGeometry.footprint).map { Float(footprints.full[$0]) })
  }

  /// Memory that one search works in again and again.
  struct Room: ~Copyable {
    fileprivate let weights: UnsafeMutablePointer<Float>
    fileprivate let missing: UnsafeMutablePointer<Float>
    fileprivate let sums: UnsafeMutablePointer<Float>

    init(glyphs: Int) {
      weights = .allocate(capacity: CellGeometry.footprint)
      missing = .allocate(capacity: CellGeometry.footprint)
      sums = .allocate(capacity: 3 * glyphs)
      weights.initialize(repeating: 0, count: CellGeometry.footprint)
      missing.initialize(repeating: 0, count: CellGeometry.footprint)
      sums.initialize(repeating: 0, count: 3 * glyphs)
    }

    deinit {
      weights.deallocate()
      missing.deallocate()
      sums.deallocate()
    }
  }

  /// The `limit` glyphs that save most of what is missing about a cell, best first.
  func propose(
    _ cell: kgk_cell, limit: Int, room: inout Room, into top: inout [LevelProposal]
  ) {
    var paper: (uu: Float, ur: Float) = (0, 0)
    let slopes = LevelFit.weights.start
    let lights = LevelFit.lights.start
    let full = full.start
    let (weights, missing) = (room.weights, room.missing)
    for row in 0..<CellGeometry.footprintRows {
      for column in 0..<CellGeometry.footprintColumns {
        let sample = row &* CellGeometry.footprintColumns &+ column
        let place = row &* cell.stride &+ column
        let root = Float(cell.weights[place]) * (1 / Float(ViewField.full))
        let code = Int(cell.wanted[place])
        let weight = root * root * slopes[code >> 4]
        let miss = Float(lights[code] &- cell.light[place])
        weights[sample] = weight
        missing[sample] = miss
        paper.uu += weight * full[sample] * full[sample]
        paper.ur += weight * full[sample] * miss
      }
    }
    GlyphKernels.fitSums(
      shapes: shapes.start, count: glyphs, weights: room.weights, missing: room.missing,
      full: full, sums: room.sums)
    top.removeAll(keepingCapacity: true)
    for glyph in 0..<glyphs {
      let fit = solve(
        cc: room.sums[glyph], cr: room.sums[glyphs + glyph],
        uc: hasPaper ? room.sums[2 * glyphs + glyph] : 0, uu: paper.uu, ur: paper.ur)
      if top.count == limit {
        if fit.gain <= top[limit - 1].gain { continue }
        top.removeLast()
      }
      let place = top.firstIndex { $0.gain < fit.gain } ?? top.count
      let proposal = LevelProposal(
        glyph: glyph, ink: code(fit.paper + fit.ink), paper: code(fit.paper), gain: fit.gain)
      top.insert(proposal, at: place)
    }
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
  private static let weights = PermanentTable<Float>(
    (0...255).map { code in
      let light = max(0.003, Light.linear(Double(code) / 255))
      return Float(RealPower.power(light, -1.17))
    })

  private static let lights = PermanentTable(Light.ofFineCode)
}
