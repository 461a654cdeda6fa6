import ReviewCore
import TerminalSurface

extension FrontState {
  /// A key while the training log is shown: the epoch moves in it.
  mutating func take(_ key: Key, _ view: LogView) -> [Effect] {
    var view = view
    message = nil
    switch keyMap[key] {
    case .nextCheckpoint, .previousCheckpoint, .tenForward, .tenBack, .firstCheckpoint,
      .lastCheckpoint, .pageForward, .pageBack, .winner, .nextUndecided, .previousUndecided,
      .nextSetting, .previousSetting:
      return keyMap[key].map { perform($0) } ?? []
    case .nextSample, .rowDown: view.series = min(view.series + 1, logCharts.count - 1)
    case .previousSample, .rowUp: view.series = max(0, view.series - 1)
    case .closer: view.isClose = true
    case .back, .backOrQuit:
      guard view.isClose else {
        mode = .browse
        return []
      }
      view.isClose = false
    case .trainingLog:
      mode = .browse
      return []
    case .pareto: return perform(.pareto)
    case .help:
      underlay = mode
      mode = .help(top: 0)
      return []
    case .quit: return perform(.quit)
    default:
      message = Message(
        .info, "\(key.name) means nothing in the log; \(keyMap.name(of: .backOrQuit)) goes back")
    }
    mode = .log(view)
    return []
  }

  /// Metrics become series on the run's axis; alarms of the log join those of the metrics.
  private mutating func prepareLog() {
    alarms.addThoseOfLog(of: run)
    logCharts = LogChart.all(of: run, held: heldSetting)
  }

  /// From the first checkpoint to the last.
  private var runSpan: ClosedRange<Double>? {
    guard let last = run.checkpoints.indices.last else { return nil }
    let (low, high) = (run.axisValue(of: 0).value, run.axisValue(of: last).value)
    return min(low, high)...max(low, high)
  }

  /// What the charts on the screen are drawn from, made when their size is new.
  mutating func prepareCharts() {
    prepareChart()
    if chartedPart != part {
      // What is drawn small is of the run and the setting under the cursor.
      chartedPart = part
      sparklines = [:]
      if run.samplingSettings.count > 1 { (envelopes, logAlarms, logCharts) = ([:], [:], []) }
    }
    if place.depth == .table, comparison == nil, layout.headerHeight > 1 {
      for column in TableColumn.columns(of: self) {
        guard case .metric(let index) = column.content else { continue }
        let key = SparklineKey(column: index, width: column.width)
        if sparklines[key] == nil {
          sparklines[key] = Sparkline(
            rowsOfPart.map { rows in rows.map { run.columns[index].values[$0] } }
              ?? run.columns[index].values, width: column.width)
        }
      }
    }
    guard case .log(let view) = shownMode else {
      if !logCharts.isEmpty { (envelopes, logAlarms, logCharts) = ([:], [:], []) }
      return
    }
    if logCharts.isEmpty { prepareLog() }
    for key in logLayout(view).panels.map(\.key) where envelopes[key] == nil {
      let chart = logCharts[key.series]
      let whole =
        chart.lines.count > 1 ? chart.span : chart.isMetric && run.members.isEmpty ? runSpan : nil
      let own = chart.lines.map { Envelope($0.series, columns: key.columns, whole: whole) }
      envelopes[key] = own
      let checkpoints = alarms.checkpoints.map { run.checkpoints[$0] }
      var columns: Set<Int> = []
      for (line, envelope) in zip(chart.lines, own) {
        let concerned = checkpoints.filter { $0.member == line.member }
        for case let place? in line.series.places(of: concerned) {
          if let column = envelope.column(of: line.series.positions[place]) {
            columns.insert(column)
          }
        }
      }
      logAlarms[key] = columns.sorted()
    }
  }
}
