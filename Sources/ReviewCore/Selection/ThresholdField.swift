/// What moving thresholds needs to know of all checkpoints, worked out once.
package struct ThresholdField: Sendable {
  package let evaluator: RuleEvaluator
  /// Checkpoints with a first objective, the one that would be selected first in front.
  let ranking: [Int]

  /// - Complexity: O(n log n).
  package init(_ evaluator: RuleEvaluator) {
    self.evaluator = evaluator
    let objectives = evaluator.rule.objectives
    let known = (0..<evaluator.facts.count).compactMap { index -> (index: Int, values: [Double])? in
      guard evaluator.objectiveValue(0, at: index) != nil else { return nil }
      // Larger is better, and what is missing is worst of all.
      let values = objectives.indices.map { ordinal -> Double in
        guard let value = evaluator.objectiveValue(ordinal, at: index) else { return -.infinity }
        return objectives[ordinal].isMax ? value : -value
      }
      return (index, values)
    }
    let isEarliest = evaluator.rule.tie == .earliest
    ranking = known.sorted { left, right in
      for ordinal in objectives.indices where left.values[ordinal] != right.values[ordinal] {
        return left.values[ordinal] > right.values[ordinal]
      }
      // A missing value and one without end are not the same.
      for ordinal in objectives.indices where left.values[ordinal] == -.infinity {
        let isKnown = [left.index, right.index].map {
          evaluator.objectiveValue(ordinal, at: $0) != nil
        }
        if isKnown[0] != isKnown[1] { return isKnown[0] }
      }
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
