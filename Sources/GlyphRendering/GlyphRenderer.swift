package import ReviewCore

/// Turns gray pictures into grids of characters; the same picture and settings always give the same.
///
/// Tables of a glyph set are made at its first use and shared, so a renderer is cheap to make.
package struct GlyphRenderer: Sendable {
  package let settings: PictureSettings
  private let tone: Tone
  private let ink: GlyphInk
  private let blocks: BlockSet?
  private let levels: GrayLevels
  private let hasPaper: Bool

  package init(_ settings: PictureSettings) {
    let glyphs = settings.glyphs.resolved(settings.color)
    self.settings = settings
    tone = Tone(settings)
    ink = GlyphInk.shared(
      glyphs, model: settings.model, hasEighths: settings.glyphs == .best && glyphs == .quadrant,
      isLightBackground: settings.isLightBackground)
    blocks = BlockSet(glyphs)
    levels = GrayLevels.of(settings.color)
    hasPaper = settings.color != .none && settings.background == .gray
  }

  /// The picture stretched to fill `columns` x `rows` cells exactly.
  ///
  /// Fewer than one column or row gives an empty grid, a picture without pixels blank cells.
  package func render(_ image: GrayImage, columns: Int, rows: Int) -> GlyphGrid {
    guard columns > 0, rows > 0 else { return GlyphGrid(width: 0, height: 0, cells: []) }
    guard image.width > 0, image.height > 0 else {
      let blank = [GlyphCell](repeating: GlyphCell(scalar: " "), count: columns * rows)
      return GlyphGrid(width: columns, height: rows, cells: blank)
    }
    let cells =
      settings.color == .none
      ? glyphs(image, columns, rows).map { GlyphCell(scalar: ink.alphabet.scalars[$0]) }
      : shades(image, columns, rows).map(cell(of:))
    return GlyphGrid(width: columns, height: rows, cells: cells)
  }

  private func cell(of shade: ShadedGlyph) -> GlyphCell {
    let scalar = ink.alphabet.scalars[shade.glyph]
    return GlyphCell(
      scalar: scalar, foreground: scalar == " " ? nil : shade.ink,
      background: hasPaper ? shade.paper : nil)
  }

  // MARK: At the terminal's own colours

  private func glyphs(_ image: GrayImage, _ columns: Int, _ rows: Int) -> [Int] {
    let start = firstGlyphs(image, columns, rows)
    if settings.quality == .instant { return start }
    let field = ViewField(
      columns: columns, rows: rows,
      target: view(of: image, columns, rows).light.map(ink.boldFit.code(of:)),
      ground: ink.ground)
    let even = EvenCells.find(
      in: self.field(of: image, columns, rows), columns: columns, rows: rows)
    var descent = NeighbourDescent(
      field, stamps: ink.stamps, texture: settings.texture, start: start)
    // More sweeps measured within 0.002.
    let structure = StructureTerms(field, scale: ink.boldFit.scale)
    for round in 0..<2 {
      structure.weigh()
      // Of large sets the last sweep gains less than it costs.
      let sweeps = round == 1 && ink.alphabet.count > 128 ? 1 : 2
      Descent.run(columns: columns, rows: rows, settled: even, sweeps: sweeps) {
        descent.improve($0, structure)
      }
    }
    return descent.chosen
  }

  private func firstGlyphs(_ image: GrayImage, _ columns: Int, _ rows: Int) -> [Int] {
    guard let blocks, !blocks.isDotted else {
      return ink.shapes.nearest(
        to: field(of: image, columns, rows).softTones(tone: ink.boldFit))
    }
    let field = field(of: image, columns, rows, across: blocks.columns, down: blocks.rows)
    guard blocks.bits > 2 else {
      // Two parts a cell are too coarse to carry errors over: there a threshold measured best.
      let split = TwoLevelSplit(levels: levels, fixedPaper: groundLevel)
      return eachCell(of: field.codes, columns, rows, across: 1, down: 2) {
        split.best(of: $0).glyph
      }
    }
    let inked = ErrorDiffusion.inked(
      field.light.map(ink.boldFit.distance(of:)), width: field.width,
      full: ink.boldFit.distance(of: Light.one - ink.ground))
    return eachCell(
      of: inked.map { $0 ? 1 : 0 }, columns, rows, across: blocks.columns, down: blocks.rows
    ) { parts in
      parts.indices.reduce(0) { $0 | Int(parts[$1]) << $1 }
    }
  }

  // MARK: In gray levels

  private func shades(_ image: GrayImage, _ columns: Int, _ rows: Int) -> [ShadedGlyph] {
    let start = firstShades(image, columns, rows)
    if settings.quality == .instant { return start }
    let target = view(of: image, columns, rows).light.map {
      hasPaper ? Light.code(of: $0) : ink.fit.code(of: $0)
    }
    let field = ViewField(columns: columns, rows: rows, target: target, ground: ink.ground)
    let even = EvenCells.find(
      in: self.field(of: image, columns, rows), columns: columns, rows: rows)
    var descent = LevelDescent(
      field, ink: ink, levels: levels, hasPaper: hasPaper, texture: settings.texture,
      start: start)
    // More sweeps measured within 0.001.
    let structure = StructureTerms(field, scale: hasPaper ? 1 : ink.fit.scale)
    for _ in 0..<3 {
      structure.weigh()
      Descent.run(columns: columns, rows: rows, settled: even, sweeps: 1) {
        descent.improve($0, structure)
      }
    }
    return descent.chosen
  }

  private func firstShades(_ image: GrayImage, _ columns: Int, _ rows: Int) -> [ShadedGlyph] {
    if let blocks, !blocks.isDotted {
      let split = TwoLevelSplit(levels: levels, fixedPaper: hasPaper ? nil : groundLevel)
      let field = field(of: image, columns, rows, across: blocks.columns, down: blocks.rows)
      return eachCell(
        of: field.codes, columns, rows, across: blocks.columns, down: blocks.rows,
        choose: split.best(of:))
    }
    let field = field(of: image, columns, rows)
    if hasPaper {
      return eachCell(of: field.light.map(Light.code(of:)), columns, rows) {
        ink.levelShapes.nearestPair(to: Self.eighths($0), levels: levels)
      }
    }
    let tones = field.softTones(tone: ink.fit)
    return tones.withUnsafeBufferPointer { tones in
      (0..<columns * rows).map { cell in
        var wanted = SIMD8<Float>()
        for tone in 0..<8 { wanted[tone] = Float(tones[cell * 8 + tone]) / 16 }
        return ink.levelShapes.nearestInk(to: wanted, levels: levels)
      }
    }
  }

  private static func eighths(_ fine: [Int32]) -> SIMD8<Float> {
    var codes = SIMD8<Float>()
    for part in 0..<8 { codes[part] = Float(fine[part]) / 16 }
    return codes
  }

  // MARK: Sampling

  /// What `choose` says of each cell from the values in its `across` x `down` parts, row by row.
  private func eachCell<Choice>(
    of values: [Int32], _ columns: Int, _ rows: Int, across: Int = CellGeometry.columns,
    down: Int = CellGeometry.rows, choose: ([Int32]) -> Choice
  ) -> [Choice] {
    var parts = [Int32](repeating: 0, count: across * down)
    return (0..<columns * rows).map { cell in
      let corner = (cell / columns * down * columns + cell % columns) * across
      for part in parts.indices {
        parts[part] = values[corner + part / across * columns * across + part % across]
      }
      return choose(parts)
    }
  }

  private func field(
    of image: GrayImage, _ columns: Int, _ rows: Int, across: Int = CellGeometry.columns,
    down: Int = CellGeometry.rows
  ) -> LightField {
    LightField(image, tone: tone, columns: columns * across, rows: rows * down)
  }

  private func view(of image: GrayImage, _ columns: Int, _ rows: Int) -> LightField {
    field(of: image, columns, rows, across: CellGeometry.width, down: CellGeometry.height)
      .viewed(ground: ink.ground)
  }

  private var groundLevel: UInt8 { settings.isLightBackground ? 255 : 0 }
}
