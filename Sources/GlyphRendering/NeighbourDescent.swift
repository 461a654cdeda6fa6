/// Choosing glyphs jointly with their neighbours: each cell in turn takes the glyph that brings the
/// blurred picture nearest to its target, until none changes (iterated conditional modes).
struct NeighbourDescent {
  private let columns: Int
  private let rows: Int
  private let stamps: [Int16]
  private let target: [Int32]
  private let places: [Int]
  private let stride: Int
  private var field: [Int32]
  private(set) var chosen: [Int]

  /// How much squared error a change must save: about one code a sample, which nobody sees.
  ///
  /// It keeps even areas calm and costs nothing that was measured.
  private static let inertia: Int32 = 20_000

  /// - Parameters:
  ///   - stamps: light that each glyph adds, `CellGeometry.footprint` values each.
  ///   - target: fine codes of the wanted view, with `CellGeometry.pad` samples around.
  ///   - ground: light of the bare terminal.
  ///   - start: a glyph for each cell to begin with.
  init(
    columns: Int, rows: Int, stamps: [Int16], target: [Int32], ground: Int32, start: [Int]
  ) {
    self.columns = columns
    self.rows = rows
    self.stamps = stamps
    self.target = target
    chosen = start
    let stride = columns * CellGeometry.columns + 2 * CellGeometry.pad
    self.stride = stride
    places = CellGeometry.places(stride: stride)
    field = [Int32](repeating: ground, count: target.count)
    for cell in start.indices {
      let origin = origin(of: cell)
      for (sample, place) in places.enumerated() {
        field[origin + place] += Int32(stamps[start[cell] * places.count + sample])
      }
    }
  }

  private func origin(of cell: Int) -> Int {
    cell / columns * CellGeometry.rows * stride + cell % columns * CellGeometry.columns
  }

  /// Goes over all cells until nothing changes, at most `sweeps` times.
  mutating func run(sweeps: Int) {
    var isStale = [Bool](repeating: true, count: chosen.count)
    let size = places.count
    var base = [Int32](repeating: 0, count: size)
    var wanted = [Int32](repeating: 0, count: size)
    for _ in 0..<sweeps {
      var hasChanged = false
      for cell in chosen.indices where isStale[cell] {
        isStale[cell] = false
        let origin = origin(of: cell)
        let old = chosen[cell]
        for sample in 0..<size {
          base[sample] = field[origin + places[sample]] - Int32(stamps[old * size + sample])
          wanted[sample] = target[origin + places[sample]]
        }
        let new = best(base: base, wanted: wanted, first: old)
        if new == old { continue }
        hasChanged = true
        chosen[cell] = new
        for sample in 0..<size {
          field[origin + places[sample]] = base[sample] + Int32(stamps[new * size + sample])
        }
        CellGeometry.forEachNeighbour(of: cell, columns: columns, rows: rows) { isStale[$0] = true }
      }
      if !hasChanged { return }
    }
  }

  /// The glyph of least error over the footprint; of glyphs as good, `first`, else the lowest index.
  private func best(base: [Int32], wanted: [Int32], first: Int) -> Int {
    let size = base.count
    return base.withUnsafeBufferPointer { base in
      wanted.withUnsafeBufferPointer { wanted in
        stamps.withUnsafeBufferPointer { stamps in
          Light.codes.withUnsafeBufferPointer { codes in
            func error(_ glyph: Int, below limit: Int32) -> Int32 {
              let stamp = glyph &* size
              var sum: Int32 = 0
              var sample = 0
              while sample < size {
                for _ in 0..<16 {
                  let light = base[sample] &+ Int32(stamps[stamp &+ sample])
                  let miss = Int32(codes[Light.margin &+ Int(light)]) &- wanted[sample]
                  sum &+= miss &* miss
                  sample &+= 1
                }
                if sum >= limit { return limit }
              }
              return sum
            }
            var best = first
            var least = max(0, error(first, below: .max) &- NeighbourDescent.inertia)
            for glyph in 0..<stamps.count / size {
              let candidate = error(glyph, below: least)
              if candidate < least {
                least = candidate
                best = glyph
              }
            }
            return best
          }
        }
      }
    }
  }
}
