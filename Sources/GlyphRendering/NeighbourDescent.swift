import CGlyphKernels

/// Choosing glyphs jointly with their neighbours: each cell in turn takes the glyph that brings the
/// blurred picture nearest to its target, until none changes (iterated conditional modes).
struct NeighbourDescent: ~Copyable {
  private let field: ViewField
  private let stamps: PermanentTable<Int16>
  private var shortlist = Shortlist(capacity: 12)
  private(set) var chosen: [Int]

  /// How much squared error a change must save: about one code a sample, which nobody sees.
  ///
  /// It keeps even areas calm and costs nothing that was measured.
  private static let inertia: Int32 = 2_000

  /// - Parameters:
  ///   - field: a bare one.
  ///   - stamps: light that each glyph adds, `CellGeometry.footprint` values each.
  ///   - start: a glyph for each cell to begin with.
  init(_ field: ViewField, stamps: PermanentTable<Int16>, start: [Int]) {
    self.field = field
    self.stamps = stamps
    chosen = start
    for cell in start.indices { field.add(stamp: stamp(start[cell]), to: cell) }
  }

  private func stamp(_ glyph: Int) -> UnsafePointer<Int16> {
    stamps.start + glyph * CellGeometry.footprint
  }

  /// Chooses one cell anew by weighted error alone; whether it changed.
  mutating func improve(_ cell: Int) -> Bool {
    var around = field.cell(cell)
    let old = chosen[cell]
    field.add(stamp: stamp(old), to: cell, times: -1)
    let error = GlyphKernels.error(&around, stamp: stamp(old), below: .max)
    var new = old
    if error > Self.inertia {
      GlyphKernels.bestStamps(
        &around, stamps: stamps.start, count: stamps.count / CellGeometry.footprint,
        below: error - Self.inertia, into: &shortlist)
      if shortlist.count > 0 { new = Int(shortlist.glyphs[0]) }
    }
    field.add(stamp: stamp(new), to: cell)
    chosen[cell] = new
    return new != old
  }

  /// Chooses one cell anew by structure; whether it changed.
  mutating func improve(_ cell: Int, _ structure: StructureTerms) -> Bool {
    var around = field.cell(cell)
    let old = chosen[cell]
    structure.add(cell, sign: -1)
    field.add(stamp: stamp(old), to: cell, times: -1)
    var means = structure.about(cell)
    let error = GlyphKernels.error(&around, stamp: stamp(old), below: .max)
    var new = old
    if error > 0 {
      var least = Float(error) + GlyphKernels.means(&around, &means, stamp: stamp(old))
      GlyphKernels.bestStamps(
        &around, stamps: stamps.start, count: stamps.count / CellGeometry.footprint, below: .max,
        into: &shortlist)
      for place in 0..<shortlist.count {
        let glyph = Int(shortlist.glyphs[place])
        if glyph == old { continue }
        let score =
          Float(shortlist.errors[place])
          + GlyphKernels.means(&around, &means, stamp: stamp(glyph))
        if score < least {
          least = score
          new = glyph
        }
      }
    }
    field.add(stamp: stamp(new), to: cell)
    structure.add(cell, sign: 1)
    chosen[cell] = new
    return new != old
  }
}
