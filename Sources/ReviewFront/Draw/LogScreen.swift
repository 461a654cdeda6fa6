import ReviewCore
import TerminalSurface

/// Where the charts of the training log stand.
struct LogLayout {
  struct Panel {
    let key: EnvelopeKey
    let area: Rect
    let plot: Rect
  }

  let panels: [Panel]
}

extension FrontState {
  // A title, four rows of dots, the axis.
  private static let leastChart = 6
  private static let labelWidth = 9
  // Beyond this ratio a straight scale shows only the largest values.
  // From here on an alarm stands beside the heading.
  private static let wideHeading = 150
  private static let logRatio = 1000.0

  /// Lines above the charts; an alarm takes further ones where there is room for them.
  private var logHeadingRows: Int {
    guard !alarms.checkpoints.isEmpty, width < Self.wideHeading else { return 1 }
    return height >= 24 ? 3 : height >= 20 ? 2 : 1
  }

  func logLayout(_ view: LogView) -> LogLayout {
    let heading = logHeadingRows
    let body = Rect(x: 0, y: 1 + heading, width: width, height: height - 3 - heading)
    let count = logCharts.count
    guard count > 0, body.height >= 3 else { return LogLayout(panels: []) }
    let across = view.isClose || width < 110 || count == 1 ? 1 : 2
    let lines = (count + across - 1) / across
    let fitting = view.isClose ? 1 : max(1, min(lines, body.height / Self.leastChart))
    let chartHeight = body.height / fitting
    let page = view.isClose ? view.series : view.series / (fitting * across) * fitting * across
    let shown = view.isClose ? page..<page + 1 : page..<min(count, page + fitting * across)
    let chartWidth = (body.width - (across - 1) * 2) / across
    let panels = shown.enumerated().map { place, series in
      let area = Rect(
        x: place % across * (chartWidth + 2), y: body.y + place / across * chartHeight,
        width: chartWidth, height: chartHeight)
      let plot = Rect(
        x: area.x + Self.labelWidth + 1, y: area.y + 1, width: area.width - Self.labelWidth - 1,
        height: area.height - 2)
      let columns = DotCanvas.dotsAcross(max(1, plot.width), isUTF8: abilities.isUTF8)
      return LogLayout.Panel(
        key: EnvelopeKey(series: series, columns: columns), area: area, plot: plot)
    }
    return LogLayout(panels: panels)
  }

  /// The training log as charts, with the checkpoint under the cursor in it.
  func drawLog(_ view: LogView, into surface: inout Surface) {
    let step = run.checkpoints[place.checkpoint].step.map { ", step \($0.text)" } ?? ""
    let what = [run.columns.isEmpty ? nil : "metrics", run.series.isEmpty ? nil : "training log"]
      .compactMap { $0 }.joined(separator: " and ")
    let words =
      "\(what), chart \(view.series + 1) of \(logCharts.count)   | \(position.words)\(step)"
    let room = width - 1
    var lines = [words]
    if let alarm = alarms.words(at: place.checkpoint, in: run) {
      let joined = "\(words)   \(alarm)"
      let short = "\(position.words) \(alarm)"
      lines =
        TextWidth.of(joined) <= room
        ? [joined] : logHeadingRows > 1 ? [words] + TextWidth.wrapped(alarm, to: room) : [short]
    }
    if lines.count > logHeadingRows {
      lines =
        lines.prefix(logHeadingRows - 1) + [lines[(logHeadingRows - 1)...].joined(separator: " ")]
    }
    for (row, line) in lines.enumerated() {
      surface.put(
        TextWidth.fitted(PrintableText.singleLine(line), to: room), x: 0, y: 1 + row,
        style: theme[row > 0 ? .warning : .heading])
    }
    for panel in logLayout(view).panels {
      guard let own = envelopes[panel.key], !own.isEmpty else { continue }
      drawChart(own, panel, isFocused: panel.key.series == view.series, into: &surface)
    }
  }

  private func drawChart(
    _ own: [Envelope], _ panel: LogLayout.Panel, isFocused: Bool, into surface: inout Surface
  ) {
    let chart = logCharts[panel.key.series]
    let current = chart.line(of: run.checkpoints[place.checkpoint])
    let series = chart.lines[current ?? 0].series
    let here = current.flatMap { _ in series.place(of: run.checkpoints[place.checkpoint]) }
    let name = PrintableText.singleLine(chart.name)
    var title = (isFocused ? ">" : " ") + name
    if let here {
      title += " \(NumberText.general(series.values[here], digits: 4)) at \(series.axis.rawValue) "
      title += NumberText.shortest(series.positions[here])
    }
    let gapCount = own.reduce(0) { $0 + $1.gapCount }
    if gapCount > 0 { title += "  \(gapCount) not finite" }
    let lows = own.compactMap { $0.range?.lowerBound }
    let highs = own.compactMap { $0.range?.upperBound }
    let range = lows.min().flatMap { low in highs.max().map { low...$0 } }
    let isLogarithmic =
      range.map { $0.lowerBound > 0 && $0.upperBound / $0.lowerBound > Self.logRatio } ?? false
    if isLogarithmic { title += "  (log scale)" }
    let taken = surface.put(
      TextWidth.fitted(title, to: panel.area.width), x: panel.area.x, y: panel.area.y,
      style: theme[isFocused ? .heading : .dim])
    drawLegend(chart, current, x: panel.area.x + taken, panel, into: &surface)
    let plot = panel.plot
    guard plot.width > 1, plot.height > 0 else { return }
    guard let range else {
      surface.put(
        "no finite value", x: plot.x, y: plot.y, style: theme[.warning], limit: plot.width)
      return
    }
    // The one under the cursor last, over the others.
    let lines = own.indices.filter { $0 != current } + [current].compactMap { $0 }
    for line in lines {
      drawDots(
        own[line], range, plot, isLogarithmic: isLogarithmic, role: role(ofLine: line, current),
        sign: chart.lines.count > 1 ? sign(ofLine: line) : nil, into: &surface)
    }
    label(range.upperBound, plot, row: plot.y, into: &surface)
    if plot.height > 1 {
      label(range.lowerBound, plot, row: plot.y + plot.height - 1, into: &surface)
    }
    let envelope = own[current ?? 0]
    drawAxis(envelope, chart, panel, into: &surface)
    if let here, let column = envelope.column(of: series.positions[here]) {
      let x = plot.x + (abilities.isUTF8 ? column / 2 : column)
      for row in plot.y..<plot.y + plot.height {
        if surface[x, row].code == 0x20 {
          surface.put(frameCharacter("│", "|"), x: x, y: row, style: theme[.key])
        } else {
          surface[x, row].style = theme[.cursor]
        }
      }
    }
  }

  /// `a`, `b`, ...: what stands at the end of a line, so that colour is not the only sign.
  private func sign(ofLine line: Int) -> String {
    String(UnicodeScalar(UInt8(ascii: "a") + UInt8(line % 26)))
  }

  private func role(ofLine line: Int, _ current: Int?) -> Role {
    if line == current || current == nil && line == 0 { return .candidate }
    let others: [Role] = [.note, .tag, .keep, .warning, .key, .reject]
    return others[line % others.count]
  }

  /// Whose line each is, as far as there is room behind the title.
  private func drawLegend(
    _ chart: LogChart, _ current: Int?, x: Int, _ panel: LogLayout.Panel,
    into surface: inout Surface
  ) {
    guard chart.lines.count > 1 else { return }
    var x = x + 2
    let end = panel.area.x + panel.area.width
    for (place, line) in chart.lines.enumerated() {
      let whole =
        line.member.map { run.members[$0].shortName }
        ?? line.setting.map { run.samplingSettings[$0].words } ?? ""
      let words = "\(sign(ofLine: place)) \(PrintableText.singleLine(whole))  "
      guard x + TextWidth.of(words) <= end else { return }
      x += surface.put(words, x: x, y: panel.area.y, style: theme[role(ofLine: place, current)])
    }
  }

  private func drawDots(
    _ envelope: Envelope, _ range: ClosedRange<Double>, _ plot: Rect, isLogarithmic: Bool,
    role: Role, sign: String?, into surface: inout Surface
  ) {
    var canvas = DotCanvas(width: plot.width, height: plot.height, isUTF8: abilities.isUTF8)
    let scale = ChartScale(range, rows: canvas.dotRows, isLogarithmic: isLogarithmic)
    var last: (column: Int, row: Int)?
    var end: (column: Int, row: Int)?
    for (column, values) in envelope.columns.enumerated() {
      guard let values else {
        if envelope.breaks.contains(column) { last = nil }
        continue
      }
      let (low, high) = (scale.row(of: values.lowerBound), scale.row(of: values.upperBound))
      let middle = (column, (low + high) / 2)
      canvas.line(from: (column, high), to: (column, low))
      if let last { canvas.line(from: last, to: middle) }
      last = envelope.breaks.contains(column) ? nil : middle
      end = middle
    }
    for row in 0..<plot.height {
      for column in 0..<plot.width {
        let code = canvas.character(column, row)
        guard code != 0x20 else { continue }
        surface.fill(
          Rect(x: plot.x + column, y: plot.y + row, width: 1, height: 1), code, style: theme[role])
      }
    }
    guard let sign, let end else { return }
    let across = DotCanvas.dotsAcross(1, isUTF8: abilities.isUTF8)
    let down = max(1, canvas.dotRows / plot.height)
    surface.put(
      sign, x: plot.x + min(plot.width - 1, end.column / across),
      y: plot.y + min(plot.height - 1, end.row / down), style: theme[role])
  }

  private func label(_ value: Double, _ plot: Rect, row: Int, into surface: inout Surface) {
    let text = TextWidth.fitted(NumberText.general(value, digits: 4), to: Self.labelWidth)
    surface.put(text, x: plot.x - 1 - TextWidth.of(text), y: row, style: theme[.dim])
  }
}

/// From values to rows of dots, the highest value in row 0.
struct ChartScale {
  private let low: Double
  private let high: Double
  private let rows: Int
  private let isLogarithmic: Bool

  init(_ range: ClosedRange<Double>, rows: Int, isLogarithmic: Bool) {
    self.isLogarithmic = isLogarithmic
    low = isLogarithmic ? Self.logarithm(range.lowerBound) : range.lowerBound
    high = isLogarithmic ? Self.logarithm(range.upperBound) : range.upperBound
    self.rows = rows
  }

  func row(of value: Double) -> Int {
    let value = isLogarithmic ? Self.logarithm(value) : value
    // Halved first: two finite values may lie farther apart than a number can say.
    let span = high / 2 - low / 2
    guard span > 0 else { return rows / 2 }
    let share = (value / 2 - low / 2) / span
    return min(rows - 1, max(0, Int((1 - share) * Double(rows - 1) + 0.5)))
  }

  /// To base 2, by exponent and a straight line between powers: exact enough for dots.
  private static func logarithm(_ value: Double) -> Double {
    Double(value.exponent) + value.significand - 1
  }
}
