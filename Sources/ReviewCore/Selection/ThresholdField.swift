/// What moving thresholds needs to know of all checkpoints, worked out once.
package struct ThresholdField: Sendable {
  package let evaluator: RuleEvaluator
  /// Checkpoints with a first objective, the one that would be selected first in front.
  let ranking: [Int]

  /// - Complexity: O(n log n).
  package init(_ evaluator: RuleEvaluator) {
    self.evaluator = evaluator
    let sign = evaluator.rule.objectives[0].isMax ? 1.0 : -1
    let isEarliest = evaluator.rule.tie == .earliest
    let known = (0..<evaluator.facts.count).compactMap { index in
      evaluator.objectiveValue(0, at: index).map { (index: index, value: $0 * sign) }
    }
    // The first objective is looked up once; further ones only where it is equal.
    let breaksTies = evaluator.rule.objectives.count > 1
    ranking = known.sorted { left, right in
      if left.value != right.value { return left.value > right.value }
      if breaksTies { return evaluator.isBetter(left.index, than: right.index) }
      return (left.index < right.index) == isEarliest
    }.map(\.index)
  }

  private init(_ evaluator: RuleEvaluator, ranking: [Int]) {
    self.evaluator = evaluator
    self.ranking = ranking
  }

  /// The same checkpoints under a rule that differs in nothing but its thresholds.
  ///
  /// - Complexity: O(1).
  package func judged(by evaluator: RuleEvaluator) -> ThresholdField {
    ThresholdField(evaluator, ranking: ranking)
  }

  /// Every threshold of the rule, moved alone.
  package func lines() -> [ThresholdLine] {
    evaluator.rule.thresholds.map { ThresholdLine($0, of: self) }
  }

  /// Whether the checkpoint may be selected if some comparisons held, or did not.
  func isEligible(_ index: Int, assuming truths: [(ordinal: Int, holds: Bool)]) -> Bool {
    guard let eligibility = evaluator.rule.eligibility else { return true }
    return holds(eligibility, at: index, assuming: truths)
  }

  func isCandidate(_ index: Int, assuming truths: [(ordinal: Int, holds: Bool)]) -> Bool {
    guard let candidate = evaluator.rule.candidate else { return true }
    return holds(candidate, at: index, assuming: truths)
  }

  private func holds(
    _ condition: RuleCondition, at index: Int, assuming truths: [(ordinal: Int, holds: Bool)]
  ) -> Bool {
    switch condition {
    case .comparison(let left, _, let right):
      for case .literal(let literal) in [left, right] {
        if let truth = truths.first(where: { $0.ordinal == literal.ordinal }) { return truth.holds }
      }
      return evaluator.holds(condition, at: index)
    case .not(let inner): return !holds(inner, at: index, assuming: truths)
    case .and(let left, let right):
      return holds(left, at: index, assuming: truths) && holds(right, at: index, assuming: truths)
    case .or(let left, let right):
      return holds(left, at: index, assuming: truths) || holds(right, at: index, assuming: truths)
    case .kept, .rejected, .tagged: return evaluator.holds(condition, at: index)
    }
  }
}
