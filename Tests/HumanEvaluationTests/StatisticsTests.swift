import ReviewCore
import Testing

@testable import HumanEvaluation

struct StatisticsTests {
  @Test func logarithmAndExponentialAreEachOthersInverse() {
    var generator = SplitMix64(seed: 7)
    for _ in 0..<2000 {
      let x = Double(generator.next() >> 11) / Double(1 << 53) * 80 - 40
      let back = Logarithm.natural(Exponential.value(x))
      #expect(abs(back - x) <= 1e-14 * max(1, abs(x)))
    }
    #expect(Logarithm.natural(0) == -.infinity && Logarithm.natural(-1).isNaN)
    #expect(Logarithm.natural(1) == 0 && Exponential.value(0) == 1)
    #expect(Exponential.value(800) == .infinity && Exponential.value(-800) == 0)
  }

  /// The probabilities of all outcomes are 1 together, whatever the rate.
  @Test(arguments: [0.1, 0.5, 0.9])
  func binomialProbabilitiesSumToOne(_ rate: Double) {
    for tries in [1, 7, 60, 400] {
      let sum = (0...tries).reduce(0.0) {
        $0 + Exponential.value(Binomial.logProbability($1, of: tries, rate: rate))
      }
      #expect(abs(sum - 1) < 1e-11)
    }
  }

  @Test func aProportionOfNothingHasNoRate() {
    let none = Proportion(successes: 0, tries: 0)
    #expect(none.rate == nil && none.interval() == nil)
    #expect(Proportion(successes: 0, tries: 5).interval()?.lowerBound == 0)
    #expect(Proportion(successes: 5, tries: 5).interval()?.upperBound == 1)
  }

  /// The interval holds the true rate about as often as it promises, over seeded experiments.
  @Test func wilsonIntervalsHoldWhatTheyPromise() {
    var generator = SplitMix64(seed: 1)
    for rate in [0.2, 0.5, 0.85] {
      var held = 0
      for _ in 0..<1000 {
        let successes = (0..<60).count { _ in
          Double(generator.next() >> 11) / Double(1 << 53) < rate
        }
        let interval = Proportion(successes: successes, tries: 60).interval()
        if interval?.contains(rate) == true { held += 1 }
      }
      #expect((925...975).contains(held), "\(held) of 1000 at \(rate)")
    }
  }

  /// Strengths that answers were drawn from are found again, within intervals that hold their promise.
  @Test func bradleyTerryRecoversKnownStrengths() throws {
    let truth = [-1.2, -0.3, 0.1, 1.4]
    var generator = SplitMix64(seed: 3)
    var (held, all) = (0, 0)
    for _ in 0..<250 {
      var wins = BradleyTerry.Wins(count: truth.count)
      for one in truth.indices {
        for other in truth.indices where one < other {
          for _ in 0..<30 {
            let p = 1 / (1 + Exponential.value(truth[other] - truth[one]))
            let isOne = Double(generator.next() >> 11) / Double(1 << 53) < p
            wins.add(winner: isOne ? one : other, loser: isOne ? other : one)
          }
        }
      }
      guard let found = try? BradleyTerry(wins) else { continue }
      for item in truth.indices {
        all += 1
        if found.interval(of: item).contains(truth[item]) { held += 1 }
      }
    }
    #expect(all > 900)
    let share = Double(held) / Double(all)
    #expect((0.925...0.975).contains(share), "\(held) of \(all)")
  }

  @Test func whatHasNoMaximumIsRefused() {
    #expect(throws: BradleyTerry.Failure.nothingCompared) {
      try BradleyTerry(BradleyTerry.Wins(count: 3))
    }
    var apart = BradleyTerry.Wins(count: 4)
    apart.addTie(0, 1)
    apart.addTie(2, 3)
    #expect(throws: BradleyTerry.Failure.unconnected(groups: [[0, 1], [2, 3]])) {
      try BradleyTerry(apart)
    }
    var unbeaten = BradleyTerry.Wins(count: 3)
    unbeaten.add(winner: 2, loser: 0)
    unbeaten.add(winner: 2, loser: 1)
    unbeaten.addTie(0, 1)
    #expect(throws: BradleyTerry.Failure.unbounded(winners: [2])) { try BradleyTerry(unbeaten) }
    #expect(BradleyTerry.regularised(unbeaten, alpha: 0.01)[2] > 0)
  }

  @Test func tiesAndWinsOfBothWaysAreNotSeparable() throws {
    var wins = BradleyTerry.Wins(count: 2)
    for _ in 0..<20 { wins.addTie(0, 1) }
    let even = try BradleyTerry(wins)
    #expect(abs(even.strengths[0]) < 1e-12 && !even.isSeparable(0, 1))
    for _ in 0..<40 { wins.add(winner: 1, loser: 0) }
    let uneven = try BradleyTerry(wins)
    #expect(uneven.isSeparable(0, 1) && uneven.difference(1, 0).value > 0)
    // Of two items the odds are those of the wins.
    #expect(abs(uneven.probability(1, over: 0) - 50.0 / 60) < 1e-9)
  }

  @Test func likertQuantilesLieBetweenNeighbours() {
    let summary = LikertSummary([1, 2, 3, 4, 9, 0])
    #expect(summary.counts == [1, 1, 1, 1, 0] && summary.median == 2.5)
    #expect(summary.interquartile == 1.75...3.25)
    #expect(LikertSummary([]).mean == nil && LikertSummary([4]).deviation == nil)
  }

  @Test func agreementWithoutDifferencesIsUndefined() {
    #expect(Agreement.cohen([(1, 1), (1, 1)], levels: 5) == nil)
    #expect(Agreement.fleiss([[2, 2], [2, 2]], levels: 5) == nil)
    #expect(Agreement.krippendorff([[2, 2], [2]], scale: .ordinal) == nil)
    #expect(Agreement.cohen([(0, 0), (1, 1), (2, 2)], levels: 3) == 1)
    #expect(Agreement.krippendorff([[1, 1], [2, 2], [3]], scale: .nominal) == 1)
  }
}
