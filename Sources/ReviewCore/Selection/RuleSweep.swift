/// How far one threshold can move while the selection stays the same.
package struct ThresholdSweep: Equatable, Sendable {
  /// Whether it limits the candidates or the selection.
  package let part: Part
  /// The comparison the literal stands in.
  package let clause: String
  package let literal: RuleLiteral
  /// Whether the literal's side is swept; others are only named.
  package let isSwept: Bool
  package let selected: Int?
  package let lower: Bound
  package let upper: Bound

  package enum Part: String, Sendable {
    case candidate
    case eligibility = "where"
  }

  /// An end of the interval, and who is selected beyond it.
  package struct Bound: Equatable, Sendable {
    /// Nil: the selection never changes in this direction.
    package let value: Double?
    /// Whether the value itself still gives the same selection.
    package let isIncluded: Bool
    /// Selected just beyond; nil when none is eligible there.
    package let beyond: Int?
  }

  /// `[0.481, 0.60]`, with round brackets where an end is not included.
  package var interval: String {
    let low = lower.value.map { NumberText.shortest($0) } ?? "-inf"
    let high = upper.value.map { NumberText.shortest($0) } ?? "inf"
    return (lower.isIncluded ? "[" : "(") + low + ", " + high + (upper.isIncluded ? "]" : ")")
  }
}

extension RuleEvaluator {
  /// The exact interval of every threshold, all others held.
  ///
  /// Between two neighbouring values of a comparison's other side no comparison changes, so the
  /// selection is tried at each of them and once between, outwards from the literal.
  ///
  /// - Complexity: O(n) for each value passed before the selection changes.
  package func sweeps() -> [ThresholdSweep] {
    let current = selected()
    var sweeps: [ThresholdSweep] = []
    let parts: [(ThresholdSweep.Part, RuleCondition?)] = [
      (.candidate, rule.candidate), (.eligibility, rule.eligibility),
    ]
    for case (let part, let condition?) in parts {
      for leaf in condition.leaves {
        guard case .comparison(let left, _, let right) = leaf else { continue }
        for (side, other) in [(left, right), (right, left)] {
          for literal in side.literals {
            let isAlone = side == .literal(literal) && other.literals.isEmpty
            sweeps.append(
              isAlone
                ? sweep(literal, of: part, in: leaf, against: other, selected: current)
                : ThresholdSweep(
                  part: part, clause: leaf.text, literal: literal, isSwept: false,
                  selected: current,
                  lower: .init(value: nil, isIncluded: false, beyond: nil),
                  upper: .init(value: nil, isIncluded: false, beyond: nil)))
          }
        }
      }
    }
    return sweeps
  }

  private func sweep(
    _ literal: RuleLiteral, of part: ThresholdSweep.Part, in clause: RuleCondition,
    against other: RuleNumber, selected: Int?
  ) -> ThresholdSweep {
    let values = Set(
      (0..<facts.count).compactMap { value(other, at: $0) }.filter(\.isFinite)
    ).sorted()
    func winner(_ value: Double) -> Int? {
      var moved = self
      moved.replaced = (literal.ordinal, value)
      return moved.selected()
    }
    func bound(_ steps: [Double], beyondAll: Double) -> ThresholdSweep.Bound {
      var last = literal.value
      for step in steps {
        let between = last + (step - last) / 2
        if between != last, between != step {
          let inside = winner(between)
          if inside != selected { return .init(value: last, isIncluded: true, beyond: inside) }
        }
        let atStep = winner(step)
        if atStep != selected { return .init(value: step, isIncluded: false, beyond: atStep) }
        last = step
      }
      let outside = winner(beyondAll)
      if outside != selected { return .init(value: last, isIncluded: true, beyond: outside) }
      return .init(value: nil, isIncluded: false, beyond: nil)
    }
    let below = values.filter { $0 < literal.value }.reversed()
    let above = values.filter { $0 > literal.value }
    return ThresholdSweep(
      part: part, clause: clause.text, literal: literal, isSwept: true, selected: selected,
      lower: bound(Array(below), beyondAll: -.infinity),
      upper: bound(above, beyondAll: .infinity))
  }
}

extension RuleNumber {
  fileprivate var literals: [RuleLiteral] {
    switch self {
    case .literal(let literal): return [literal]
    case .negated(let inner): return inner.literals
    case .arithmetic(let left, _, let right): return left.literals + right.literals
    default: return []
    }
  }
}
