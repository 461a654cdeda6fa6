import ReviewCore
import TerminalSurface

extension FrontState {
  /// All samples of one checkpoint.
  func drawGrid(into surface: inout Surface) {
    let layout = self.layout
    surface.put(
      TextWidth.fitted(checkpointLine, to: width - 1), x: 0, y: layout.body.y,
      style: theme[place.checkpoint == table.selected ? .winner : .heading])
    drawTiles(layout, into: &surface)
  }

  /// `epoch 030  quality 0.68  diversity 0.60  candidate, selected  keep  m3`.
  var checkpointLine: String {
    let checkpoint = place.checkpoint
    var parts = ["\(run.axis.rawValue) \(run.axisValue(of: checkpoint).padded)"]
    for column in run.displayOrder.prefix(6) {
      let name = PrintableText.singleLine(run.columns[column].metric.name)
      parts.append("\(name) \(run.metricText(column, at: checkpoint))")
    }
    let status = table.statuses[checkpoint].rawValue
    parts.append(checkpoint == table.selected ? "\(status), selected" : status)
    let verdict = review.mark(Target(position)).verdict
    if verdict != .undecided { parts.append(verdict.rawValue) }
    let failures = failureText(at: checkpoint)
    if !failures.isEmpty { parts.append(failures) }
    parts.append("\(checkpoint + 1)/\(run.checkpoints.count)")
    return parts.joined(separator: "  ")
  }

  /// The samples of a layout, each under its label; the pixels keep their cells at every checkpoint.
  func drawTiles(_ layout: ScreenLayout, into surface: inout Surface) {
    let area = layout.samples
    if layout.shownSamples.isEmpty {
      let words = problems[place.checkpoint] ?? "\(position.words) has no samples"
      for (row, line) in TextWidth.wrapped(PrintableText.singleLine(words), to: area.width)
        .enumerated()
      where row < area.height {
        surface.put(line, x: area.x, y: area.y + row, style: theme[.warning])
      }
      return
    }
    for sample in layout.shownSamples {
      let offset = sample - layout.shownSamples.lowerBound
      let x = area.x + offset % layout.gridColumns * (layout.tileWidth + 1)
      let y = area.y + offset / layout.gridColumns * (layout.tileHeight + 1)
      drawLabel(sample, x: x, y: y, width: layout.tileWidth, into: &surface)
      drawPicture(
        PictureKey(
          checkpoint: place.checkpoint, sample: sample, columns: layout.tileWidth,
          rows: layout.tileHeight),
        x: x, y: y + 1, into: &surface)
    }
  }

  private func drawLabel(_ sample: Int, x: Int, y: Int, width: Int, into surface: inout Surface) {
    let isCursor = sample == place.sample && place.depth != .table
    let mark = review.mark(Target(position, sample: sample))
    let letters = tags.filter { mark.tags[$0.name] != nil }.map { String($0.key) }.joined()
    let unknown = mark.tags.keys.contains { name in !tags.contains { $0.name == name } } ? "?" : ""
    var text = isCursor ? "[\(sample)]" : " \(sample) "
    let style = theme[isCursor ? .cursor : .dim]
    if isCursor {
      surface.fill(Rect(x: x, y: y, width: width, height: 1), style: style)
    }
    if !letters.isEmpty || !unknown.isEmpty { text += " \(letters)\(unknown)" }
    if !mark.notes.isEmpty { text += " \"" }
    surface.put(
      TextWidth.fitted(text, to: width), x: x, y: y,
      style: isCursor ? style : letters.isEmpty ? style : theme[.tag])
  }

  /// A rendered sample, or dots while it is on its way.
  func drawPicture(_ key: PictureKey, x: Int, y: Int, into surface: inout Surface) {
    guard let grid = pictures[key] else {
      surface.put(
        TextWidth.fitted("...", to: key.columns), x: x, y: y + key.rows / 2, style: theme[.dim])
      return
    }
    surface.copy(grid, blockWidth: key.columns, x: x, y: y)
  }
}
