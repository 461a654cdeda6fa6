import ReviewCore

/// What the report of a run with several sampling settings says of them.
extension ReportDocument {
  // More curves than these cover one another.
  private static let mostCurves = 6

  mutating func addSettings() {
    guard let kept = report.kept, report.run.setting(of: kept) != nil else {
      section(
        .settings, "Sampling settings",
        [
          .paragraph([
            report.kept == nil
              ? "None is chosen, so there are no settings of it to compare."
              : "The run of the choice has one sampling setting alone."
          ])
        ])
      return
    }
    let run = report.run
    var blocks: [ReportBlock] = [
      .heading([.text("\(checkpointWords(kept)) under each of its settings")]),
      settingsTable(run.settingsRows(of: kept).map { $0 }, chosen: kept),
    ]
    if let words = tradeWords(kept) { blocks.append(.paragraph([.text(words)])) }
    blocks += [curves(kept)].compactMap { $0 }
    section(.settings, "Sampling settings", blocks + eachAlone(kept))
  }

  /// `Epoch 25`, whatever the setting.
  private func checkpointWords(_ index: Int) -> String {
    let run = report.run
    let owner = run.checkpoints[index].member.map { " of \(run.members[$0].name)" } ?? ""
    let axis = run.axis(of: index).rawValue
    return axis.prefix(1).uppercased() + axis.dropFirst()
      + " \(run.axisValue(of: index).text)\(owner)"
  }

  /// What the settings differ in, where that is one thing.
  private var parameterWords: String {
    let names = Set(report.run.samplingSettings.flatMap { $0.parameters.map(\.name) })
    return names.count == 1 ? names.first ?? "" : "the settings"
  }

  /// `0.6` where everybody sees of what, since there is one parameter alone.
  private func shortWords(_ index: Int) -> String {
    let names = Set(report.run.samplingSettings.flatMap { $0.parameters.map(\.name) })
    guard names.count == 1, let own = report.run.setting(of: index)?.parameters.first else {
      return settingWords(index)
    }
    return own.value
  }

  private func settingWords(_ index: Int) -> String {
    report.run.setting(of: index)?.words ?? "its only setting"
  }

  private func settingsTable(_ rows: [Int], chosen: Int) -> ReportBlock {
    let run = report.run
    let header =
      ["", "setting"] + shownMetrics.map { run.columns[$0].metric.name } + [
        "status", "by the rule",
      ]
    let cells = rows.map { index -> [[Span]] in
      let explanation = report.evaluator.explanation(of: index, in: report.table)
      let mark =
        index == report.table.selected ? "selected" : index == report.kept ? "kept" : ""
      let words: [String] =
        [mark, settingWords(index)] + shownMetrics.map { run.metricText($0, at: index) } + [
          report.table.statuses[index].rawValue, explanation.short(run: run),
        ]
      return words.map { [.text($0)] }
    }
    return .table(header: header.map { [.text($0)] }, rows: cells)
  }

  /// Under which setting the checkpoint is best in each of the two metrics.
  private func tradeWords(_ kept: Int) -> String? {
    let run = report.run
    let rows = run.settingsRows(of: kept)
    guard rows.count > 1, shownMetrics.count == 2 else { return nil }
    let parts = shownMetrics.compactMap { column -> String? in
      let metric = run.columns[column].metric
      guard let direction = metric.direction else { return nil }
      let known = rows.filter { run.columns[column].values[$0]?.isFinite == true }
      let best = known.max { left, right in
        let (a, b) = (run.columns[column].values[left] ?? 0, run.columns[column].values[right] ?? 0)
        return direction == .higher ? a < b : a > b
      }
      return best.map {
        "\(metric.name) is best at \(settingWords($0)) "
          + "(\(NumberText.general(run.columns[column].values[$0] ?? .nan, digits: 4)))"
      }
    }
    guard parts.count == 2 else { return nil }
    return
      "The weights are the same, only how they are drawn from differs: \(parts[0]), \(parts[1])."
  }

  /// What the rule would select under each setting alone, ascending, in the run of a checkpoint.
  func bestOfSettings(_ kept: Int?) -> [(setting: Int, selected: Int?, best: Int?)] {
    let owner = kept.flatMap { report.run.checkpoints[$0].member }
    var rows: [Int: [Int]] = [:]
    for (index, checkpoint) in report.run.checkpoints.enumerated() where checkpoint.member == owner
    {
      if let setting = checkpoint.setting { rows[setting, default: []].append(index) }
    }
    return rows.sorted { $0.key < $1.key }.map { setting, own in
      let choice = report.evidence.best(among: own)
      return (setting, choice.selected, choice.selected ?? choice.bestExcluded?.index)
    }
  }

  /// What the rule would select if one setting had to serve for all checkpoints.
  private func eachAlone(_ kept: Int) -> [ReportBlock] {
    let run = report.run
    let choices = bestOfSettings(kept)
    guard choices.count > 1 else { return [] }
    let header =
      ["", "setting", "best \(run.axis(of: kept).rawValue)"]
      + shownMetrics.map { run.columns[$0].metric.name } + ["by the rule"]
    let cells = choices.map { setting, selected, best -> [[Span]] in
      let standing = best.map { report.evaluator.explanation(of: $0, in: report.table) }
      let words: [String] =
        [
          best == report.table.selected ? "selected" : "", run.samplingSettings[setting].words,
          selected.map { run.axisValue(of: $0).text } ?? "none",
        ]
        + shownMetrics.map { column in selected.map { run.metricText(column, at: $0) } ?? "-"
        }
        + [standing?.short(run: run) ?? "no value"]
      return words.map { [.text($0)] }
    }
    return [
      .heading(["Checkpoint and setting together"]),
      .paragraph([
        "The rule chooses among all pairs. With one setting for all checkpoints, it would select:"
      ]), .table(header: header.map { [.text($0)] }, rows: cells),
    ]
  }

  /// Quality against diversity, one curve a checkpoint through its settings.
  private func curves(_ kept: Int) -> ReportBlock? {
    let run = report.run
    guard let columns = run.weighedColumns else { return nil }
    let shown = curvesShown(kept)
    func title(_ column: Int) -> String {
      let metric = run.columns[column].metric
      return metric.name + (metric.direction == .lower ? " (lower is better)" : "")
    }
    let (x, y) = (run.columns[columns.x], run.columns[columns.y])
    var plot = Plot(
      title: "\(y.metric.name) against \(x.metric.name), through \(parameterWords)",
      xTitle: title(columns.x), yTitle: title(columns.y))
    var lines: [String] = []
    for start in shown {
      let rows = run.settingsRows(of: start)
      let isKept = rows.contains(kept)
      let name =
        "\(run.axis(of: start).rawValue) \(run.axisValue(of: start).text)\(isKept ? ", kept" : "")"
      let group = plot.groups.count
      plot.groups.append(Plot.Group(name: name, isChosen: isKept))
      lines.append("\(name):")
      for row in rows {
        guard let across = x.values[row], let up = y.values[row], across.isFinite, up.isFinite
        else { continue }
        let status = report.table.statuses[row] == .candidate ? ChartRole.candidate : .usual
        plot.points.append(
          Plot.Point(
            x: across, y: up, role: row == kept ? .chosen : status,
            label: isKept ? shortWords(row) : nil, isOnFront: false, group: group))
        lines.append(
          "  \(settingWords(row)): \(y.metric.name) \(run.metricText(columns.y, at: row)), "
            + "\(x.metric.name) \(run.metricText(columns.x, at: row))\(row == kept ? "  <- kept" : "")"
        )
      }
    }
    guard plot.points.count > 1 else { return nil }
    plot.joinsGroups = true
    addLimits(to: &plot, x: columns.x, y: columns.y)
    return .chart(
      .plot(plot), name: "settings",
      words: "\(plot.title), one curve a checkpoint, that of the choice emphasised", lines: lines)
  }

  /// The first rows of the checkpoints whose curves are drawn, ascending: the kept one, the runner-up's, those
  /// beside it, the last, and one half way to it.
  private func curvesShown(_ kept: Int) -> [Int] {
    let run = report.run
    let owner = run.checkpoints[kept].member
    var starts: [Int] = []
    for index in run.checkpoints.indices where run.checkpoints[index].member == owner {
      let start = run.settingsRows(of: index).lowerBound
      if starts.last != start { starts.append(start) }
    }
    let own = run.settingsRows(of: kept).lowerBound
    guard let place = starts.firstIndex(of: own) else { return [own] }
    var wanted = [own]
    func add(_ start: Int?) {
      guard let start, starts.contains(start), !wanted.contains(start) else { return }
      if wanted.count < Self.mostCurves { wanted.append(start) }
    }
    add(report.table.runnerUp.map { run.settingsRows(of: $0).lowerBound })
    add(starts.indices.contains(place - 1) ? starts[place - 1] : nil)
    add(starts.indices.contains(place + 1) ? starts[place + 1] : nil)
    add(starts.last)
    // The first ones lie so far off that they would squeeze all others into a corner.
    add(starts[place / 2])
    return wanted.sorted()
  }
}
