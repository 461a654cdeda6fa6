package import ReviewCore

extension EvaluationBlock {
  /// The block that a wish asks for, of a pool, drawn in one rendering.
  ///
  /// - Parameters:
  ///   - id: tells it apart from other blocks, and says nothing of what is in it.
  ///   - seed: where the wish names none.
  /// - Throws: `TrialSchedule.Failure` where no such trial can be made.
  package init(
    _ wish: EvaluationWish, _ pool: TrialPool, rendering: TrialRendering, id: String, seed: UInt64
  ) throws(TrialSchedule.Failure) {
    try TrialSchedule.check(wish.kind, pool)
    try pool.check(wish)
    let seed = wish.seed ?? seed
    let design: Design
    if let policy = wish.policy {
      design = .adaptive(policy, pool, most: wish.trials)
    } else {
      let plan = TrialSchedule.Plan(
        kind: wish.kind, seed: seed, questions: wish.trials - wish.checks - wish.repetitions,
        checks: wish.checks, repetitions: wish.repetitions)
      design = .list(try TrialSchedule(plan, pool).trials)
    }
    self.init(
      id: id, kind: wish.kind, topic: wish.topic, seed: seed, rendering: rendering,
      exposure: wish.exposure, raterRule: wish.raterRule, stopping: wish.stopping, design: design,
      checkPercent: wish.hasChecks ? wish.checkPercent : 0, repeatPercent: wish.repeatPercent)
  }
}
