import GlyphRendering
import ReviewCore
import TerminalSurface

extension FrontState {
  mutating func resize(by steps: Int) {
    // From what is on the screen, which may be no size of the list.
    let shown = layout.tileWidth
    if !isTileChosen, place.depth != .sample, view != .spread, view != .nearest, comparison == nil {
      tile = TileSize.widths.lastIndex { $0 <= shown } ?? 0
    }
    let target = tile + steps
    guard TileSize.widths.indices.contains(target) else {
      message = Message(.info, steps > 0 ? "as large as it gets" : "as small as it gets")
      return
    }
    tile = target
    isTileChosen = true
    message = Message(.info, "samples \(TileSize.widths[tile]) cells wide")
  }

  // Beyond these a picture is only black and white.
  private static let tones = 0.25...4.0

  mutating func changeTone(gamma: Double = 1, contrast: Double = 1) {
    func changed(_ value: Double, by factor: Double) -> Double {
      let value = value * factor
      // Back to exactly 1 on the way through it.
      return (value - 1).magnitude < 0.01 ? 1 : value
    }
    let next = (
      changed(settings.gamma, by: gamma), changed(settings.contrast, by: contrast)
    )
    guard Self.tones.contains(next.0), Self.tones.contains(next.1) else {
      message = Message(.info, "as far as it goes; \(keyMap.name(of: .resetPicture)) resets")
      return
    }
    (settings.gamma, settings.contrast) = next
    message = Message(
      .info,
      "gamma \(NumberText.fixed(settings.gamma, places: 2)), contrast "
        + "\(NumberText.fixed(settings.contrast, places: 2)); on the screen only")
  }

  /// What the terminal can show pictures in.
  var rendererAbilities: Renderer.Abilities {
    Renderer.Abilities(
      colors: abilities.colors, isUTF8: abilities.isUTF8, fontHas: preferences.fontHas)
  }

  /// Pictures as the configuration wants them, as far as the terminal can.
  var startSettings: PictureSettings {
    var settings = PictureSettings(
      model: preferences.model, texture: preferences.texture, gamma: preferences.gamma,
      contrast: preferences.contrast, isLightBackground: theme.isLight)
    settings.take(preferences.renderer.usable(on: rendererAbilities))
    return settings
  }

  mutating func nextRenderer() {
    let now = settings.renderer ?? .usual
    let next = now.next(on: rendererAbilities)
    guard next != now else {
      let wanted = Renderer.all.first { $0 != now }
      message = Message(.info, wanted?.reason(against: rendererAbilities) ?? now.words)
      return
    }
    settings.take(next)
    message = Message(.info, next.words)
  }

  mutating func setRenderer(_ name: String) {
    guard let renderer = Renderer.named(name) else {
      message = Message(
        .error,
        "no such renderer: \(PrintableText.escaped(name)); there is "
          + Renderer.all.map(\.name).joined(separator: ", "))
      return
    }
    if let reason = renderer.reason(against: rendererAbilities),
      renderer.glyphs != .sextant && renderer.glyphs != .octant
        || renderer.usable(on: rendererAbilities).color != renderer.color
    {
      message = Message(.warning, reason)
      return
    }
    settings.take(renderer)
    let doubt = renderer.reason(against: rendererAbilities)
    message = Message(.info, doubt.map { "\(renderer.words); \($0)" } ?? renderer.words)
  }

  mutating func changeTexture() {
    settings.texture = settings.texture == .near ? .smooth : .near
    message = Message(
      .info,
      settings.texture == .smooth
        ? "even areas are kept calm" : "even areas as near as glyphs come")
  }

  /// Shows the samples in the range of the whole run, once that is known.
  mutating func take(
    _ range: ValueRange?, _ frame: PointFrame?, _ warnings: [RunWarning],
    _ sources: [Int: SampleSource]
  ) {
    // What is under way was stopped with the old range, and is asked for anew.
    surveys.wanted = nil
    for (index, source) in sources {
      run.checkpoints[index].samples = source
      sampleCounts[index] = source.count
    }
    if !sources.isEmpty { reviewChanged() }
    run.warnings += warnings.filter { !run.warnings.contains($0) }
    let before = run.valueRange
    let frameBefore = run.pointFrame
    run.valueRange = range
    run.pointFrame = frame
    let news: String
    if let range, !Optional(range).showsTheSame(as: before) {
      news = "the whole run's values are \(range.text)"
    } else if let frame, frame != frameBefore {
      news = "the whole run's points lie in \(frame.text)"
    } else {
      return
    }
    pictures.removeAll()
    wanted = []
    surveys = Surveys()
    message = Message(.info, "\(news); pictures are drawn anew")
  }

  mutating func take(_ theme: Theme) {
    let wasLight = self.theme.isLight
    if theme.hasColors != self.theme.hasColors {
      pictures = Pictures(colors: theme.hasColors ? abilities.colors : 0)
    }
    self.theme = theme
    if theme.isLight != wasLight {
      settings.isLightBackground = theme.isLight
      if !theme.isLight { settings.isInverted = false }
      isInversionSettled = false
    }
    message = Message(.info, "theme \(theme.name)")
  }

  // MARK: Order

  mutating func sortByNext() {
    let keys = sortKeys
    let next = keys.firstIndex(of: sorting.key).map { ($0 + 1) % keys.count } ?? 0
    setSorting(Sorting(key: keys[next]))
  }

  mutating func setSorting(_ sorting: Sorting) {
    self.sorting = sorting
    reorder()
    message = Message(.info, "sorted by \(sortWords)")
  }

  /// `quality, the best first`.
  private var sortWords: String {
    let name = self.name(of: sorting.key)
    switch sorting.key {
    case .axis: return "\(name), \(sorting.isReversed ? "the last" : "the first") first"
    case .timeline: return "\(timeline.words), runs mixed"
    case .metric(let column):
      let direction = run.columns[column].metric.direction
      let first =
        direction == nil
        ? (sorting.isReversed ? "the lowest" : "the highest")
        : (sorting.isReversed ? "the worst" : "the best")
      return "\(name), \(first) first"
    case .rating: return "rating, \(sorting.isReversed ? "the lowest" : "the highest") first"
    case .failures: return "failures, \(sorting.isReversed ? "the fewest" : "the most") first"
    case .status: return "status, \(sorting.isReversed ? "candidates last" : "candidates first")"
    case .verdict: return "verdict, \(sorting.isReversed ? "rejected first" : "kept first")"
    }
  }

  /// Sorts by a column that was named.
  mutating func sort(by name: String) {
    guard let key = sortKeys.first(where: { self.name(of: $0) == name }) else {
      let names = sortKeys.map { self.name(of: $0) }.joined(separator: ", ")
      message = Message(.error, "no column \"\(PrintableText.escaped(name))\"; there is \(names)")
      return
    }
    setSorting(Sorting(key: key))
  }

  // MARK: Filter

  func filter(of text: String) throws(RuleError) -> CheckpointFilter {
    try CheckpointFilter(
      text, tags: tags.map(\.name), metrics: run.columns.map(\.metric.name))
  }

  /// Shows only what matches; an empty text shows all again.
  mutating func setFilter(_ text: String) -> [Effect] {
    guard !text.isEmpty else {
      filter = nil
      reorder()
      message = Message(.info, "all \(run.checkpoints.count) checkpoints")
      return []
    }
    let wanted: CheckpointFilter
    do throws(RuleError) { wanted = try filter(of: text) } catch {
      message = Message(.error, "column \(error.column): \(error.message)")
      return []
    }
    // Never an empty screen.
    guard run.checkpoints.indices.contains(where: { matches(wanted, $0) }) else {
      message = Message(
        .warning, "no checkpoint matches \(PrintableText.escaped(text)); not filtered")
      return []
    }
    filter = wanted
    reorder()
    if let next = neighbour(in: order), !matchesFilter(place.checkpoint) {
      _ = go(to: next)
      reorder()
    }
    message = Message(
      .info,
      "\(order.count) of \(run.checkpoints.count); \(keyMap.name(of: .clearFilter)) shows all")
    return []
  }
}
