/// A kind of rule that fits most runs, written out for one of them.
package enum RulePreset: String, CaseIterable, Sendable {
  case qualityWithinDiversity = "quality-within-diversity"
  case knee
  case bestRank = "best-rank"
  case bestRated = "best-rated"

  package var title: String {
    switch self {
    case .qualityWithinDiversity: return "the best quality among what is diverse enough"
    case .knee: return "the knee of the Pareto front: most of both metrics at once"
    case .bestRank: return "the best mean rank over all metrics with a direction"
    case .bestRated: return "the best rated by people, of what nobody rejects"
    }
  }

  /// Why a preset cannot be written for a run.
  package struct Unfit: Error, Equatable, Sendable {
    package let reason: String
  }

  private static let mostRanked = 6

  /// The rule as text that can be read, changed and kept.
  package func text(for run: Run) throws(Unfit) -> RuleText {
    switch self {
    case .qualityWithinDiversity: return try Self.qualityWithinDiversity(run)
    case .knee: return try Self.knee(run)
    case .bestRank:
      let names = run.displayOrder.map { run.columns[$0].metric }
        .filter { $0.direction != nil && !$0.name.isEmpty }.prefix(Self.mostRanked)
      guard names.count > 1 else {
        throw Unfit(reason: "fewer than two metrics have a direction")
      }
      let ranks = names.map { RuleNumber.rank($0.name).text }
      return RuleText(
        candidate: nil, select: "min " + ranks.joined(separator: " + "), tie: "earliest")
    case .bestRated:
      return RuleText(
        candidate: "rating >= 1 and not rejected", select: "max rating where not rejected",
        tie: "earliest")
    }
  }

  /// Thresholds of the run's own rule where it has some, else the medians over the checkpoints.
  private static func qualityWithinDiversity(_ run: Run) throws(Unfit) -> RuleText {
    guard let quality = run.qualityColumn, let diversity = run.diversityColumn,
      quality != diversity
    else { throw Unfit(reason: "no metric of quality stands beside one of diversity") }
    let own = try? RuleInForce(run: run).rule
    func limit(_ column: Int) throws(Unfit) -> String {
      let metric = run.columns[column].metric
      let sign = metric.direction == .lower ? "<=" : ">="
      let name = RuleNumber.name(metric.name)
      // One that limits from the same side, and is not turned round by a not.
      let clauses = [own?.candidate, own?.eligibility].flatMap { $0?.clauses ?? [] }
      let wanted: RuleCondition.Comparison = metric.direction == .lower ? .atMost : .atLeast
      let same = own?.thresholds.first {
        $0.other == .metric(metric.name) && $0.comparison == wanted && clauses.contains($0.clause)
      }
      if let same { return "\(name) \(sign) \(same.literal.text)" }
      let known = run.columns[column].values.compactMap { $0 }.filter(\.isFinite).sorted()
      guard !known.isEmpty else { throw Unfit(reason: "\(metric.name) has no value") }
      return "\(name) \(sign) \(NumberText.shortest(known[known.count / 2]))"
    }
    let best = run.columns[quality].metric.direction == .lower ? "min" : "max"
    let enough = try limit(diversity)
    return RuleText(
      candidate: "\(try limit(quality)) and \(enough)",
      select: "\(best) \(RuleNumber.name(run.columns[quality].metric.name)) where \(enough)",
      tie: "earliest")
  }

  /// The front's ends become numbers of the rule, so that it says how the two are weighed.
  private static func knee(_ run: Run) throws(Unfit) -> RuleText {
    guard let columns = run.weighedColumns else {
      throw Unfit(reason: "the run has no two metrics")
    }
    let front = ParetoFront(of: run, x: columns.x, y: columns.y)
    guard front.knee != nil, let extent = front.extent else {
      throw Unfit(
        reason: "the front in \(run.columns[columns.y].metric.name) and "
          + "\(run.columns[columns.x].metric.name) has no knee")
    }
    func share(_ column: Int, _ range: ClosedRange<Double>) -> String {
      let name = RuleNumber.name(run.columns[column].metric.name)
      let low = NumberText.shortest(range.lowerBound)
      let high = NumberText.shortest(range.upperBound)
      return run.columns[column].metric.direction == .lower
        ? "(\(high) - \(name)) / (\(high) - \(low))" : "(\(name) - \(low)) / (\(high) - \(low))"
    }
    // A value without end would beat the front that the numbers are of.
    let limits = [(columns.y, extent.y), (columns.x, extent.x)].compactMap {
      column, range -> String? in
      let metric = run.columns[column].metric
      let isEndless = run.columns[column].values.contains { $0.map { $0.isInfinite } ?? false }
      guard isEndless else { return nil }
      return metric.direction == .lower
        ? "\(RuleNumber.name(metric.name)) >= \(NumberText.shortest(range.lowerBound))"
        : "\(RuleNumber.name(metric.name)) <= \(NumberText.shortest(range.upperBound))"
    }
    return RuleText(
      candidate: nil,
      select: "max \(share(columns.y, extent.y)) + \(share(columns.x, extent.x))"
        + (limits.isEmpty ? "" : " where \(limits.joined(separator: " and "))"),
      tie: "earliest")
  }
}
