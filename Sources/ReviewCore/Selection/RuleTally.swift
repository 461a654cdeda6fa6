/// How a rule sorts all checkpoints, clause by clause.
package struct RuleTally: Equatable, Sendable {
  package struct Clause: Equatable, Sendable {
    package let part: RuleThreshold.Part
    package let text: String
    /// How many checkpoints it does not hold for.
    package let excluded: Int
    /// How many of these every other clause of its part holds for.
    package let alone: Int
  }

  package let candidateCount: Int
  /// How many may be selected.
  package let eligibleCount: Int
  package let selected: Int?
  /// How many satisfy the `where` and have no value for the first objective.
  package let withoutValue: Int
  /// Those of `candidate`, then those of `where`, as the text has them.
  package let clauses: [Clause]

  /// - Complexity: O(n) evaluations of the rule.
  package init(_ evaluator: RuleEvaluator) {
    let rule = evaluator.rule
    let parts: [(RuleThreshold.Part, [RuleCondition])] = [
      (.candidate, rule.candidate?.clauses ?? []), (.eligibility, rule.eligibility?.clauses ?? []),
    ]
    var excluded = parts.map { Array(repeating: 0, count: $0.1.count) }
    var alone = excluded
    var counts = [0, 0]
    var withoutValue = 0
    var best: Int?
    for index in 0..<evaluator.facts.count {
      let hasValue = evaluator.objectiveValue(0, at: index) != nil
      for (part, clauses) in parts.map(\.1).enumerated() {
        var failed = 0
        var last = 0
        for (place, clause) in clauses.enumerated() where !evaluator.holds(clause, at: index) {
          excluded[part][place] += 1
          failed += 1
          last = place
        }
        if failed == 1 { alone[part][last] += 1 }
        guard failed == 0 else { continue }
        if part == 0 {
          // Without a first line every checkpoint that has the objective is a candidate.
          if hasValue || rule.candidate != nil { counts[0] += 1 }
        } else if hasValue {
          counts[1] += 1
          if best.map({ evaluator.isBetter(index, than: $0) }) ?? true { best = index }
        } else {
          withoutValue += 1
        }
      }
    }
    candidateCount = counts[0]
    eligibleCount = counts[1]
    selected = best
    self.withoutValue = withoutValue
    clauses = parts.enumerated().flatMap { part, entry in
      entry.1.indices.map { place in
        Clause(
          part: entry.0, text: entry.1[place].text, excluded: excluded[part][place],
          alone: alone[part][place])
      }
    }
  }
}
