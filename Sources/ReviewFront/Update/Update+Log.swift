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
    case .nextSample, .rowDown: view.series = min(view.series + 1, run.series.count - 1)
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
      if !envelopes.isEmpty { envelopes = [:] }
      return
    }
    for key in logLayout(view).panels.map(\.key) where envelopes[key] == nil {
      envelopes[key] = Envelope(run.series[key.series], columns: key.columns)
    }
  }
}
