/// Choosing glyphs and their levels jointly with their neighbours, as `NeighbourDescent` does for
/// glyphs alone: a weighted least-squares fit proposes levels, the exact blurred error decides.
struct LevelDescent {
  private let columns: Int
  private let rows: Int
  private let footprints: Footprints
  private let fit: LevelFit
  private let target: [Int32]
  private let levels: GrayLevels
  private let ground: Int32
  private let hasPaper: Bool
  private let places: [Int]
  private let stride: Int
  private var field: [Int32]
  private(set) var chosen: [ShadedGlyph]

  /// How many glyphs of the fit are tried exactly.
  private static let finalists = 3
  /// How much squared error a change must save to be worth its time.
  private static let inertia: Int32 = 2_000

  /// - Parameters:
  ///   - hasPaper: whether cells have paper of their own; without it their paper is the ground.
  ///   - target: fine codes of the wanted view, with `CellGeometry.pad` samples around.
  ///   - start: a choice for each cell to begin with.
  init(
    columns: Int, rows: Int, ink: GlyphInk, levels: GrayLevels, hasPaper: Bool,
    target: [Int32], start: [ShadedGlyph]
  ) {
    self.columns = columns
    self.rows = rows
    self.levels = levels
    self.hasPaper = hasPaper
    self.target = target
    footprints = ink.footprints
    fit = hasPaper ? ink.paperFit : ink.inkFit
    ground = ink.ground
    chosen = start
    stride = columns * CellGeometry.columns + 2 * CellGeometry.pad
    places = CellGeometry.places(stride: stride)
    field = [Int32](repeating: ground, count: target.count)
    for cell in start.indices { add(start[cell], times: 1, to: cell) }
  }

  private func origin(of cell: Int) -> Int {
    cell / columns * CellGeometry.rows * stride + cell % columns * CellGeometry.columns
  }

  private mutating func add(_ choice: ShadedGlyph, times: Int32, to cell: Int) {
    let origin = origin(of: cell)
    let pen = Pen(ink: Int(choice.ink), paper: Int(choice.paper))
    for (sample, place) in places.enumerated() {
      let light = footprints.light(of: choice.glyph, sample: sample, pen: pen, ground: ground)
      field[origin + place] += times * light
    }
  }

  /// Goes over all cells until nothing changes, at most `sweeps` times.
  mutating func run(sweeps: Int) {
    var isStale = [Bool](repeating: true, count: chosen.count)
    for _ in 0..<sweeps {
      var hasChanged = false
      for cell in chosen.indices where isStale[cell] {
        isStale[cell] = false
        let old = chosen[cell]
        add(old, times: -1, to: cell)
        let new = best(at: cell, first: old)
        add(new, times: 1, to: cell)
        if new == old { continue }
        hasChanged = true
        chosen[cell] = new
        CellGeometry.forEachNeighbour(of: cell, columns: columns, rows: rows) { isStale[$0] = true }
      }
      if !hasChanged { return }
    }
  }

  /// The choice of least error with the cell itself taken out of the field; `first` if none beats it.
  private func best(at cell: Int, first: ShadedGlyph) -> ShadedGlyph {
    let origin = origin(of: cell)
    let base = places.map { field[origin + $0] }
    let wanted = places.map { target[origin + $0] }
    var best = first
    var least = max(
      0, error(of: first, base: base, wanted: wanted, below: .max) - LevelDescent.inertia)
    let proposals = fit.proposals(base: base, wanted: wanted, limit: LevelDescent.finalists)
    for proposal in proposals {
      let inks = levels.around(proposal.ink)
      let papers = hasPaper ? levels.around(proposal.paper) : first.paper...first.paper
      for corner in 0..<4 {
        let paper = corner < 2 ? papers.lowerBound : papers.upperBound
        let ink = corner % 2 == 0 ? inks.lowerBound : inks.upperBound
        if corner >= 2, papers.count == 1 { break }
        if corner % 2 == 1, inks.count == 1 { continue }
        let choice = ShadedGlyph(glyph: proposal.glyph, ink: ink, paper: paper)
        let candidate = error(of: choice, base: base, wanted: wanted, below: least)
        if candidate < least {
          least = candidate
          best = choice
        }
      }
    }
    return best
  }

  /// The squared error in fine codes over a footprint, or `limit` once it is no less.
  private func error(
    of choice: ShadedGlyph, base: [Int32], wanted: [Int32], below limit: Int32
  ) -> Int32 {
    let pen = Pen(ink: Int(choice.ink), paper: Int(choice.paper))
    return base.withUnsafeBufferPointer { base in
      wanted.withUnsafeBufferPointer { wanted in
        Light.codes.withUnsafeBufferPointer { codes in
          var sum: Int32 = 0
          for sample in 0..<base.count {
            let added = footprints.light(
              of: choice.glyph, sample: sample, pen: pen, ground: ground)
            let code = codes[Light.margin &+ Int(base[sample] &+ added)]
            let miss = Int32(code) &- wanted[sample]
            sum &+= miss &* miss
            if sum >= limit { return limit }
          }
          return sum
        }
      }
    }
  }
}
