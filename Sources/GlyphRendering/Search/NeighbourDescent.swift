import CGlyphKernels

/// Choosing glyphs jointly with their neighbours: each cell in turn takes the glyph that brings the
/// blurred picture nearest to its target in structure (iterated conditional modes, Besag 1986).
struct NeighbourDescent: ~Copyable {
  private let field: ViewField
  private let stamps: PermanentTable<Int16>
  private let inertia: Float
  private var shortlist = Shortlist(capacity: 12)
  private(set) var chosen: [Int]

  /// - Parameters:
  ///   - field: a bare one.
  ///   - stamps: light that each glyph adds, `CellGeometry.footprint` values each.
  ///   - start: a glyph for each cell to begin with.
  init(_ field: ViewField, stamps: PermanentTable<Int16>, texture: Texture, start: [Int]) {
    inertia = texture == .smooth ? Texture.inertia : 0
    self.field = field
    self.stamps = stamps
    chosen = start
    for cell in start.indices { field.add(stamp: stamp(start[cell]), to: cell) }
  }

  private func stamp(_ glyph: Int) -> UnsafePointer<Int16> {
    stamps.start + glyph * CellGeometry.footprint
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
      var least =
        Float(error) * (1 - inertia) + GlyphKernels.means(&around, &means, stamp: stamp(old))
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
