import ReviewCore
import Testing

/// What a choice stands on: cautions, held-out seeds, the checklist, alarms and the disk plan.
@Suite struct EvidenceTests {
  private func sampled(_ counts: [Int] = [8, 8, 8, 8]) -> Run {
    var run = designRun()
    for (index, count) in counts.enumerated() where count > 0 {
      let layout = GridLayout(
        columns: count, rows: 1, padding: 0, hasBorder: false, sampleWidth: 8, sampleHeight: 8,
        count: count, certainty: 1)
      run.checkpoints[index].samples = .grid(path: "\(index).png", layout: layout)
    }
    return run
  }

  private func review(_ acts: [ReviewAct], reviewer: String = "ann") -> Review {
    Review(
      reviewer: reviewer,
      events: acts.enumerated().map {
        ReviewEvent(sequence: $0.offset + 1, time: "", reviewer: reviewer, act: $0.element)
      })
  }

  private func evidence(_ run: Run, _ acts: [ReviewAct]) throws -> Evidence {
    let reviews = [review(acts)]
    return Evidence(
      run: run, reviews: reviews,
      evaluator: try RuleEvaluator(
        RuleInForce(run: run).rule, facts: RuleFacts(run: run, reviews: reviews)))
  }

  private func at(_ epoch: Double, _ sample: Int? = nil) -> Target {
    Target(Position(.epoch, epoch), sample: sample)
  }

  private func seen(_ epoch: Double, _ samples: [Int] = Array(0..<8)) -> ReviewAct {
    .seen(Position(.epoch, epoch), samples: samples)
  }

  private func blurry(_ epoch: Double, _ sample: Int) -> ReviewAct {
    .tag(at(epoch, sample), tag: "blurry", isOn: true, digest: nil)
  }

  @Test func eachWayOfPickingCherriesIsNamed() throws {
    let careful = [seen(1), seen(10), seen(30), seen(60), blurry(60, 1)]
    #expect(try evidence(sampled(), careful).cautions == [])
    func caution(_ acts: [ReviewAct], _ words: String, of run: Run? = nil) throws -> Bool {
      try evidence(run ?? sampled(), acts).cautions.contains { $0.contains(words) }
    }
    #expect(try caution([], "were never looked at"))
    #expect(try caution([seen(30), blurry(60, 1)], "epoch 10 and epoch 60 never looked at"))
    #expect(!(try caution([seen(30), seen(10), seen(60)], "never looked at")))
    #expect(try caution([seen(30)], "Only samples of candidates"))
    #expect(!(try caution([seen(30), seen(60)], "Only samples of candidates")))
    #expect(try caution([seen(30)], "No failure was recorded"))
    #expect(!(try caution(careful, "No failure was recorded")))
    let other = [seen(10, [4, 5]), seen(30, [0, 1]), seen(60, [0, 1])]
    #expect(try caution(other, "not on the same seeds: none that was seen at epoch 10"))
    #expect(
      try caution(careful, "different numbers of samples, 4 to 8", of: sampled([8, 8, 8, 4])))
    var unfixed = sampled()
    unfixed.declaration.hasFixedSeeds = false
    #expect(try caution(careful, "does not keep its seeds", of: unfixed))
    let choose = ReviewAct.select(Position(.epoch, 10), reason: " ", isOn: true)
    #expect(try caution(careful + [choose], "without a reason"))
    #expect(try caution(careful + [.verdict(Position(.epoch, 30), .reject)], "rejects the kept"))
  }

  @Test func heldOutSeedsHaveNoPartInTheChoice() throws {
    var run = sampled()
    run.declaration.heldOutSeeds = [6, 7]
    run.declaration.rule = RuleText("select: min share(blurry) where not tagged(noise)")
    let noise = ReviewAct.tag(at(30, 7), tag: "noise", isOn: true, digest: nil)
    let judged = try evidence(run, [blurry(1, 0), blurry(10, 6), noise, .rate(at(60, 6), 1)])
    #expect(judged.evaluator.facts.shares["blurry"]?[0] == 1.0 / 6)
    #expect(judged.evaluator.facts.shares["blurry"]?[1] ?? 0 == 0)
    #expect(judged.evaluator.facts.tagged["noise"]?[2] ?? false == false)
    #expect(judged.evaluator.facts.ratings[3] == nil)
    #expect(judged.table.selected == 1)
  }

  @Test func heldOutSeedsConfirmTheChoiceOrDoNot() throws {
    var run = sampled([24, 24, 24, 24])
    run.declaration.heldOutSeeds = Array(16..<24)
    let all = Array(0..<24)
    func check(_ acts: [ReviewAct]) throws -> HeldOutCheck {
      try #require(try evidence(run, acts).heldOut)
    }
    let unseen = try check([seen(30, Array(0..<20))])
    #expect(unseen.seeds == 8 && unseen.seen == 4 && !unseen.confirms)
    #expect(unseen.words.contains("not confirmed yet"))
    let alike = try check([seen(30, all), blurry(30, 2), blurry(30, 17)])
    #expect(alike.confirms && alike.tagged == 1 && alike.reviewTagged == 1)
    let worse = try check([seen(30, all)] + (16..<20).map { blurry(30, $0) })
    #expect(worse.isWorse && !worse.confirms)
    #expect(
      try evidence(run, [seen(30, all)] + (16..<20).map { blurry(30, $0) }).cautions
        .contains { $0.contains("worse than chance allows") })
  }

  /// Against the sum over all ways to draw, counted one by one.
  @Test func theTestOfHeldOutSeedsIsExact() {
    func choose(_ n: Int, _ k: Int) -> Double {
      guard k >= 0, k <= n else { return 0 }
      return (0..<k).reduce(1.0) { $0 * Double(n - $1) / Double($1 + 1) }
    }
    for (seen, tagged, reviewSeen, reviewTagged) in [
      (8, 4, 16, 0), (8, 2, 16, 1), (8, 3, 16, 2), (16, 5, 48, 3), (16, 4, 48, 3), (5, 5, 5, 0),
    ] {
      let (all, marked) = (seen + reviewSeen, tagged + reviewTagged)
      let tail = (tagged...seen).reduce(0.0) { sum, count in
        sum + choose(marked, count) * choose(all - marked, seen - count) / choose(all, seen)
      }
      let check = HeldOutCheck(
        seeds: seen, seen: seen, tagged: tagged, reviewSeen: reviewSeen,
        reviewTagged: reviewTagged)
      #expect(check.isWorse == (tail < 0.05), "\(seen) \(tagged) \(tail)")
    }
  }

  @Test func aShareOfTheSeedsIsDrawnTheSameWayAlways() {
    var run = sampled([400])
    run.declaration.heldOutShare = 0.25
    let drawn = run.heldOutSeeds(of: 0)
    #expect((70...130).contains(drawn.count))
    // More samples leave the split of the first ones as it was.
    var longer = sampled([800])
    longer.declaration.heldOutShare = 0.25
    #expect(longer.heldOutSeeds(of: 0).filter { $0 < 400 } == drawn)
    run.declaration.heldOutSeeds = [3]
    #expect(run.heldOutSeeds(of: 0) == [3])
  }

  @Test func theChecklistSaysWhatIsMissing() throws {
    var run = sampled()
    let rule = try RuleInForce(run: run)
    let bare = EvidenceChecklist(try evidence(run, []), rule: rule)
    #expect(
      bare.missing.map(\.subject) == [
        .failures, .diversity, .quality, .trainingLog, .rule, .latentShape, .trust, .nextStep,
      ])
    #expect(bare.missing.allSatisfy { $0.remedy != nil } && bare.offers.isEmpty)
    run.series = [Series(name: "loss", axis: .epoch, positions: [1], values: [1])]
    run.declaration.latentShape = [16]
    run.declaration.rule = RuleText("select: max quality where diversity >= 0.55")
    let words = [NoteSubject.diversity, .quality, .trust, .nextStep].map {
      ReviewAct.note(Target(), about: $0, text: "words")
    }
    let tag = ReviewAct.tag(at(60, 1), tag: "mode-collapse", isOn: true, digest: nil)
    let whole = EvidenceChecklist(
      try evidence(run, words + [tag]), rule: try RuleInForce(run: run))
    #expect(whole.isComplete)
    #expect(whole.offers.count == Remedy.all.count { $0.tag == "mode-collapse" })
    #expect(whole.offers.contains { $0.words.contains("gradient penalty") })
    // Undoing one of them is missing at once.
    let undone = EvidenceChecklist(
      try evidence(run, words + [tag, .undo(of: 5)]), rule: try RuleInForce(run: run))
    #expect(undone.missing.map(\.subject) == [.failures])
  }

  @Test func everyRemedyNamesATagAndASource() {
    let tags = Set(FailureTag.builtIn.map(\.name))
    #expect(Remedy.all.allSatisfy { tags.contains($0.tag) })
    #expect(tags.allSatisfy { tag in Remedy.all.contains { $0.tag == tag } })
    #expect(
      Remedy.all.allSatisfy { $0.source.contains("arXiv:") || $0.source.contains("doi:") })
  }

  @Test func collapseIsSaidWhereDiversityFallsWhileQualityRises() {
    let falling = Alarm.all(of: designRun())
    #expect(falling.map(\.index) == [1, 2, 3])
    #expect(
      falling[2].sentence
        == "possible collapse: diversity fell 0.80 to 0.48 while quality rose 0.20 to 0.75 since "
        + "epoch 1")
    let rising = run(epochs: [1, 2, 3], quality: [0.1, 0.2, 0.3], diversity: [0.1, 0.5, 0.6])
    #expect(Alarm.all(of: rising).isEmpty)
    let both = run(epochs: [1, 2, 3], quality: [0.1, 0.4, 0.3], diversity: [0.1, 0.6, 0.2])
    #expect(Alarm.all(of: both).isEmpty)
    let hole = run(epochs: [1, 2, 3], quality: [0.1, .nan, 0.3], diversity: [0.6, 0.5, nil])
    #expect(Alarm.all(of: hole).map(\.kind) == [.badMetric])
  }

  @Test func theSharpestIsToldAtWhichThresholdItWouldHaveWon() throws {
    let words = try #require(try evidence(designRun(), []).whyTheBestLost?.plain)
    #expect(
      words
        == "Epoch 60 has the highest quality of all (0.75) and lost by `diversity >= 0.55`: 0.48, "
        + "short by 0.07; it would have won with a threshold of 0.48 or below.")
    var run = designRun()
    run.declaration.rule = RuleText(
      "select: max quality where diversity >= 0.55 and diversity - quality >= 0")
    // Two clauses exclude it: none of them alone would have let it win.
    #expect(
      try #require(try evidence(run, []).whyTheBestLost?.plain).contains("no threshold alone"))
  }

  /// The place that is named really makes it win, and just short of it does not.
  @Test func theRescueIsExact() throws {
    var random = RandomRule(seed: 41)
    var found = 0
    for _ in 0..<2000 {
      let run = random.run()
      let rule = try RuleParser.rule(RuleText(random.rule()))
      let facts = RuleFacts(run: run, reviews: [])
      let evidence = Evidence(
        run: run, reviews: [], evaluator: try RuleEvaluator(rule, facts: facts))
      for index in run.checkpoints.indices where index != evidence.table.selected {
        guard let rescue = evidence.rescue(of: index) else { continue }
        found += 1
        let (low, high) = (rescue.stretch.lower ?? -9, rescue.stretch.upper ?? 9)
        var inside = [low / 2 + high / 2]
        if rescue.stretch.includesLower { inside.append(low) }
        if rescue.stretch.includesUpper { inside.append(high) }
        for value in inside {
          let moved = rule.replacing([rescue.threshold.literal.ordinal: value])
          let wins = try RuleEvaluator(moved, facts: facts).selected() == index
          #expect(wins, "\(rule.text): \(rescue.place)")
        }
        // Just short of it, nearer to where the threshold is, it does not win.
        let now = rescue.threshold.literal.value
        let end = now > high ? high : low
        let short = end + (now > high ? 1e-9 : -1e-9)
        let isShort = now > high ? short < now : short > now
        if isShort {
          let moved = rule.replacing([rescue.threshold.literal.ordinal: short])
          #expect(try RuleEvaluator(moved, facts: facts).selected() != index)
        }
      }
    }
    #expect(found > 100)
  }

  @Test func statesAreKeptByRuleVerdictAndFront() throws {
    var run = designRun(extra: [(90, 0.40, 0.40), (95, 0.41, 0.41), (99, 0.1, 0.1)])
    for index in run.checkpoints.indices {
      run.checkpoints[index].states = [StateFile(path: "\(index).pt", size: 100)]
    }
    let keep = ReviewAct.verdict(Position(.epoch, 90), .keep)
    let reject = ReviewAct.verdict(Position(.epoch, 60), .reject)
    let plan = StatePlan(try evidence(run, [keep, reject]))
    #expect(plan.entries.map(\.isKept) == [true, true, true, false, true, false, true])
    #expect(plan.entries[2].reasons.first == "selected by the rule")
    #expect(plan.entries[3].reasons.first == "rejected by a reviewer")
    #expect(plan.entries[5].reasons == ["no candidate", "dominated by epoch 60"])
    #expect(plan.keptSize == 500 && plan.freedSize == 200)
    // A file of several checkpoints stays while one of them does.
    run.checkpoints[5].states = [StateFile(path: "2.pt", size: 100)]
    #expect(StatePlan(try evidence(run, [])).entries[5].isKept)
  }

  @Test func theTallyIsThatOfTheTable() throws {
    var random = RandomRule(seed: 51)
    for _ in 0..<1500 {
      let run = random.run()
      let facts = RuleFacts(run: run, reviews: [random.review(of: run)])
      let judged = try RuleEvaluator(RuleParser.rule(RuleText(random.rule())), facts: facts)
      let (tally, table) = (RuleTally(judged), CheckpointTable(judging: judged))
      #expect(tally.selected == table.selected && tally.eligibleCount == table.eligibleCount)
      #expect(tally.candidateCount == table.candidateCount)
      for clause in tally.clauses {
        let conditions =
          (clause.part == .candidate ? judged.rule.candidate : judged.rule.eligibility)?.clauses
          ?? []
        let condition = try #require(conditions.first { $0.text == clause.text })
        #expect(clause.excluded == (0..<facts.count).count { !judged.holds(condition, at: $0) })
      }
    }
  }
}

/// What a report says in cases that are less than usual.
@Suite struct WordingTests {
  private func evidence(
    _ run: Run, _ rule: String, _ acts: [ReviewAct] = []
  ) throws -> Evidence {
    let reviews = [
      Review(
        reviewer: "ann",
        events: acts.enumerated().map {
          ReviewEvent(
            sequence: $0.offset + 1, time: "2026-01-01T00:00:0\($0.offset).000Z", reviewer: "ann",
            act: $0.element)
        })
    ]
    return Evidence(
      run: run, reviews: reviews,
      evaluator: try RuleEvaluator(
        RuleParser.rule(RuleText(rule)), facts: RuleFacts(run: run, reviews: reviews)))
  }

  @Test func aTieIsSaidBeforeWhatBreaksIt() throws {
    let tied = run(
      epochs: [1, 2, 3, 4], quality: [0.9, 0.9, 0.9, 0.8], diversity: [0.2, 0.7, 0.5, 0.9])
    let found = try evidence(tied, "select: max quality, max diversity")
    #expect(
      found.draftOfWhy[0].plain
        == "I keep epoch 2 of lab. It has the highest quality of 4 checkpoints, 0.9; the runner-up, "
        + "epoch 3, ties with it there and is 0.2 behind by max diversity.")
    let explanation = found.evaluator.explanation(of: 1, in: found.table)
    #expect(
      explanation.summary(run: tied)
        == "selected: max quality 0.9 tied, then max diversity 0.7, 0.2 ahead of epoch 3; first of 4 "
        + "eligible")
    #expect(explanation.short(run: tied) == "selected, 0.2 ahead of epoch 3")
  }

  @Test func whoSatisfiesIsCountedApartFromWhoHasAValue() throws {
    let holed = run(
      epochs: [1, 2, 3, 4], quality: [0.5, .nan, nil, 0.4], diversity: [0.7, 0.8, 0.6, 0.9])
    let words = try evidence(holed, "select: max quality where diversity >= 0.55").draftOfWhy[0]
      .plain
    #expect(words.contains("4 of 4 satisfy it, 2 of them with a value of quality"))
    let one = try evidence(holed, "select: max quality where diversity >= 0.85").draftOfWhy[0].plain
    #expect(one.contains("1 of 4 satisfies it: epoch 4 alone, with quality 0.4."))
  }

  @Test func aLiteralOnTheLeftIsNotTheCheckpointsValue() throws {
    let found = try evidence(designRun(), "select: max quality where 0.55 <= diversity")
    let clause = try #require(
      found.evaluator.explanation(of: 3, in: found.table).eligibilityClauses.first)
    #expect(clause.sentence == "0.55 <= diversity fails: 0.48, short by 0.07")
  }

  @Test func anOverrideOntoWhatTheRuleExcludesIsCautioned() throws {
    let choose = ReviewAct.select(Position(.epoch, 60), reason: "sharpest", isOn: true)
    let found = try evidence(
      designRun(), "select: max quality where diversity >= 0.55", [choose])
    #expect(
      found.cautions.contains {
        $0.hasPrefix("The rule excludes the kept checkpoint: diversity >= 0.55 fails: 0.48, short")
      })
    #expect(found.cautions.contains { $0.contains("At the kept checkpoint: possible collapse") })
    #expect(
      found.draftOfWhy.contains { $0.plain.contains("At the choice itself there is a possible") })
    #expect(found.draftOfWhy[0].plain.contains("short by 0.07"))
  }

  @Test func wordsOfAnotherChoiceAreCautioned() throws {
    let rule = "select: max quality where diversity >= 0.55"
    func caution(_ text: String, _ more: [ReviewAct] = []) throws -> Bool {
      let note = ReviewAct.note(Target(), about: .why, text: text)
      return try evidence(designRun(), rule, [note] + more).cautions
        .contains { $0.hasPrefix("The words of why") }
    }
    #expect(try caution("We keep epoch 60, as epoch 30 is soft."))
    #expect(!(try caution("We keep epoch 30. Epoch 60 has lost variety.")))
    #expect(!(try caution("Because it is the best.")))
    #expect(try caution("Because it is the best.", [.rule("select: max quality")]))
  }

  @Test func theMapIsNotDrawnOfEqualities() throws {
    let rule = try RuleParser.rule(
      RuleText("select: max quality where diversity >= 0.5 and quality == 0.7 or epoch != 3"))
    #expect(rule.mappedThresholds == nil)
  }

  @Test func aChainOfAnyLengthEndsInAnError() throws {
    for link in [" + quality", " or quality > 1", " and not quality > 1"] {
      let text = "select: max quality where quality > 0" + String(repeating: link, count: 100_000)
      #expect(throws: RuleError.self) { try RuleParser.rule(RuleText(text)) }
    }
    let long = "select: max quality" + String(repeating: " + quality", count: 900)
    let rule = try RuleParser.rule(RuleText(long))
    #expect(try RuleParser.rule(RuleText(rule.text)) == rule)
    #expect(try evidence(designRun(), long).table.selected == 3)
  }
}
