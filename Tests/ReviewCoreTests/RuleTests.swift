import ReviewCore
import Testing

@Suite struct RuleNameTests {
  @Test(arguments: ["plain", "with space", "a`b", "``", "`", "max", "é-1", "a``b`"])
  func anyNameCanStandInARule(_ name: String) throws {
    let text = RuleText("select: max \(RuleNumber.name(name)) where \(RuleNumber.name(name)) > 1")
    let rule = try RuleParser.rule(text)
    #expect(rule.metricNames == [name])
    #expect(try RuleParser.rule(RuleText(rule.text)) == rule)
  }
}

@Suite struct RuleTests {
  @Test func defaultRuleSelectsThirty() throws {
    for extra in [[], [(90.0, 0.80, 0.30)]] {
      let run = designRun(extra: extra)
      let rule = try RuleInForce(run: run)
      #expect(rule.origin == .builtIn)
      let table = CheckpointTable(
        judging: try RuleEvaluator(rule.rule, facts: RuleFacts(run: run, reviews: [])))
      #expect(table.selected == 2)
      #expect(
        table.statuses.map(\.rawValue).prefix(4) == ["review", "review", "candidate", "review"])
      #expect(table.runnerUp == 1)
    }
  }

  @Test func noneIsEligible() throws {
    let judged = CheckpointTable(
      judging: try evaluator("select: max quality where diversity > 0.9", designRun()))
    #expect(judged.selected == nil)
    #expect(judged.runnerUp == nil)
  }

  @Test(arguments: [
    ("candidate: quality >= 0.60 and diversity >= 0.55\nselect: max quality", 1),
    ("select: max quality, min epoch where not (quality < 0.5 or diversity < 0.5) and not kept", 1),
    ("select: min -quality * 2 + diversity / (1 - 0.5) where epoch >= 10", 1),
    ("select: max `my metric` where share(mode-collapse) <= 0.25", 1),
    ("candidate: tagged(off-target) and rejected; select: max rating; tie: latest", 1),
    ("select: max (quality + diversity) / 2 where (quality) > 0.1", 1),
  ])
  func textParsesToItself(_ text: String, _: Int) throws {
    let rule = try RuleParser.rule(RuleText(text))
    #expect(try RuleParser.rule(RuleText(rule.text)).text == rule.text)
  }

  @Test(arguments: [
    ("select: max", 1, 12), ("select: best quality", 1, 9), ("candidate: quality", 1, 19),
    ("select: max quality where diversity = 0.5", 1, 37),
    ("select: max quality\ntie: first", 2, 6), ("select: max quality where", 1, 26),
    ("select: max `quality", 1, 13), ("select: max quality select: max quality", 1, 21),
    ("select: max quality where tagged()", 1, 35), ("", 1, 1), ("tie: latest", 1, 12),
    ("select: max 1.2.3", 1, 13), ("select: max quality where (quality > 1", 1, 39),
    ("select: max é", 1, 13),
  ])
  func errorNamesItsPlace(_ text: String, _ line: Int, _ column: Int) {
    let error = #expect(throws: RuleError.self) { try RuleParser.rule(RuleText(text)) }
    #expect(error?.line == line)
    #expect(error?.column == column)
  }

  @Test func deepNestingIsRefused() {
    let text = "select: max " + String(repeating: "(", count: 100_000) + "quality"
    #expect(throws: RuleError.self) { try RuleParser.rule(RuleText(text)) }
    let nots = "select: max quality where " + String(repeating: "not ", count: 100_000) + "kept"
    #expect(throws: RuleError.self) { try RuleParser.rule(RuleText(nots)) }
  }

  @Test func unknownMetricIsNamed() {
    let error = #expect(throws: RuleError.self) { try evaluator("select: max qualty", designRun()) }
    #expect(error?.message.contains("qualty") == true)
    #expect(error?.message.contains("quality, diversity") == true)
  }

  @Test func missingAndNaNNeverWin() throws {
    let run = run(
      epochs: [1, 2, 3, 4], quality: [nil, .nan, 0.1, 0.2], diversity: [0.9, 0.9, nil, 0.9])
    let all = try evaluator("select: max quality", run)
    #expect(all.selected() == 3 && all.rank(of: 2) == 2 && all.rank(of: 0) == nil)
    let limited = try evaluator("select: max quality where diversity >= 0", run)
    #expect(limited.selected() == 3 && limited.rank(of: 2) == nil)
    let clause = limited.explanation(of: 2, in: CheckpointTable(judging: limited))
      .eligibilityClauses[0]
    #expect(!clause.holds && clause.gap == "diversity is missing")
    let nan = try evaluator("candidate: quality >= 0; select: max epoch", run)
    #expect(
      nan.explanation(of: 1, in: CheckpointTable(judging: nan)).candidateClauses[0].gap
        == "quality is NaN")
    let zero = try evaluator("select: max quality / (quality - quality)", run)
    #expect(zero.selected() == nil)
  }

  @Test func tiesAndFurtherObjectives() throws {
    let run = run(epochs: [1, 2, 3], quality: [0.5, 0.5, 0.5], diversity: [0.1, 0.3, 0.3])
    #expect(try evaluator("select: max quality", run).selected() == 0)
    #expect(try evaluator("select: max quality; tie: latest", run).selected() == 2)
    #expect(try evaluator("select: max quality, max diversity", run).selected() == 1)
    #expect(try evaluator("select: max quality, min diversity; tie: latest", run).selected() == 0)
  }

  @Test func reviewersAreAsked() throws {
    let run = designRun()
    var ann = Review(reviewer: "ann")
    var bob = Review(reviewer: "bob")
    func add(_ review: inout Review, _ act: ReviewAct) {
      review.apply(
        ReviewEvent(
          sequence: review.nextSequence, time: "2026-01-01T00:00:00.000Z",
          reviewer: review.reviewer, act: act))
    }
    add(&ann, .rate(Target(Position(.epoch, 10)), 5))
    add(&bob, .rate(Target(Position(.epoch, 10)), 2))
    add(&bob, .verdict(Position(.epoch, 30), .reject))
    add(&ann, .tag(Target(Position(.epoch, 60)), tag: "bias", isOn: true, digest: nil))
    let facts = RuleFacts(run: run, reviews: [ann, bob])
    #expect(facts.ratings == [nil, 3.5, nil, nil])
    #expect(facts.rejected == [false, false, true, false])
    let rule = "select: max quality where not rejected and not tagged(bias)"
    #expect(try evaluator(rule, run, [ann, bob]).selected() == 1)
    #expect(try evaluator("select: max rating", run, [ann, bob]).selected() == 1)
  }

  @Test func explanationSaysByHowMuch() throws {
    let run = designRun()
    let judged = try evaluator(
      "candidate: quality >= 0.60 and diversity >= 0.55\n"
        + "select: max quality where diversity >= 0.55", run)
    let sixty = judged.explanation(of: 3, in: CheckpointTable(judging: judged))
    #expect(!sixty.isEligible && !sixty.isCandidate)
    #expect(sixty.summary(run: run) == "not selected: diversity >= 0.55 fails: 0.48, short by 0.07")
    let ten = judged.explanation(of: 1, in: CheckpointTable(judging: judged))
    #expect(judged.rank(of: 1) == 2 && ten.eligibleCount == 3)
    #expect(ten.summary(run: run) == "not selected: max quality 0.45, 0.23 behind epoch 30")
    #expect(
      judged.explanation(of: 2, in: CheckpointTable(judging: judged)).summary(run: run).hasPrefix(
        "selected: max quality 0.68"))
  }
}
