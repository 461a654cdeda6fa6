package import ReviewCore

/// Where people and numbers disagree: what is worth another look.
package enum PeopleAgainstMetrics {
  /// Verdicts against the rule first, in the order of the run; then orders of metrics, the farthest apart first.
  ///
  /// A verdict is what was ruled, else what more reviewers say than its opposite. Two checkpoints are told
  /// apart by people where the difference is more than 1.96 standard errors of it; by a metric where the
  /// same holds, or its errors are not known and its values differ. A mean of ratings needs two of them, and
  /// its deviation counts as half a level at least, since a scale is no finer.
  ///
  /// - Complexity: O(n^2) for each metric and column of people.
  package static func contradictions(_ evidence: Evidence) -> [Contradiction] {
    verdicts(evidence) + orders(evidence)
  }

  // MARK: Verdicts

  private static func verdicts(_ evidence: Evidence) -> [Contradiction] {
    let run = evidence.run
    let rulings = Ruling.inForce(among: evidence.reviews, in: run)
    var said: [Int: [(reviewer: String, verdict: Verdict)]] = [:]
    for review in evidence.reviews {
      for (target, mark) in review.marks where target.sample == nil && mark.verdict != .undecided {
        guard let index = target.position.flatMap({ run.index(of: $0) }) else { continue }
        said[index, default: []].append((review.reviewer, mark.verdict))
      }
    }
    return run.checkpoints.indices.compactMap { index -> Contradiction? in
      let ruling = rulings[DisputedPoint(Target(run.position(of: index)), .verdict)]
      let own = said[index] ?? []
      var names: [String]
      let verdict: Verdict
      if let ruling, let value = ruling.value.flatMap(Verdict.init) {
        (verdict, names) = (value, [ruling.reviewer])
      } else {
        let kept = own.count { $0.verdict == .keep }
        guard kept * 2 != own.count else { return nil }
        verdict = kept * 2 > own.count ? .keep : .reject
        names = own.filter { $0.verdict == verdict }.map(\.reviewer).sorted()
      }
      guard let kind = kind(of: verdict, index, evidence.table) else { return nil }
      return Contradiction(index: index, kind: kind, reviewers: names, isRuled: ruling != nil)
    }
  }

  private static func kind(
    of verdict: Verdict, _ index: Int, _ table: CheckpointTable
  ) -> Contradiction.Kind? {
    switch verdict {
    case .keep: return table.statuses[index] == .candidate ? nil : .keptNoCandidate
    case .reject:
      if table.selected == index { return .rejectedSelected }
      return table.statuses[index] == .candidate ? .rejectedCandidate : nil
    case .undecided: return nil
    }
  }

  // MARK: Orders

  /// Numbers of checkpoints, the higher the better.
  private struct Scores {
    /// Of a column; nil for the means of ratings.
    let name: String?
    let values: [Double?]
    let errors: [Double?]

    /// Above 0 where the left one is better, 0 where they cannot be told apart.
    func order(_ left: Int, _ right: Int) -> Int {
      guard let a = values[left], let b = values[right] else { return 0 }
      var margin = 0.0
      if let errorA = errors[left], let errorB = errors[right] {
        margin = 1.96 * (errorA * errorA + errorB * errorB).squareRoot()
      }
      return (a - b).magnitude > margin ? (a > b ? 1 : -1) : 0
    }
  }

  private static func orders(_ evidence: Evidence) -> [Contradiction] {
    let run = evidence.run
    let people = run.columns.compactMap { column -> Scores? in
      guard column.metric.origin == .judged, column.metric.name.hasPrefix("human."),
        let scores = scores(of: column)
      else { return nil }
      // What has no error separates nothing.
      return Scores(
        name: scores.name,
        values: run.checkpoints.indices.map {
          column.error(at: $0) == nil ? nil : scores.values[$0]
        },
        errors: scores.errors)
    }
    let metrics = run.columns.filter { [.logged, .computed].contains($0.metric.origin) }
      .compactMap(scores)
    var found: [Contradiction] = []
    for one in people + [ratings(evidence)] {
      for metric in metrics { found += contradictions(of: one, metric) }
    }
    return found.enumerated().sorted {
      ($0.element.distance, $1.offset) > ($1.element.distance, $0.offset)
    }.map(\.element)
  }

  private static func scores(of column: MetricColumn) -> Scores? {
    guard let direction = column.metric.direction else { return nil }
    return Scores(
      name: column.metric.name,
      values: column.values.map { value in
        value.flatMap { $0.isNaN ? nil : direction == .higher ? $0 : -$0 }
      }, errors: column.values.indices.map { column.error(at: $0) })
  }

  /// Means of ratings: a checkpoint's own, else those of its samples; what was ruled in place of each.
  private static func ratings(_ evidence: Evidence) -> Scores {
    let run = evidence.run
    let rulings = Ruling.inForce(among: evidence.reviews, in: run)
    var own = [[Int]](repeating: [], count: run.checkpoints.count)
    var ofSamples = own
    for review in evidence.reviews {
      for (target, mark) in review.marks {
        guard let rating = mark.rating, let index = target.position.flatMap({ run.index(of: $0) }),
          target.sample.map({ !run.isHeldOut($0, at: index) }) ?? true
        else { continue }
        let point = DisputedPoint(
          Target(run.position(of: index), sample: target.sample), .rating)
        let value = rulings[point]?.value.flatMap { Int($0) } ?? rating
        if target.sample == nil { own[index].append(value) } else { ofSamples[index].append(value) }
      }
    }
    let summaries = zip(own, ofSamples).map { LikertSummary($0.isEmpty ? $1 : $0) }
    let leastDeviation = 0.5
    return Scores(
      name: nil, values: summaries.map { $0.count > 1 ? $0.mean : nil },
      errors: summaries.map { summary in
        summary.deviation.map {
          max($0, leastDeviation) / Double(summary.count).squareRoot()
        }
      })
  }

  /// Of everything that has both numbers, what the one has on the other side of others than the other.
  private static func contradictions(of people: Scores, _ metric: Scores) -> [Contradiction] {
    let common = people.values.indices.filter {
      people.values[$0] != nil && metric.values[$0] != nil
    }
    var against: [Int: [Int]] = [:]
    for (place, left) in common.enumerated() {
      for right in common[(place + 1)...]
      where people.order(left, right) * metric.order(left, right) < 0 {
        against[left, default: []].append(right)
        against[right, default: []].append(left)
      }
    }
    guard !against.isEmpty else { return [] }
    func places(_ scores: Scores) -> [Int: Double] {
      var places: [Int: Double] = [:]
      let sorted = common.map { (index: $0, value: scores.values[$0] ?? 0) }
        .sorted { ($0.value, $1.index) > ($1.value, $0.index) }
      var start = 0
      while start < sorted.count {
        var end = start + 1
        while end < sorted.count, sorted[end].value == sorted[start].value { end += 1 }
        for place in start..<end { places[sorted[place].index] = Double(start + end + 1) / 2 }
        start = end
      }
      return places
    }
    let (byMetric, byPeople) = (places(metric), places(people))
    return common.compactMap { index in
      guard let others = against[index], let place = byMetric[index], let other = byPeople[index],
        place != other
      else { return nil }
      return Contradiction(
        index: index,
        kind: .order(
          Contradiction.Places(
            metric: metric.name ?? "", people: people.name, byMetric: place, byPeople: other,
            count: common.count, against: others.sorted())))
    }
  }
}
