package import ReviewCore

/// One chart of the log: a series, or what several runs or settings call alike, over each other.
package struct LogChart: Sendable {
  package struct Line: Sendable {
    package let series: Series
    /// The run that it is of, by place; nil where there is one.
    package let member: Int?
    /// The sampling setting that it is of, by place; nil where it is of all.
    package let setting: Int?
  }

  package let name: String
  /// Whether it is a metric of checkpoints, and no series of the training log.
  let isMetric: Bool
  /// At least one.
  package let lines: [Line]

  init(name: String, isMetric: Bool, lines: [Line]) {
    self.name = name
    self.isMetric = isMetric
    self.lines = lines
  }

  /// The line that a checkpoint is on.
  func line(of checkpoint: Checkpoint) -> Int? {
    lines.firstIndex {
      $0.member == checkpoint.member && ($0.setting == nil || $0.setting == checkpoint.setting)
    }
  }

  /// From the first point of any line to the last; nil where none has a point.
  var span: ClosedRange<Double>? {
    let firsts = lines.compactMap { $0.series.positions.first }
    let lasts = lines.compactMap { $0.series.positions.last }
    guard let first = firsts.min(), let last = lasts.max() else { return nil }
    return first...max(first, last)
  }
}

extension LogChart {
  // More lines in one chart are told apart by nobody.
  private static let mostLines = 8

  /// Metrics on the axis of each run, then the series of the training logs, those of one name together.
  ///
  /// - Parameter held: the setting that is shown, where a run has more than can be told apart.
  static func all(of run: Run, held: Int?) -> [LogChart] {
    let parts = run.parts.filter { part in
      guard let first = part.run.checkpoints.first, let setting = first.setting else { return true }
      // Of runs that are compared each is shown under one setting.
      return run.members.isEmpty
        ? run.samplingSettings.count <= mostLines || setting == held : first.isOfUsualSetting
    }
    let metrics = run.displayOrder.map { column -> LogChart in
      let lines = parts.compactMap { part -> Line? in
        let own = part.run
        let known = own.checkpoints.indices.compactMap { index in
          own.columns[column].values[index].map { (own.axisValue(of: index).value, $0) }
        }
        guard !known.isEmpty || parts.count == 1 else { return nil }
        let row = part.row(of: 0)
        return Line(
          series: Series(
            name: run.columns[column].metric.name, axis: own.axis, positions: known.map(\.0),
            values: known.map(\.1)),
          member: run.checkpoints.isEmpty ? nil : run.checkpoints[row].member,
          setting: run.checkpoints.isEmpty ? nil : run.checkpoints[row].setting)
      }
      return LogChart(name: run.columns[column].metric.name, isMetric: true, lines: lines)
    }
    let logs =
      run.members.isEmpty
      ? run.series.map {
        LogChart(
          name: $0.name, isMetric: false, lines: [Line(series: $0, member: nil, setting: nil)])
      } : overlaid(run)
    return metrics.filter { !$0.lines.isEmpty } + logs
  }

  private static func overlaid(_ run: Run) -> [LogChart] {
    struct Name: Hashable {
      let name: String
      let axis: Axis
    }
    var order: [Name] = []
    var lines: [Name: [Line]] = [:]
    for (member, one) in run.members.enumerated() {
      for series in one.run.series {
        let name = Name(name: series.name, axis: series.axis)
        if lines[name] == nil { order.append(name) }
        lines[name, default: []].append(Line(series: series, member: member, setting: nil))
      }
    }
    // What several runs have is what is compared, and comes first.
    let all = order.map { LogChart(name: $0.name, isMetric: false, lines: lines[$0] ?? []) }
    return all.filter { $0.lines.count > 1 } + all.filter { $0.lines.count == 1 }
  }
}
