import ReviewCore

/// The training logs and the stability of several runs.
extension ReportDocument {
  /// A series of one run, with what stands for that run.
  private struct OwnedSeries {
    let member: Int
    let series: Series
  }

  mutating func addTrainingOfRuns() {
    let record = report.evidence.alarmRecord
    var blocks: [ReportBlock] = [stabilityTable(record)]
    if !record.items.isEmpty { blocks += self.blocks(of: record) }
    blocks += measuredOfRuns
    let all = report.run.members.enumerated().flatMap { member, item in
      item.run.series.map { OwnedSeries(member: member, series: $0) }
    }
    section(
      .training, "Training logs and stability",
      blocks + (all.isEmpty ? [.paragraph(["No training log was found."])] : logs(of: all)))
  }

  /// Of each run: how many alarms, and the worst step of what checkpoints are weighed by.
  private func stabilityTable(_ record: AlarmRecord) -> ReportBlock {
    let run = report.run
    let metrics = shownMetrics.map { run.columns[$0].metric.name }
    let falls = report.largestFalls
    let header =
      ["run", "alarms", "answered", "first alarm"] + metrics.map { "largest worsening of \($0)" }
    let rows = run.members.map { member -> [[Span]] in
      let own = record.items.filter { member.rows.contains($0.alarm.index) }
      let worst = metrics.map { name -> String in
        let fall = falls.first { $0.name == name && member.rows.contains($0.from) }
        guard let fall else { return "never" }
        return "\(NumberText.general(fall.before, digits: 4)) to "
          + "\(NumberText.general(fall.after, digits: 4)), \(run.wordsInRun(of: fall.from)) to "
          + run.axisValue(of: fall.to).text
      }
      let cells: [String] =
        [
          member.name, String(own.count), String(own.count(where: \.isAnswered)),
          own.first.map { run.wordsInRun(of: $0.alarm.index) } ?? "none",
        ] + worst
      return cells.map { [.text($0)] }
    }
    return .table(header: header.map { [.text($0)] }, rows: rows)
  }

  /// What was computed from the samples, of what stands for each run.
  private var measuredOfRuns: [ReportBlock] {
    let run = report.run
    let columns = run.columns.filter { $0.metric.origin == .computed }
    guard !columns.isEmpty else { return [] }
    let stand = runChoices.map { choice in standIn(for: choice.member) }
    let header =
      ["computed metric", "better"]
      + zip(run.members, stand).map { member, index in
        index.map { "\(member.name), \(run.wordsInRun(of: $0))" } ?? member.name
      }
    let rows = columns.map { column -> [[Span]] in
      let values = stand.map { index -> String in
        guard let index, let value = column.values[index] else { return "-" }
        let error = column.error(at: index).map { " ± \(NumberText.general($0, digits: 2))" } ?? ""
        return NumberText.general(value, digits: 4) + error
      }
      let cells = [column.metric.name, column.metric.direction?.rawValue ?? "-"] + values
      return cells.map { [.text($0)] }
    }
    return [
      .heading(["Computed from the samples, with standard errors"]),
      .table(header: header.map { [.text($0)] }, rows: rows),
    ]
  }

  /// The kept checkpoint, else what the rule picks in the run alone.
  private func standIn(for member: Int) -> Int? {
    if let kept = report.kept, report.run.checkpoints[kept].member == member { return kept }
    return runChoices[member].best
  }

  private func logs(of all: [OwnedSeries]) -> [ReportBlock] {
    let run = report.run
    let rows = all.prefix(Self.mostSeries).map { item -> [[Span]] in
      let best = standIn(for: item.member).map { run.checkpoints[$0] }
      return ([run.members[item.member].name] + Self.cells(of: item.series, at: best))
        .map { [.text($0)] }
    }
    var blocks: [ReportBlock] = [
      .table(
        header: (["run"] + Self.seriesHeader(at: "its best")).map { [.text($0)] },
        rows: Array(rows))
    ]
    if all.count > Self.mostSeries {
      blocks.append(.paragraph(["\(all.count - Self.mostSeries) further series."]))
    }
    let groups = grouped(all)
    if groups.contains(where: { $0.count > 1 }) {
      blocks.append(
        .paragraph([
          "Series of one name stand in one chart; of models of different families that need not be the same quantity."
        ]))
    }
    for (place, group) in groups.prefix(Self.mostCharts).enumerated() {
      blocks.append(chart(of: group, place: place))
    }
    if groups.count > Self.mostCharts {
      let left = groups.dropFirst(Self.mostCharts).compactMap { $0.first?.series.name }
      blocks.append(.paragraph([.text("In the table alone: \(Self.joined(left)).")]))
    }
    return blocks
  }

  /// By name and axis, what several runs have before what one has alone.
  private func grouped(_ all: [OwnedSeries]) -> [[OwnedSeries]] {
    var groups: [[OwnedSeries]] = []
    for item in all {
      let place = groups.firstIndex { group in
        group[0].series.name == item.series.name && group[0].series.axis == item.series.axis
          && !group.contains { $0.member == item.member }
      }
      if let place { groups[place].append(item) } else { groups.append([item]) }
    }
    return groups.filter { $0.count > 1 } + groups.filter { $0.count == 1 }
  }

  private func chart(of group: [OwnedSeries], place: Int) -> ReportBlock {
    let run = report.run
    let (name, axis) = (group[0].series.name, group[0].series.axis.rawValue)
    let names = group.map { run.members[$0.member].name }
    var plot = Plot(
      title: "\(name) of \(Self.joined(names))", xTitle: axis, yTitle: name)
    plot.lines = group.map { item in
      Plot.Line(
        name: run.members[item.member].name,
        points: zip(item.series.positions, item.series.values).map { ($0, $1) }, style: item.member)
    }
    let summaries = group.map { SeriesSummary($0.series) }
    let lows = summaries.compactMap(\.lowest?.value)
    let highs = summaries.compactMap(\.highest?.value)
    if let low = lows.min(), let high = highs.max() {
      // A straight scale would show only the largest values.
      plot.isLogarithmic = low > 0 && high / low > 1000
    }
    for item in group {
      guard let best = standIn(for: item.member),
        let here = item.series.place(of: run.checkpoints[best])
      else { continue }
      let words = best == report.kept ? "choice" : "best of \(run.members[item.member].name)"
      plot.marks.append(Plot.Mark(x: item.series.positions[here], label: words, isAlarm: false))
    }
    return .chart(
      .plot(plot), name: "series-\(place + 1)",
      words: "\(name) by \(axis) of \(Self.joined(names))",
      lines: zip(names, group).map { owner, item in
        "\(name)  \(owner)  \(SeriesSummary.line(item.series, columns: 48))"
      })
  }
}
