/// What a checkpoint that lost would have needed to win.
package struct Rescue: Equatable, Sendable {
  /// The threshold that would have to move, alone.
  package let threshold: RuleThreshold
  /// Where to, the nearest to where it is.
  package let stretch: ThresholdLine.Stretch

  /// `of 0.153 or below`, `below 0.1`, `of exactly 0.1`, `in (0.1, 0.2]`.
  package var place: String {
    func number(_ value: Double) -> String { NumberText.shortest(value) }
    switch (stretch.lower, stretch.upper) {
    case (nil, let upper?):
      return stretch.includesUpper ? "of \(number(upper)) or below" : "below \(number(upper))"
    case (let lower?, nil):
      return stretch.includesLower ? "of \(number(lower)) or above" : "above \(number(lower))"
    case (let lower?, let upper?) where lower == upper: return "of exactly \(number(lower))"
    case (let lower?, let upper?):
      return "in \(stretch.includesLower ? "[" : "(")\(number(lower)), \(number(upper))"
        + (stretch.includesUpper ? "]" : ")")
    case (nil, nil): return "of any value"
    }
  }
}

extension Evidence {
  /// The nearest place of a single threshold at which another checkpoint would have been selected;
  /// nil when no threshold alone makes it win.
  ///
  /// - Complexity: O(n log n) a threshold.
  package func rescue(of index: Int) -> Rescue? {
    var nearest: (rescue: Rescue, distance: Double)?
    for line in ThresholdField(evaluator).lines() {
      let now = line.threshold.literal.value
      for stretch in line.stretches where stretch.winner == index {
        let distance: Double
        if let upper = stretch.upper, upper <= now {
          distance = now - upper
        } else if let lower = stretch.lower, lower >= now {
          distance = lower - now
        } else {
          continue
        }
        if distance < nearest?.distance ?? .infinity {
          nearest = (Rescue(threshold: line.threshold, stretch: stretch), distance)
        }
      }
    }
    return nearest?.rescue
  }

  /// Why the checkpoint that is best by the objective lost, and what would have let it win; nil when
  /// nothing better was excluded.
  package var whyTheBestLost: Wording? {
    guard let (index, clause) = bestExcluded, index != kept else { return nil }
    if let selected = table.selected, !evaluator.isBetter(index, than: selected) { return nil }
    let objective = evaluator.rule.objectives[0]
    let value = evaluator.objectiveValue(0, at: index).map { NumberText.general($0, digits: 4) }
    let reason: String
    if let gap = clause.gap {
      reason = gap
    } else if let value = clause.value, let margin = clause.margin {
      reason =
        "\(NumberText.general(value, digits: 4)), short by "
        + NumberText.general(margin.magnitude, digits: 3)
    } else {
      reason = "it does not hold there"
    }
    let rescue: Wording
    if let found = self.rescue(of: index) {
      let own = found.threshold.clause.text
      let moved: Wording = own == clause.text ? "" : " in \(code: own)"
      rescue = "it would have won with a threshold \(found.place)\(moved)"
    } else {
      rescue = "no threshold alone would have let it win"
    }
    return "\(sentenceStart(index)) has the \(objective.isMax ? "highest" : "lowest") "
      + "\(objective.number.text) of all (\(value ?? "-")) and lost by "
      + "\(code: clause.text): \(reason); \(rescue)."
  }

  private func sentenceStart(_ index: Int) -> String {
    let words = run.words(of: index)
    return words.prefix(1).uppercased() + words.dropFirst()
  }

  /// "Why I selected this checkpoint", as it follows from the numbers and the review: paragraphs that
  /// a reviewer may change before they are exported.
  package var draftOfWhy: [Wording] {
    guard let kept else {
      return ["I keep no checkpoint of \(run.name): \(evaluator.whyNone)."]
    }
    return [
      reasonWords(kept), whyTheBestLost, steadinessWords, alarmWords(kept), lookingWords(kept),
    ].compactMap { $0 }
  }

  private func reasonWords(_ kept: Int) -> Wording {
    let words = run.words(of: kept)
    let whole = run.wordsWithRun(of: kept)
    guard let selected = table.selected else {
      return "I keep \(whole). The rule selects none. \(overrideWords)"
    }
    guard selected == kept else {
      let explanation = evaluator.explanation(of: kept, in: table)
      return "I keep \(whole), although the rule selects "
        + "\(run.words(of: selected)). By the rule it is \(explanation.summary(run: run)). "
        + overrideWords
    }
    let objective = evaluator.rule.objectives[0]
    let best = "the \(objective.isMax ? "highest" : "lowest") \(objective.number.text)"
    let value =
      evaluator.objectiveValue(0, at: selected)
      .map { NumberText.general($0, digits: 4) } ?? "-"
    let isAlone = table.eligibleCount == 1
    let noun = run.samplingSettings.isEmpty ? "checkpoint" : "pair of checkpoint and setting"
    let subject = "A \(noun)"
    var text: Wording = "I keep \(whole). "
    if let eligibility = evaluator.rule.eligibility {
      let satisfying = run.checkpoints.indices.count { evaluator.holds(eligibility, at: $0) }
      text +=
        "\(subject) may only be chosen where \(code: eligibility.text); \(satisfying) of "
        + "\(run.checkpoints.count) satisf\(satisfying == 1 ? "ies" : "y") it"
      if satisfying > table.eligibleCount {
        text += ", \(table.eligibleCount) of them with a value of \(objective.number.text)"
      }
      text +=
        isAlone
        ? ": \(words) alone, with \(objective.number.text) \(value)"
        : ", and of these \(words) has \(best), \(value)"
    } else {
      text +=
        isAlone
        ? "It is the only \(noun) with a value of \(objective.number.text), \(value)"
        : "It has \(best) of \(run.countWords(table.eligibleCount)), \(value)"
    }
    if let second = table.runnerUp {
      let standing = evaluator.explanation(of: second, in: table)
      let name = run.words(of: second)
      if let own = standing.objectiveValue, let best = standing.selectedValue, own != best {
        let gap = NumberText.general((best - own).magnitude, digits: 3)
        text +=
          standing.ties.isEmpty
          ? "; the runner-up, \(name), is \(gap) behind"
          : "; the runner-up, \(name), ties with it there and is \(gap) behind by "
            + "\(standing.objective)"
      } else {
        text +=
          "; the runner-up, \(name), ties with it, and the \(evaluator.rule.tie.rawValue) counts"
      }
    }
    if let override, override.override.position == run.position(of: kept) {
      return text + ". \(overrideWords)"
    }
    return text + "."
  }

  private var overrideWords: Wording {
    guard let override else { return "" }
    let reason = override.override.reason
    return reason.allSatisfy(\.isWhitespace)
      ? "\(override.reviewer) gave no reason."
      : "The reason of \(override.reviewer): \(reason)"
        + (reason.last.map { ".!?".contains($0) } == true ? "" : ".")
  }

  private var steadinessWords: Wording? {
    guard table.selected != nil, override == nil else { return nil }
    let sweeps = evaluator.sweeps().filter { $0.isSwept && $0.part == .eligibility }
    guard !sweeps.isEmpty else { return nil }
    return sweeps.map { sweep -> Wording in
      guard sweep.lower.value != nil || sweep.upper.value != nil else {
        return "No other threshold in \(code: sweep.clause) would change the choice."
      }
      return
        "The choice stays the same for every threshold of \(code: sweep.clause) in \(sweep.interval)."
    }.reduce(into: Wording(stringLiteral: "")) { $0 += $0.isEmpty ? $1 : " " + $1 }
  }

  private func alarmWords(_ kept: Int) -> Wording? {
    let alarms = Alarm.ofMetrics(run).filter { $0.kind == .possibleCollapse }
    if override != nil, let own = alarms.first(where: { $0.index == kept }) {
      return "At the choice itself there is a \(own.sentence)."
    }
    guard
      let first = alarms.first(where: { $0.index > kept && run.isSamePart($0.index, kept) })
    else { return nil }
    return "After it, at \(run.words(of: first.index)), there is a \(first.sentence). "
      + "Single samples that look sharper there do not show it."
  }

  private func lookingWords(_ kept: Int) -> Wording? {
    let seen = coverage
    guard seen.allSamples > 0 else { return nil }
    guard seen.samples > 0 else { return "Nobody looked at a sample in the program." }
    var text: Wording =
      "I looked at samples of \(seen.checkpoints) of \(run.countWords(run.checkpoints.count)), "
      + "\(seen.samples) of \(seen.allSamples) samples in all. "
    let failures = self.failures
    if failures.isEmpty {
      text += "No failure was tagged, which is no evidence that there are none."
    } else {
      let tags = tagsByCount.prefix(3).joined(separator: ", ")
      let own = failures.count { $0.index == kept }
      text +=
        "\(failures.count) sample\(failures.count == 1 ? " bears" : "s bear") a failure tag "
        + "(\(tags)), \(own == 0 ? "none" : String(own)) of them at the choice."
    }
    if let heldOut, heldOut.seeds > 0 {
      text += " Seeds held out from the choice: \(heldOut.words)."
    }
    return text
  }
}
