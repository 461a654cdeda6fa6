import ReviewCore

/// What was computed from the samples, as far as the choice goes.
extension ReportDocument {
  private static let mostRemarks = 12

  /// A table of the computed metrics, and what weakens them; empty where nothing was computed.
  var measured: [ReportBlock] {
    let run = report.run
    let columns = run.columns.indices.filter { run.columns[$0].metric.origin == .computed }
    guard !columns.isEmpty, let measures = run.measures else { return [] }
    let count = measures.checkpoints.count { $0 != nil }
    let header = [
      "computed metric", "better", "at the choice", "standard error", "best (at)",
      "worst fall (at)",
    ]
    let rows = columns.map { column -> [[Span]] in row(run.columns[column]) }
    var blocks: [ReportBlock] = [
      .heading(["Computed from the samples"]),
      .paragraph([
        .text(
          "\(columns.count) metrics of \(count) checkpoints, by keepoch measure; what each is taken in stands in "
            + "its name. Standard errors leave groups of samples out; the bootstrap is not used.")
      ]), .table(header: header.map { [.text($0)] }, rows: rows),
    ]
    if let words = separability { blocks.append(.paragraph([.text(words)])) }
    let remarks = measures.remarks
    if !remarks.isEmpty {
      blocks.append(
        .list(
          remarks.prefix(Self.mostRemarks).map { text, number in
            [.text(number == count ? text : "\(text) (\(number) of \(count) checkpoints)")]
          }))
    }
    return blocks
  }

  /// Whose definitions the numbers of this report have.
  var sourceOfMetrics: String {
    let origins = Set(report.run.columns.map(\.metric.origin))
    let logged =
      isComparison
      ? "The metrics are as the runs logged them; their definitions are the runs' own."
      : "The metrics are as the run logged them; their definitions are the run's own."
    guard origins.contains(.computed) else { return logged }
    return origins.contains(.logged)
      ? "The metrics of the table in section \(number(of: .training)) were computed from the samples; "
        + "the others are as \(isComparison ? "the runs" : "the run") logged them, and their definitions are "
        + "\(isComparison ? "the runs'" : "the run's") own."
      : "All metrics were computed from the samples; the run\(isComparison ? "s" : "") logged none."
  }

  private func row(_ column: MetricColumn) -> [[Span]] {
    let run = report.run
    func text(_ value: Double?) -> String {
      value.map { NumberText.general($0, digits: 4) } ?? "-"
    }
    let kept = report.kept
    let known = column.values.indices.filter { column.values[$0]?.isFinite == true }
    let values = known.compactMap { column.values[$0] }
    var best = "-"
    var fall = "-"
    if let direction = column.metric.direction,
      let stability = SeriesStability(values, higherIsBetter: direction == .higher)
    {
      let place = known[stability.bestAt]
      best = "\(text(column.values[place])) (\(run.axisValue(of: place).text))"
      if stability.maxDrawdown > 0 {
        fall =
          "\(NumberText.general(stability.maxDrawdown, digits: 3)) "
          + "(\(run.axisValue(of: known[stability.maxDrawdownAt]).text))"
      }
    }
    let cells: [String] = [
      column.metric.name, column.metric.direction?.rawValue ?? "-",
      text(kept.flatMap { column.values[$0] }),
      kept.flatMap { column.error(at: $0) }.map { NumberText.general($0, digits: 2) } ?? "-", best,
      fall,
    ]
    return cells.map { [.text($0)] }
  }

  /// Whether the choice and the runner-up can be told apart in what the rule goes by.
  private var separability: String? {
    guard let selected = report.table.selected, let second = report.table.runnerUp,
      case .metric(let name)? = report.rule.rule.objectives.first?.number,
      let column = report.run.columns.firstIndex(where: { $0.metric.name == name }),
      let found = Separability(column, selected, second, in: report.run)
    else { return nil }
    return
      "The rule's choice and its runner-up, \(words(second)), are \(found.words(in: report.run))."
  }
}
