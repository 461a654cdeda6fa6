/// Thresholds of a rule that stand on the same value in the same comparison, and so move as one.
package struct ThresholdGroup: Equatable, Sendable {
  /// At least one, in the order of the text.
  package let members: [RuleThreshold]

  package var value: Double { members[0].literal.value }
  package var other: RuleNumber { members[0].other }
  package var comparison: RuleCondition.Comparison { members[0].comparison }
  /// The comparison with the threshold on its right.
  package var clause: String {
    "\(other.text) \(comparison.rawValue) \(members[0].literal.text)"
  }
  /// Whether it decides who may be selected, and not only who is a candidate.
  package var isOfSelection: Bool { members.contains { $0.part == .eligibility } }

  /// The rule with this threshold somewhere else.
  package func moved(to value: Double, in rule: Rule) -> Rule {
    rule.replacing(
      Dictionary(members.map { ($0.literal.ordinal, value) }, uniquingKeysWith: { $1 }))
  }
}

extension Rule {
  /// The thresholds that move one by one, in the order of the text.
  package var thresholdGroups: [ThresholdGroup] {
    var groups: [[RuleThreshold]] = []
    for threshold in thresholds {
      if let place = groups.firstIndex(where: { $0[0].isSame(as: threshold) }) {
        groups[place].append(threshold)
      } else {
        groups.append([threshold])
      }
    }
    return groups.map(ThresholdGroup.init)
  }

  /// The two thresholds that a map is drawn of, those of the selection first; nil for fewer.
  package var mappedThresholds: (x: ThresholdGroup, y: ThresholdGroup)? {
    // Two literals that are compared with one another limit no checkpoint.
    // A comparison for equality holds on a line of no width, which no cell can show.
    let groups = thresholdGroups.filter {
      !$0.other.isLiteral && $0.comparison != .equal && $0.comparison != .unequal
    }
    let ordered = groups.filter(\.isOfSelection) + groups.filter { !$0.isOfSelection }
    return ordered.count > 1 && ordered[0].isOfSelection ? (ordered[0], ordered[1]) : nil
  }
}

/// Who is selected while two thresholds move, all others held.
package struct ThresholdMap: Sendable {
  package let x: ThresholdGroup
  package let y: ThresholdGroup
  private let standings: [Standing]

  private struct Standing {
    let index: Int
    let x: Double?
    let y: Double?
    /// By whether the clause of x holds, and whether that of y does.
    let isEligible: [Bool]
    let isCandidate: [Bool]
  }

  package struct Winner: Hashable, Sendable {
    package let index: Int
    package let isCandidate: Bool
  }

  /// - Complexity: O(n log n).
  package init(_ field: ThresholdField, x: ThresholdGroup, y: ThresholdGroup) {
    self.x = x
    self.y = y
    let truths = [(false, false), (false, true), (true, false), (true, true)].map { first, second in
      x.members.map { ($0.literal.ordinal, first) } + y.members.map { ($0.literal.ordinal, second) }
    }
    standings = field.ranking.map { index in
      Standing(
        index: index, x: field.evaluator.value(x.other, at: index),
        y: field.evaluator.value(y.other, at: index),
        isEligible: truths.map { field.isEligible(index, assuming: $0) },
        isCandidate: truths.map { field.isCandidate(index, assuming: $0) })
    }
  }

  /// The selection with the thresholds at other places; nil when none is eligible there.
  ///
  /// - Complexity: O(n), mostly much less: the best is looked at first.
  package func winner(x first: Double, y second: Double) -> Winner? {
    for standing in standings {
      let holdsX = Self.holds(standing.x, x.comparison, first)
      let holdsY = Self.holds(standing.y, y.comparison, second)
      let place = (holdsX ? 2 : 0) + (holdsY ? 1 : 0)
      if standing.isEligible[place] {
        return Winner(index: standing.index, isCandidate: standing.isCandidate[place])
      }
    }
    return nil
  }

  private static func holds(
    _ value: Double?, _ comparison: RuleCondition.Comparison, _ limit: Double
  ) -> Bool {
    guard let value, !value.isNaN else { return false }
    return comparison.holds(value, limit)
  }

  /// Edges of cells along x: where something changes, if these are few, else even ones.
  package func edgesOfX(most: Int) -> [Double] { edges(standings.map(\.x), x.value, most) }

  package func edgesOfY(most: Int) -> [Double] { edges(standings.map(\.y), y.value, most) }

  private func edges(_ values: [Double?], _ now: Double, _ most: Int) -> [Double] {
    let known = Set(values.compactMap { $0 }.filter(\.isFinite) + [now]).sorted()
    guard let low = known.first, let high = known.last else { return [] }
    // Something to see beyond the last value on either side.
    let margin = high > low ? (high - low) / 12 : max(0.5, high.magnitude / 4)
    if known.count + 1 <= most {
      return [low - margin] + known + [high + margin]
    }
    let (start, span) = (low - margin, high - low + 2 * margin)
    return (0...most).map { start + span * Double($0) / Double(most) }
  }
}
