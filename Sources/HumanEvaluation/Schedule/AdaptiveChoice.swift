package import ReviewCore

/// Which checkpoint, or pair, is asked about next.
package struct AdaptiveChoice {
  private let policy: EvaluationBlock.AdaptivePolicy
  private let tally: AnswerTally
  private let asked: [AdaptiveTarget: Int]
  private let stopping: StoppingRule
  /// Places in an order of chance, so that of equals none is favoured.
  private let order: [Int]

  /// - Parameters:
  ///   - tally: of at least one thing, of two where they are compared in pairs.
  ///   - asked: how many questions there were, those that were skipped among them.
  package init(
    _ policy: EvaluationBlock.AdaptivePolicy, _ tally: AnswerTally, asked: [AdaptiveTarget: Int],
    seed: UInt64, stopping: StoppingRule
  ) {
    self.policy = policy
    self.tally = tally
    self.asked = asked
    self.stopping = stopping
    var dice = SplitMix64(seed: seed ^ 0xA076_1D64_78BD_642F)
    var order = Array(0..<tally.count)
    TrialSchedule.shuffle(&order, &dice)
    self.order = order
  }

  package var next: AdaptiveTarget {
    guard tally.kind == .pairwise else { return single }
    // Once around, so that everything is compared with something and all of it hangs together.
    for place in order.indices.dropLast(order.count == 2 ? 1 : 0) {
      let target = AdaptiveTarget(order[place], order[(place + 1) % order.count])
      if (asked[target] ?? 0) == 0 { return target }
    }
    return pair
  }

  // MARK: Checkpoints by themselves

  private var single: AdaptiveTarget {
    let targets = order.map { AdaptiveTarget($0) }
    if let fresh = targets.first(where: { (asked[$0] ?? 0) < Self.leastEach }) { return fresh }
    let widths = targets.map { width($0) }
    guard policy == .leader, targets.count > 1 else { return targets[Self.best(widths)] }
    let values = targets.map { value($0.first) }
    let leader = Self.best(values)
    let bounds = targets.indices.map { $0 == leader ? -.infinity : values[$0] + widths[$0] }
    let rival = Self.best(bounds)
    return targets[widths[rival] >= widths[leader] ? rival : leader]
  }

  // A width needs two ratings.
  private static let leastEach = 2

  private func value(_ place: Int) -> Double {
    tally.kind == .twoAFC
      ? tally.fooling(of: place).rate ?? 0.5 : tally.ratings(of: place).mean ?? 3
  }

  private func width(_ target: AdaptiveTarget) -> Double {
    let place = target.first
    let isRated = tally.kind == .likert
    let count = isRated ? tally.ratings(of: place).count : tally.tries[place]
    let width =
      isRated
      ? Precision.rating(tally.ratings(of: place), isCautious: true)
      : Precision.fooling(tally.fooling(of: place))
    return (width ?? (isRated ? 4 : 0.5)) * doubt(target, answers: count)
  }

  // MARK: Pairs

  /// Of strengths with one tie added to every pair, so that there are some from the first answer on.
  private var pair: AdaptiveTarget {
    let pairs = order.indices.flatMap { one in
      order[(one + 1)...].map { AdaptiveTarget(order[one], $0) }
    }
    guard let found = try? BradleyTerry(tally.pairWins(added: 1, everyPair: true)) else {
      return pairs[Self.best(pairs.map { -Double(asked[$0] ?? 0) })]
    }
    func width(_ one: Int, _ other: Int) -> Double {
      let target = AdaptiveTarget(one, other)
      return Normal.z95 * found.difference(one, other).standardError
        * doubt(target, answers: tally.compared(one, other))
    }
    guard policy == .leader else {
      return pairs[Self.best(pairs.map { width($0.first, $0.second ?? $0.first) })]
    }
    let leader = order[Self.best(order.map { found.strengths[$0] })]
    let others = order.filter { $0 != leader }
    // What it might still be above the leader.
    let bounds = others.map { found.difference($0, leader).value + width($0, leader) }
    let open = others.indices.filter { isOpen(others[$0], leader, bound: bounds[$0]) }
    // All are beaten: the one that is known least.
    guard let rival = open.max(by: { bounds[$0] < bounds[$1] }) else {
      return AdaptiveTarget(leader, others[Self.best(others.map { width($0, leader) })])
    }
    return AdaptiveTarget(leader, others[rival])
  }

  /// Whether another may still be better: by the block's own test where it ends by that, else by its bound.
  private func isOpen(_ other: Int, _ leader: Int, bound: Double) -> Bool {
    if case .decided(let error) = stopping {
      return !Stopping.isBeaten(other, by: leader, tally, error: error)
    }
    return bound > 0
  }

  /// Below 1 where questions were skipped, so that what nobody can answer is not asked for ever.
  private func doubt(_ target: AdaptiveTarget, answers: Int) -> Double {
    (Double(answers + 1) / Double(max(asked[target] ?? 0, answers) + 1)).squareRoot()
  }

  /// The place of the largest; of equals the first.
  private static func best(_ values: [Double]) -> Int {
    values.indices.reduce(0) { values[$1] > values[$0] ? $1 : $0 }
  }
}
