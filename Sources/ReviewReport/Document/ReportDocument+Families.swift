import ReviewCore

/// The runs of a comparison at the same moment of their training.
extension ReportDocument {
  /// At a moment: one row a run, the choice's own first in `rows` where it stands in the run order.
  private struct Standing {
    let timeline: Timeline
    let moment: Double
    /// By run; nil where it has nothing yet.
    let rows: [Int?]
  }

  // Nearer than this part of what the metric spans passes for about as good.
  private static let nearEnough = 0.1

  mutating func addFamilies() {
    guard let kept = report.kept else {
      section(
        .families, "Runs at the same moment",
        charts + [.paragraph(["None is chosen, so there is no moment to compare the runs at."])])
      return
    }
    var blocks = charts
    var unknown: [String] = []
    var shown: [Standing] = []
    let own = report.run.axis(of: kept) == .step ? Timeline.step : .epoch
    for timeline in [own, .quality, .samples, .time] {
      let moments = Moments(of: report.run, on: timeline)
      guard moments.isKnown, let moment = moments.values[kept] else {
        unknown.append(timeline.words)
        continue
      }
      let rows = runChoices.map { choice in
        let range = report.run.members[choice.member].rows
        return range.contains(kept)
          ? kept : moments.latest(among: candidates(choice.member), upTo: moment)
      }
      let standing = Standing(timeline: timeline, moment: moment, rows: rows)
      if timeline == .quality {
        blocks += self.blocks(ofQuality: standing, kept, moments)
      } else if let same = shown.first(where: { $0.rows == rows }) {
        blocks.append(
          .paragraph([
            .text(
              "At the same \(timeline.words) (\(text(standing))) these are the same checkpoints as at the same "
                + "\(same.timeline.words).")
          ]))
      } else {
        blocks += self.blocks(of: standing, kept)
      }
      shown.append(standing)
    }
    if !unknown.isEmpty {
      blocks.append(
        .paragraph([
          .text("Not compared by \(Self.joined(unknown)): not every run tells it.")
        ]))
    }
    let items = followingItems(kept)
    if !items.isEmpty { blocks += [.heading(["What follows"]), .list(items)] }
    section(.families, "Runs at the same moment", blocks)
  }

  /// What the numbers say of the choice among the runs, each only where it holds.
  private func followingItems(_ kept: Int) -> [[Span]] {
    let run = report.run
    var items: [[Span]] = []
    if let member = run.checkpoints[kept].member, let eligibility = report.rule.rule.eligibility {
      let behind = run.members[member].rows.filter { $0 > kept && run.isSamePart($0, kept) }
      if !behind.isEmpty, behind.allSatisfy({ !report.evaluator.holds(eligibility, at: $0) }) {
        items.append([
          .text(
            "\(name(kept)) gains nothing by training on, by this rule: after \(run.wordsInRun(of: kept)) "
          ),
          .code(eligibility.text), " holds at none of its checkpoints.",
        ])
      }
    }
    var beaten: [String] = []
    for choice in runChoices where choice.selected != kept {
      let member = run.members[choice.member]
      guard let best = choice.selected, run.checkpoints[kept].member != choice.member else {
        continue
      }
      let last = member.rows.last { run.isSamePart($0, best) }
      if best == last {
        items.append([
          .text(
            "\(member.name) is best at its last checkpoint, \(run.wordsInRun(of: best)): it may not have been "
              + "trained to its end, and longer training could change its place.")
        ])
      }
      if let rescue = report.evidence.rescue(of: best) {
        items.append([
          .text("\(words(best)) would be selected with a threshold \(rescue.place) in "),
          .code(rescue.threshold.clause.text), ".",
        ])
      } else {
        beaten.append(member.name)
      }
    }
    if !beaten.isEmpty {
      items.append([.text("No threshold alone would let \(Self.joined(beaten, by: "or")) win.")])
    }
    return items
  }

  /// Of a run with several settings those of the one that the choice, or what the rule picks in it, has.
  private func candidates(_ member: Int) -> [Int] {
    let rows = report.run.members[member].rows
    let own = report.kept.flatMap { rows.contains($0) ? $0 : nil }
    guard let lead = own ?? runChoices[member].best else {
      return rows.filter { report.run.checkpoints[$0].isOfUsualSetting }
    }
    return rows.filter { report.run.isSamePart($0, lead) }
  }

  private func text(_ standing: Standing) -> String {
    let number = NumberText.general(standing.moment, digits: 6)
    return standing.timeline == .time ? "\(number) s" : number
  }

  private func blocks(of standing: Standing, _ kept: Int) -> [ReportBlock] {
    [
      .heading([.text("At the same \(standing.timeline.words), \(text(standing))")]),
      table(of: standing, kept), .paragraph([.text(ahead(standing) + later(standing, kept))]),
    ]
  }

  private func table(of standing: Standing, _ kept: Int) -> ReportBlock {
    let run = report.run
    let metrics = shownMetrics
    let header =
      ["", "run", "family", "latest checkpoint"] + metrics.map { run.columns[$0].metric.name }
    let rows = zip(run.members, standing.rows).map { member, row -> [[Span]] in
      let cells: [String] =
        [
          row == kept ? "the choice" : "", member.name, Self.family(of: member.run),
          row.map { run.wordsInRun(of: $0) } ?? "nothing yet",
        ] + metrics.map { column in row.map { run.metricText(column, at: $0) } ?? "-" }
      return cells.map { [.text($0)] }
    }
    return .table(header: header.map { [.text($0)] }, rows: rows)
  }

  /// The best of some rows in a metric, and the second; nil where its direction or its values are not known.
  private func leader(
    _ column: Int, among rows: [Int]
  ) -> (first: Int, second: Int?)? {
    guard let direction = report.run.columns[column].metric.direction else { return nil }
    let values = report.run.columns[column].values
    let ranked = rows.filter { values[$0]?.isFinite == true }.sorted { left, right in
      let (a, b) = (values[left] ?? 0, values[right] ?? 0)
      return a == b ? left < right : (a > b) == (direction == .higher)
    }
    return ranked.first.map { ($0, ranked.dropFirst().first) }
  }

  private func name(_ index: Int) -> String {
    report.run.checkpoints[index].member.map { report.run.members[$0].name } ?? report.run.name
  }

  private func number(_ column: Int, _ index: Int) -> String {
    report.run.columns[column].values[index].map { NumberText.general($0, digits: 4) } ?? "-"
  }

  /// Who is ahead in which metric, and by how much.
  private func ahead(_ standing: Standing) -> String {
    let rows = standing.rows.compactMap { $0 }
    guard rows.count > 1 else { return "No other run has a checkpoint by then." }
    let parts = shownMetrics.compactMap { column -> (leader: Int, words: String)? in
      guard let (first, second) = leader(column, among: rows), let second else { return nil }
      let metric = report.run.columns[column].metric.name
      let (own, other) = (number(column, first), number(column, second))
      return (
        first,
        own == other
          ? "\(metric) is the same of \(name(first)) and \(name(second)) (\(own))"
          : "\(metric) \(own) against \(other) of \(name(second))"
      )
    }
    guard let lead = parts.first?.leader else { return "Their metrics do not compare." }
    if parts.allSatisfy({ $0.leader == lead }) {
      let both = parts.count == 2 ? " in both" : ""
      return "\(name(lead)) is ahead\(both): \(Self.joined(parts.map(\.words)))."
    }
    return parts.map { "\(name($0.leader)) is ahead by \($0.words)" }.joined(separator: "; ") + "."
  }

  /// Which runs get better after the moment.
  private func later(_ standing: Standing, _ kept: Int) -> String {
    guard let column = shownMetrics.first else { return "" }
    let parts = zip(runChoices, standing.rows).compactMap { choice, row -> String? in
      guard let row, row != kept, let best = choice.selected, best > row,
        report.evaluator.isBetter(best, than: row)
      else { return nil }
      return "to \(number(column, best)) in \(name(best)) (\(report.run.wordsInRun(of: best)))"
    }
    guard !parts.isEmpty else { return "" }
    let metric = report.run.columns[column].metric.name
    return " Later in training \(metric) gets \(Self.joined(parts)), within the rule."
  }

  // MARK: Equal quality

  private func blocks(
    ofQuality standing: Standing, _ kept: Int, _ moments: Moments
  ) -> [ReportBlock] {
    guard let quality = report.run.qualityColumn,
      let range = Self.span(report.run.columns[quality].values), range > 0
    else { return [] }
    let items = standing.rows.enumerated().compactMap { place, row -> [Span]? in
      guard !report.run.members[place].rows.contains(kept) else { return nil }
      return [
        .text(
          compared(
            place, row, kept, quality: quality, near: Self.nearEnough * range, moments))
      ]
    }
    return [
      .heading([
        .text(
          "At equal quality: \(number(quality, kept)), as at \(words(kept)), or a little less")
      ]), .list(items),
    ]
  }

  /// How varied one run is where it is as good as the choice; where it never is, how varied the choice's run
  /// was when it was as good as this one gets.
  private func compared(
    _ place: Int, _ row: Int?, _ kept: Int, quality: Int, near: Double, _ moments: Moments
  ) -> String {
    let run = report.run
    let member = run.members[place]
    let best = candidates(place).max { left, right in
      (moments.values[left] ?? -.infinity) < (moments.values[right] ?? -.infinity)
    }
    guard let best, let most = moments.values[best], let wanted = moments.values[kept] else {
      return "\(member.name) has no \(run.columns[quality].metric.name)."
    }
    func diversity(_ left: Int, _ right: Int) -> String {
      guard let column = run.diversityColumn, column != quality else { return "" }
      return ", \(run.columns[column].metric.name) \(number(column, left)) against "
        + "\(number(column, right)) of \(name(right))"
    }
    func earlier(_ back: Int) -> String {
      guard let column = run.diversityColumn, column != quality else { return "" }
      return "; its \(run.columns[column].metric.name) was \(number(column, back)) then, against "
        + "\(number(column, best)) here"
    }
    if most >= wanted {
      guard let row, let value = moments.values[row], wanted - value <= near else {
        return "\(member.name) gets as good, but has no checkpoint near: it goes past between two."
      }
      return "\(words(row)): \(number(quality, row))\(diversity(row, kept))."
    }
    let lead =
      "\(member.name) never gets as good: at most \(number(quality, best)), at "
      + "\(run.wordsInRun(of: best))"
    guard let owner = run.checkpoints[kept].member,
      let back = moments.latest(among: candidates(owner), upTo: most),
      let value = moments.values[back], most - value <= near
    else { return "\(lead). \(name(kept)) has no checkpoint of about that quality." }
    return "\(lead). \(name(kept)) was about as good, \(number(quality, back)), at "
      + "\(run.wordsInRun(of: back))\(earlier(back))."
  }

  private static func span(_ values: [Double?]) -> Double? {
    let known = values.compactMap { $0 }.filter(\.isFinite)
    guard let low = known.min(), let high = known.max() else { return nil }
    return high - low
  }

  // MARK: Charts

  /// Quality and diversity over the training, one line a run.
  private var charts: [ReportBlock] {
    shownMetrics.enumerated().compactMap { place, column in
      chart(of: column, name: place == 0 ? "quality" : "diversity")
    }
  }

  private func chart(of column: Int, name: String) -> ReportBlock? {
    let run = report.run
    // Runs that count by something else have no place on this axis.
    let shown = run.members.indices.filter { run.members[$0].run.axis == run.axis }
    let metric = run.columns[column].metric
    var plot = Plot(
      title: "\(metric.name) of every run", xTitle: run.axis.rawValue, yTitle: metric.name)
    plot.lines = shown.map { member in
      let rows = candidates(member)
      return Plot.Line(
        name: run.members[member].name
          + (rows.first.flatMap { run.setting(of: $0) }.map { " at \($0.words)" } ?? ""),
        points: rows.map { (run.axisValue(of: $0).value, run.columns[column].values[$0] ?? .nan) },
        style: member)
    }
    guard plot.lines.contains(where: { $0.points.count > 1 }) else { return nil }
    for group in report.rule.rule.thresholdGroups where group.other == .metric(metric.name) {
      plot.limits.append(Plot.Limit(isVertical: false, value: group.value, label: group.clause))
    }
    if let kept = report.kept, run.axis(of: kept) == run.axis {
      plot.marks.append(
        Plot.Mark(x: run.axisValue(of: kept).value, label: words(kept), isAlarm: false))
    }
    return .chart(
      .plot(plot), name: "runs-\(name)",
      words: "\(metric.name) by \(run.axis.rawValue), one line a run, with the choice",
      lines: zip(shown, plot.lines).map { _, line in
        let series = Series(
          name: line.name, axis: run.axis, positions: line.points.map(\.x),
          values: line.points.map(\.y))
        return "\(line.name)  \(SeriesSummary.line(series, columns: 48))"
      })
  }
}
