/// What the rule says of a checkpoint.
package enum Status: String, Sendable {
  case candidate
  case review
}

/// The checkpoints of a run with their status and the rule's selection.
package struct CheckpointTable: Equatable, Sendable {
  /// One a checkpoint, in the run's order.
  package let statuses: [Status]
  /// The rule's own selection, whatever a reviewer says.
  package let selected: Int?
  /// The best eligible checkpoint after the selected one.
  package let runnerUp: Int?
  /// How many checkpoints may be selected.
  package let eligibleCount: Int
  /// The best by the objectives of those that have a value and may not be selected.
  package let bestExcluded: Int?

  /// Judges every checkpoint.
  ///
  /// - Complexity: O(n) evaluations of the rule.
  package init(judging evaluator: RuleEvaluator) {
    let count = evaluator.facts.count
    statuses = (0..<count).map { evaluator.isCandidate($0) ? .candidate : .review }
    var best: Int?
    var second: Int?
    var excluded: Int?
    var eligible = 0
    for index in 0..<count {
      guard evaluator.isEligible(index) else {
        guard evaluator.objectiveValue(0, at: index) != nil else { continue }
        if excluded.map({ evaluator.isBetter(index, than: $0) }) ?? true { excluded = index }
        continue
      }
      eligible += 1
      if best.map({ evaluator.isBetter(index, than: $0) }) ?? true {
        second = best
        best = index
      } else if second.map({ evaluator.isBetter(index, than: $0) }) ?? true {
        second = index
      }
    }
    selected = best
    runnerUp = second
    eligibleCount = eligible
    bestExcluded = excluded
  }

  package var candidateCount: Int { statuses.count { $0 == .candidate } }
}
