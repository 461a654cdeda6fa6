import ReviewCore
import TerminalSurface

extension FrontState {
  /// Seeds down, checkpoints across; the head of the cursor's column and the number of its row are marked.
  func drawStrip(_ strip: FilmStrip, into surface: inout Surface) {
    let layout = self.layout
    let body = layout.body
    surface.put(
      TextWidth.fitted(viewLine ?? checkpointLine, to: width - 1), x: 0, y: body.y,
      style: theme[place.checkpoint == table.selected ? .winner : .heading])
    let head = body.y + 1
    if strip.left > 0 { surface.put("<", x: 0, y: head, style: theme[.key]) }
    if strip.left + layout.panels.count < order.count {
      surface.put(">", x: width - 1, y: head, style: theme[.key])
    }
    let rows =
      strip
      .top..<min(
        strip.rowCount(mostSamples: mostSamples), strip.top + layout.gridRows)
    for row in rows { drawSeed(row, of: strip, layout, into: &surface) }
    for panel in layout.panels {
      drawHead(panel, y: head, into: &surface)
      drawColumn(panel, rows, of: layout, into: &surface)
    }
  }

  private func drawSeed(
    _ row: Int, of strip: FilmStrip, _ layout: ScreenLayout, into surface: inout Surface
  ) {
    let isCursor = row == stripRow
    let y = layout.body.y + StripShape.heading + (row - strip.top) * (layout.tileHeight + 1)
    surface.put(
      "\(isCursor ? ">" : " ")\(strip.seed(ofRow: row))", x: 0, y: y,
      style: theme[isCursor ? .cursor : .dim])
  }

  /// `>*030 keep`: the cursor, the winner, the place on the axis, the verdict.
  private func drawHead(_ panel: ScreenLayout.Panel, y: Int, into surface: inout Surface) {
    let checkpoint = panel.checkpoint
    let position = run.position(of: checkpoint)
    let (isCursor, isWinner) = (checkpoint == place.checkpoint, checkpoint == table.selected)
    let mark = review.mark(Target(position))
    let isOverride = review.override?.position == position
    var text = "\(isCursor ? ">" : " ")\(isOverride ? "!" : isWinner ? "*" : " ")"
    text += run.axisValue(of: checkpoint).padded
    if alarms.has(checkpoint) { text += "!" }
    if marked.contains(Target(position)) { text += "+" }
    if mark.verdict != .undecided { text += " \(mark.verdict.rawValue)" }
    let failures = failureText(at: checkpoint)
    if !failures.isEmpty { text += " \(failures)" }
    if showsAllSettings, let setting = run.setting(of: checkpoint) {
      text += " \(TableColumn.text(of: setting))"
    }
    if let member = run.checkpoints[checkpoint].member {
      text += " \(run.members[member].shortName)"
    }
    let style = theme[isCursor ? .cursor : isWinner ? .winner : .text]
    if isCursor {
      surface.fill(Rect(x: panel.area.x, y: y, width: panel.area.width, height: 1), style: style)
    }
    surface.put(TextWidth.fitted(text, to: panel.area.width), x: panel.area.x, y: y, style: style)
  }

  private func drawColumn(
    _ panel: ScreenLayout.Panel, _ rows: Range<Int>, of layout: ScreenLayout,
    into surface: inout Surface
  ) {
    guard !panel.samples.isEmpty else {
      drawTiles(panel, of: layout, into: &surface)
      return
    }
    let page = pictures.page(panel.checkpoint, tile(of: panel, in: layout))
    for row in rows {
      let y = panel.area.y + (row - rows.lowerBound) * (layout.tileHeight + 1)
      guard let sample = stripPlace(inRow: row, at: panel.checkpoint) else {
        surface.put(
          TextWidth.fitted(" no such seed", to: panel.area.width), x: panel.area.x, y: y,
          style: theme[.dim])
        continue
      }
      drawTile(sample, of: panel, layout, page, x: panel.area.x, y: y, into: &surface)
    }
  }
}
