import ReviewCore
import Testing

/// What must hold of every rule on every run.
@Suite struct RulePropertyTests {
  /// The choice at a literal's other values, by judging anew with the rule rewritten.
  private func winner(
    _ rule: Rule, _ threshold: RuleThreshold, at value: Double, _ facts: RuleFacts
  ) throws -> Int? {
    try RuleEvaluator(rule.replacing([threshold.literal.ordinal: value]), facts: facts).selected()
  }

  @Test(arguments: 0..<8) func everyThresholdsLineIsThatOfBruteForce(_ part: Int) throws {
    var random = RandomRule(seed: UInt64(100 + part))
    var swept = 0
    var moves = 0
    while swept < 700 {
      let run = random.run()
      let facts = RuleFacts(run: run, reviews: [random.review(of: run)])
      let rule = try RuleParser.rule(RuleText(random.rule()))
      let judged = try RuleEvaluator(rule, facts: facts)
      let current = judged.selected()
      let lines = ThresholdField(judged).lines()
      #expect(lines.map(\.threshold) == rule.thresholds)
      for line in lines {
        swept += 1
        let values = facts.epochs.indices.compactMap { judged.value(line.threshold.other, at: $0) }
          .filter(\.isFinite)
        let near = (values + [line.threshold.literal.value, -9, 9]).flatMap {
          [$0 - 1e-6, $0, $0 + 1e-6]
        }
        for value in near {
          let brute = try winner(rule, line.threshold, at: value, facts)
          let stretch = line.stretches.first { stretch in
            let isAbove = stretch.lower.map { stretch.includesLower ? value >= $0 : value > $0 }
            let isBelow = stretch.upper.map { stretch.includesUpper ? value <= $0 : value < $0 }
            return isAbove ?? true && isBelow ?? true
          }
          #expect(try #require(stretch).winner == brute, "\(rule.text) at \(value)")
        }
        #expect(line.stretches[line.here].winner == current)
        // Neighbours differ, the first has no start and the last no end.
        #expect(
          zip(line.stretches, line.stretches.dropFirst()).allSatisfy { $0.winner != $1.winner })
        #expect(line.stretches.first?.lower == nil && line.stretches.last?.upper == nil)
        if line.stretches.count > 1 { moves += 1 }
      }
    }
    // Such runs and rules that nothing ever moves in would prove nothing.
    #expect(moves > 100)
  }

  @Test func explanationsAndSelectionNeverContradict() throws {
    var random = RandomRule(seed: 7)
    for _ in 0..<3000 {
      let run = random.run()
      let facts = RuleFacts(run: run, reviews: [random.review(of: run)])
      let judged = try RuleEvaluator(RuleParser.rule(RuleText(random.rule())), facts: facts)
      let table = CheckpointTable(judging: judged)
      #expect(table.selected == judged.selected())
      for index in run.checkpoints.indices {
        let found = judged.explanation(of: index, in: table)
        let words = found.summary(run: run)
        #expect(found.isSelected == (table.selected == index))
        #expect(found.isSelected == words.hasPrefix("selected: "))
        #expect(found.isCandidate == (table.statuses[index] == .candidate))
        if judged.rule.candidate != nil {
          #expect(found.isCandidate == found.candidateClauses.allSatisfy(\.holds))
        }
        let satisfies = found.eligibilityClauses.allSatisfy(\.holds)
        #expect(found.isEligible == (satisfies && judged.objectiveValue(0, at: index) != nil))
        if found.isSelected { #expect(satisfies) }
        for clause in found.candidateClauses + found.eligibilityClauses {
          // A margin's sign says the same as the clause; on the limit itself either may hold.
          if let margin = clause.margin, margin != 0, !clause.text.contains("!="),
            !clause.text.contains("==")
          {
            #expect((margin > 0) == clause.holds, "\(clause.text)")
          }
          if clause.gap != nil { #expect(!clause.holds && clause.margin == nil) }
        }
        #expect(judged.rank(of: index) == (found.isEligible ? ranked(judged, index) : nil))
      }
    }
  }

  private func ranked(_ judged: RuleEvaluator, _ index: Int) -> Int? {
    let eligible = (0..<judged.facts.count).filter(judged.isEligible)
    return eligible.sorted { judged.isBetter($0, than: $1) }.firstIndex(of: index).map { $0 + 1 }
  }

  @Test func aRulesTextParsesBackToItself() throws {
    var random = RandomRule(seed: 11)
    for _ in 0..<4000 {
      let rule = try RuleParser.rule(RuleText(random.rule()))
      #expect(try RuleParser.rule(RuleText(rule.text)) == rule, "\(rule.text)")
    }
  }

  @Test(arguments: [
    "fid", "a b", "`", "a`b", "``", "max", "rank", "candidate", "two\nlines", "1e5", "Größe", "x=y",
    "tie:", "-", "a\\b",
  ])
  func anyNameParsesBack(_ name: String) throws {
    let number = RuleNumber.arithmetic(.metric(name), .minus, .rank(name))
    let marks = RuleCondition.and(.tagged(name), .comparison(.share(name), .above, number))
    let rule = Rule(
      candidate: marks, objectives: [RuleObjective(isMax: true, number: number)], eligibility: nil,
      tie: .latest)
    #expect(try RuleParser.rule(RuleText(rule.text)) == rule, "\(rule.text)")
  }

  @Test(arguments: ["2e-x", "3d", "12", "a-1e", "mode-collapse", "a--b", "-x"])
  func anyTagParsesBack(_ tag: String) throws {
    let rule = Rule(
      candidate: .tagged(tag), objectives: [RuleObjective(isMax: true, number: .share(tag))],
      eligibility: nil, tie: .earliest)
    #expect(try RuleParser.rule(RuleText(rule.text)) == rule, "\(rule.text)")
  }

  @Test func equalsShareTheMeanOfTheirRanks() throws {
    let sample = run(
      epochs: [1, 2, 3, 4, 5], quality: [0.2, 0.7, 0.7, nil, 0.9], diversity: [1, 1, 1, 1, 1])
    let judged = try evaluator("select: min rank(quality)", sample)
    #expect((0..<5).map { judged.objectiveValue(0, at: $0) } == [4, 2.5, 2.5, nil, 1])
    #expect(judged.selected() == 4)
    #expect(throws: RuleError.self) {
      try evaluator("select: min rank(mystery)", sample)
    }
  }
}

extension RulePropertyTests {
  /// Whole groups, under a rule of which another threshold was moved before.
  @Test func theLineOfAGroupIsThatOfBruteForce() throws {
    var random = RandomRule(seed: 41)
    var lines = 0
    var changes = 0
    while lines < 400 {
      let facts = RuleFacts(run: random.run(), reviews: [])
      let rule = try RuleParser.rule(RuleText(random.rule()))
      let groups = rule.thresholdGroups
      guard let other = groups.first, let group = groups.last else { continue }
      lines += 1
      let field = ThresholdField(try RuleEvaluator(rule, facts: facts))
      let moved = other.moved(to: Double(random.below(21)) / 16 - 0.4, in: rule)
      let line = ThresholdLine(group, of: field.judged(by: try RuleEvaluator(moved, facts: facts)))
      changes += line.stretches.count - 1
      for _ in 0..<12 {
        let value = Double(random.below(21)) / 16 - 0.4
        let brute = try RuleEvaluator(group.moved(to: value, in: moved), facts: facts).selected()
        #expect(line.stretches[line.place(of: value)].winner == brute, "\(rule.text) at \(value)")
      }
      let ends = line.stretches.indices.filter { place in
        let stretch = line.stretches[place]
        let inside = [
          stretch.includesLower ? stretch.lower : nil, stretch.includesUpper ? stretch.upper : nil,
        ].compactMap { $0 }
        return inside.allSatisfy { line.place(of: $0) == place }
      }
      #expect(ends.count == line.stretches.count)
    }
    #expect(changes > 100)
  }

  @Test func theMapOfTwoThresholdsIsThatOfBruteForce() throws {
    var random = RandomRule(seed: 23)
    var maps = 0
    var winners: Set<Int?> = []
    while maps < 400 {
      let run = random.run()
      let facts = RuleFacts(run: run, reviews: [])
      let rule = try RuleParser.rule(RuleText(random.rule()))
      guard let (x, y) = rule.mappedThresholds else { continue }
      maps += 1
      let map = ThresholdMap(ThresholdField(try RuleEvaluator(rule, facts: facts)), x: x, y: y)
      for _ in 0..<12 {
        let (first, second) = (Double(random.below(21)) / 16 - 0.4, Double(random.below(21)) / 16)
        let moved = y.moved(to: second, in: x.moved(to: first, in: rule))
        let brute = try RuleEvaluator(moved, facts: facts)
        let found = map.winner(x: first, y: second)
        #expect(found?.index == brute.selected(), "\(moved.text)")
        if let found, rule.candidate != nil {
          #expect(found.isCandidate == brute.isCandidate(found.index), "\(moved.text)")
        }
        winners.insert(found?.index)
      }
    }
    #expect(winners.count > 5)
  }

  @Test func theFrontIsThatOfBruteForce() throws {
    var random = RandomRule(seed: 31)
    var knees = 0
    for _ in 0..<800 {
      var run = random.run()
      run.columns[0].metric.direction = random.pick([.higher, .lower])
      let front = ParetoFront(of: run, x: 0, y: 1)
      func point(_ index: Int) -> (Double, Double)? {
        guard let x = run.columns[0].values[index], let y = run.columns[1].values[index],
          x.isFinite, y.isFinite
        else { return nil }
        return (run.columns[0].metric.direction == .lower ? -x : x, y)
      }
      func dominates(_ a: Int, _ b: Int) -> Bool {
        guard let a = point(a), let b = point(b) else { return false }
        return a.0 >= b.0 && a.1 >= b.1 && (a.0 > b.0 || a.1 > b.1)
      }
      let all = Array(run.checkpoints.indices)
      for index in all {
        let isFree = point(index) != nil && !all.contains { dominates($0, index) }
        #expect(front.contains(index) == isFree)
        if let dominator = front.dominator(of: index) {
          #expect(dominates(dominator, index) && front.contains(dominator))
        } else {
          #expect(isFree || point(index) == nil)
        }
      }
      #expect(Set(front.members) == Set(all.filter(front.contains)))
      if front.knee != nil {
        knees += 1
        let knee = try RulePreset.knee.text(for: run)
        // Whatever columns the preset weighs, its text is a rule.
        _ = try RuleParser.rule(knee)
      }
    }
    #expect(knees > 20)
  }
}
