import Testing

@testable import HumanEvaluation
@testable import ReviewCore

/// What answers come to, and which of them count.
struct HumanResultsTests {
  private static let positions = Sitting.positions

  /// A finished block of questions that were answered by hand.
  private func record(
    _ kind: EvaluationKind, _ answers: [(left: Stimulus, right: Stimulus?, TrialAnswer)],
    id: String = "b", by reviewer: String = "ann", gamma: Double = 1, exposure: Int? = nil,
    rule: RaterRule = RaterRule(), isOver: Bool = true,
    purpose: (Int) -> Trial.Purpose = { _ in .question },
    begun: String = "2026-01-02T12:00:00.000Z", milliseconds: (Int) -> Int? = { _ in nil }
  ) -> Review {
    let trials = answers.enumerated().map {
      Trial(
        number: $0.offset + 1, left: $0.element.left, right: $0.element.right,
        purpose: purpose($0.offset + 1))
    }
    let block = EvaluationBlock(
      id: id, kind: kind, seed: 1, rendering: Sitting.rendering(gamma: gamma), exposure: exposure,
      raterRule: rule, design: .list(trials))
    var review = Review(reviewer: reviewer)
    func apply(_ act: EvaluationAct) {
      review.apply(
        ReviewEvent(
          sequence: review.nextSequence, time: begun, reviewer: reviewer, act: .evaluation(act)))
    }
    apply(.begin(block))
    for (offset, answer) in answers.enumerated() {
      apply(
        .answer(
          block: id, trial: offset + 1, answer.2, milliseconds: milliseconds(offset + 1)))
    }
    if isOver { apply(.end(block: id, .complete)) }
    return review
  }

  private func generated(_ place: Int, _ seed: Int = 0) -> Stimulus {
    Stimulus(.checkpoint(Self.positions[place]), [seed])
  }

  private let real = Stimulus(.real, [0])

  private func preferring(_ winner: Int, _ loser: Int, times: Int = 1)
    -> [(left: Stimulus, right: Stimulus?, TrialAnswer)]
  {
    (0..<times).map {
      $0 % 2 == 0
        ? (generated(winner), generated(loser), .choice(.left))
        : (generated(loser), generated(winner), .choice(.right))
    }
  }

  private func group(_ reviews: Review...) throws -> JudgementGroup {
    try #require(HumanResults(of: reviews, in: Sitting.run).groups.first)
  }

  @Test func foolingIsCountedByCheckpoint() throws {
    let fooled: [(left: Stimulus, right: Stimulus?, TrialAnswer)] =
      [(real, generated(2), .choice(.right)), (generated(2), real, .choice(.left))]
      + [(real, generated(2), .choice(.left)), (real, generated(0), .choice(.left))]
      + [(real, generated(0), .skipped)]
    let group = try group(record(.twoAFC, fooled))
    #expect(group.answers == 4 && group.column == "human.fooling")
    #expect(group.checkpoints.map(\.position) == [Self.positions[0], Self.positions[2]])
    let one = try #require(group.judgement(of: Self.positions[2]))
    #expect(one.fooled == 2 && one.answers == 3)
    let interval = try #require(Proportion(successes: 2, tries: 3).interval())
    #expect(
      one.fooling == HumanEstimate(2.0 / 3, low: interval.lowerBound, high: interval.upperBound))
    #expect(one.pValue == 1)
    #expect(group.leader == Self.positions[2] && group.inseparable == [Self.positions[0]])
  }

  @Test func ratingsAreSummedUp() throws {
    let ratings = [1, 2, 4, 4, 5].map {
      (left: generated(1), right: Stimulus?.none, TrialAnswer.rating($0))
    }
    let block = record(.likert, ratings)
    let one = try #require(group(block).judgement(of: Self.positions[1]))
    #expect(one.levels == [1, 1, 0, 2, 1] && one.median == 4)
    #expect(one.quartiles?.low == 2 && one.quartiles?.high == 4)
    let mean = try #require(one.mean)
    // The standard error of 1, 2, 4, 4, 5 is sqrt(2.7 / 5), t of four degrees 2.7764451.
    let half = 2.7764451 * (2.7 / 5).squareRoot()
    #expect(abs(mean.value - 3.2) < 1e-12 && abs(mean.high - 3.2 - half) < 1e-6)
    let column = try #require(
      HumanResults(of: [block], in: Sitting.run).columns(in: Sitting.run).first)
    #expect(column.metric.name == "human.realism" && column.metric.origin == .judged)
    #expect(column.values == [nil, 3.2, nil, nil])
    #expect(abs((column.error(at: 1) ?? 0) - (2.7 / 5).squareRoot()) < 1e-12)
  }

  /// Of two checkpoints the difference of strengths is ln of the odds, its error that of a log odds ratio.
  @Test func strengthsOfTwoAreTheirOdds() throws {
    let answers = preferring(3, 1, times: 30) + preferring(1, 3, times: 10)
    let group = try group(record(.pairwise, answers))
    let (low, high) = (group.checkpoints[0], group.checkpoints[1])
    #expect((low.wins, low.losses, high.wins, high.losses) == (10, 30, 30, 10))
    let strength = try #require(high.strength)
    #expect(abs(strength.value - Logarithm.natural(3) / 2) < 1e-9)
    let error = (1.0 / 30 + 1.0 / 10).squareRoot() / 2
    #expect(abs(strength.high - strength.value - Normal.z95 * error) < 1e-9)
    #expect(group.leader == Self.positions[3] && group.inseparable.isEmpty)
    let games = [(winner: 1, loser: 0)], lost = [(winner: 0, loser: 1)]
    let elo = Elo.ratings(
      [[(winner: Int, loser: Int)]](repeating: games, count: 30).flatMap { $0 }
        + [[(winner: Int, loser: Int)]](repeating: lost, count: 10).flatMap { $0 }, count: 2)
    #expect(group.remark == nil && low.elo == elo[0] && high.elo == elo[1])
    let even = try self.group(
      record(.pairwise, preferring(3, 1, times: 5) + preferring(1, 3, times: 4)))
    #expect(even.leader == Self.positions[3] && even.inseparable == [Self.positions[1]])
  }

  /// One that was never beaten has a strength all the same, and the remark says how.
  @Test func theUnbeatenHaveStrengthsOfOneTieMore() throws {
    let group = try group(record(.pairwise, preferring(3, 1, times: 12)))
    #expect(group.remark?.contains("one tie added") == true)
    let strength = try #require(group.judgement(of: Self.positions[3])?.strength)
    // Gart 1966: ln(12.5 / 0.5), its error sqrt(1/12.5 + 1/0.5).
    #expect(abs(2 * strength.value - Logarithm.natural(25)) < 1e-9)
    let error = (1 / 12.5 + 1 / 0.5).squareRoot()
    #expect(abs(2 * (strength.high - strength.value) - Normal.z95 * error) < 1e-9)
    #expect(group.inseparable.isEmpty)
  }

  @Test func whatWasNeverComparedHasNoStrength() throws {
    let answers =
      preferring(0, 1, times: 3) + preferring(1, 0, times: 3) + preferring(2, 3, times: 3)
      + preferring(3, 2, times: 3)
    let group = try group(record(.pairwise, answers))
    #expect(group.checkpoints.allSatisfy { $0.strength == nil } && group.leader == nil)
    #expect(group.remark?.contains("2 groups") == true)
  }

  @Test func whatLooksOtherwiseIsCountedApart() throws {
    let answers = preferring(3, 1, times: 2) + preferring(1, 3, times: 2)
    let reviews = [
      record(.pairwise, answers, id: "a"),
      record(.pairwise, answers + answers, id: "b", by: "bob", gamma: 1.2),
      record(.pairwise, answers, id: "c", by: "cy", exposure: 500),
      record(.pairwise, answers, id: "d", by: "dan"),
    ]
    let results = HumanResults(of: reviews, in: Sitting.run)
    #expect(results.groups.map(\.answers) == [8, 8, 4])
    // Of as many answers each, the one begun last; here both at once, so by their words.
    #expect(results.groups.map(\.rendering.gamma).sorted() == [1, 1, 1.2])
    #expect(results.inColumns.count == 1)
    #expect(
      results.groups.first { $0.rendering.gamma == 1 && $0.exposure == nil }?.countedRaters
        == ["ann", "dan"])
    let later = record(
      .pairwise, answers + answers, id: "e", by: "eve", gamma: 1.4,
      begun: "2026-02-02T12:00:00.000Z")
    let all = HumanResults(of: reviews + [later], in: Sitting.run)
    #expect(all.groups.first?.rendering.gamma == 1.4)
    // Whatever the order of the journals.
    #expect(HumanResults(of: [later] + reviews.reversed(), in: Sitting.run) == all)
  }

  @Test func openBlocksAndExcludedRatersCountNowhere() throws {
    let fair = record(.pairwise, preferring(3, 1, times: 3) + preferring(1, 3, times: 3))
    let open = record(.pairwise, preferring(1, 3, times: 9), id: "o", by: "bob", isOver: false)
    let left: [(left: Stimulus, right: Stimulus?, TrialAnswer)] = (0..<14).map {
      (generated($0 % 2 == 0 ? 1 : 3), generated($0 % 2 == 0 ? 3 : 1), .choice(.left))
    }
    let biased = record(.pairwise, left, id: "s", by: "cy", rule: .usual)
    let group = try group(fair, open, biased)
    #expect(group.answers == 6 && group.countedRaters == ["ann"])
    #expect(group.open.map(\.reviewer) == ["bob"] && group.open[0].answered == 9)
    let excluded = try #require(group.raters.first { $0.reviewer == "cy" })
    #expect(excluded.exclusion == "chose left in 14 of 14 answers")
    #expect(excluded.sided == 14 && excluded.leftSided == 14)
    #expect(abs((excluded.sidePValue ?? 1) - 2 / 16384) < 1e-12)
    // Eleven are too few to tell.
    let few = record(.pairwise, Array(left.prefix(11)), id: "f", by: "dan", rule: .usual)
    #expect(try self.group(few).raters[0].exclusion == nil)
  }

  @Test func checksAndRepetitionsTellOfTheRaterAlone() throws {
    let answers: [(left: Stimulus, right: Stimulus?, TrialAnswer)] =
      preferring(3, 1, times: 4)
      + (0..<4).map {
        (
          $0 < 2 ? generated(1) : generated(3), $0 < 2 ? generated(3) : generated(1),
          .choice(.right)
        )
      }
      + (0..<4).map { _ in (real, Stimulus(.real, [0], isScrambled: true), .choice(.right)) }
    func purpose(_ number: Int) -> Trial.Purpose {
      number <= 4 ? .question : number <= 8 ? .repetition(of: number - 4) : .check(.left)
    }
    let rule = RaterRule(checks: 0.5)
    let review = record(.pairwise, answers, rule: rule, purpose: purpose)
    let rater = try #require(try group(review).raters.first)
    #expect(rater.checks == 4 && rater.checksPassed == 0 && rater.repetitions == 4)
    #expect(rater.exclusion == "passed 0 of 4 checks")
    let kept = try group(record(.pairwise, answers, purpose: purpose))
    #expect(kept.answers == 4 && kept.raters[0].sided == 4)
    // The first time left, right, left, right; again right each time, sides exchanged.
    #expect(rater.consistent == 2)
  }

  @Test func checkpointsThatAreGoneStandLast() throws {
    let gone = Stimulus(.checkpoint(Position(.epoch, 5)), [0])
    let answers: [(left: Stimulus, right: Stimulus?, TrialAnswer)] = [
      (real, gone, .choice(.left)), (real, generated(3), .choice(.right)),
      (real, generated(0), .choice(.left)),
    ]
    let review = record(.twoAFC, answers)
    #expect(try group(review).checkpoints.map(\.position.value) == [1, 60, 5])
    let columns = HumanResults(of: [review], in: Sitting.run).columns(in: Sitting.run)
    #expect(columns.map(\.values) == [[0, nil, nil, 1]])
  }

  @Test func whoAnswersFasterAtTheEndIsTold() throws {
    let answers = preferring(3, 1, times: 30)
    let tired = record(.pairwise, answers, milliseconds: { $0 <= 20 ? 1500 : 400 })
    #expect(
      try group(tired).raters[0].fatigue
        == "in the last third answered in 400 ms after 1500 ms")
    #expect(try group(tired).raters[0].medianMilliseconds == 1500)
    let steady = record(.pairwise, answers, milliseconds: { 1500 - 20 * $0 })
    #expect(try group(steady).raters[0].fatigue == nil)
    let hasty = record(
      .pairwise, answers, rule: RaterRule(time: 200), milliseconds: { _ in 120 })
    #expect(try group(hasty).raters[0].exclusion == "answered within 120 ms half of the time")
  }

  @Test func tiesMoveRatingsTowardsEachOther() {
    let ratings = Elo.ratings(
      following: [.preferred(winner: 0, loser: 1), .tied(0, 1)], count: 2)
    #expect(ratings[0] > 1500 && ratings[0] < 1516 && abs(ratings[0] + ratings[1] - 3000) < 1e-9)
  }
}
