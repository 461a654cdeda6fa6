import ReviewCore

/// What the sections draw.
extension ReportDocument {
  // Beyond this a point's number covers its neighbours.
  private static let mostLabels = 40
  private static let mostMapCells = 32

  private func role(_ index: Int) -> ChartRole {
    if index == report.kept { return .chosen }
    if index == report.table.runnerUp { return .runnerUp }
    if index == report.bestExcluded?.index { return .excluded }
    return report.table.statuses[index] == .candidate ? .candidate : .usual
  }

  private func number(_ index: Int) -> String { report.run.axisValue(of: index).text }

  /// As `words(_:)`, where a chart has little room: `gan 30`, `epoch 25/0.6`; its last word tells it apart as
  /// well as one word can.
  private func chartWords(_ index: Int) -> String {
    let (run, checkpoint) = (report.run, report.run.checkpoints[index])
    guard isComparison || checkpoint.setting != nil else { return words(index) }
    let setting = run.setting(of: index)?.parameters.map { "/\($0.value)" }.joined() ?? ""
    let lead =
      checkpoint.member.map { run.members[$0].shortName } ?? run.axis(of: index).rawValue
    return "\(lead) \(number(index))\(setting)"
  }

  /// How to read `chartWords`.
  private var chartKey: String {
    let run = report.run
    let names = Set(run.samplingSettings.flatMap { $0.parameters.map(\.name) }).sorted()
    let parts = [isComparison ? "run and \(run.axis.rawValue)" : run.axis.rawValue] + names
    guard isComparison || !names.isEmpty else { return "" }
    return "; named by \(parts.joined(separator: "/"))"
  }

  /// The two metrics that checkpoints are weighed by, against each other.
  var frontChart: ReportBlock? {
    let run = report.run
    guard let columns = run.weighedColumns else { return nil }
    let front = ParetoFront(of: run, x: columns.x, y: columns.y)
    func title(_ column: Int) -> String {
      let metric = run.columns[column].metric
      return metric.name + (metric.direction == .lower ? " (lower is better)" : "")
    }
    var plot = Plot(
      title: "\(run.columns[columns.y].metric.name) against \(run.columns[columns.x].metric.name)",
      xTitle: title(columns.x), yTitle: title(columns.y))
    plot.points = run.checkpoints.indices.compactMap { index in
      guard let x = run.columns[columns.x].values[index], x.isFinite,
        let y = run.columns[columns.y].values[index], y.isFinite
      else { return nil }
      let role = role(index)
      let isKnee = front.knee == index
      let isLabelled = run.checkpoints.count <= Self.mostLabels || role != .usual || isKnee
      let label = number(index) + (isKnee ? " (knee)" : "")
      return Plot.Point(
        x: x, y: y, role: role, label: isLabelled ? label : nil,
        isOnFront: front.contains(index), group: group(of: index))
    }
    plot.groups = groups
    guard plot.points.count > 1 else { return nil }
    addLimits(to: &plot, x: columns.x, y: columns.y)
    plot.joinsFront = true
    var lines: [String]
    if groups.isEmpty {
      let members = front.members.sorted().map(number).joined(separator: ", ")
      lines = ["Pareto front, by \(run.axis.rawValue): \(members)"]
    } else {
      lines = ["Pareto front:"] + front.members.sorted().map { "  \(words($0))" }
    }
    if let knee = front.knee { lines.append("knee: \(words(knee))") }
    return .chart(
      .plot(plot), name: "front",
      words:
        "\(plot.title) of every checkpoint\(signWords), the Pareto front and the rule's thresholds",
      lines: lines)
  }

  /// What the signs of the front's chart tell apart: runs, else settings; empty where there is one of each.
  private var groups: [Plot.Group] {
    let run = report.run
    if isComparison { return run.members.map { Plot.Group(name: $0.name) } }
    return run.samplingSettings.map { Plot.Group(name: $0.words) }
  }

  private func group(of index: Int) -> Int? {
    let checkpoint = report.run.checkpoints[index]
    return isComparison ? checkpoint.member : checkpoint.setting
  }

  private var signWords: String {
    groups.isEmpty ? "" : isComparison ? ", one sign a run" : ", one sign a setting"
  }

  /// The rule's thresholds of the two metrics of a plot.
  func addLimits(to plot: inout Plot, x: Int, y: Int) {
    for group in report.rule.rule.thresholdGroups {
      for (column, isVertical) in [(x, true), (y, false)]
      where group.other == .metric(report.run.columns[column].metric.name) {
        plot.limits.append(
          Plot.Limit(
            isVertical: isVertical, value: group.value, label: group.clause,
            excluded: Self.excluded(by: group)))
      }
    }
  }

  /// The side of a threshold on which its clause does not hold; nil where it is on both.
  private static func excluded(by group: ThresholdGroup) -> Plot.Limit.Side? {
    switch group.comparison {
    case .atLeast, .above: return .below
    case .atMost, .below: return .above
    case .equal, .unequal: return nil
    }
  }

  /// Who is chosen along each threshold of the selection.
  func stripChart(_ sweeps: [ThresholdSweep]) -> ReportBlock? {
    let strips = sweeps.filter { $0.isSwept && $0.stretches.count > 1 }.map { sweep in
      Strip(
        clause: sweep.clause, now: sweep.literal.value,
        stretches: sweep.stretches.map { stretch in
          Strip.Stretch(
            lower: stretch.lower, upper: stretch.upper,
            winner: stretch.winner.map(chartWords) ?? "none",
            isChoice: stretch.winner == report.table.selected)
        })
    }
    guard !strips.isEmpty else { return nil }
    let lines = zip(strips, sweeps.filter { $0.isSwept && $0.stretches.count > 1 })
      .flatMap { strip, sweep in
        ["\(strip.clause), now \(NumberText.shortest(strip.now)):"] + self.lines(of: sweep, strip)
      }
    return .chart(
      .strips(strips), name: "thresholds",
      words: "Who is chosen as each threshold moves\(chartKey)",
      lines: lines)
  }

  /// `(0.46, 0.747]  epoch 30  <- now`, one a stretch.
  private func lines(of sweep: ThresholdSweep, _ strip: Strip) -> [String] {
    let now = sweep.stretches.firstIndex { stretch in
      let isAbove = stretch.lower.map { stretch.includesLower ? strip.now >= $0 : strip.now > $0 }
      let isBelow = stretch.upper.map { stretch.includesUpper ? strip.now <= $0 : strip.now < $0 }
      return isAbove ?? true && isBelow ?? true
    }
    // What lies far from here tells nobody much.
    let shown = sweep.stretches.indices.filter { abs($0 - (now ?? 0)) <= 6 }
    let lines = shown.map { place -> String in
      let stretch = sweep.stretches[place]
      let low = stretch.lower.map { NumberText.shortest($0) } ?? "-inf"
      let high = stretch.upper.map { NumberText.shortest($0) } ?? "inf"
      return "  \(stretch.includesLower ? "[" : "(")\(low), \(high)"
        + "\(stretch.includesUpper ? "]" : ")")  \(stretch.winner.map(words) ?? "none")"
        + (place == now ? "  <- now" : "")
    }
    let left = sweep.stretches.count - shown.count
    return left > 0 ? lines + ["  and \(left) further stretches"] : lines
  }

  /// Who is chosen as two thresholds move.
  var mapChart: ReportBlock? {
    guard report.table.selected != nil, let (x, y) = report.rule.rule.mappedThresholds else {
      return nil
    }
    let map = ThresholdMap(ThresholdField(report.evaluator), x: x, y: y)
    let xEdges = map.edgesOfX(most: Self.mostMapCells)
    let yEdges = map.edgesOfY(most: Self.mostMapCells)
    var found: [ThresholdMap.Winner?] = []
    func place(_ winner: ThresholdMap.Winner?) -> Int {
      if let place = found.firstIndex(of: winner) { return place }
      found.append(winner)
      return found.count - 1
    }
    func middles(_ edges: [Double]) -> [Double] {
      zip(edges, edges.dropFirst()).map { $0 / 2 + $1 / 2 }
    }
    let choice = place(map.winner(x: x.value, y: y.value))
    let cells = middles(yEdges).map { second in
      middles(xEdges).map { place(map.winner(x: $0, y: second)) }
    }
    guard found.count > 1 else { return nil }
    func named(_ words: (Int) -> String) -> [String] {
      found.map { winner in
        winner.map { words($0.index) + ($0.isCandidate ? "" : " (no candidate)") } ?? "none"
      }
    }
    func title(_ group: ThresholdGroup) -> String {
      let part = x.other == y.other ? " (\(group.members[0].part.rawValue))" : ""
      return "threshold of \(group.other.text) \(group.comparison.rawValue)\(part)"
    }
    return .chart(
      .map(
        WinnerMap(
          xTitle: title(x), yTitle: title(y), xEdges: xEdges, yEdges: yEdges, cells: cells,
          winners: named(chartWords), choice: choice, now: (x.value, y.value))),
      name: "map", words: "Who is chosen as \(x.clause) and \(y.clause) move together\(chartKey)",
      lines: ["Chosen somewhere, as \(x.clause) and \(y.clause) move together:"]
        + named(words).map { "  \($0)" })
  }

  /// What follows each other in training: of several settings those of the choice's, else of the usual one.
  private var rowsOfCourse: [Int] {
    let run = report.run
    guard !run.samplingSettings.isEmpty else { return Array(run.checkpoints.indices) }
    return run.checkpoints.indices.filter { index in
      report.kept.map { run.isSamePart(index, $0) } ?? run.checkpoints[index].isOfUsualSetting
    }
  }

  /// The metrics over the run, with the choice and the alarms on their axis.
  func courseChart(_ alarms: [Alarm]) -> ReportBlock? {
    let run = report.run
    let shown = run.weighedColumns.map { [$0.y, $0.x] } ?? Array(run.displayOrder.prefix(1))
    let rows = rowsOfCourse
    guard !shown.isEmpty, rows.count > 1 else { return nil }
    let names = shown.map { run.columns[$0].metric.name }
    let setting = rows.first.flatMap { run.setting(of: $0) }.map { ", at \($0.words)" } ?? ""
    var plot = Plot(
      title: names.joined(separator: " and ") + setting, xTitle: run.axis.rawValue, yTitle: "value")
    plot.lines = shown.map { column in
      Plot.Line(
        name: run.columns[column].metric.name,
        points: rows.map {
          (run.axisValue(of: $0).value, run.columns[column].values[$0] ?? .nan)
        })
    }
    if let kept = report.kept {
      plot.marks.append(
        Plot.Mark(x: run.axisValue(of: kept).value, label: "choice", isAlarm: false))
    }
    // One sign an epoch: several alarms of it are one to look at.
    var marked: Set<Int> = []
    let known = Set(rows)
    for alarm in alarms where known.contains(alarm.index) && marked.insert(alarm.index).inserted {
      plot.marks.append(
        Plot.Mark(x: run.axisValue(of: alarm.index).value, label: alarm.title, isAlarm: true))
    }
    return .chart(
      .plot(plot), name: "course",
      words:
        "\(names.joined(separator: " and ")) by \(run.axis.rawValue)\(setting), with the choice and the alarms",
      lines: shown.map { column in
        let values = rows.map { run.columns[column].values[$0] ?? .nan }
        let series = Series(
          name: run.columns[column].metric.name, axis: run.axis,
          positions: rows.map { run.axisValue(of: $0).value }, values: values)
        return "\(series.name)  \(SeriesSummary.line(series, columns: 48))"
      })
  }

  /// One series of the training log.
  func seriesChart(_ series: Series, place: Int) -> ReportBlock {
    let summary = SeriesSummary(series)
    var plot = Plot(title: series.name, xTitle: series.axis.rawValue, yTitle: series.name)
    plot.lines = [
      Plot.Line(
        name: series.name, points: zip(series.positions, series.values).map { ($0, $1) })
    ]
    if let low = summary.lowest?.value, let high = summary.highest?.value {
      // A straight scale would show only the largest values.
      plot.isLogarithmic = low > 0 && high / low > 1000
    }
    if let kept = report.kept, let here = series.place(of: report.run.checkpoints[kept]) {
      plot.marks.append(Plot.Mark(x: series.positions[here], label: "choice", isAlarm: false))
    }
    return .chart(
      .plot(plot), name: "series-\(place + 1)", words: "\(series.name) by \(series.axis.rawValue)",
      lines: ["\(series.name)  \(SeriesSummary.line(series, columns: 48))"])
  }
}
