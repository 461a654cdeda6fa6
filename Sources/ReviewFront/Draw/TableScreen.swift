import ReviewCore
import TerminalSurface

extension FrontState {
  /// The checkpoint table, and the samples of the checkpoint under the cursor.
  func drawTable(into surface: inout Surface) {
    let layout = self.layout
    let columns = TableColumn.columns(of: self)
    let area = layout.table
    var x = Self.marginWidth
    for column in columns {
      let taken = surface.put(
        TextWidth.fitted(column.title, to: column.width), x: x, y: area.y, style: theme[.heading],
        limit: area.width - x)
      // In the gap between two columns, so that no title is cut for it.
      surface.put(sortSign(of: column), x: x + taken, y: area.y, style: theme[.key])
      if layout.headerHeight > 1, case .metric(let index) = column.content {
        drawSparkline(
          index, width: column.width, x: x, y: area.y + 1, limit: area.width - x, into: &surface)
      }
      x += column.width + 1
    }
    let hidden = TableColumn.hiddenMetrics(of: self)
    let noteTitle = hidden > 0 ? "note (and \(hidden) metrics: Enter)" : "note"
    surface.put(noteTitle, x: x, y: area.y, style: theme[.heading], limit: area.width - x)
    if order.count > layout.tableRows, layout.tableRows > 0 {
      let last = min(order.count, tableTop + layout.tableRows)
      let words = " \(tableTop + 1)-\(last) of \(order.count)"
      // Beside the sparklines there is room; a title is worth more than this.
      let start = area.width - TextWidth.of(words)
      if layout.headerHeight > 1 || x + 4 < start {
        surface.put(words, x: start, y: area.y + layout.headerHeight - 1, style: theme[.dim])
      }
    }
    for row in 0..<layout.tableRows {
      guard tableTop + row < order.count else { break }
      drawRow(
        order[tableTop + row], columns: columns, y: area.y + layout.headerHeight + row,
        width: area.width, into: &surface)
    }
    guard layout.tileWidth > 0 else { return }
    let samples = layout.samples
    let titleStyle = theme[pane == .samples ? .cursor : .heading]
    if samples.x > 0 {
      for row in area.y..<area.y + area.height {
        surface.put(frameCharacter("│", "|"), x: samples.x - 1, y: row, style: theme[.frame])
      }
      surface.put(
        TextWidth.fitted(previewTitle, to: samples.width), x: samples.x, y: area.y,
        style: titleStyle)
    } else {
      let line = String(repeating: frameCharacter("─", "-"), count: width)
      surface.put(line, x: 0, y: samples.y - 1, style: theme[.frame])
      surface.put(
        " \(TextWidth.fitted(previewTitle, to: width - 6)) ", x: 2, y: samples.y - 1,
        style: titleStyle)
    }
    drawTiles(layout, into: &surface)
  }

  private var previewTitle: String {
    let shown = layout.shownSamples
    let name = run.checkpoints.isEmpty ? "" : previewName
    guard !shown.isEmpty else { return name }
    let places =
      layout.focusedPanel.flatMap { $0.isBySlot ? slotWords(of: shown) : nil }
      ?? "\(seedWords(of: shown, at: place.checkpoint, between: "-")) of \(sampleCount)"
    if let words = shortViewWords {
      guard view != .spread else { return "\(name) \(words)" }
      return "\(name) \(words), samples \(places)"
    }
    return "\(name), samples \(places)" + (pane == .samples ? ", keys here" : "")
  }

  /// The checkpoint, with its setting where there are several.
  private var previewName: String {
    guard let setting = run.setting(of: place.checkpoint) else { return position.words }
    return run.position(of: place.checkpoint).setting == nil
      ? "\(position.words) at \(setting.words)" : position.words
  }

  /// Cursor, winner and mark stand before the columns.
  static let marginWidth = 3

  private func sortSign(of column: TableColumn) -> String {
    guard sorting != .usual else { return "" }
    let isSorted: Bool
    switch (column.content, sorting.key) {
    case (.run, .axis): isSorted = true
    case (.axis, .axis): isSorted = run.members.isEmpty
    case (.axis, .timeline), (.rating, .rating), (.failures, .failures), (.status, .status),
      (.verdict, .verdict):
      isSorted = true
    case (.metric(let shown), .metric(let sorted)): isSorted = shown == sorted
    default: isSorted = false
    }
    return isSorted ? (sorting.isReversed ? "^" : "v") : ""
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
    surface.put(isOverride ? "!" : isWinner ? "*" : " ", x: 1, y: y, style: base)
    if marked.contains(Target(position)) { surface.put("+", x: 2, y: y, style: theme[.tag]) }
    var x = Self.marginWidth
    for column in columns {
      var style = base
      let text: String
      switch column.content {
      case .run:
        let member = run.checkpoints[checkpoint].member.map { run.members[$0] }
        let name = member?.name ?? ""
        text =
          TextWidth.of(name) > column.width
          ? TextWidth.shortened(member?.shortName ?? "", to: column.width) : name
      case .setting: text = run.setting(of: checkpoint).map { TableColumn.text(of: $0) } ?? ""
      case .axis: text = run.axisValue(of: checkpoint).padded
      case .metric(let index): text = run.metricText(index, at: checkpoint)
      case .status:
        text = status.rawValue
        if !isWinner { style = theme[status == .candidate ? .candidate : .dim] }
      case .verdict:
        text = mark.verdict == .undecided ? "" : mark.verdict.rawValue
        style = theme[mark.verdict == .keep ? .keep : .reject]
      case .rating: text = ratingText(at: checkpoint)
      case .failures:
        text = failureText(at: checkpoint)
        style = theme[.tag]
      }
      let taken = surface.put(
        TextWidth.fitted(text, to: column.width), x: x, y: y, style: style, limit: width - x)
      // Behind its number, at most in the gap before the next column.
      if case .axis = column.content, alarms.has(checkpoint) {
        surface.put("!", x: x + taken, y: y, style: theme[.warning])
      }
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
