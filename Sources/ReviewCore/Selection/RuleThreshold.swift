/// A literal that stands alone on one side of a comparison of a rule.
package struct RuleThreshold: Hashable, Sendable {
  /// What the comparison limits.
  package enum Part: String, Sendable {
    case candidate
    case eligibility = "where"
    /// Only of literals that are named and not swept.
    case objective = "select"
  }

  package let part: Part
  /// The comparison as the rule has it.
  package let clause: RuleCondition
  package let literal: RuleLiteral
  /// What is compared with the literal.
  package let other: RuleNumber
  /// The comparison with the literal on its right.
  package let comparison: RuleCondition.Comparison

  /// Whether a clause has this threshold, so that both move as one.
  package func isSame(as threshold: RuleThreshold) -> Bool {
    other == threshold.other && comparison == threshold.comparison
      && literal.value == threshold.literal.value
  }
}

extension Rule {
  /// Every threshold, in the order of the text.
  package var thresholds: [RuleThreshold] {
    parts.flatMap { part, condition in
      condition.leaves.flatMap { leaf -> [RuleThreshold] in
        guard case .comparison(let left, let sign, let right) = leaf else { return [] }
        var found: [RuleThreshold] = []
        if case .literal(let literal) = left {
          found.append(
            RuleThreshold(
              part: part, clause: leaf, literal: literal, other: right, comparison: sign.mirrored))
        }
        if case .literal(let literal) = right {
          found.append(
            RuleThreshold(
              part: part, clause: leaf, literal: literal, other: left, comparison: sign))
        }
        return found
      }
    }
  }

  /// Literals that do not stand alone on a side of a comparison, with the text they stand in.
  package var otherLiterals: [(part: RuleThreshold.Part, text: String, literal: RuleLiteral)] {
    let swept = Set(thresholds.map(\.literal.ordinal))
    var found: [(part: RuleThreshold.Part, text: String, literal: RuleLiteral)] = []
    for (part, condition) in parts {
      for leaf in condition.leaves {
        guard case .comparison(let left, _, let right) = leaf else { continue }
        for literal in left.literals + right.literals where !swept.contains(literal.ordinal) {
          found.append((part, leaf.text, literal))
        }
      }
    }
    for objective in objectives {
      for literal in objective.number.literals {
        found.append((.objective, objective.text, literal))
      }
    }
    return found
  }

  /// The rule with other values for some of its literals.
  package func replacing(_ values: [Int: Double]) -> Rule {
    Rule(
      candidate: candidate?.replacing(values),
      objectives: objectives.map {
        RuleObjective(isMax: $0.isMax, number: $0.number.replacing(values))
      }, eligibility: eligibility?.replacing(values), tie: tie)
  }

  private var parts: [(RuleThreshold.Part, RuleCondition)] {
    [candidate.map { (.candidate, $0) }, eligibility.map { (.eligibility, $0) }].compactMap { $0 }
  }
}

extension RuleCondition.Comparison {
  /// The same with its sides exchanged.
  fileprivate var mirrored: RuleCondition.Comparison {
    switch self {
    case .atLeast: return .atMost
    case .above: return .below
    case .atMost: return .atLeast
    case .below: return .above
    case .equal, .unequal: return self
    }
  }
}

extension RuleCondition {
  fileprivate func replacing(_ values: [Int: Double]) -> RuleCondition {
    switch self {
    case .comparison(let left, let sign, let right):
      return .comparison(left.replacing(values), sign, right.replacing(values))
    case .not(let inner): return .not(inner.replacing(values))
    case .and(let left, let right): return .and(left.replacing(values), right.replacing(values))
    case .or(let left, let right): return .or(left.replacing(values), right.replacing(values))
    case .kept, .rejected, .tagged: return self
    }
  }
}

extension RuleNumber {
  var isLiteral: Bool {
    if case .literal = self { return true }
    return false
  }

  var literals: [RuleLiteral] {
    switch self {
    case .literal(let literal): return [literal]
    case .negated(let inner): return inner.literals
    case .arithmetic(let left, _, let right): return left.literals + right.literals
    default: return []
    }
  }

  fileprivate func replacing(_ values: [Int: Double]) -> RuleNumber {
    switch self {
    case .literal(let literal):
      guard let value = values[literal.ordinal] else { return self }
      return .literal(
        RuleLiteral(value: value, text: NumberText.shortest(value), ordinal: literal.ordinal))
    case .negated(let inner): return .negated(inner.replacing(values))
    case .arithmetic(let left, let sign, let right):
      return .arithmetic(left.replacing(values), sign, right.replacing(values))
    default: return self
    }
  }
}
