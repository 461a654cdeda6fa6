import ReviewCore
import TerminalSurface

extension FrontState {
  /// A key while the training log is shown: the epoch moves in it.
  mutating func take(_ key: Key, _ view: LogView) -> [Effect] {
    var view = view
    message = nil
    switch keyMap[key] {
    case .nextCheckpoint, .previousCheckpoint, .tenForward, .tenBack, .firstCheckpoint,
      .lastCheckpoint, .pageForward, .pageBack, .winner, .nextUndecided, .previousUndecided:
      return keyMap[key].map { perform($0) } ?? []
    case .nextSample, .rowDown: view.series = min(view.series + 1, logSeries.count - 1)
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
    logSeries =
      run.displayOrder.map { column in
        let known = run.checkpoints.indices.compactMap { index in
          run.columns[column].values[index].map { (run.axisValue(of: index).value, $0) }
        }
        return Series(
          name: run.columns[column].metric.name, axis: run.axis, positions: known.map(\.0),
          values: known.map(\.1))
      } + run.series
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
    if place.depth == .table, comparison == nil, layout.headerHeight > 1 {
      for column in TableColumn.columns(of: self) {
        guard case .metric(let index) = column.content else { continue }
        let key = SparklineKey(column: index, width: column.width)
        if sparklines[key] == nil {
          sparklines[key] = Sparkline(run.columns[index].values, width: column.width)
        }
      }
    }
    guard case .log(let view) = shownMode else {
      if !logSeries.isEmpty { (envelopes, logAlarms, logSeries) = ([:], [:], []) }
      return
    }
    if logSeries.isEmpty { prepareLog() }
    for key in logLayout(view).panels.map(\.key) where envelopes[key] == nil {
      let series = logSeries[key.series]
      let isMetric = key.series < run.columns.count
      let envelope = Envelope(
        series, columns: key.columns, whole: isMetric ? runSpan : nil)
      envelopes[key] = envelope
      let checkpoints = alarms.checkpoints.map { run.checkpoints[$0] }
      let columns = series.places(of: checkpoints).compactMap { place in
        place.flatMap { envelope.column(of: series.positions[$0]) }
      }
      logAlarms[key] = Set(columns).sorted()
    }
  }
}
