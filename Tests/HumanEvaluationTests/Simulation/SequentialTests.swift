import ReviewCore
import Testing

@testable import HumanEvaluation

/// The rule that may be looked at after every answer, over 1,000 seeded experiments each.
struct SequentialTests {
  private static let experiments = 1000
  private static let error = 0.05

  private struct Outcome {
    var winner: Int?
    var answers = 0
    /// Whether the leader's record against each other was ever "significant" by a test for one look.
    var isNaivelyDecided = false
  }

  /// Asks in pairs until one is better than every other, or so many answers are given.
  private func decide(
    _ strengths: [Double], seed: UInt64, most: Int, policy: EvaluationBlock.AdaptivePolicy?
  ) -> Outcome {
    var dice = SplitMix64(seed: seed)
    let truth = SimulatedRater.Truth(strengths: strengths)
    let pairs = TrialSchedule.pairs(strengths.count)
    var preferences: [AdaptiveTarget: Double] = [:]
    for (one, other) in pairs {
      preferences[AdaptiveTarget(one, other)] = truth.preference(one, over: other)
    }
    var tally = AnswerTally(.pairwise, count: strengths.count)
    var asked: [AdaptiveTarget: Int] = [:]
    var deck: [AdaptiveTarget] = []
    var outcome = Outcome()
    while outcome.answers < most {
      let target: AdaptiveTarget
      if let policy {
        target =
          AdaptiveChoice(
            policy, tally, asked: asked, seed: seed, stopping: .decided(error: Self.error)
          ).next
      } else {
        // A list: every pair once before any comes again, in an order of chance.
        if deck.isEmpty {
          deck = pairs.map { AdaptiveTarget($0.0, $0.1) }
          TrialSchedule.shuffle(&deck, &dice)
        }
        target = deck.removeLast()
      }
      asked[target, default: 0] += 1
      let (one, other) = (target.first, target.second ?? target.first)
      let isFirst = Double(dice.next() >> 11) / Double(1 << 53) < (preferences[target] ?? 0.5)
      tally.add(
        .preferred(winner: isFirst ? one : other, loser: isFirst ? other : one))
      outcome.answers += 1
      outcome.winner = Stopping.winner(tally, error: Self.error)
      if strengths.count == 2, outcome.answers >= 10 {
        let won = tally.wins(of: 0, over: 1)
        // Two standard errors from one half.
        let surplus = 2 * won - outcome.answers
        if surplus * surplus > 4 * outcome.answers { outcome.isNaivelyDecided = true }
      }
      if outcome.winner != nil { break }
    }
    return outcome
  }

  /// Of equal checkpoints one is said to be the best in at most one of twenty experiments, although one looks
  /// after every answer; by the test for one look it would be in far more.
  @Test func twoEqualOnesAreRarelyDecided() {
    var (wrong, naive) = (0, 0)
    for seed in 1...UInt64(Self.experiments) {
      let outcome = decide([0, 0], seed: seed, most: 300, policy: nil)
      if outcome.winner != nil { wrong += 1 }
      if outcome.isNaivelyDecided { naive += 1 }
    }
    #expect(Double(wrong) <= 50 + Margin.of(0.05, Self.experiments), "\(wrong) of 1000")
    #expect(naive > 150, "\(naive) of 1000")
  }

  @Test(arguments: EvaluationBlock.AdaptivePolicy.allCases)
  func equalOnesAreRarelyDecided(_ policy: EvaluationBlock.AdaptivePolicy) {
    let wrong = (1...UInt64(Self.experiments)).count {
      decide([0, 0, 0, 0], seed: $0, most: 120, policy: policy).winner != nil
    }
    #expect(Double(wrong) <= 50 + Margin.of(0.05, Self.experiments), "\(wrong) of 1000")
  }

  /// Two share the first place, which no answer can decide: either is wrong.
  @Test func noBetterOneIsFoundAmongEqualBest() {
    let wrong = (1...UInt64(Self.experiments)).count {
      decide([0.8, 0.8, -1.6], seed: $0, most: 150, policy: .leader).winner != nil
    }
    #expect(Double(wrong) <= 50 + Margin.of(0.05, Self.experiments), "\(wrong) of 1000")
  }

  /// What differs is decided, rightly, and by asking about the leader with far fewer answers than by a list.
  @Test(arguments: [[-1.0, -0.6, 0.2, 1.4], [-1.2, -1.0, -0.4, 0.2, 0.6, 1.8]])
  func theLeaderIsFoundWithFewerAnswers(_ strengths: [Double]) {
    var (adaptive, list) = (0, 0)
    var (wrong, undecided) = (0, 0)
    for seed in 1...UInt64(Self.experiments) {
      let led = decide(strengths, seed: seed, most: 3000, policy: .leader)
      let all = decide(strengths, seed: seed &+ 5000, most: 3000, policy: nil)
      adaptive += led.answers
      list += all.answers
      for outcome in [led, all] {
        guard let winner = outcome.winner else {
          undecided += 1
          continue
        }
        if winner != strengths.count - 1 { wrong += 1 }
      }
    }
    let ratio = Double(adaptive) / Double(list)
    #expect(ratio < 0.7, "\(adaptive) answers against \(list)")
    #expect(Double(wrong) <= 100 + Margin.of(0.05, 2 * Self.experiments), "\(wrong)")
    #expect(undecided == 0)
  }

  /// The power at a difference that matters: three of four answers for one.
  @Test func aClearDifferenceIsFoundSoon() {
    let outcomes = (1...UInt64(Self.experiments)).map {
      decide([-0.55, 0.55], seed: $0, most: 120, policy: .leader)
    }
    let right = outcomes.count { $0.winner == 1 }
    #expect(right > 950, "\(right) of 1000 within 120 answers")
  }

  /// A checkpoint that is taken for real as often as not is rarely said to be known.
  @Test func oneHalfIsRarelyDecided() {
    let wrong = (1...UInt64(Self.experiments)).count { seed in
      var dice = SplitMix64(seed: seed)
      var tally = AnswerTally(.twoAFC, count: 1)
      for _ in 0..<400 {
        tally.add(.fooled(0, dice.next() & 1 == 0))
        if Stopping.isMet(.decided(error: Self.error), .twoAFC, tally) { return true }
      }
      return false
    }
    #expect(Double(wrong) <= 50 + Margin.of(0.05, Self.experiments), "\(wrong) of 1000")
  }

  /// A block that ends when its intervals are narrow: what they hold then.
  @Test func intervalsHoldAtAWishedPrecision() {
    for rate in [0.1, 0.3, 0.5] {
      var (held, answers) = (0, 0)
      for seed in 1...UInt64(Self.experiments) {
        var dice = SplitMix64(seed: seed &+ 31)
        var tally = AnswerTally(.twoAFC, count: 1)
        while !Stopping.isMet(.precise(0.1), .twoAFC, tally), tally.tries[0] < 500 {
          tally.add(.fooled(0, Double(dice.next() >> 11) / Double(1 << 53) < rate))
        }
        answers += tally.tries[0]
        let interval = tally.fooling(of: 0).interval()
        #expect(interval.map { ($0.upperBound - $0.lowerBound) / 2 <= 0.1 } == true)
        if interval?.contains(rate) == true { held += 1 }
      }
      // Ending at a width of chance costs a little: 93 in a hundred are promised.
      #expect(
        Double(held) >= 930 - Margin.of(0.93, Self.experiments),
        "\(held) of 1000 at \(rate), \(answers) answers")
    }
  }
}
