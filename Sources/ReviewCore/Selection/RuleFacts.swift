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
  /// Mean over the reviewers, 1...5; nil where nobody rated.
  package let ratings: [Double?]
  package let kept: [Bool]
  package let rejected: [Bool]
  /// By tag: whether the checkpoint or one of its samples bears it; held-out seeds do not count.
  package let tagged: [String: [Bool]]
  /// By tag: the part of the samples that bears it, 0...1; without the held-out seeds.
  package let shares: [String: [Double]]

  package var count: Int { epochs.count }

  /// The facts of a run and of everything its reviewers said.
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
    var ratings = [Double?](repeating: nil, count: count)
    var kept = [Bool](repeating: false, count: count)
    var rejected = kept
    var tagged: [String: [Bool]] = [:]
    var tagCounts: [String: [Set<Int>]] = [:]
    var ratingSums = [Int: (own: [Double], samples: [Double])]()
    for review in reviews {
      for (target, mark) in review.marks {
        guard let position = target.position, let index = run.index(of: position) else { continue }
        // The choice is made without the seeds that are to confirm it.
        if let sample = target.sample, run.isHeldOut(sample, at: index) { continue }
        if mark.verdict == .keep { kept[index] = true }
        if mark.verdict == .reject { rejected[index] = true }
        if let rating = mark.rating {
          if target.sample == nil {
            ratingSums[index, default: ([], [])].own.append(Double(rating))
          } else {
            ratingSums[index, default: ([], [])].samples.append(Double(rating))
          }
        }
        for tag in mark.tags.keys {
          tagged[tag, default: Array(repeating: false, count: count)][index] = true
          if let sample = target.sample {
            tagCounts[tag, default: Array(repeating: [], count: count)][index].insert(sample)
          }
        }
      }
    }
    for (index, sums) in ratingSums {
      // A checkpoint's own rating says more of it than those of its samples.
      let values = (sums.own.isEmpty ? sums.samples : sums.own).sorted()
      ratings[index] = values.reduce(0, +) / Double(values.count)
    }
    self.ratings = ratings
    self.kept = kept
    self.rejected = rejected
    self.tagged = tagged
    shares = tagCounts.mapValues { sets in
      sets.indices.map { index in
        let samples =
          (run.checkpoints[index].samples?.count ?? 0) - run.heldOutSeeds(of: index).count
        return samples > 0 ? Double(sets[index].count) / Double(samples) : 0
      }
    }
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
