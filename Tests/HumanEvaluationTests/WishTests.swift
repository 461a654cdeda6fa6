import ReviewCore
import Testing

@testable import HumanEvaluation

@Suite struct WishTests {
  @Test func everyWordIsTaken() throws {
    let wish = try EvaluationWish(
      "pairwise 60 epochs=1,30,0.5 seed=7 exposure=500 show=2 adaptive=widest stop=decided:0.05 "
        + "rule=checks>=0.8,time>=250 checks=5 repeats=0 topic=Which is  sharper?")
    #expect(wish.kind == .pairwise && wish.trials == 60 && wish.places == [1, 30, 0.5])
    #expect(wish.seed == 7 && wish.exposure == 500 && wish.picturesPerSide == 2)
    #expect(wish.policy == .widest && wish.stopping == .decided(error: 0.05))
    #expect(wish.raterRule == RaterRule(checks: 0.8, time: 250))
    #expect(wish.checkPercent == 5 && wish.repeatPercent == 0)
    #expect(wish.topic == "Which is sharper?")
  }

  @Test(arguments: [
    "", "3afc", "2afc 0", "2afc 40 epochs=", "2afc epochs=a", "likert exposure=1", "2afc seed=-1",
    "2afc stop=never", "2afc adaptive=best", "2afc rule=nice", "2afc forty", "2afc topic=real?",
    "likert topic=", "2afc seed=9007199254740993", "2afc x=3", "2afc 20 30", "2afc seed=1 seed=2",
  ])
  func whatIsNoWishIsRefused(_ line: String) {
    #expect(throws: EvaluationWish.Failure.self) { try EvaluationWish(line) }
  }

  /// A picture that comes back is known, and an answer to it no answer of its own.
  @Test(arguments: [
    ("2afc 28", 8, 26, true), ("2afc 28", 8, 25, false), ("2afc 29", 8, 99, false),
    ("2afc 40 checks=0 repeats=50", 8, 99, true), ("likert 30", 8, 0, true),
    ("likert 31", 8, 0, false), ("pairwise 30", 8, 0, true), ("pairwise 40", 8, 0, false),
    ("2afc 4", 1, 1, false), ("2afc 300 adaptive", 8, 99, true),
    ("2afc 300 adaptive", 1, 1, false), ("pairwise 10 show=9", 8, 0, false),
  ])
  func picturesDoNotComeBack(_ line: String, _ seeds: Int, _ reals: Int, _ isMade: Bool) throws {
    let wish = try EvaluationWish(line)
    let pool = TrialPool(
      members: [1, 2, 3].map { TrialPool.Member(Position(.epoch, $0), seeds: Array(0..<seeds)) },
      realCount: reals, picturesPerSide: wish.perSide ?? 1)
    let rendering = TrialRendering(
      glyphs: "ascii", model: "neutral", color: "none", background: "none", texture: "near",
      columns: 28, rows: 14, gamma: 1, contrast: 1, isInverted: false, isLightBackground: false)
    var isThere = true
    do throws(TrialSchedule.Failure) {
      let block = try EvaluationBlock(wish, pool, rendering: rendering, id: "a", seed: 3)
      guard case .list(let trials) = block.design else { return }
      let own = trials.filter { if case .repetition = $0.purpose { false } else { true } }
      let real = own.flatMap { trial in
        Set(trial.sides.filter { $0.position == nil }.flatMap(\.pictures))
      }
      if block.kind == .twoAFC { #expect(Set(real).count == real.count) }
    } catch {
      isThere = false
    }
    #expect(isThere == isMade)
  }

  /// Whoever asks for so many trials gets so many.
  @Test(arguments: [1, 7, 12, 40, 41, 100, 333])
  func checksAndRepetitionsAreAmongTheTrials(_ trials: Int) throws {
    let pool = TrialPool(
      members: [1, 2, 3].map { TrialPool.Member(Position(.epoch, $0), seeds: Array(0..<128)) },
      realCount: 400)
    var wish = EvaluationWish(.twoAFC)
    wish.trials = trials
    let rendering = TrialRendering(
      glyphs: "ascii", model: "neutral", color: "none", background: "none", texture: "near",
      columns: 28, rows: 14, gamma: 1, contrast: 1, isInverted: false, isLightBackground: false)
    let block = try EvaluationBlock(wish, pool, rendering: rendering, id: "a", seed: 3)
    #expect(block.mostTrials == trials)
    #expect(block.seed == 3 && block.topic == "real")
  }
}
