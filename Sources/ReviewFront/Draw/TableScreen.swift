import ReviewCore
import TerminalSurface

extension FrontState {
  /// The checkpoint table, and the samples of the checkpoint under the cursor.
  func drawTable(into surface: inout Surface) {
    let layout = self.layout
    let columns = TableColumn.columns(of: self)
    let area = layout.table
    var x = 2
    for column in columns {
      surface.put(
        TextWidth.padded(column.title, to: column.width), x: x, y: area.y, style: theme[.heading],
        limit: area.width - x)
      x += column.width + 1
    }
    let hidden = TableColumn.hiddenMetrics(of: self)
    let noteTitle = hidden > 0 ? "note (and \(hidden) metrics: Enter)" : "note"
    surface.put(noteTitle, x: x, y: area.y, style: theme[.heading], limit: area.width - x)
    for row in 0..<layout.tableRows {
      let checkpoint = tableTop + row
      guard checkpoint < run.checkpoints.count else { break }
      drawRow(checkpoint, columns: columns, y: area.y + 1 + row, width: area.width, into: &surface)
    }
    guard layout.tileWidth > 0 else { return }
    let samples = layout.samples
    if samples.x > 0 {
      for row in area.y..<area.y + area.height {
        surface.put(frameCharacter("│", "|"), x: samples.x - 1, y: row, style: theme[.frame])
      }
      surface.put(
        previewTitle, x: samples.x, y: area.y, style: theme[.heading], limit: samples.width)
    } else {
      let line = String(repeating: frameCharacter("─", "-"), count: width)
      surface.put(line, x: 0, y: samples.y - 1, style: theme[.frame])
      surface.put(" \(previewTitle) ", x: 2, y: samples.y - 1, style: theme[.heading])
    }
    drawTiles(layout, into: &surface)
  }

  private var previewTitle: String {
    let shown = layout.shownSamples
    guard !shown.isEmpty else { return position.words }
    return
      "\(position.words), samples \(shown.lowerBound)-\(shown.upperBound - 1) of \(sampleCount)"
  }

  private func drawRow(
    _ checkpoint: Int, columns: [TableColumn], y: Int, width: Int, into surface: inout Surface
  ) {
    let isCursor = checkpoint == place.checkpoint
    let isWinner = checkpoint == table.selected
    let position = run.position(of: checkpoint)
    let mark = review.mark(Target(position))
    let status = table.statuses[checkpoint]
    let base = isWinner ? theme[.winner] : theme[.text]
    surface.put(isCursor ? ">" : " ", x: 0, y: y, style: base)
    let isOverride = review.override?.position == position
    surface.put(isWinner ? "*" : isOverride ? "!" : " ", x: 1, y: y, style: base)
    var x = 2
    for column in columns {
      var style = base
      let text: String
      switch column.content {
      case .axis: text = run.axisValue(of: checkpoint).padded
      case .metric(let index): text = run.metricText(index, at: checkpoint)
      case .status:
        text = status.rawValue
        if !isWinner { style = theme[status == .candidate ? .candidate : .dim] }
      case .verdict:
        let rating = mark.rating.map { "\($0)" } ?? ""
        text = mark.verdict == .undecided ? rating : "\(mark.verdict.rawValue) \(rating)"
        style = theme[mark.verdict == .keep ? .keep : .reject]
      case .failures:
        text = failureText(at: checkpoint)
        style = theme[.tag]
      }
      surface.put(
        TextWidth.fitted(text, to: column.width), x: x, y: y, style: style, limit: width - x)
      x += column.width + 1
    }
    let own = NoteSubject.allCases.compactMap { mark.notes[$0] }.joined(separator: " / ")
    let note = own.isEmpty ? run.checkpoints[checkpoint].note ?? "" : own
    if width > x {
      let sign = own.isEmpty ? "" : "\" "
      surface.put(
        TextWidth.fitted(sign + PrintableText.singleLine(note), to: width - x), x: x, y: y,
        style: theme[own.isEmpty ? .dim : .note])
    }
    if isCursor {
      let cursor = theme[.cursor]
      surface.restyle(Rect(x: 0, y: y, width: width, height: 1)) { style in
        // One bar from end to end; the cells' own colours would tear it.
        style = CellStyle(
          foreground: cursor.foreground, background: cursor.background,
          attributes: style.attributes.union(cursor.attributes).subtracting(.dim))
      }
    }
  }

  /// A frame's character, or its stand-in where the terminal has only ASCII.
  func frameCharacter(_ character: String, _ ascii: String) -> String {
    abilities.isUTF8 ? character : ascii
  }
}
