import ReviewCore
import Testing

@testable import HumanEvaluation

/// Raters whose truth is known, through lists and results: intervals hold it as often as they
/// promise, over 1,000 seeded experiments.
struct CoverageTests {
  private static let experiments = 1000

  private func results(
    _ kind: EvaluationKind, _ truth: SimulatedRater.Truth, seed: UInt64, questions: Int,
    habit: SimulatedRater.Habit = .careful
  ) throws -> JudgementGroup {
    let block = try Sitting.list(
      kind, seed: seed, questions: questions, checks: 5, repetitions: 5)
    var rater = SimulatedRater(habit, truth, Sitting.places, seed: seed &+ 77)
    return JudgementGroup([Sitting.listed(block, &rater)], in: Sitting.run)
  }

  /// The chance that the interval of a count holds the rate: what Wilson's promises at this number.
  private func promise(_ rate: Double, of tries: Int) -> Double {
    (0...tries).reduce(0) { sum, successes in
      guard Proportion(successes: successes, tries: tries).interval()?.contains(rate) == true
      else { return sum }
      var probability = 1.0
      for index in 0..<successes {
        probability *= Double(tries - index) / Double(index + 1) * rate
      }
      for _ in successes..<tries { probability *= 1 - rate }
      return sum + probability
    }
  }

  @Test func foolingRatesAreFoundAgain() throws {
    let truth = SimulatedRater.Truth(fooling: [0.05, 0.2, 0.35, 0.5])
    var held = [0, 0, 0, 0]
    var rejected = 0
    for seed in 1...UInt64(Self.experiments) {
      let group = try results(.twoAFC, truth, seed: seed, questions: 120)
      #expect(group.answers == 120)
      for (place, judgement) in group.checkpoints.enumerated() {
        let fooling = try #require(judgement.fooling)
        if (fooling.low...fooling.high).contains(truth.fooling[place]) { held[place] += 1 }
      }
      if try #require(group.checkpoints[3].pValue) <= 0.05 { rejected += 1 }
    }
    for place in held.indices {
      let promised = promise(truth.fooling[place], of: 30)
      #expect(promised > 0.93)
      #expect(
        Margin.around(promised, Self.experiments).contains(Double(held[place])),
        "\(held[place]) of 1000 at \(truth.fooling[place]), promised \(promised)")
    }
    // The exact test is wrong at most as often as it says.
    #expect(Double(rejected) <= 50 + Margin.of(0.05, Self.experiments), "\(rejected)")
  }

  @Test func strengthsAreFoundAgain() throws {
    let truth = SimulatedRater.Truth(strengths: [-1.1, -0.2, 0.3, 1.0])
    var held = [0, 0, 0, 0]
    var (wrongLeaders, told) = (0, 0)
    for seed in 1...UInt64(Self.experiments) {
      let group = try results(.pairwise, truth, seed: seed, questions: 150)
      for (place, judgement) in group.checkpoints.enumerated() {
        let strength = try #require(judgement.strength)
        if (strength.low...strength.high).contains(truth.strengths[place]) { held[place] += 1 }
      }
      // The best one is told from the leader only by a mistake.
      if group.leader == Sitting.positions[3] {
        told += group.inseparable.isEmpty ? 1 : 0
      } else if group.leader != nil, !group.inseparable.contains(Sitting.positions[3]) {
        wrongLeaders += 1
      }
    }
    for place in held.indices {
      #expect(
        Margin.around(0.95, Self.experiments).contains(Double(held[place])),
        "\(held[place]) of 1000 at \(truth.strengths[place])")
    }
    #expect(wrongLeaders <= 25, "\(wrongLeaders)")
    #expect(told > 300, "\(told) of 1000 told from all others")
  }

  /// Of equal checkpoints the one that happens to lead is rarely told from another.
  @Test func equalCheckpointsAreNotSeparable() throws {
    let truth = SimulatedRater.Truth(strengths: [0, 0, 0, 0])
    var apart = 0
    for seed in 1...UInt64(Self.experiments) {
      let group = try results(.pairwise, truth, seed: seed, questions: 120)
      if group.leader != nil, group.inseparable.isEmpty { apart += 1 }
    }
    // That it is told from all three needs that it is told from each.
    #expect(Double(apart) <= 50 + Margin.of(0.05, Self.experiments), "\(apart) of 1000")
  }

  @Test func meansOfRatingsAreFoundAgain() throws {
    let levels = [
      [0.5, 0.3, 0.1, 0.1, 0], [0.2, 0.3, 0.3, 0.1, 0.1], [0.1, 0.2, 0.4, 0.2, 0.1],
      [0, 0.1, 0.2, 0.4, 0.3],
    ]
    let means = levels.map { $0.enumerated().reduce(0) { $0 + Double($1.offset + 1) * $1.element } }
    let truth = SimulatedRater.Truth(levels: levels)
    var held = [0, 0, 0, 0]
    for seed in 1...UInt64(Self.experiments) {
      let group = try results(.likert, truth, seed: seed, questions: 120)
      for (place, judgement) in group.checkpoints.enumerated() {
        let mean = try #require(judgement.mean)
        if (mean.low...mean.high).contains(means[place]) { held[place] += 1 }
      }
    }
    for place in held.indices {
      // Of five levels the normal distribution is a likeness: one in a hundred more may be missed.
      let range = Margin.around(0.95, Self.experiments)
      #expect(
        (range.lowerBound - 10...range.upperBound).contains(Double(held[place])),
        "\(held[place]) of 1000 at \(means[place])")
    }
  }

  /// A rater who takes the left side in two of three trials moves no strength of equal checkpoints where
  /// sides are counterbalanced; the same rater does where the better known one is always left.
  @Test func counterbalancingHoldsABiasedRater() throws {
    let truth = SimulatedRater.Truth(strengths: [0, 0, 0, 0])
    let habit = SimulatedRater.Habit.sided(.left, 0.67)
    var held = [0, 0, 0, 0]
    var sums = [0.0, 0, 0, 0]
    var uneven = [0.0, 0, 0, 0]
    for seed in 1...UInt64(Self.experiments) {
      let group = try results(.pairwise, truth, seed: seed, questions: 120, habit: habit)
      for (place, judgement) in group.checkpoints.enumerated() {
        let strength = try #require(judgement.strength)
        if (strength.low...strength.high).contains(0) { held[place] += 1 }
        sums[place] += strength.value / Double(Self.experiments)
      }
      var rater = SimulatedRater(habit, truth, Sitting.places, seed: seed)
      var tally = AnswerTally(.pairwise, count: 4)
      for (one, other) in TrialSchedule.pairs(4) {
        for number in 1...20 {
          let trial = Trial(
            number: number, left: Stimulus(.checkpoint(Sitting.positions[one]), [number]),
            right: Stimulus(.checkpoint(Sitting.positions[other]), [number]))
          AnswerTally.outcome(trial, rater.answer(trial).answer, Sitting.places)
            .map { tally.add($0) }
        }
      }
      guard let found = try? BradleyTerry(tally.pairWins()) else { continue }
      for place in uneven.indices { uneven[place] += found.strengths[place] / 1000 }
    }
    for place in held.indices {
      #expect(held[place] >= 950 - Int(Margin.of(0.95, Self.experiments)), "\(held)")
      // The standard error of the mean of 1,000 estimates of 60 answers each is below 0.008.
      #expect(abs(sums[place]) < 0.032, "\(sums)")
    }
    #expect(uneven[0] > 0.5 && uneven[3] < -0.5, "\(uneven)")
  }
}
