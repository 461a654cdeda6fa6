/// The glyphs of an alphabet as eight tones each, for choosing one in a single pass.
struct GlyphShapes: Sendable {
  /// Groups of eight shapes with two tones together, as `kgk_nearest_shapes` wants them.
  private let shapes: PermanentTable<Int16>
  /// The sum of the squares of each shape's tones; beyond the last shape nothing is near.
  private let norms: PermanentTable<Int32>
  /// Index in the alphabet of each shape.
  private let glyphs: [Int32]
  private let groups: Int

  /// - Parameter tones: 0...`Light.finest` away from the ground, eight a glyph in the alphabet's order.
  init(tones: [[Int32]]) {
    // Least ink first: of glyphs as near, the one with less ink is taken.
    let order = tones.indices.sorted {
      (tones[$0].reduce(0, +), $0) < (tones[$1].reduce(0, +), $1)
    }
    groups = (order.count + 7) / 8
    var shapes = [Int16](repeating: 0, count: groups * 64)
    var norms = [Int32](repeating: .max, count: groups * 8)
    for (shape, glyph) in order.enumerated() {
      for tone in 0..<8 {
        shapes[shape / 8 * 64 + tone / 2 * 16 + shape % 8 * 2 + tone % 2] = Int16(
          tones[glyph][tone])
      }
      norms[shape] = tones[glyph].reduce(0) { $0 + $1 * $1 }
    }
    self.shapes = PermanentTable(shapes)
    self.norms = PermanentTable(norms)
    glyphs = order.map { Int32($0) }
  }

  /// The glyphs whose tones are nearest to the wanted ones in the sum of squares, eight a cell.
  func nearest(to wanted: [Int16]) -> [Int] {
    let cells = wanted.count / 8
    return [Int](unsafeUninitializedCapacity: cells) { result, count in
      withUnsafeTemporaryAllocation(of: Int32.self, capacity: max(1, cells)) { nearest in
        wanted.withUnsafeBufferPointer { wanted in
          guard let start = wanted.baseAddress, let end = nearest.baseAddress else { return }
          GlyphKernels.nearestShapes(
            tones: start, cells: cells, shapes: shapes.start, norms: norms.start, groups: groups,
            nearest: end)
        }
        for cell in 0..<cells {
          result.initializeElement(at: cell, to: Int(glyphs[Int(nearest[cell])]))
        }
      }
      count = cells
    }
  }
}
