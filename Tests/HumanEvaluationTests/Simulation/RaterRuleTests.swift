import ReviewCore
import Testing

@testable import HumanEvaluation

/// How often the usual rule leaves a rater out, over 1,000 seeded experiments each.
struct RaterRuleTests {
  private static let experiments = 1000
  /// Nothing is told from anything.
  private static let alike = SimulatedRater.Truth(
    fooling: [0.5, 0.5, 0.5, 0.5], strengths: [0, 0, 0, 0])
  private static let truth = SimulatedRater.Truth(
    fooling: [0.1, 0.2, 0.35, 0.5], strengths: [-1.1, -0.2, 0.3, 1.0],
    levels: [
      [0.5, 0.3, 0.1, 0.1, 0], [0.2, 0.3, 0.3, 0.1, 0.1], [0.1, 0.2, 0.4, 0.2, 0.1],
      [0, 0.1, 0.2, 0.4, 0.3],
    ])

  /// How many records say each of some things.
  private func count(
    _ habit: SimulatedRater.Habit, _ kind: EvaluationKind,
    truth: SimulatedRater.Truth = RaterRuleTests.truth, memory: Double = 0.8,
    _ claims: ((RaterRecord) -> Bool)...
  ) throws -> [Int] {
    var counts = [Int](repeating: 0, count: claims.count)
    for seed in 1...UInt64(Self.experiments) {
      let block = try Sitting.list(kind, seed: seed, questions: 120, rule: .usual)
      var rater = SimulatedRater(habit, truth, Sitting.places, seed: seed &+ 5)
      rater.memory = memory
      let group = JudgementGroup([Sitting.listed(block, &rater)], in: Sitting.run)
      let record = try #require(group.raters.first)
      #expect(group.answers == (record.exclusion == nil ? 120 : 0))
      for place in claims.indices where claims[place](record) { counts[place] += 1 }
    }
    return counts
  }

  /// They are neither said to tire, nor to favour a side, more often than by chance.
  @Test(arguments: EvaluationKind.allCases)
  func carefulRatersAreRarelyLeftOut(_ kind: EvaluationKind) throws {
    let counts = try count(
      .careful, kind, { $0.exclusion != nil }, { $0.fatigue != nil },
      { ($0.sidePValue ?? 1) <= 0.05 })
    #expect(counts[0] <= 20, "\(counts)")
    #expect(Double(counts[1]) <= 50 + Margin.of(0.05, Self.experiments), "\(counts)")
    #expect(Double(counts[2]) <= 50 + Margin.of(0.05, Self.experiments), "\(counts)")
  }

  /// Whoever looks and sees no difference is no worse a rater, even if a repetition is answered anew.
  @Test(arguments: [EvaluationKind.twoAFC, .pairwise])
  func ratersWhoSeeNoDifferenceAreKept(_ kind: EvaluationKind) throws {
    let counts = try count(
      .careful, kind, truth: Self.alike, memory: 0, { $0.exclusion != nil })
    #expect(counts[0] <= 50, "\(counts)")
  }

  @Test(arguments: EvaluationKind.allCases)
  func randomRatersAreLeftOut(_ kind: EvaluationKind) throws {
    let counts = try count(.random, kind, { $0.exclusion != nil })
    #expect(counts[0] >= 900, "\(counts)")
  }

  @Test(arguments: [EvaluationKind.twoAFC, .pairwise])
  func ratersWhoTakeOneSideAreLeftOut(_ kind: EvaluationKind) throws {
    let counts = try count(
      .sided(.left, 0.95), kind, { $0.exclusion != nil }, { ($0.sidePValue ?? 1) < 0.05 })
    #expect(counts[0] >= 990 && counts[1] == Self.experiments, "\(counts)")
  }

  @Test func ratersWhoTireAreTold() throws {
    let counts = try count(.tiring(after: 80), .pairwise, { $0.fatigue != nil })
    #expect(counts[0] == Self.experiments, "\(counts)")
  }
}
