import ReviewCore
import TerminalSurface

extension FrontState {
  /// Two metrics against each other, or the map of two thresholds, and below it the threshold that
  /// keys move.
  func drawPareto(_ view: ParetoView, into surface: inout Surface) {
    guard let chart else { return }
    let layout = paretoLayout(hasThreshold: chart.line != nil)
    if let map = chart.map {
      drawMap(map, chart, layout, into: &surface)
    } else {
      drawPoints(chart, layout, into: &surface)
    }
    drawThreshold(chart, layout, into: &surface)
    guard layout.table.width > 0 else { return }
    let table = layout.table
    for row in table.y..<table.y + table.height {
      surface.put(frameCharacter("│", "|"), x: table.x - 1, y: row, style: theme[.frame])
    }
    if let map = chart.map {
      for (row, line) in legend(of: map).enumerated() where row < table.height {
        surface.put(
          TextWidth.fitted(line, to: table.width - 1), x: table.x + 1, y: table.y + row)
      }
    } else {
      drawBeside(chart, table, into: &surface)
    }
  }

  private func drawPoints(
    _ chart: ParetoChart, _ layout: ParetoLayout, into surface: inout Surface
  ) {
    let chartWidth = layout.plot.x + layout.plot.width + 1
    let names = [chart.front.y, chart.front.x].map { column in
      PrintableText.singleLine(run.columns[column].metric.name)
    }
    let isSmall = layout.axisName == nil
    let key = pointLegend
    let title =
      isSmall ? "\(names[0]) against \(names[1])" : axisWords(chart.front.y)
    let room = chartWidth - 1 - (isSmall ? 0 : min(TextWidth.of(key) + 2, chartWidth / 2))
    let taken = surface.put(
      TextWidth.fitted(title, to: room), x: 0, y: layout.heading, style: theme[.heading])
    if taken + 2 + TextWidth.of(key) < chartWidth {
      surface.put(
        key, x: chartWidth - 1 - TextWidth.of(key), y: layout.heading, style: theme[.dim])
    }
    if let row = layout.axisName {
      let placed = run.checkpoints.count - chart.unplacedCount
      var counts = "\(chart.front.members.count) of \(placed) on the front"
      if chart.unplacedCount > 0 { counts += ", \(chart.unplacedCount) not placed" }
      let words = axisWords(chart.front.x)
      let space = max(0, chartWidth - 1 - TextWidth.of(counts) - 2)
      let name = TextWidth.fitted(words, to: max(8, space - layout.plot.x))
      let middle = layout.plot.x + (layout.plot.width - TextWidth.of(name)) / 2
      let x = max(layout.plot.x, min(middle, space - TextWidth.of(name)))
      surface.put(name, x: x, y: row, style: theme[.heading])
      surface.put(
        counts, x: chartWidth - 1 - TextWidth.of(counts), y: row, style: theme[.dim])
    }
    guard let plot = chart.plot else {
      surface.put(
        "no checkpoint has both \(names[0]) and \(names[1])", x: layout.plot.x, y: layout.plot.y,
        style: theme[.warning], limit: layout.plot.width)
      drawWords([pointWords(chart)], layout, width: chartWidth, into: &surface)
      return
    }
    for row in 0..<plot.height {
      for column in 0..<plot.width {
        guard let mark = plot[column, row] else { continue }
        surface.fill(
          Rect(x: layout.plot.x + column, y: layout.plot.y + row, width: 1, height: 1), mark.code,
          style: theme[mark.role])
      }
    }
    drawAxes(
      layout,
      x: plot.xs.ticks(most: plot.width / 12).compactMap { value in
        plot.xs.place(of: value).map { ($0, NumberText.general(value, digits: 6)) }
      },
      y: plot.ys.ticks(most: max(2, min(plot.height / 2, 8))).compactMap { value in
        plot.ys.place(of: value).map {
          (plot.height - 1 - $0, NumberText.general(value, digits: 6))
        }
      }, into: &surface)
    drawSettings(chart, plot, layout, into: &surface)
    drawCursor(chart, plot, layout, into: &surface)
    drawWords([pointWords(chart)], layout, width: chartWidth, into: &surface)
  }

  /// `quality, higher is better`.
  private func axisWords(_ column: Int) -> String {
    let metric = run.columns[column].metric
    let name = PrintableText.singleLine(metric.name)
    // A front needs a direction for both; where nobody said it, it is taken as higher.
    return metric.direction.map { "\(name), \($0.rawValue) is better" }
      ?? "\(name), higher taken as better"
  }

  private var pointLegend: String {
    let signs = (frameCharacter("●", "o"), frameCharacter("○", "x"))
    return width < 60
      ? "* \(signs.0) \(signs.1)"
      : "* winner  r runner-up  \(signs.0) candidate  \(signs.1) review  K knee"
  }

  /// The checkpoint under the cursor: pointed at, in the colours of the cursor, with its number.
  private func drawCursor(
    _ chart: ParetoChart, _ plot: ParetoPlot, _ layout: ParetoLayout, into surface: inout Surface
  ) {
    let checkpoint = place.checkpoint
    guard let x = run.columns[chart.front.x].values[checkpoint],
      let y = run.columns[chart.front.y].values[checkpoint],
      let (column, row) = plot.cell(x: x, y: y)
    else { return }
    let (left, top) = (layout.plot.x + column, layout.plot.y + row)
    // On its other side where a name or a point stands before it.
    let weights = [column - 1, column + 1].map { plot[$0, row]?.weight ?? 0 }
    let isBehind =
      weights[0] >= ParetoPlot.Weight.label && weights[1] < ParetoPlot.Weight.label
      && column + 1 < plot.width
    surface.put(
      isBehind ? "<" : ">", x: isBehind ? left + 1 : left - 1, y: top, style: theme[.key])
    surface.put(
      pointSign(of: checkpoint, chart.table).sign, x: left, y: top, style: theme[.cursor])
    guard !plot.labelled.contains(checkpoint) else { return }
    let words = pointName(of: checkpoint)
    let fits = left + 2 + TextWidth.of(words) <= layout.plot.x + layout.plot.width
    surface.put(
      words, x: fits ? left + 2 : left - 2 - TextWidth.of(words), y: top, style: theme[.key])
  }

  /// `epoch 30, candidate, selected: on the front in quality and diversity, its knee`.
  private func pointWords(_ chart: ParetoChart) -> String {
    let checkpoint = place.checkpoint
    guard width >= 60 else {
      if let dominator = chart.front.dominator(of: checkpoint) {
        return "\(position.words): dominated by \(run.position(of: dominator).words)"
      }
      let knee = checkpoint == chart.front.knee ? ", the knee" : ""
      return chart.front.contains(checkpoint)
        ? "\(position.words): on the front\(knee)" : "\(position.words): not placed"
    }
    let status = chart.table.statuses[checkpoint].rawValue
    let mark =
      checkpoint == chart.table.selected
      ? ", selected" : checkpoint == chart.table.runnerUp ? ", runner-up" : ""
    return "\(position.words), \(status)\(mark): \(chart.front.words(of: checkpoint, run: run))"
  }

  func drawWords(
    _ lines: [String], _ layout: ParetoLayout, width: Int, into surface: inout Surface
  ) {
    var wrapped = lines.flatMap { line in
      TextWidth.wrapped(PrintableText.singleLine(line), to: width - 1)
    }
    if wrapped.count > layout.words.count {
      let rest = wrapped[(layout.words.count - 1)...].joined(separator: " ")
      wrapped = wrapped.prefix(layout.words.count - 1) + [TextWidth.fitted(rest, to: width - 1)]
    }
    for (row, line) in zip(layout.words, wrapped) { surface.put(line, x: 0, y: row) }
  }

  /// The axes of a plot, with words at some of its columns and rows.
  func drawAxes(
    _ layout: ParetoLayout, x: [(Int, String)], y: [(Int, String)], into surface: inout Surface
  ) {
    let plot = layout.plot
    let style = theme[.frame]
    for row in plot.y..<plot.y + plot.height {
      surface.put(frameCharacter("│", "|"), x: plot.x - 1, y: row, style: style)
    }
    let line = String(repeating: frameCharacter("─", "-"), count: plot.width)
    surface.put(frameCharacter("└", "+") + line, x: plot.x - 1, y: layout.axis, style: style)
    for (row, words) in y {
      let text = TextWidth.fitted(words, to: plot.x - 2)
      surface.put(
        text, x: plot.x - 1 - TextWidth.of(text), y: plot.y + row, style: theme[.dim])
      surface.put(frameCharacter("┤", "+"), x: plot.x - 1, y: plot.y + row, style: style)
    }
    var free = plot.x
    for (column, words) in x {
      let start = plot.x + column - TextWidth.of(words) / 2
      guard start >= free, start + TextWidth.of(words) <= plot.x + plot.width else { continue }
      surface.put(words, x: start, y: layout.axis, style: theme[.dim])
      free = start + TextWidth.of(words) + 2
    }
  }

  /// The checkpoints with both metrics, as they stand where the thresholds are now.
  private func drawBeside(_ chart: ParetoChart, _ area: Rect, into surface: inout Surface) {
    let columns = [chart.front.y, chart.front.x]
    let isOfSeveral = !run.members.isEmpty || hasSettings
    func name(_ checkpoint: Int) -> String {
      isOfSeveral ? pointName(of: checkpoint) : run.axisValue(of: checkpoint).padded
    }
    let first = isOfSeveral ? pointNameWidth : max(5, axisWidth)
    func line(_ cells: [(String, Int)]) -> String {
      cells.map { TextWidth.padded($0.0, to: $0.1) }.joined(separator: " ")
    }
    let titles =
      [(run.axis.rawValue, first)]
      + columns.map { (PrintableText.singleLine(run.columns[$0].metric.name), 9) }
      + [("status", 9), ("front", 9)]
    surface.put(
      line(titles), x: area.x + 3, y: area.y, style: theme[.heading], limit: area.width - 3)
    let rows = area.height - 1
    let here = order.row(of: place.checkpoint) ?? 0
    let top = max(0, min(here - rows / 2, order.count - rows))
    for row in 0..<rows where top + row < order.count {
      let checkpoint = order[top + row]
      let isWinner = checkpoint == chart.table.selected
      let mark = isWinner ? "*" : checkpoint == chart.table.runnerUp ? "r" : " "
      let front: String
      if let dominator = chart.front.dominator(of: checkpoint) {
        front =
          "< \(isOfSeveral ? pointName(of: dominator) : run.axisValue(of: dominator).text)"
      } else if chart.front.contains(checkpoint) {
        front = checkpoint == chart.front.knee ? "knee" : "front"
      } else {
        front = "-"
      }
      let cells =
        [(name(checkpoint), first)]
        + columns.map { (run.metricText($0, at: checkpoint), 9) }
        + [(chart.table.statuses[checkpoint].rawValue, 9), (front, 9)]
      let style =
        checkpoint == place.checkpoint
        ? theme[.cursor] : isWinner ? theme[.winner] : theme[.text]
      let cursor = checkpoint == place.checkpoint ? ">" : " "
      surface.put(
        TextWidth.padded("\(cursor)\(mark) \(line(cells))", to: area.width), x: area.x,
        y: area.y + 1 + row, style: style, limit: area.width)
    }
  }
}
