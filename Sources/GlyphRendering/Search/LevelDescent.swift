import CGlyphKernels

/// Choosing glyphs and their levels jointly with their neighbours, as `NeighbourDescent` does for
/// glyphs alone: a weighted least-squares fit proposes levels, structure decides.
struct LevelDescent: ~Copyable {
  private let field: ViewField
  private let footprints: Footprints
  private let fit: LevelFit
  private let levels: GrayLevels
  private let hasPaper: Bool
  private let restlessness: Float
  private let inertia: Float
  private var shortlist = Shortlist(capacity: 8)
  private var proposals: [LevelProposal] = []
  private var candidates: [ShadedGlyph] = []
  private var room: LevelFit.Room
  private(set) var chosen: [ShadedGlyph]

  /// What each squared code between ink and paper of its own costs for `Texture.smooth`.
  ///
  /// As much error as is hardly seen keeps letters from standing out of even areas.
  private static let restlessness: Float = 0.5

  /// How many glyphs of the fit are tried exactly.
  private static let finalists = 5

  /// - Parameters:
  ///   - field: a bare one.
  ///   - hasPaper: whether cells have paper of their own; without it their paper is the ground.
  ///   - start: a choice for each cell to begin with.
  init(
    _ field: ViewField, ink: GlyphInk, levels: GrayLevels, hasPaper: Bool, texture: Texture,
    start: [ShadedGlyph]
  ) {
    restlessness = texture == .smooth && hasPaper ? Self.restlessness : 0
    inertia = texture == .smooth && !hasPaper ? Texture.inertia : 0
    self.field = field
    self.levels = levels
    self.hasPaper = hasPaper
    footprints = ink.footprints
    fit = hasPaper ? ink.paperFit : ink.inkFit
    room = LevelFit.Room(glyphs: ink.footprints.count)
    chosen = start
    for cell in start.indices { field.add(pen: pen(start[cell]), to: cell) }
  }

  private func pen(_ shade: ShadedGlyph) -> kgk_pen {
    footprints.pen(shade, ground: field.ground)
  }

  private func cost(of shade: ShadedGlyph) -> Float {
    // A blank has no ink that could stand out.
    guard restlessness > 0, shade.glyph > 0 else { return 0 }
    let step = Float(shade.ink) - Float(shade.paper)
    return restlessness * step * step
  }

  /// Chooses one cell anew by structure; whether it changed.
  mutating func improve(_ cell: Int, _ structure: StructureTerms) -> Bool {
    var around = field.cell(cell)
    let old = chosen[cell]
    var best = pen(old)
    structure.add(cell, sign: -1)
    field.add(pen: best, to: cell, times: -1)
    var means = structure.about(cell)
    let error = GlyphKernels.error(&around, pen: &best, below: .max)
    var new = old
    if error > 0 {
      var least =
        Float(error) * (1 - inertia) + GlyphKernels.means(&around, &means, pen: &best)
        + cost(of: old)
      propose(around, old: old)
      for place in 0..<shortlist.count {
        let candidate = candidates[Int(shortlist.glyphs[place])]
        if candidate == old { continue }
        var pen = pen(candidate)
        let score =
          Float(shortlist.errors[place]) + GlyphKernels.means(&around, &means, pen: &pen)
          + cost(of: candidate)
        if score < least {
          least = score
          new = candidate
          best = pen
        }
      }
    }
    field.add(pen: best, to: cell)
    structure.add(cell, sign: 1)
    chosen[cell] = new
    return new != old
  }

  /// Fills the shortlist with the best choices about the fit, as places in `candidates`.
  private mutating func propose(
    _ around: kgk_cell, old: ShadedGlyph
  ) {
    var around = around
    var limit = Int32.max
    shortlist.count = 0
    candidates.removeAll(keepingCapacity: true)
    fit.propose(around, limit: Self.finalists, room: &room, into: &proposals)
    for proposal in proposals {
      let inks = levels.around(proposal.ink)
      let papers = hasPaper ? levels.around(proposal.paper) : old.paper...old.paper
      for corner in 0..<4 {
        let paper = corner < 2 ? papers.lowerBound : papers.upperBound
        let ink = corner % 2 == 0 ? inks.lowerBound : inks.upperBound
        if corner >= 2, papers.count == 1 { break }
        if corner % 2 == 1, inks.count == 1 { continue }
        let candidate = ShadedGlyph(glyph: proposal.glyph, ink: ink, paper: paper)
        var pen = pen(candidate)
        let error = GlyphKernels.error(&around, pen: &pen, below: limit)
        guard error < limit else { continue }
        candidates.append(candidate)
        limit = shortlist.insert(
          Int32(candidates.count - 1), error: error, below: limit)
      }
    }
  }
}
