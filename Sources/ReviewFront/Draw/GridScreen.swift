import ReviewCore
import TerminalSurface

extension FrontState {
  /// All samples of one checkpoint.
  func drawGrid(into surface: inout Surface) {
    let layout = self.layout
    surface.put(
      TextWidth.fitted(viewLine ?? checkpointLine, to: width - 1), x: 0, y: layout.body.y,
      style: theme[place.checkpoint == table.selected ? .winner : .heading])
    drawTiles(layout, into: &surface)
  }

  /// `epoch 060 less epoch 30: . alike, ...`; nil where the samples are as they are.
  var viewLine: String? {
    viewWords.map { "\(run.label(of: place.checkpoint))  \($0)" }
  }

  /// `epoch 030  quality 0.68  diversity 0.60  candidate, selected  keep  m3`, and how the samples stand.
  var checkpointLine: String {
    var parts = facts(at: place.checkpoint)
    if let arrangementWords { parts.insert(arrangementWords, at: 1) }
    return parts.joined(separator: "  ")
  }

  private func facts(at checkpoint: Int) -> [String] {
    let position = run.position(of: checkpoint)
    var parts = [run.label(of: checkpoint)]
    for column in run.displayOrder.prefix(6) {
      let name = PrintableText.singleLine(run.columns[column].metric.name)
      parts.append("\(name) \(run.metricText(column, at: checkpoint))")
    }
    let status = table.statuses[checkpoint].rawValue
    parts.append(checkpoint == table.selected ? "\(status), selected" : status)
    let verdict = review.mark(Target(position)).verdict
    if verdict != .undecided { parts.append(verdict.rawValue) }
    let rating = ratingText(at: checkpoint)
    if !rating.isEmpty { parts.append("rated \(rating)") }
    let failures = failureText(at: checkpoint)
    if !failures.isEmpty { parts.append(failures) }
    parts.append("\((order.row(of: checkpoint) ?? 0) + 1)/\(order.count)")
    return parts
  }

  /// What is copied of the checkpoint under the cursor.
  var copiedLine: String {
    let facts = self.facts(at: place.checkpoint).dropLast().joined(separator: "  ")
    return PrintableText.singleLine(
      "\(run.name)  \(facts)  \(explanation.summary(run: run))")
  }

  /// The samples of a layout, each under its label; the pixels keep their cells at every checkpoint.
  func drawTiles(_ layout: ScreenLayout, into surface: inout Surface) {
    for panel in layout.panels { drawTiles(panel, of: layout, into: &surface) }
  }

  func drawTiles(
    _ panel: ScreenLayout.Panel, of layout: ScreenLayout, into surface: inout Surface
  ) {
    let area = panel.area
    if panel.samples.isEmpty {
      let position = run.position(of: panel.checkpoint)
      let words =
        problems[panel.checkpoint]
        ?? (sampleCount(at: panel.checkpoint) > 0
          ? missingSeedWords(at: panel.checkpoint) : "\(position.words) has no samples")
      for (row, line) in TextWidth.wrapped(PrintableText.singleLine(words), to: area.width)
        .enumerated()
      where row < area.height {
        surface.put(line, x: area.x, y: area.y + row, style: theme[.warning])
      }
      return
    }
    let page = pictures.page(panel.checkpoint, tile(of: panel, in: layout))
    for (offset, sample) in places(in: panel).enumerated() {
      let x = area.x + offset % layout.gridColumns * (layout.tileWidth + 1)
      let y = area.y + offset / layout.gridColumns * (layout.tileHeight + 1)
      drawTile(sample, of: panel, layout, page, x: x, y: y, into: &surface)
    }
  }

  /// One sample under its label.
  func drawTile(
    _ sample: Int, of panel: ScreenLayout.Panel, _ layout: ScreenLayout, _ page: Pictures.Page,
    x: Int, y: Int, into surface: inout Surface
  ) {
    // Of a pair both places are the sample's.
    let own = panel.view == .nearest ? sample / 2 : sample
    if panel.view == .spread {
      surface.put(
        TextWidth.fitted(sample == 0 ? " mean" : " deviation", to: layout.tileWidth), x: x, y: y,
        style: theme[.dim])
    } else if panel.view == .nearest, sample % 2 == 1 {
      surface.put(
        TextWidth.fitted(
          " \(realLabel(ofSample: own, at: panel.checkpoint))", to: layout.tileWidth),
        x: x, y: y, style: theme[.dim])
    } else {
      drawLabel(
        own, of: panel.checkpoint,
        isCursor: panel.item == layout.focusedItem && own == place.sample && isOnSamples,
        x: x, y: y, width: layout.tileWidth, into: &surface)
    }
    if panel.view != .spread, holdsSeedsOut,
      isHidden(seed(at: own, of: panel.checkpoint), at: panel.checkpoint)
    {
      surface.put(
        TextWidth.fitted(" held out", to: layout.tileWidth), x: x,
        y: y + 1 + layout.tileHeight / 2,
        style: theme[.dim])
      return
    }
    drawPicture(page[sample], of: layout, x: x, y: y + 1, into: &surface)
  }

  func tile(of panel: ScreenLayout.Panel, in layout: ScreenLayout) -> PictureTile {
    PictureTile(
      columns: layout.tileWidth, rows: layout.tileHeight, view: panel.view, settings: settings)
  }

  /// That a checkpoint lacks the seed under the cursor, and which it has.
  func missingSeedWords(at checkpoint: Int) -> String {
    let seeds = seedWords(
      of: 0..<sampleCount(at: checkpoint), at: checkpoint, between: " to ")
    return "\(run.position(of: checkpoint).words) has no sample \(seed), only \(seeds)"
  }

  /// `[3]+ 4/5 mb "`: cursor, mark, rating, tags, note.
  private func drawLabel(
    _ sample: Int, of checkpoint: Int, isCursor: Bool, x: Int, y: Int, width: Int,
    into surface: inout Surface
  ) {
    let seed = seed(at: sample, of: checkpoint)
    let target = Target(run.position(of: checkpoint), sample: seed)
    let mark = review.mark(target)
    let letters = tags.filter { mark.tags[$0.name] != nil }.map { String($0.key) }.joined()
    let unknown = mark.tags.keys.contains { name in !tags.contains { $0.name == name } } ? "?" : ""
    var text = isCursor ? "[\(seed)]" : " \(seed) "
    if marked.contains(target) { text += "+" }
    let style = theme[isCursor ? .cursor : .dim]
    if isCursor {
      surface.fill(Rect(x: x, y: y, width: width, height: 1), style: style)
    }
    if let rating = mark.rating { text += " \(rating)/5" }
    if !letters.isEmpty || !unknown.isEmpty { text += " \(letters)\(unknown)" }
    if !mark.notes.isEmpty { text += " \"" }
    if holdsSeedsOut, run.isHeldOut(seed, at: checkpoint) { text += " held" }
    let number = arrangedNumber(ofSampleAt: sample, of: checkpoint)
    if !number.isEmpty, TextWidth.of(text) + TextWidth.of(number) < width {
      text = TextWidth.padded(text, to: width - TextWidth.of(number)) + number
    }
    surface.put(
      TextWidth.fitted(text, to: width), x: x, y: y,
      style: isCursor ? style : letters.isEmpty ? style : theme[.tag])
  }

  /// A rendered sample, or dots while it is on its way.
  func drawPicture(
    _ picture: [Cell]?, of layout: ScreenLayout, x: Int, y: Int, into surface: inout Surface
  ) {
    guard let picture else {
      surface.put(
        TextWidth.fitted("...", to: layout.tileWidth), x: x, y: y + layout.tileHeight / 2,
        style: theme[.dim])
      return
    }
    surface.copy(picture, blockWidth: layout.tileWidth, x: x, y: y)
  }
}
