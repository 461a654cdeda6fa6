import ReviewCore
package import TerminalSurface

/// Draws the runs of a catalogue. Reads what is at hand and never waits.
package func draw(_ state: CatalogueState, into surface: inout Surface) {
  let (width, height) = (state.width, state.height)
  guard width >= ScreenLayout.leastWidth, height >= ScreenLayout.leastHeight else {
    surface.put("Keepoch needs \(ScreenLayout.leastWidth)x\(ScreenLayout.leastHeight)", x: 0, y: 0)
    return
  }
  let theme = state.theme
  surface.fill(Rect(x: 0, y: 0, width: width, height: 1), style: theme[.title])
  let count = "\(state.rows.count) runs "
  let room = width - TextWidth.of(count) - 2
  surface.put(
    TextWidth.fitted(" " + PrintableText.singleLine(state.title), to: room), x: 0, y: 0,
    style: theme[.title])
  surface.put(count, x: width - TextWidth.of(count), y: 0, style: theme[.title])
  let columns = state.columns
  state.put(
    ["run", "checkpoints", "rule", "judged", "read as"], columns, y: 1, theme[.heading], &surface)
  for line in 0..<state.listHeight where state.top + line < state.rows.count {
    let row = state.top + line
    let isCursor = row == state.cursor
    surface.put(isCursor ? ">" : " ", x: 0, y: 2 + line, style: theme[.text])
    if state.marked.contains(row) { surface.put("+", x: 1, y: 2 + line, style: theme[.tag]) }
    let isProblem = if case .problem? = state.rows[row].facts { true } else { false }
    state.put(
      state.cells(of: row), columns, y: 2 + line, theme[isProblem ? .warning : .text], &surface)
    if isCursor {
      let cursor = theme[.cursor]
      surface.restyle(Rect(x: 0, y: 2 + line, width: width, height: 1)) { style in
        style = CellStyle(
          foreground: cursor.foreground, background: cursor.background,
          attributes: style.attributes.union(cursor.attributes).subtracting(.dim))
      }
    }
  }
  surface.put(
    TextWidth.fitted(state.status, to: width - 1), x: 0, y: height - 2, style: theme[.text])
  if let message = state.message {
    surface.put(
      TextWidth.fitted(PrintableText.singleLine(message), to: width - 1), x: 0, y: height - 1,
      style: theme[.message])
    return
  }
  let keys = state.keyMap
  let hints = [
    ("\(keys.name(of: .nextCheckpoint))/\(keys.name(of: .previousCheckpoint))", "run"),
    (keys.name(of: .closer), "open"), (keys.name(of: .mark), "mark"),
    (keys.name(of: .compare), state.marked.count > 1 ? "compare marked" : "compare all"),
    (keys.name(of: .help), "help"),
    (keys.name(of: .backOrQuit), "quit"),
  ]
  var x = 0
  for (key, words) in hints {
    x += surface.put(key, x: x, y: height - 1, style: theme[.key])
    x += surface.put(" \(words)  ", x: x, y: height - 1, style: theme[.dim])
  }
}

extension CatalogueState {
  /// Widths of the columns behind the cursor's margin; the first takes what the others leave.
  fileprivate var columns: [Int] {
    let others = width >= 72 ? [24, 12, 6, 13] : [24, 0, 0, 0]
    let left = width - 2 - others.reduce(0) { $0 + ($1 > 0 ? $1 + 1 : 0) }
    // Not all of a thousand names are measured at every key.
    let shown = rows[top..<min(rows.count, top + listHeight)]
    let widest = shown.reduce(12) { max($0, TextWidth.of(PrintableText.singleLine($1.name))) }
    return [min(left, widest)] + others
  }

  fileprivate func put(
    _ texts: [String], _ columns: [Int], y: Int, _ style: CellStyle, _ surface: inout Surface
  ) {
    var x = 2
    for (text, columnWidth) in zip(texts, columns) where columnWidth > 0 {
      surface.put(
        TextWidth.fitted(text, to: columnWidth), x: x, y: y, style: style, limit: width - x)
      x += columnWidth + 1
    }
  }

  fileprivate func cells(of row: Int) -> [String] {
    let name = shortened(PrintableText.singleLine(rows[row].name), to: columns[0])
    switch rows[row].facts {
    case nil: return [name, "...", "", "", ""]
    case .problem?: return [name, "cannot be opened", "", "", ""]
    case .run(let run)?:
      let samples = run.hasSamples ? "" : ", no samples"
      return [
        name, "\(run.checkpoints) by \(run.axis.rawValue)\(samples)", run.selected ?? "none",
        run.judged > 0 ? "\(run.judged)" : "-", run.format,
      ]
    }
  }

  /// Two runs of one parent differ at the end of their names.
  private func shortened(_ name: String, to width: Int) -> String {
    guard TextWidth.of(name) > width else { return name }
    var tail = name[...]
    while TextWidth.of(String(tail)) > width - 1 { tail = tail.dropFirst() }
    return "~" + tail
  }

  /// The whole name of the run under the cursor, and why it cannot be opened.
  fileprivate var status: String {
    let row = rows[cursor]
    let name = PrintableText.singleLine(row.name)
    switch row.facts {
    case .problem(let why)?: return "\(name): \(PrintableText.singleLine(why))"
    case .run(let run)?: return run.family.map { "\(name): \($0)" } ?? name
    case nil: return name
    }
  }
}
