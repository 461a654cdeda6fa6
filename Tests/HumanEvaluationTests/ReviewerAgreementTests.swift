import ReviewCore
import Testing

@testable import HumanEvaluation

@Suite struct ReviewerAgreementTests {
  // MARK: Coefficients

  private func row(
    _ matter: DisputedMatter, _ items: [[Int?]], reviewers: [String]
  ) -> ReviewerAgreement.Row {
    var judged = JudgedItems(matter, reviewers: reviewers)
    for item in items { judged.add(item) }
    return judged.row()
  }

  private func repeated(_ table: [([Int?], Int)]) -> [[Int?]] {
    table.flatMap { Array(repeating: $0.0, count: $0.1) }
  }

  /// 50 grant proposals as two readers see them: the common example of Cohen's kappa.
  private var proposals: [[Int?]] {
    repeated([([1, 1], 20), ([1, 0], 5), ([0, 1], 10), ([0, 0], 15)])
  }

  @Test func twoReviewersOfTheSameHaveAllThreeCoefficients() throws {
    let row = row(.verdict, proposals, reviewers: ["ann", "bob"])
    #expect(row.items == 50 && row.raters == ["ann", "bob"] && row.pairs.count == 1)
    #expect(abs((row.observed.value ?? 0) - 0.7) < 1e-12)
    #expect(abs((row.pairs[0].kappa.value ?? 0) - 0.4) < 1e-12)
    #expect(abs((row.fleiss?.value ?? 0) - 0.195 / 0.495) < 1e-12)
    #expect(abs((row.alpha.value ?? 0) - 0.4) < 1e-12)
    // As wide as the large-sample error of 0.13 says, about.
    let interval = try #require(row.pairs[0].kappa.interval)
    #expect((0.08...0.20).contains(interval.lowerBound))
    #expect((0.60...0.70).contains(interval.upperBound))
    let share = try #require(row.observed.interval)
    #expect((0.55...0.60).contains(share.lowerBound) && (0.80...0.84).contains(share.upperBound))
  }

  /// Of one item everything there is follows from what chance would bring about.
  @Test func oneItemHasNoCoefficient() {
    let row = row(.tag("blurry"), [[1, 0]], reviewers: ["ann", "bob"])
    #expect(row.observed.value == 0)
    #expect(row.pairs[0].kappa.value == nil && row.alpha.value == nil)
    #expect(row.fleiss?.value == nil)
    #expect(row.alpha.remark == "no coefficient of one item")
  }

  @Test func intervalsAreTheSameEachTimeAndDoNotDependOnTheOrder() {
    let one = row(.verdict, proposals, reviewers: ["ann", "bob"])
    #expect(one == row(.verdict, proposals, reviewers: ["ann", "bob"]))
    let other = row(.verdict, proposals.reversed(), reviewers: ["ann", "bob"])
    #expect(other.alpha.value == one.alpha.value)
  }

  @Test func intervalsHoldTheTrueValueAboutAsOftenAsTheySay() {
    // Two raters who each say yes to one half and agree with probability 0.8: kappa is 0.6.
    var dice = SplitMix64(seed: 9)
    var (held, all) = (0, 0)
    for _ in 0..<300 {
      let items = (0..<60).map { _ -> [Int?] in
        let first = Int(dice.next(below: 2))
        return [first, dice.next(below: 10) < 8 ? first : 1 - first]
      }
      guard let interval = row(.verdict, items, reviewers: ["a", "b"]).pairs[0].kappa.interval
      else { continue }
      all += 1
      if interval.contains(0.6) { held += 1 }
    }
    let share = Double(held) / Double(all)
    #expect(all > 290 && (0.91...0.98).contains(share), "\(held) of \(all)")
  }

  @Test func threeReviewersOfWhomNotAllSawAllHaveNoFleiss() {
    let items: [[Int?]] = repeated([([4, 3, nil], 4), ([0, 1, 0], 4), ([2, nil, 3], 4)])
    let row = row(.rating, items, reviewers: ["a", "b", "c"])
    #expect(row.items == 12 && row.fleiss == nil && row.pairs.map(\.items) == [8, 8, 4])
    // One level apart is no disagreement of ratings.
    #expect(row.observed.value == 1)
    #expect(row.alpha.value ?? 0 > 0.5 && row.alpha.value ?? 1 < 1)
    // Of four items that both judged nobody knows how others would be.
    #expect(row.pairs[2].kappa.interval == nil && row.pairs[2].kappa.remark != nil)
  }

  @Test func whatIsNotDefinedSaysWhy() {
    let alike = row(.verdict, repeated([([1, 1], 12)]), reviewers: ["a", "b"])
    #expect(alike.observed.value == 1 && alike.observed.interval == nil)
    for one in [alike.alpha, alike.pairs[0].kappa, alike.fleiss ?? alike.alpha] {
      #expect(one.value == nil && one.remark?.contains("chance") == true && one.text == "-")
    }
    let few = row(.verdict, repeated([([1, 0], 3), ([1, 1], 3)]), reviewers: ["a", "b"])
    #expect(few.observed.value == 0.5 && few.observed.interval == nil)
    #expect(few.observed.remark == "no interval: fewer than 10 items")
    let alone = row(.verdict, [[1, nil]], reviewers: ["a", "b"])
    #expect(alone.items == 0 && alone.raters.isEmpty && alone.observed.value == nil)
  }

  // MARK: Of journals

  private func epoch(_ value: Double) -> Position { Position(.epoch, value) }

  private var run: Run {
    var run = Run(
      name: "lab", path: "lab", format: .table,
      checkpoints: [1, 10, 30, 60].map { Checkpoint(epoch: AxisValue($0)) })
    run.declaration.heldOutSeeds = [7]
    return run
  }

  private func review(_ name: String, _ acts: [ReviewAct]) -> Review {
    Review(
      reviewer: name,
      events: acts.enumerated().map {
        ReviewEvent(sequence: $0 + 1, time: "", reviewer: name, act: $1)
      })
  }

  private func tag(_ epoch: Double, _ sample: Int?, _ tag: String) -> ReviewAct {
    .tag(Target(self.epoch(epoch), sample: sample), tag: tag, isOn: true, digest: nil)
  }

  private var two: [Review] {
    [
      review(
        "bob",
        [
          .seen(epoch(30), samples: [0, 1, 2, 7]), .verdict(epoch(30), .reject),
          .verdict(epoch(60), .keep), .rate(Target(epoch(60)), 5), tag(30, 1, "noise"),
        ]),
      review(
        "ann",
        [
          .verdict(epoch(30), .keep), .verdict(epoch(60), .keep), .verdict(epoch(10), .reject),
          .rate(Target(epoch(60)), 4), .rate(Target(epoch(30)), 2), tag(30, 0, "blurry"),
          tag(30, 1, "blurry"), tag(30, 7, "blurry"), tag(30, 1, "noise"), tag(1, 3, "noise"),
        ]),
    ]
  }

  @Test func itemsAreWhatTwoReviewersJudgedOrLookedAt() {
    let found = ReviewerAgreement(of: two, in: run)
    #expect(found.reviewers == ["ann", "bob"] && found.hasSeveral)
    #expect(
      found.rows.map(\.matter) == [.verdict, .rating, .tag("blurry"), .tag("noise")])
    // Verdicts on 30 and 60; a rating on 60; samples 0 and 1 of 30, which both looked at.
    #expect(found.rows.map(\.items) == [2, 1, 2, 2])
    #expect(found.rows.map(\.observed.value) == [0.5, 1, 0, 1])
  }

  @Test func disagreementsStandInTheOrderOfTheRunWithWhoSaidWhat() {
    let found = ReviewerAgreement(of: two, in: run).disagreements
    let at30 = epoch(30)
    #expect(
      found.map(\.point) == [
        DisputedPoint(Target(at30), .verdict),
        DisputedPoint(Target(at30, sample: 0), .tag("blurry")),
        DisputedPoint(Target(at30, sample: 1), .tag("blurry")),
      ])
    #expect(found.map(\.said) == ["ann keep, bob reject", "ann on, bob off", "ann on, bob off"])
    #expect(found.allSatisfy { $0.index == 2 })
  }

  @Test func aCheckpointsAgreementIsTheMeanOverItsMatters() throws {
    let found = ReviewerAgreement(of: two, in: run)
    // Of 30: the verdict and two tags apart, noise on sample 1 alike; of 60 all alike.
    #expect(found.byCheckpoint == [nil, nil, 0.25, 1])
    let column = try #require(found.column(in: run))
    #expect(column.metric.name == "agreement" && column.metric.direction == .higher)
    #expect(column.metric.origin == .judged && column.values == found.byCheckpoint)
    var judged = run
    judged.take(judged: [column])
    let rule = try RuleParser.rule(RuleText("candidate: agreement >= 0.5\nselect: max agreement"))
    let evaluator = try RuleEvaluator(rule, facts: RuleFacts(run: judged, reviews: two))
    #expect(CheckpointTable(judging: evaluator).selected == 3)
  }

  @Test func oneReviewerAgreesWithNobody() {
    for reviews in [[], [two[0]], [two[0], review("carol", [])]] {
      let found = ReviewerAgreement(of: reviews, in: run)
      #expect(!found.hasSeveral && found.disagreements.isEmpty)
      #expect(found.column(in: run) == nil)
    }
  }

  /// The column looks at what is marked alone, and is what it would be if it looked at everything.
  @Test func theColumnIsThatOfEverything() {
    var dice = SplitMix64(seed: 4)
    for _ in 0..<50 {
      let reviews = ["ann", "bob", "carol"].map { name -> Review in
        var acts: [ReviewAct] = []
        for _ in 0..<Int(dice.next(below: 30)) {
          let index = Int(dice.next(below: UInt64(run.checkpoints.count)))
          let position = run.position(of: index)
          let sample = Int(dice.next(below: 4))
          switch dice.next(below: 5) {
          case 0: acts.append(.verdict(position, dice.next() & 1 == 0 ? .keep : .reject))
          case 1: acts.append(.rate(Target(position), Int(1 + dice.next(below: 5))))
          case 2: acts.append(.seen(position, samples: Array(0...sample)))
          default:
            acts.append(
              .tag(
                Target(position, sample: sample), tag: dice.next() & 1 == 0 ? "blurry" : "noise",
                isOn: true, digest: nil))
          }
        }
        return review(name, acts)
      }
      let full = ReviewerAgreement(of: reviews, in: run, hasIntervals: false)
      #expect(ReviewerAgreement.column(of: reviews, in: run) == full.column(in: run))
    }
  }

  @Test func withoutIntervalsTheNumbersAreTheSame() {
    let full = ReviewerAgreement(of: two, in: run)
    let quick = ReviewerAgreement(of: two, in: run, hasIntervals: false)
    #expect(quick.disagreements == full.disagreements && quick.byCheckpoint == full.byCheckpoint)
    #expect(quick.rows.map(\.alpha.value) == full.rows.map(\.alpha.value))
    #expect(quick.rows.allSatisfy { $0.observed.interval == nil && $0.observed.remark == nil })
  }

  @Test func journalsDoNotDependOnTheirOrder() {
    #expect(ReviewerAgreement(of: two, in: run) == ReviewerAgreement(of: two.reversed(), in: run))
  }

  @Test func ratingsThreeLevelsApartAreADisagreement() {
    let reviews = [
      review("ann", [.rate(Target(epoch(1)), 1)]), review("bob", [.rate(Target(epoch(1)), 2)]),
      review("carol", [.rate(Target(epoch(1)), 4)]),
    ]
    let found = ReviewerAgreement(of: reviews, in: run)
    #expect(found.disagreements.map(\.said) == ["ann 1, bob 2, carol 4"])
    #expect(found.byCheckpoint[0] == 1.0 / 3)
  }
}
