/// What one clause says of one checkpoint.
package struct ClauseFinding: Equatable, Sendable {
  package let text: String
  package let holds: Bool
  /// The left side's value; nil when missing or not a comparison.
  package let value: Double?
  /// How far the value is from the limit, positive when the clause holds; nil when it has none.
  package let margin: Double?
  /// Why there is no value: a missing metric or a NaN.
  package let gap: String?
  /// What an `or` or a `not` is made of.
  package var parts: [ClauseFinding] = []

  /// Of a clause that does not hold: the comparison in it with the smallest margin.
  var nearestMiss: ClauseFinding? {
    if margin != nil { return self }
    return parts.compactMap(\.nearestMiss)
      .min { $0.margin?.magnitude ?? .infinity < $1.margin?.magnitude ?? .infinity }
  }

  /// `diversity >= 0.55 fails: 0.48, short by 0.07`.
  package var sentence: String {
    if let gap { return "\(text) \(holds ? "holds" : "fails"): \(gap)" }
    guard let value, let margin else {
      let words = "\(text) \(holds ? "holds" : "does not hold")"
      // Where one part is enough, the ones that do not hold explain nothing.
      let telling = holds && parts.count > 1 ? parts.filter(\.holds) : parts
      return telling.isEmpty
        ? words : "\(words): \(telling.map(\.sentence).joined(separator: "; "))"
    }
    let number = NumberText.general(value, digits: 4)
    let distance = NumberText.general(margin.magnitude, digits: 3)
    return holds
      ? "\(text) holds: \(number), by \(distance)"
      : "\(text) fails: \(number), short by \(distance)"
  }
}

/// Why one checkpoint is, or is not, a candidate and the selection.
package struct RuleExplanation: Equatable, Sendable {
  package let index: Int
  package let isCandidate: Bool
  package let isEligible: Bool
  package let isSelected: Bool
  package let candidateClauses: [ClauseFinding]
  package let eligibilityClauses: [ClauseFinding]
  /// The first objective by which this checkpoint and the selected one differ; else the first.
  package let objective: String
  package let objectiveValue: Double?
  /// Why it has no value: a missing metric or a NaN.
  package let objectiveGap: String?
  /// The objectives before it, in which the two are equal, with the value: `max quality 0.9`.
  package let ties: [String]
  package let selected: Int?
  package let selectedValue: Double?
  package let tie: Rule.Tie
  package let eligibleCount: Int
  /// What would be selected next, with its value of the same objective.
  package let runnerUp: Int?
  package let runnerUpValue: Double?

  /// One line: the reason that decides.
  package func summary(run: Run) -> String {
    if isSelected {
      let lead = "selected: \(tied)\(objective) \(number(objectiveValue))"
      guard let runnerUp else { return "\(lead), the only one eligible" }
      let second = run.words(of: runnerUp)
      guard let objectiveValue, let runnerUpValue else {
        return "\(lead), ahead of \(second), which has none; first of \(eligibleCount) eligible"
      }
      let gap = (objectiveValue - runnerUpValue).magnitude
      return gap == 0
        ? "\(lead), tied with \(second), and the \(tie.rawValue); first of \(eligibleCount) eligible"
        : "\(lead), \(NumberText.general(gap, digits: 3)) ahead of \(second); first of "
          + "\(eligibleCount) eligible"
    }
    if let failing = eligibilityClauses.first(where: { !$0.holds }) {
      return "not selected: \(failing.sentence)"
    }
    return "not selected: \(standing(run: run))"
  }

  /// The margin alone, for a line that has no room for the summary.
  package func short(run: Run) -> String {
    func margin(_ value: Double) -> String { NumberText.general(value.magnitude, digits: 3) }
    if isSelected {
      guard let runnerUp else { return "selected, the only one eligible" }
      guard let objectiveValue, let runnerUpValue else { return "selected" }
      return "selected, \(margin(objectiveValue - runnerUpValue)) ahead of "
        + run.words(of: runnerUp)
    }
    if let failing = eligibilityClauses.first(where: { !$0.holds }) {
      guard let leaf = failing.nearestMiss, let margin = leaf.margin else {
        return failing.sentence
      }
      return "\(NumberText.general(margin.magnitude, digits: 3)) off \(leaf.text)"
    }
    guard let objectiveValue, let selected, let selectedValue else { return standing(run: run) }
    return "\(margin(objectiveValue - selectedValue)) behind \(run.words(of: selected))"
  }

  /// Where an eligible checkpoint stands against the selected one.
  package func standing(run: Run) -> String {
    guard let objectiveValue else {
      return "\(objective) has no value here\(objectiveGap.map { ": \($0)" } ?? "")"
    }
    guard let selected, let selectedValue else { return "none is selected" }
    let gap = (objectiveValue - selectedValue).magnitude
    let winner = run.words(of: selected)
    if gap == 0 { return "tied with \(winner), which is the \(tie.rawValue)" }
    return "\(tied)\(objective) \(number(objectiveValue)), \(NumberText.general(gap, digits: 3)) "
      + "behind \(winner)"
  }

  /// `max quality 0.9 tied, then `; empty where the first objective decides.
  private var tied: String { ties.map { "\($0) tied, then " }.joined() }

  private func number(_ value: Double?) -> String {
    value.map { NumberText.general($0, digits: 4) } ?? "-"
  }
}

extension RuleEvaluator {
  /// Why a checkpoint stands where it stands in a table that this evaluator judged.
  ///
  /// - Complexity: O(1) in the number of checkpoints.
  package func explanation(of index: Int, in table: CheckpointTable) -> RuleExplanation {
    let selected = table.selected
    // The selected one differs from its runner-up where any other differs from the selected one.
    let other = selected == index ? table.runnerUp : selected
    let deciding =
      rule.objectives.indices.first { ordinal in
        other.map { objectiveValue(ordinal, at: index) != objectiveValue(ordinal, at: $0) } ?? false
      } ?? 0
    return RuleExplanation(
      index: index, isCandidate: isCandidate(index), isEligible: isEligible(index),
      isSelected: selected == index,
      candidateClauses: (rule.candidate?.clauses ?? []).map { finding(of: $0, at: index) },
      eligibilityClauses: (rule.eligibility?.clauses ?? []).map { finding(of: $0, at: index) },
      objective: rule.objectives[deciding].text,
      objectiveValue: objectiveValue(deciding, at: index),
      objectiveGap: gap(of: rule.objectives[deciding].number, at: index),
      ties: rule.objectives.prefix(deciding).enumerated().map { ordinal, objective in
        let value = objectiveValue(ordinal, at: index).map { NumberText.general($0, digits: 4) }
        return "\(objective.text) \(value ?? "-")"
      }, selected: selected,
      selectedValue: selected.flatMap { objectiveValue(deciding, at: $0) }, tie: rule.tie,
      eligibleCount: table.eligibleCount, runnerUp: table.runnerUp,
      runnerUpValue: table.runnerUp.flatMap { objectiveValue(deciding, at: $0) })
  }

  /// Why no checkpoint is selected, where none is.
  ///
  /// - Complexity: O(n).
  package var whyNone: String {
    let satisfies = (0..<facts.count).contains { index in
      rule.eligibility.map { holds($0, at: index) } ?? true
    }
    let isUnjudged = rule.objectives[0].number.metricNames.contains(where: self.isUnjudged)
    return satisfies
      ? "no checkpoint that may be selected has a value for \(rule.objectives[0].text)"
        + (isUnjudged ? ", which people have not judged yet" : "")
      : "no checkpoint satisfies the where of the rule"
  }

  /// The place of a checkpoint among the eligible, from 1; nil when it is not one of them.
  ///
  /// - Complexity: O(n).
  package func rank(of index: Int) -> Int? {
    guard isEligible(index) else { return nil }
    return (0..<facts.count).count { $0 != index && isEligible($0) && isBetter($0, than: index) }
      + 1
  }

  /// What a clause says of a checkpoint, and by how much.
  package func finding(of clause: RuleCondition, at index: Int) -> ClauseFinding {
    let holds = holds(clause, at: index)
    guard case .comparison(let left, let comparison, let right) = clause else {
      return ClauseFinding(
        text: clause.text, holds: holds, value: nil, margin: nil, gap: nil,
        parts: clause.parts.map { finding(of: $0, at: index) })
    }
    let leftValue = value(left, at: index)
    let rightValue = value(right, at: index)
    guard let leftValue, let rightValue, !leftValue.isNaN, !rightValue.isNaN else {
      return ClauseFinding(
        text: clause.text, holds: holds, value: leftValue, margin: nil,
        gap: gap(of: left, at: index) ?? gap(of: right, at: index))
    }
    // Without end on both sides they are still equal.
    let difference = leftValue == rightValue ? 0 : leftValue - rightValue
    let margin: Double
    switch comparison {
    case .atLeast, .above: margin = difference
    case .atMost, .below: margin = -difference
    case .equal, .unequal: margin = difference.magnitude
    }
    // Of `0.55 <= diversity` the checkpoint's value is the right one.
    let isMirrored = left.isLiteral && !right.isLiteral
    return ClauseFinding(
      text: clause.text, holds: holds, value: isMirrored ? rightValue : leftValue, margin: margin,
      gap: nil)
  }

  /// Why a number has no value at a checkpoint; nil when it has one.
  func gap(of number: RuleNumber, at index: Int) -> String? {
    let known = value(number, at: index)
    if let known, !known.isNaN { return nil }
    if case .arithmetic(let left, let sign, let right) = number {
      if let inner = gap(of: left, at: index) ?? gap(of: right, at: index) { return inner }
      return sign == .divided
        ? "\(right.text) is 0, by which nothing is divided"
        : "\(number.text) is NaN"
    }
    if case .negated(let inner) = number { return gap(of: inner, at: index) }
    if known == nil, number.metricNames.contains(where: JudgedMetric.isOne) {
      return "\(number.text) is missing: people have not judged it yet"
    }
    return known == nil ? "\(number.text) is missing" : "\(number.text) is NaN"
  }
}
