import ReviewCore
import Testing

@testable import HumanEvaluation

@Suite struct PeopleAgainstMetricsTests {
  private func epoch(_ value: Double) -> Position { Position(.epoch, value) }

  private func review(_ name: String, _ acts: [ReviewAct]) -> Review {
    Review(
      reviewer: name,
      events: acts.enumerated().map {
        ReviewEvent(sequence: $0 + 1, time: "t\($0)", reviewer: name, act: $1)
      })
  }

  /// Quality rises, the default rule has epoch 30 as its only candidate.
  private func run(_ judged: [MetricColumn] = [], errors: [Double?] = []) -> Run {
    var run = Run(
      name: "lab", path: "lab", format: .table,
      checkpoints: [1, 10, 30, 60].map { Checkpoint(epoch: AxisValue($0)) },
      columns: [
        MetricColumn(
          metric: Metric(name: "quality"), values: [0.2, 0.45, 0.68, 0.75], errors: errors),
        MetricColumn(metric: Metric(name: "diversity"), values: [0.8, 0.72, 0.6, 0.48]),
      ])
    run.take(judged: judged)
    return run
  }

  private func found(
    _ reviews: [Review] = [], judged: [MetricColumn] = [], errors: [Double?] = []
  ) throws -> [Contradiction] {
    let run = run(judged, errors: errors)
    let rule = try RuleInForce(run: run)
    let evaluator = try RuleEvaluator(rule.rule, facts: RuleFacts(run: run, reviews: reviews))
    return PeopleAgainstMetrics.contradictions(
      Evidence(run: run, reviews: reviews, evaluator: evaluator))
  }

  @Test func verdictsAgainstTheRuleAreListedWithTheirReviewers() throws {
    let ann = review("ann", [.verdict(epoch(60), .keep), .verdict(epoch(30), .reject)])
    let bob = review("bob", [.verdict(epoch(60), .keep), .verdict(epoch(1), .reject)])
    let items = try found([bob, ann])
    #expect(items.map(\.index) == [2, 3])
    #expect(items.map(\.kind) == [.rejectedSelected, .keptNoCandidate])
    #expect(
      items.map(\.words) == [
        "rejected by ann, and the rule selects it", "kept by ann, bob, and no candidate",
      ])
  }

  @Test func peopleWhoDoNotAgreeContradictNothingUntilItIsRuled() throws {
    let ann = review("ann", [.verdict(epoch(60), .keep)])
    let bob = review("bob", [.verdict(epoch(60), .reject)])
    #expect(try found([ann, bob]).isEmpty)
    let carol = review(
      "carol",
      [.adjudicate(DisputedPoint(Target(epoch(60)), .verdict), value: "keep", reason: "sharp")])
    let items = try found([ann, bob, carol])
    #expect(items.map(\.words) == ["kept by the ruling of carol, and no candidate"])
    #expect(items[0].isRuled)
  }

  private func strengths(_ values: [Double?], error: Double) -> MetricColumn {
    MetricColumn(
      metric: Metric(name: "human.strength", direction: .higher, origin: .judged), values: values,
      errors: values.map { $0 == nil ? nil : error })
  }

  @Test func aMetricTheOtherWayRoundIsListedFarthestFirst() throws {
    let items = try found(judged: [strengths([2, 0.5, 0, -2], error: 0.1)])
    // Quality has them the other way round throughout; diversity has them as people do.
    #expect(items.map(\.index) == [0, 3, 1, 2])
    guard case .order(let first)? = items.first?.kind else {
      Issue.record("no order")
      return
    }
    #expect(first.metric == "quality" && first.people == "human.strength" && first.count == 4)
    #expect(first.byMetric == 4 && first.byPeople == 1 && first.against == [1, 2, 3])
    #expect(items.map(\.distance) == [1, 1, 1.0 / 3, 1.0 / 3])
    #expect(items[0].words == "quality has it at place 4 of 4, human.strength at 1")
  }

  @Test func whatPeopleOrTheMetricCannotTellApartIsNoContradiction() throws {
    #expect(try found(judged: [strengths([2, 0.5, 0, -2], error: 2)]).isEmpty)
    let unsure: [Double?] = [1, 1, 1, 1]
    #expect(try found(judged: [strengths([2, 0.5, 0, -2], error: 0.1)], errors: unsure).isEmpty)
    var nameless = strengths([2, 0.5, 0, -2], error: 0.1)
    nameless.errors = []
    #expect(try found(judged: [nameless]).isEmpty)
  }

  @Test func ratingsOfTwoSpeakAndThoseOfOneDoNot() throws {
    func rate(_ name: String) -> Review {
      review(name, [.rate(Target(epoch(1)), 5), .rate(Target(epoch(60)), 1)])
    }
    #expect(try found([rate("ann")]).isEmpty)
    let items = try found([rate("ann"), rate("bob")])
    #expect(items.map(\.index) == [0, 3])
    #expect(items[0].words == "quality has it at place 2 of 2, people's ratings at 1")
    // Nearly the same is the same: half a level each is what a scale can say.
    let near = ["ann", "bob"].map {
      review($0, [.rate(Target(epoch(1)), 4), .rate(Target(epoch(60)), 4)])
    }
    #expect(try found(near).isEmpty)
  }

  @Test func aRuledRatingCountsForEverybodyWhoRated() throws {
    func rate(_ name: String) -> Review {
      review(name, [.rate(Target(epoch(1)), 5), .rate(Target(epoch(60)), 1)])
    }
    let carol = review(
      "carol",
      [.adjudicate(DisputedPoint(Target(epoch(60)), .rating), value: "5", reason: "")])
    #expect(try found([rate("ann"), rate("bob"), carol]).isEmpty)
  }
}
