import ReviewCore
import Testing

@testable import HumanEvaluation

struct ScheduleTests {
  private static let pool = TrialPool(
    members: [1, 10, 30, 60].map { TrialPool.Member(Position(.epoch, $0), seeds: Array(0..<16)) },
    realCount: 64)

  private func schedule(
    _ kind: EvaluationKind, seed: UInt64 = 1, questions: Int = 120
  ) throws -> [Trial] {
    try TrialSchedule(
      .init(
        kind: kind, seed: seed, questions: questions, checks: questions / 10,
        repetitions: questions / 10), Self.pool
    ).trials
  }

  @Test(arguments: EvaluationKind.allCases)
  func theSameSeedGivesTheSameList(_ kind: EvaluationKind) throws {
    #expect(try schedule(kind) == schedule(kind))
    #expect(try schedule(kind) != schedule(kind, seed: 2))
  }

  @Test(arguments: EvaluationKind.allCases)
  func numbersAscendAndCountsAreThoseOfThePlan(_ kind: EvaluationKind) throws {
    let trials = try schedule(kind)
    #expect(trials.map(\.number) == Array(1...trials.count))
    #expect(trials.count { $0.purpose == .question } == 120)
    let checks = trials.count { if case .check = $0.purpose { true } else { false } }
    #expect(checks == 12)
    #expect(trials.count == 120 + checks + 12)
  }

  /// Sides tell nothing: over a list each checkpoint, or pair, stands left as often as right.
  @Test func sidesAreCounterbalanced() throws {
    for seed in 1...20 {
      let trials = try schedule(.twoAFC, seed: UInt64(seed)).filter { $0.purpose == .question }
      for position in Self.pool.members.map(\.position) {
        let own = trials.filter { $0.left.position == position || $0.right?.position == position }
        #expect(own.count == 30)
        #expect(own.count { $0.left.position == position } == 15)
      }
      let pairs = try schedule(.pairwise, seed: UInt64(seed)).filter { $0.purpose == .question }
      for trial in pairs { #expect(trial.left.position != trial.right?.position) }
      let first = Self.pool.members[0].position
      let second = Self.pool.members[1].position
      let own = pairs.filter {
        Set([$0.left.position, $0.right?.position]) == Set([first, second])
      }
      #expect(own.count == 20 && own.count { $0.left.position == first } == 10)
    }
  }

  @Test func repetitionsComeLaterWithSidesExchanged() throws {
    for seed in 1...20 {
      let trials = try schedule(.pairwise, seed: UInt64(seed))
      for trial in trials {
        guard case .repetition(let number) = trial.purpose else { continue }
        let first = trials[number - 1]
        #expect(first.purpose == .question)
        #expect(first.left == trial.right && first.right == trial.left)
        #expect(trial.number > first.number)
      }
      let gaps = trials.compactMap { trial -> Int? in
        guard case .repetition(let number) = trial.purpose else { return nil }
        return trial.number - number
      }
      // Only what stands at the very end has too few trials behind it.
      #expect(gaps.count { $0 <= 5 } <= 1)
    }
  }

  /// A check is of the same pictures on both sides, one of them scrambled; of a rating, that alone.
  @Test(arguments: EvaluationKind.allCases)
  func checksKnowTheirAnswer(_ kind: EvaluationKind) throws {
    for trial in try schedule(kind) {
      guard case .check(let side) = trial.purpose else { continue }
      guard let side else {
        #expect(kind == .likert && trial.left.isScrambled && trial.right == nil)
        #expect(trial.isPassed(.rating(2)) == true && trial.isPassed(.rating(3)) == false)
        continue
      }
      let whole = try #require(trial.stimulus(side))
      let scrambled = try #require(trial.stimulus(side.other))
      #expect(!whole.isScrambled && scrambled.isScrambled)
      #expect(whole.pictures == scrambled.pictures && whole.source == scrambled.source)
      #expect(trial.isPassed(.choice(side)) == true)
      #expect(trial.isPassed(.choice(side.other)) == false && trial.isPassed(.tie) == false)
    }
  }

  /// Where seeds are the same latents, both sides of a pair are of the same.
  @Test func pairsAreOfTheSameSeeds() throws {
    let pool = TrialPool(
      members: Self.pool.members, realCount: 0, picturesPerSide: 3, sharesSeeds: true)
    let plan = TrialSchedule.Plan(
      kind: .pairwise, seed: 4, questions: 60, checks: 6, repetitions: 6)
    for trial in try TrialSchedule(plan, pool).trials {
      #expect(trial.left.pictures.count == 3)
      #expect(trial.left.pictures == trial.right?.pictures)
    }
  }

  @Test func everySeedIsShownBeforeOneIsShownAgain() throws {
    let trials = try schedule(.likert, questions: 64).filter { $0.purpose == .question }
    #expect(Set(trials.map(\.left)).count == 64)
  }

  @Test func whatCannotBeAskedIsRefused() {
    let none = TrialPool(members: [], realCount: 3)
    #expect(throws: TrialSchedule.Failure.noSamples) {
      try TrialSchedule(
        .init(kind: .likert, seed: 1, questions: 3, checks: 0, repetitions: 0), none)
    }
    let one = TrialPool(
      members: [TrialPool.Member(Position(.epoch, 1), seeds: [0])], realCount: 0)
    #expect(throws: TrialSchedule.Failure.noReals) {
      try TrialSchedule(.init(kind: .twoAFC, seed: 1, questions: 3, checks: 0, repetitions: 0), one)
    }
    #expect(throws: TrialSchedule.Failure.oneCheckpoint) {
      try TrialSchedule(
        .init(kind: .pairwise, seed: 1, questions: 3, checks: 0, repetitions: 0), one)
    }
  }
}
