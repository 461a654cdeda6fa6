/// A block of trials as it was planned: written down before the first is shown.
package struct EvaluationBlock: Hashable, Sendable {
  /// Where the trials come from.
  package enum Design: Hashable, Sendable {
    /// All of them, in order.
    case list([Trial])
    /// Each is drawn after the answer to the one before, from the pool; at most so many.
    case adaptive(AdaptivePolicy, TrialPool, most: Int)
  }

  /// How the next pair, or checkpoint, is chosen.
  package enum AdaptivePolicy: String, CaseIterable, Sendable {
    /// The one that is known least.
    case widest
    /// The leader against the one that may still be better.
    case leader
  }

  /// Tells blocks of one reviewer apart; says nothing of what is in it.
  package let id: String
  package let kind: EvaluationKind
  /// `realism`, `diversity`, or the words of the question.
  package let topic: String
  package let seed: UInt64
  package let rendering: TrialRendering
  /// For how many milliseconds pictures are shown; nil for as long as it takes.
  package let exposure: Int?
  package let raterRule: RaterRule
  package let stopping: StoppingRule
  package let design: Design
  /// Parts in a hundred of trials that are checks, and of questions that come again.
  package let checkPercent: Int
  package let repeatPercent: Int

  package init(
    id: String, kind: EvaluationKind, topic: String? = nil, seed: UInt64,
    rendering: TrialRendering, exposure: Int? = nil, raterRule: RaterRule = .usual,
    stopping: StoppingRule = .whole, design: Design, checkPercent: Int = 10,
    repeatPercent: Int = 10
  ) {
    self.id = id
    self.kind = kind
    self.topic = topic ?? kind.usualTopic
    self.seed = seed
    self.rendering = rendering
    self.exposure = exposure
    self.raterRule = raterRule
    self.stopping = stopping
    self.design = design
    self.checkPercent = checkPercent
    self.repeatPercent = repeatPercent
  }

  package var prompt: String { kind.prompt(topic) }

  /// The most trials that there can be.
  package var mostTrials: Int {
    switch design {
    case .list(let trials): return trials.count
    case .adaptive(_, _, let most): return most
    }
  }

  /// The same of a run among several that are compared.
  package func moved(toRun run: String?) -> EvaluationBlock {
    let moved: Design
    switch design {
    case .list(let trials): moved = .list(trials.map { $0.moved(toRun: run) })
    case .adaptive(let policy, let pool, let most):
      moved = .adaptive(policy, pool.moved(toRun: run), most: most)
    }
    return EvaluationBlock(
      id: id, kind: kind, topic: topic, seed: seed, rendering: rendering, exposure: exposure,
      raterRule: raterRule, stopping: stopping, design: moved, checkPercent: checkPercent,
      repeatPercent: repeatPercent)
  }
}
