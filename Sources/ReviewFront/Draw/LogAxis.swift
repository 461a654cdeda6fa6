import ReviewCore
import TerminalSurface

extension FrontState {
  /// The row below a chart of the log: alarms, the rule's winner, and where the axis begins and ends
  /// as far as these leave room.
  func drawAxis(
    _ envelope: Envelope, _ chart: LogChart, _ panel: LogLayout.Panel, into surface: inout Surface
  ) {
    let plot = panel.plot
    let row = plot.y + plot.height
    let marks = marks(envelope, chart, panel)
    func isFree(_ columns: Range<Int>) -> Bool {
      !marks.contains { columns.contains($0.column) } && columns.upperBound <= plot.width
    }
    let series = chart.lines[0].series
    let first = NumberText.shortest(envelope.span.lowerBound)
    var end = 0
    for words in ["\(series.axis.rawValue) \(first)", first] where end == 0 {
      guard isFree(0..<TextWidth.of(words)) else { continue }
      end = surface.put(words, x: plot.x, y: row, style: theme[.dim])
    }
    let last = NumberText.shortest(envelope.span.upperBound)
    let length = TextWidth.of(last)
    // Before the marks at the end of the axis, if they stand there.
    let start = (end + 1..<max(end + 2, plot.width - length + 1)).last {
      isFree($0..<$0 + length)
    }
    if let start, plot.width - start - length < length + 4 {
      surface.put(last, x: plot.x + start, y: row, style: theme[.dim])
    }
    for mark in marks {
      surface.put(mark.sign, x: plot.x + mark.column, y: row, style: theme[mark.role])
    }
  }

  /// In cells of the plot; the winner's over an alarm, which then stands beside it.
  private func marks(
    _ envelope: Envelope, _ chart: LogChart, _ panel: LogLayout.Panel
  ) -> [(sign: String, column: Int, role: Role)] {
    func cell(_ column: Int) -> Int { abilities.isUTF8 ? column / 2 : column }
    var columns = Set((logAlarms[panel.key] ?? []).map(cell))
    var winners: [(sign: String, column: Int, role: Role)] = []
    if let winner = table.selected, let line = chart.line(of: run.checkpoints[winner]),
      case let series = chart.lines[line].series,
      let place = series.place(of: run.checkpoints[winner]),
      let column = envelope.column(of: series.positions[place])
    {
      let own = cell(column)
      winners.append(("*", own, .winner))
      if columns.remove(own) != nil {
        columns.insert(own + 1 < panel.plot.width ? own + 1 : own - 1)
      }
    }
    return columns.sorted().map { ("!", $0, .warning) } + winners
  }
}
