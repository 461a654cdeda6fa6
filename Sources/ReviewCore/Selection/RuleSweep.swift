/// How far one threshold can move while the selection stays the same.
package struct ThresholdSweep: Equatable, Sendable {
  /// Whether it limits the candidates or the selection.
  package let part: RuleThreshold.Part
  /// The comparison, or the objective, the literal stands in.
  package let clause: String
  package let literal: RuleLiteral
  /// Whether the literal's side is swept; others are only named.
  package let isSwept: Bool
  package let selected: Int?
  package let lower: Bound
  package let upper: Bound
  /// The whole line, from low to high; empty where it is not swept.
  package let stretches: [ThresholdLine.Stretch]

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

  init(_ line: ThresholdLine) {
    part = line.threshold.part
    clause = line.threshold.clause.text
    literal = line.threshold.literal
    isSwept = true
    stretches = line.stretches
    let stretch = line.stretches[line.here]
    selected = stretch.winner
    lower = Bound(
      value: stretch.lower, isIncluded: stretch.includesLower,
      beyond: line.here > 0 ? line.stretches[line.here - 1].winner : nil)
    upper = Bound(
      value: stretch.upper, isIncluded: stretch.includesUpper,
      beyond: line.here + 1 < line.stretches.count ? line.stretches[line.here + 1].winner : nil)
  }

  /// A literal that is only named.
  init(naming literal: RuleLiteral, of part: RuleThreshold.Part, in clause: String, selected: Int?)
  {
    self.part = part
    self.clause = clause
    self.literal = literal
    isSwept = false
    self.selected = selected
    lower = Bound(value: nil, isIncluded: false, beyond: nil)
    upper = lower
    stretches = []
  }
}

extension RuleEvaluator {
  /// The exact interval of every threshold, all others held; then the literals that are not swept.
  ///
  /// - Complexity: O(n log n) a threshold.
  package func sweeps() -> [ThresholdSweep] {
    let others = rule.otherLiterals
    let lines = rule.thresholds.isEmpty ? [] : ThresholdField(self).lines()
    let current = lines.first.map { $0.stretches[$0.here].winner } ?? selected()
    return lines.map(ThresholdSweep.init)
      + others.map {
        ThresholdSweep(naming: $0.literal, of: $0.part, in: $0.text, selected: current)
      }
  }
}
