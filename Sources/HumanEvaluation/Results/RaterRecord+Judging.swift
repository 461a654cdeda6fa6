import ReviewCore

extension RaterRecord {
  /// How a block was answered, and whether its own rule leaves the rater out.
  init(judging record: BlockRecord) {
    self.init(record)
    let answered = record.answered
    for (trial, given) in answered {
      switch trial.purpose {
      case .check:
        guard let isPassed = trial.isPassed(given.answer) else { continue }
        checks += 1
        if isPassed { checksPassed += 1 }
      case .repetition:
        guard let isConsistent = record.isConsistent(trial, given.answer) else { continue }
        repetitions += 1
        if isConsistent { consistent += 1 }
      case .question:
        guard case .choice(let side) = given.answer else { continue }
        sided += 1
        if side == .left { leftSided += 1 }
      }
    }
    if sided > 0 { sidePValue = Proportion(successes: leftSided, tries: sided).pValue() }
    medianMilliseconds = Self.median(answered.compactMap(\.given.milliseconds))
    fatigue = Fatigue(record).words
    exclusion = clause(
      record.block.raterRule, times: answered.count { $0.given.milliseconds != nil })
  }

  /// The first clause that is not kept, with what was found; nil where all are.
  private func clause(_ rule: RaterRule, times: Int) -> String? {
    if let least = rule.checks, checks >= RaterRule.leastCount,
      Double(checksPassed) < least * Double(checks)
    {
      return "passed \(checksPassed) of \(checks) checks"
    }
    if let least = rule.consistency, repetitions >= RaterRule.leastCount,
      Double(consistent) < least * Double(repetitions)
    {
      return "repeated \(consistent) of \(repetitions) answers"
    }
    let most = max(leftSided, sided - leftSided)
    if let part = rule.side, sided >= RaterRule.leastSides, Double(most) > part * Double(sided) {
      return "chose \(most == leftSided ? "left" : "right") in \(most) of \(sided) answers"
    }
    if let least = rule.time, times >= RaterRule.leastCount, let medianMilliseconds,
      medianMilliseconds < least
    {
      return "answered within \(medianMilliseconds) ms half of the time"
    }
    return nil
  }

  /// The lower of the two in the middle; nil of nothing.
  static func median(_ times: [Int]) -> Int? {
    times.isEmpty ? nil : times.sorted()[(times.count - 1) / 2]
  }
}

extension BlockRecord {
  /// Whether a repetition was answered as the first time, the sides being exchanged; of a rating, at most one
  /// level apart. Nil for what is no repetition, and where one of both says nothing.
  func isConsistent(_ trial: Trial, _ answer: TrialAnswer) -> Bool? {
    guard case .repetition(let number) = trial.purpose, let first = answers[number]?.answer else {
      return nil
    }
    switch (first, answer) {
    case (.choice(let side), .choice(let again)): return again == side.other
    case (.rating(let rating), .rating(let again)): return abs(rating - again) <= 1
    case (.skipped, _), (_, .skipped): return nil
    default: return first == answer
    }
  }
}
