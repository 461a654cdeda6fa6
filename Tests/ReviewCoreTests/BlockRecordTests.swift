import ReviewCore
import Testing

/// What a journal's lines of human evaluation fold to.
@Suite struct BlockRecordTests {
  private static let rendering = TrialRendering(
    glyphs: "ascii", model: "neutral", color: "none", background: "none", texture: "near",
    columns: 28, rows: 14, gamma: 1, contrast: 1, isInverted: false, isLightBackground: false)

  private static func trial(_ number: Int) -> Trial {
    Trial(
      number: number, left: Stimulus(.real, [number]),
      right: Stimulus(.checkpoint(Position(.epoch, 30)), [number]))
  }

  private static let block = EvaluationBlock(
    id: "a", kind: .twoAFC, seed: 1, rendering: rendering, design: .list((1...3).map(trial)))

  private static func review(_ acts: [ReviewAct]) -> Review {
    Review(
      reviewer: "ann",
      events: acts.enumerated().map {
        ReviewEvent(
          sequence: $0 + 1, time: "2026-01-02T03:04:0\($0).000Z", reviewer: "ann", act: $1)
      })
  }

  private static func answer(_ trial: Int, _ answer: TrialAnswer?) -> ReviewAct {
    .evaluation(.answer(block: "a", trial: trial, answer, milliseconds: 100 * trial))
  }

  @Test func answersAreOfTheirTrialsWhateverTheOrder() throws {
    let record = try #require(
      Self.review([
        .evaluation(.begin(Self.block)), Self.answer(2, .choice(.left)),
        Self.answer(1, .choice(.right)),
      ]).blocks.first)
    #expect(record.nextTrial?.number == 3)
    #expect(record.order == [2, 1])
    #expect(record.answers[1]?.answer == .choice(.right) && record.answers[1]?.milliseconds == 100)
    #expect(!record.isComplete && !record.isOver)
  }

  @Test func whatIsTakenBackIsAskedAgain() throws {
    let record = try #require(
      Self.review([
        .evaluation(.begin(Self.block)), Self.answer(1, .choice(.left)),
        Self.answer(2, .choice(.left)), Self.answer(2, nil),
      ]).blocks.first)
    #expect(record.nextTrial?.number == 2 && record.order == [1])
  }

  /// After a block is over, and of trials or kinds that are not there, nothing is taken in.
  @Test func whatDoesNotFitIsLeftOut() throws {
    let record = try #require(
      Self.review([
        .evaluation(.begin(Self.block)), Self.answer(7, .choice(.left)), Self.answer(1, .rating(3)),
        Self.answer(1, .tie), .evaluation(.end(block: "a", .ended)), Self.answer(1, .choice(.left)),
        .evaluation(.end(block: "nobody's", .met)), .evaluation(.begin(Self.block)),
      ]).blocks.first)
    #expect(record.answers.isEmpty && record.ending == .ended)
  }

  /// Undo is of the review; answers stay, and are counted once.
  @Test func undoLeavesAnswersAlone() throws {
    let review = Self.review([
      .verdict(Position(.epoch, 30), .keep), .evaluation(.begin(Self.block)),
      Self.answer(1, .choice(.left)), .undo(of: 1),
    ])
    #expect(review.mark(Target(Position(.epoch, 30))).verdict == .undecided)
    #expect(review.blocks.count == 1 && review.blocks[0].order == [1])
    #expect(review.undoable.isEmpty)
  }

  @Test func adaptiveTrialsComeOneAfterTheOther() throws {
    let pool = TrialPool(
      members: [TrialPool.Member(Position(.epoch, 30), seeds: [0])], realCount: 3)
    let block = EvaluationBlock(
      id: "a", kind: .twoAFC, seed: 1, rendering: Self.rendering,
      design: .adaptive(.widest, pool, most: 2))
    func draw(_ number: Int) -> ReviewAct {
      .evaluation(.draw(block: "a", Self.trial(number)))
    }
    let record = try #require(
      Self.review([
        .evaluation(.begin(block)), draw(2), draw(1), draw(1), Self.answer(1, .choice(.left)),
        draw(2), draw(3),
      ]).blocks.first)
    #expect(record.trials.map(\.number) == [1, 2])
    #expect(record.nextTrial?.number == 2)
  }

  @Test(arguments: ["none", "checks >= 0.8", "side <= 0.9, time >= 250", RaterRule.usual.text])
  func rulesOfRatersReadBack(_ text: String) throws {
    #expect(try #require(RaterRule(text)).text == text)
  }

  @Test(arguments: [
    "", "checks", "checks >= 2", "checks <= 0.5", "time >= 0.5", "x >= 1", "side <= x",
  ])
  func whatIsNoRuleOfRatersIsRefused(_ text: String) { #expect(RaterRule(text) == nil) }

  @Test(arguments: ["whole", "precision 0.1", "decided 0.05"])
  func stoppingRulesReadBack(_ text: String) throws {
    #expect(try #require(StoppingRule(text)).text == text)
  }

  @Test(arguments: ["", "precision", "precision 0", "decided 1", "decided -1", "decided nan"])
  func whatIsNoStoppingRuleIsRefused(_ text: String) { #expect(StoppingRule(text) == nil) }
}
