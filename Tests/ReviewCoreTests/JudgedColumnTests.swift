import Testing

@testable import ReviewCore

/// Columns of what people judged, and rules that name them.
@Suite struct JudgedColumnTests {
  private func judged(_ values: [Double?], name: String = "human.fooling") -> MetricColumn {
    MetricColumn(
      metric: Metric(name: name, direction: .higher, origin: .judged), values: values,
      errors: values.map { $0.map { _ in 0.1 } })
  }

  private func evaluator(_ text: String, _ run: Run) throws -> RuleEvaluator {
    try RuleEvaluator(
      RuleParser.rule(RuleText(text)), text: RuleText(text), facts: RuleFacts(run: run, reviews: [])
    )
  }

  @Test(arguments: JudgedMetric.known.map(\.name) + ["human.a_2"])
  func theirNamesNeedNoBackquotes(_ name: String) throws {
    #expect(RuleNumber.name(name) == name)
    let rule = try RuleParser.rule(
      RuleText("select: max \(name) - 0.5 * quality where \(name)>0.1 and rank(\(name)) < 3"))
    #expect(rule.metricNames == [name, "quality"])
    #expect(try RuleParser.rule(RuleText(rule.text)) == rule)
    let place = RuleText("select: max quality where \(name) > 0.5").place(ofMetric: name)
    #expect(place?.column == 27)
  }

  @Test(arguments: ["human.", "human.2", "human.a b", "humane.x", "a.human", "human"])
  func otherNamesAreWrittenAsBefore(_ name: String) throws {
    #expect(RuleNumber.name(name) == (name == "human" ? name : "`\(name)`"))
    let rule = try RuleParser.rule(RuleText("select: max \(RuleNumber.name(name))"))
    #expect(rule.metricNames == [name])
  }

  @Test(arguments: ["select: max human.", "select: max human .5", "select: max other.x"])
  func aDotElsewhereIsAnError(_ text: String) {
    #expect(throws: RuleError.self) { try RuleParser.rule(RuleText(text)) }
  }

  /// Before anybody judged, nothing is selected and everything says why; a misspelt metric is an error.
  @Test func whatNobodyJudgedIsMissing() throws {
    let run = designRun()
    for name in ["human.fooling", "agreement"] {
      let evaluator = try evaluator(
        "candidate: \(name) >= 0.2; select: max \(name), min rank(\(name))", run)
      #expect(evaluator.selected() == nil && evaluator.unjudged == [name])
      #expect(
        evaluator.whyNone
          == "no checkpoint that may be selected has a value for max \(name), which people have not "
          + "judged yet")
      #expect(!evaluator.isCandidate(0))
      let table = CheckpointTable(judging: evaluator)
      let explanation = evaluator.explanation(of: 0, in: table)
      #expect(
        explanation.candidateClauses.first?.gap
          == "\(name) is missing: people have not judged it yet")
      #expect(explanation.objectiveGap == "\(name) is missing: people have not judged it yet")
    }
    #expect(throws: RuleError.self) { try evaluator("select: max foolin", run) }
  }

  @Test func whatWasJudgedSelects() throws {
    var run = designRun()
    run.take(judged: [judged([0.1, 0.3, nil, 0.2])])
    let evaluator = try evaluator("select: max human.fooling where rank(human.fooling) >= 2", run)
    #expect(evaluator.selected() == 3 && evaluator.unjudged.isEmpty)
    #expect(evaluator.rule.readsReviews)
    let data = RuleData.text(of: evaluator, run: run)
    #expect(data.split(separator: "\n")[0] == "epoch\thuman.fooling\trank(human.fooling)")
    #expect(data.split(separator: "\n")[2] == "10\t0.3\t1")
    let table = CheckpointTable(judging: evaluator)
    #expect(
      evaluator.explanation(of: 2, in: table).objectiveGap
        == "human.fooling is missing: people have not judged it yet")
  }

  /// What people judge stands last, and neither the built-in rule nor what is weighed goes by it.
  @Test func theBuiltInRuleStaysAsItWas() throws {
    for names in [["quality", "diversity"], ["loss"], ["speed"], []] {
      var run = designRun()
      run.columns = names.map { name in
        MetricColumn(metric: Metric(name: name), values: [4, 3, 2, 1])
      }
      let before = (try RuleInForce(run: run), run.weighedColumns.map { [$0.x, $0.y] })
      run.take(judged: [
        judged([1, 2, 3, 4], name: "human.diversity"),
        judged([1, 2, 3, 4], name: "human.strength"),
      ])
      #expect(run.columns.count == names.count + 2)
      #expect(run.displayOrder.suffix(2) == [names.count, names.count + 1])
      #expect(try RuleInForce(run: run) == before.0)
      #expect(run.weighedColumns.map { [$0.x, $0.y] } == before.1)
    }
  }

  /// A name that the run logs stays the run's; what is judged anew replaces what was; measures keep it.
  @Test func aRunsOwnNumbersStay() {
    var run = designRun()
    run.columns.append(
      MetricColumn(metric: Metric(name: "agreement"), values: [1, 2, 3, 4]))
    run.take(judged: [judged([9, 9, 9, 9], name: "agreement"), judged([1, nil, nil, nil])])
    #expect(run.metric("agreement", at: 0) == 1)
    #expect(run.column(named: "agreement")?.metric.origin == .logged)
    run.take(
      RunMeasures(
        columns: [MeasuredColumn(name: "vendi", direction: .higher, explanation: "")],
        checkpoints: (0..<4).map { _ in
          CheckpointMeasures(values: [MeasuredValue(name: "vendi", value: 2)])
        }))
    #expect(run.columns.map(\.metric.name).suffix(2) == ["vendi", "human.fooling"])
    run.take(judged: [])
    #expect(run.column(named: "human.fooling") == nil && run.column(named: "vendi") != nil)
  }

  @Test func aRunThatGrowsKeepsThem() {
    var old = designRun()
    old.take(judged: [judged([0.1, 0.2, 0.3, 0.4])])
    let now = run(
      epochs: [1, 5, 10, 30, 60], quality: [0.2, 0.3, 0.45, 0.68, 0.75],
      diversity: [0.8, 0.8, 0.72, 0.6, 0.48])
    let grown = GrownRun(from: old, to: now, written: nil)
    #expect(grown.run.column(named: "human.fooling")?.values == [0.1, nil, 0.2, 0.3, 0.4])
    #expect(grown.run.column(named: "human.fooling")?.errors == [0.1, nil, 0.1, 0.1, 0.1])
  }

  @Test func theyAreCompleted() {
    func choices(_ text: String) -> [String] {
      RuleCompletion(
        text, part: "select",
        metrics: ["quality", "human.strength", "human.fooling"].map { Metric(name: $0) }, tags: []
      ).choices
    }
    #expect(choices("max hu") == ["human.strength", "human.fooling"])
    #expect(choices("max human.") == ["human.strength", "human.fooling"])
    #expect(choices("max human.fo") == ["human.fooling"])
    #expect(choices("max superhuman.fo").isEmpty)
  }
}
