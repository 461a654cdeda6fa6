package import ReviewCore

/// The trials of a block in which each follows from the answers to those before.
package enum AdaptiveSchedule {
  /// The next trial; nil of a list, of a block that is over, whose last trial has no answer yet or that had
  /// its most, and of a pool that nothing can be asked from.
  ///
  /// It follows from the block, its trials and its answers alone, so that a block goes on after an
  /// interruption as it would have without one. Sides are exchanged from one question about a checkpoint, or
  /// a pair, to the next; checks and repetitions come at the block's percentages, each at a place of chance in
  /// its share of the questions, so that nothing tells a rater what a trial is for.
  package static func next(_ record: BlockRecord) -> Trial? {
    guard case .adaptive(let policy, let pool, let most) = record.block.design, !record.isOver,
      record.nextTrial == nil, record.trials.count < most, isAsking(record.block)
    else { return nil }
    let past = AdaptivePast(record, pool)
    let number = record.trials.count + 1
    if let first = past.repetitionDue {
      return Trial(
        number: number, left: first.right ?? first.left,
        right: first.right == nil ? nil : first.left, purpose: .repetition(of: first.number))
    }
    if past.isCheckDue {
      var dice = past.dice(.check, past.checks)
      let isLeft = past.checks % 2 == Int(past.dice(.checkSide, 0).first & 1)
      let check = TrialSchedule.check(record.block.kind, pool, isLeft: isLeft, &dice)
      return Trial(number: number, left: check.left, right: check.right, purpose: check.purpose)
    }
    let target = AdaptiveChoice(
      policy, past.tally, asked: past.asked, seed: record.block.seed,
      stopping: record.block.stopping
    ).next
    let (left, right) = past.stimuli(target)
    return Trial(number: number, left: left, right: right)
  }

  /// Whether a block draws its trials, and can.
  static func isAsking(_ block: EvaluationBlock) -> Bool {
    guard case .adaptive(_, let pool, _) = block.design else { return false }
    let members = Set(pool.positions).count
    switch block.kind {
    case .twoAFC: return members > 0 && pool.realCount > 0
    case .likert: return members > 0
    case .pairwise: return members > 1
    }
  }
}
