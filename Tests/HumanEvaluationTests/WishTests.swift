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
    "likert topic=", "2afc seed=9007199254740993", "2afc x=3",
  ])
  func whatIsNoWishIsRefused(_ line: String) {
    #expect(throws: EvaluationWish.Failure.self) { try EvaluationWish(line) }
  }

  /// Whoever asks for so many trials gets so many.
  @Test(arguments: [1, 7, 12, 40, 41, 100, 333])
  func checksAndRepetitionsAreAmongTheTrials(_ trials: Int) throws {
    let pool = TrialPool(
      members: [1, 2, 3].map { TrialPool.Member(Position(.epoch, $0), seeds: Array(0..<8)) },
      realCount: 5)
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
