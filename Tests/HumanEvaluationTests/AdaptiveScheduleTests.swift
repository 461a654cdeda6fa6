import ReviewCore
import Testing

@testable import HumanEvaluation

/// Blocks whose trials follow from the answers.
struct AdaptiveScheduleTests {
  private static let truth = SimulatedRater.Truth(
    fooling: [0.1, 0.25, 0.4, 0.5], strengths: [-1.0, -0.4, 0.3, 1.1],
    levels: [
      [0.6, 0.2, 0.1, 0.1, 0], [0.2, 0.4, 0.2, 0.1, 0.1], [0.1, 0.2, 0.4, 0.2, 0.1],
      [0, 0.1, 0.2, 0.3, 0.4],
    ])

  private func sitting(
    _ kind: EvaluationKind, _ policy: EvaluationBlock.AdaptivePolicy, seed: UInt64 = 1,
    most: Int = 120, stopping: StoppingRule = .whole
  ) -> Sitting {
    var sitting = Sitting(
      Sitting.adaptive(kind, policy, seed: seed, most: most, stopping: stopping))
    var rater = SimulatedRater(.careful, Self.truth, Sitting.places, seed: seed)
    sitting.run(&rater)
    return sitting
  }

  /// After any line of a journal the next trial is the one that came, so that a block goes on after a kill
  /// as it would have without one.
  @Test(arguments: EvaluationKind.allCases, EvaluationBlock.AdaptivePolicy.allCases)
  func aBlockGoesOnAsItWould(
    _ kind: EvaluationKind, _ policy: EvaluationBlock.AdaptivePolicy
  ) throws {
    let sitting = sitting(kind, policy, most: 60)
    var review = Review(reviewer: "ann")
    var drawn = 0
    for event in sitting.events {
      if case .evaluation(.draw(_, let trial)) = event.act {
        #expect(AdaptiveSchedule.next(review.blocks[0]) == trial)
        drawn += 1
      } else if let record = review.blocks.first, record.nextTrial != nil {
        // One that was drawn is not drawn again.
        #expect(AdaptiveSchedule.next(record) == nil)
      }
      review.apply(event)
    }
    #expect(drawn == 60 && review.blocks[0].ending == .complete)
    #expect(AdaptiveSchedule.next(review.blocks[0]) == nil)
  }

  @Test(arguments: EvaluationKind.allCases, EvaluationBlock.AdaptivePolicy.allCases)
  func sidesChecksAndRepetitionsAreBalanced(
    _ kind: EvaluationKind, _ policy: EvaluationBlock.AdaptivePolicy
  ) {
    for seed in 1...10 {
      let trials = sitting(kind, policy, seed: UInt64(seed)).record.trials
      #expect(trials.map(\.number) == Array(1...120))
      let questions = trials.filter { $0.purpose == .question }
      let checks = trials.filter { if case .check = $0.purpose { true } else { false } }
      let repetitions = trials.filter {
        if case .repetition = $0.purpose { true } else { false }
      }
      // One in ten questions each, and the share that is begun.
      #expect((questions.count / 10...questions.count / 10 + 1).contains(checks.count))
      #expect((questions.count / 10...questions.count / 10 + 1).contains(repetitions.count))
      var sides: [Set<Position>: Int] = [:]
      for trial in questions where trial.right != nil {
        let shown = Set(trial.sides.compactMap(\.position))
        let first = shown.min { $0.value < $1.value }
        sides[shown, default: 0] += trial.left.position == first ? 1 : -1
      }
      #expect(sides.values.allSatisfy { abs($0) <= 1 }, "\(sides)")
      for trial in repetitions {
        guard case .repetition(let number) = trial.purpose else { continue }
        let first = trials[number - 1]
        #expect(first.purpose == .question && trial.number - number > TrialSchedule.leastGap)
        if kind.hasSides {
          #expect(first.left == trial.right && first.right == trial.left)
        } else {
          #expect(first.left == trial.left && trial.right == nil)
        }
      }
      let left = checks.count { $0.purpose == .check(.left) }
      if kind.hasSides { #expect(abs(2 * left - checks.count) <= 1) }
    }
  }

  /// None comes back before all were shown.
  @Test func picturesComeRoundInTurn() {
    let trials = sitting(.likert, .widest, most: 120).record.trials.filter {
      $0.purpose == .question
    }
    for position in Sitting.positions {
      let shown = trials.filter { $0.left.position == position }.flatMap(\.left.pictures)
      #expect(shown.count >= 8)
      #expect(Set(shown.prefix(32)).count == min(32, shown.count))
    }
  }

  @Test func pairsAreOfTheSameSeedsWhereTheseAreTheSameLatents() {
    let pool = TrialPool(
      members: Sitting.pool.members, realCount: 0, picturesPerSide: 3, sharesSeeds: true)
    var sitting = Sitting(Sitting.adaptive(.pairwise, .leader, seed: 3, most: 50, pool: pool))
    var rater = SimulatedRater(.careful, Self.truth, Sitting.places, seed: 3)
    sitting.run(&rater)
    for trial in sitting.record.trials {
      #expect(trial.left.pictures.count == 3 && trial.left.pictures == trial.right?.pictures)
    }
  }

  /// Everything is compared before anything is asked for its own sake, and then the leader most of all.
  @Test func theLeaderIsAskedAboutMost() {
    for seed in 1...10 {
      let questions = sitting(.pairwise, .leader, seed: UInt64(seed)).record.trials
        .filter { $0.purpose == .question }
      let first = Set(questions.prefix(4).flatMap { $0.sides.compactMap(\.position) })
      #expect(first == Set(Sitting.positions))
      let counts = Sitting.positions.map { position in
        questions.count { $0.sides.contains { $0.position == position } }
      }
      #expect(counts[3] > counts[0] && counts[3] > counts[1], "\(counts)")
    }
  }

  @Test func theLeastKnownIsAskedAbout() {
    for kind in EvaluationKind.allCases {
      let questions = sitting(kind, .widest).record.trials.filter { $0.purpose == .question }
      let counts = Sitting.positions.map { position in
        questions.count { $0.sides.contains { $0.position == position } }
      }
      #expect((counts.min() ?? 0) >= 8, "\(counts)")
    }
    // What is taken for real half of the time needs more answers than what hardly ever is.
    let questions = sitting(.twoAFC, .widest, most: 300).record.trials
    let own = { (place: Int) in
      questions.count {
        $0.purpose == .question && $0.sides.contains { $0.position == Sitting.positions[place] }
      }
    }
    #expect(own(3) > own(0))
  }

  /// Nobody is asked for ever about what nobody can answer.
  @Test(arguments: EvaluationKind.allCases, EvaluationBlock.AdaptivePolicy.allCases)
  func whatIsSkippedDoesNotHoldTheRest(
    _ kind: EvaluationKind, _ policy: EvaluationBlock.AdaptivePolicy
  ) {
    var sitting = Sitting(Sitting.adaptive(kind, policy, seed: 2, most: 60))
    while let trial = AdaptiveSchedule.next(sitting.record) {
      sitting.apply(.draw(block: sitting.block.id, trial))
      sitting.apply(
        .answer(block: sitting.block.id, trial: trial.number, .skipped, milliseconds: nil))
    }
    #expect(sitting.record.trials.count == 60)
    for position in Sitting.positions {
      #expect(
        sitting.record.trials.contains { $0.sides.contains { $0.position == position } })
    }
    let group = HumanResults(of: [sitting.review], in: Sitting.run)
    #expect(group.groups.first?.answers == 0)
  }

  @Test func nothingIsDrawnOfAListOrFromNothing() throws {
    let list = Sitting(try Sitting.list(.pairwise, seed: 1, questions: 12))
    #expect(AdaptiveSchedule.next(list.record) == nil)
    let one = TrialPool(members: [Sitting.pool.members[0]], realCount: 0)
    for kind in [EvaluationKind.pairwise, .twoAFC] {
      let none = Sitting(Sitting.adaptive(kind, .widest, seed: 1, most: 9, pool: one))
      #expect(AdaptiveSchedule.next(none.record) == nil)
      #expect(Stopping.ending(of: none.record) == .complete)
    }
  }

  @Test func aBlockEndsWhenItsRuleIsMet() {
    let decided = sitting(.pairwise, .leader, most: 600, stopping: .decided(error: 0.05)).record
    #expect(decided.ending == .met && decided.trials.count < 600)
    for (kind, half) in [(EvaluationKind.twoAFC, 0.15), (.likert, 0.5), (.pairwise, 0.6)] {
      let record = sitting(kind, .widest, most: 900, stopping: .precise(half)).record
      #expect(record.ending == .met, "\(kind)")
      // Without its last answer to a question it would go on.
      var before = Review(reviewer: "ann")
      for event in sitting(kind, .widest, most: 900, stopping: .precise(half)).events.dropLast(2) {
        before.apply(event)
      }
      #expect(Stopping.ending(of: before.blocks[0]) == nil)
    }
    // Ratings have no answer that could be decided.
    let rated = sitting(.likert, .leader, most: 40, stopping: .decided(error: 0.05)).record
    #expect(rated.ending == .complete)
  }
}
