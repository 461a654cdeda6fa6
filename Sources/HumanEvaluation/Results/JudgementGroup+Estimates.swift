import ReviewCore

extension JudgementGroup {
  mutating func countFooling(_ tally: AnswerTally) {
    for place in checkpoints.indices {
      let proportion = tally.fooling(of: place)
      checkpoints[place].answers = proportion.tries
      checkpoints[place].fooled = proportion.successes
      guard let rate = proportion.rate, let interval = proportion.interval() else { continue }
      checkpoints[place].fooling = HumanEstimate(
        rate, low: interval.lowerBound, high: interval.upperBound)
      checkpoints[place].pValue = proportion.pValue()
    }
    lead(by: \.fooling)
  }

  mutating func countRatings(_ tally: AnswerTally) {
    for place in checkpoints.indices {
      let summary = tally.ratings(of: place)
      checkpoints[place].answers = summary.count
      checkpoints[place].levels = summary.counts
      checkpoints[place].median = summary.median
      checkpoints[place].quartiles = summary.interquartile.map { ($0.lowerBound, $0.upperBound) }
      guard let mean = summary.mean, let half = Precision.rating(summary) else { continue }
      checkpoints[place].mean = HumanEstimate(mean, low: mean - half, high: mean + half)
    }
    lead(by: \.mean)
  }

  /// Strengths, or why there are none.
  ///
  /// Where some were never beaten, or never won, no strengths are large enough: then one tie is added to
  /// every pair that was compared, half an answer to each side (Haldane 1956, Anscombe 1956; of two
  /// checkpoints the interval is that of Gart 1966).
  mutating func countPairs(_ tally: AnswerTally) {
    for place in checkpoints.indices {
      let (wins, ties, losses) = tally.record(of: place)
      checkpoints[place].answers = wins + ties + losses
      checkpoints[place].wins = wins
      checkpoints[place].ties = ties
      checkpoints[place].losses = losses
    }
    let found: BradleyTerry
    do throws(BradleyTerry.Failure) {
      found = try BradleyTerry(tally.pairWins())
    } catch {
      guard case .unbounded = error, let held = try? BradleyTerry(tally.pairWins(added: 1)) else {
        remark = error == .nothingCompared && answers == 0 ? nil : "no strengths: \(error.words)"
        return
      }
      remark = "\(error.words); strengths are of the answers with one tie added to every pair"
      found = held
    }
    for place in checkpoints.indices {
      let interval = found.interval(of: place)
      checkpoints[place].strength = HumanEstimate(
        found.strengths[place], low: interval.lowerBound, high: interval.upperBound)
    }
    let strengths = checkpoints.map { $0.strength?.value ?? -.infinity }
    guard let first = Self.largest(strengths) else { return }
    leader = checkpoints[first].position
    inseparable = checkpoints.indices.filter { $0 != first && !found.isSeparable(first, $0) }
      .map { checkpoints[$0].position }
  }

  /// The one with the largest value leads; those stay inseparable that it is not told from, by the interval
  /// of their difference from both intervals (Newcombe 1998, method 10; of means Zou 2008).
  private mutating func lead(by estimate: KeyPath<CheckpointJudgement, HumanEstimate?>) {
    let values = checkpoints.map { $0[keyPath: estimate] }
    guard let first = Self.largest(values.map { $0?.value ?? -.infinity }),
      let best = values[first]
    else { return }
    func isBelow(_ other: HumanEstimate) -> Bool {
      let (down, up) = (best.value - best.low, other.high - other.value)
      return best.value - other.value > (down * down + up * up).squareRoot()
    }
    leader = checkpoints[first].position
    inseparable = checkpoints.indices.filter { place in
      place != first && !(values[place].map(isBelow) ?? false)
    }.map { checkpoints[$0].position }
  }

  /// The place of the largest; nil of nothing, and where several are equal: then nobody is first.
  private static func largest(_ values: [Double]) -> Int? {
    let best = values.indices.reduce(nil) { best, place in
      best.map { values[place] > values[$0] ? place : $0 } ?? place
    }
    return best.flatMap { best in values.count { $0 == values[best] } == 1 ? best : nil }
  }
}
