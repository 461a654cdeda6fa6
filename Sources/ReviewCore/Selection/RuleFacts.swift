/// What a rule may ask of the checkpoints of a run, in the run's order.
package struct RuleFacts: Sendable {
  package let axis: Axis
  /// NaN where a checkpoint has none.
  package let epochs: [Double]
  package let steps: [Double]
  package let metrics: [String: [Double?]]
  /// The metrics' names in the run's order.
  package let metricNames: [String]
  /// Which way is better, where it is known.
  package let directions: [String: Metric.Direction]
  /// Mean over the reviewers, 1...5, or what was ruled; nil where nobody rated.
  package let ratings: [Double?]
  package let kept: [Bool]
  package let rejected: [Bool]
  /// By tag: whether the checkpoint or one of its samples bears it; held-out seeds do not count.
  package let tagged: [String: [Bool]]
  /// By tag: the part of the samples that bears it, 0...1; without the held-out seeds.
  package let shares: [String: [Double]]

  package var count: Int { epochs.count }

  /// The facts of a run and of everything its reviewers said; what was ruled stands in place of it.
  package init(run: Run, reviews: [Review]) {
    let count = run.checkpoints.count
    axis = run.axis
    epochs = run.checkpoints.map { $0.epoch?.value ?? .nan }
    steps = run.checkpoints.map { $0.step?.value ?? .nan }
    metricNames = run.columns.map(\.metric.name)
    metrics = Dictionary(
      run.columns.map { ($0.metric.name, $0.values) }, uniquingKeysWith: { first, _ in first })
    directions = Dictionary(
      run.columns.compactMap { column in
        column.metric.direction.map { (column.metric.name, $0) }
      }, uniquingKeysWith: { first, _ in first })
    var said = Said(count: count)
    let rulings = Ruling.inForce(among: reviews, in: run)
    for review in reviews {
      for (target, mark) in review.marks {
        guard let position = target.position, let index = run.index(of: position) else { continue }
        // The choice is made without the seeds that are to confirm it.
        if let sample = target.sample, run.isHeldOut(sample, at: index) { continue }
        func isRuled(_ matter: DisputedMatter) -> Bool {
          guard !rulings.isEmpty else { return false }
          let known = Target(run.position(of: index), sample: target.sample)
          return rulings[DisputedPoint(known, matter)] != nil
        }
        if mark.verdict != .undecided, !isRuled(.verdict) { said.take(mark.verdict, index) }
        if let rating = mark.rating, !isRuled(.rating) {
          said.take(rating, index, isOfSample: target.sample != nil)
        }
        for tag in mark.tags.keys where !isRuled(.tag(tag)) {
          said.take(tag, index, sample: target.sample)
        }
      }
    }
    for (point, ruling) in rulings {
      let sample = point.target.sample
      guard let index = point.target.position.flatMap({ run.index(of: $0) }),
        sample.map({ !run.isHeldOut($0, at: index) }) ?? true
      else { continue }
      switch point.matter {
      case .verdict:
        if let verdict = ruling.value.flatMap(Verdict.init) { said.take(verdict, index) }
      case .rating:
        if let rating = ruling.value.flatMap({ Int($0) }) {
          said.take(rating, index, isOfSample: sample != nil)
        }
      case .tag(let tag): if ruling.value == "on" { said.take(tag, index, sample: sample) }
      }
    }
    ratings = said.ratings
    kept = said.kept
    rejected = said.rejected
    tagged = said.tagged
    shares = said.tagCounts.mapValues { sets in
      sets.indices.map { index in
        let samples =
          (run.checkpoints[index].samples?.count ?? 0) - run.heldOutSeeds(of: index).count
        return samples > 0 ? Double(sets[index].count) / Double(samples) : 0
      }
    }
  }
}

/// What counts of the reviewers' words, as it is gathered.
private struct Said {
  private let count: Int
  private(set) var kept: [Bool]
  private(set) var rejected: [Bool]
  private(set) var tagged: [String: [Bool]] = [:]
  private(set) var tagCounts: [String: [Set<Int>]] = [:]
  private var ratingSums = [Int: (own: [Double], samples: [Double])]()

  init(count: Int) {
    self.count = count
    kept = [Bool](repeating: false, count: count)
    rejected = kept
  }

  mutating func take(_ verdict: Verdict, _ index: Int) {
    if verdict == .keep { kept[index] = true }
    if verdict == .reject { rejected[index] = true }
  }

  mutating func take(_ rating: Int, _ index: Int, isOfSample: Bool) {
    if isOfSample {
      ratingSums[index, default: ([], [])].samples.append(Double(rating))
    } else {
      ratingSums[index, default: ([], [])].own.append(Double(rating))
    }
  }

  mutating func take(_ tag: String, _ index: Int, sample: Int?) {
    tagged[tag, default: Array(repeating: false, count: count)][index] = true
    if let sample {
      tagCounts[tag, default: Array(repeating: [], count: count)][index].insert(sample)
    }
  }

  var ratings: [Double?] {
    var ratings = [Double?](repeating: nil, count: count)
    for (index, sums) in ratingSums {
      // A checkpoint's own rating says more of it than those of its samples.
      let values = (sums.own.isEmpty ? sums.samples : sums.own).sorted()
      ratings[index] = values.reduce(0, +) / Double(values.count)
    }
    return ratings
  }
}

extension RuleFacts {
  /// The checkpoints' places by a metric, 1 the best in its direction; equal values share the mean of
  /// their places (fractional ranking). Nil where the metric is missing or NaN.
  ///
  /// - Complexity: O(n log n).
  func ranks(of name: String) -> [Double?] {
    guard let values = metrics[name], let direction = directions[name] else { return [] }
    let sign = direction == .higher ? -1.0 : 1
    let known = values.indices.compactMap { index -> (index: Int, value: Double)? in
      values[index].flatMap { $0.isNaN ? nil : (index, $0 * sign) }
    }.sorted { $0.value < $1.value }
    var ranks = [Double?](repeating: nil, count: values.count)
    var start = 0
    while start < known.count {
      var end = start + 1
      while end < known.count, known[end].value == known[start].value { end += 1 }
      for place in start..<end { ranks[known[place].index] = Double(start + end + 1) / 2 }
      start = end
    }
    return ranks
  }
}
