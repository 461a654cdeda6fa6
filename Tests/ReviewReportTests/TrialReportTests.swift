import Foundation
import ReviewCore
import ReviewReport
import Testing

/// What a report says of blind trials.
@Suite struct TrialReportTests {
  private static func rendering(_ columns: Int) -> TrialRendering {
    TrialRendering(
      glyphs: "quadrant", model: "neutral", color: "256", background: "gray", texture: "near",
      columns: columns, rows: columns / 2, gamma: 1, contrast: 1, isInverted: false,
      isLightBackground: false)
  }

  private static func rater(
    _ kind: EvaluationKind, _ name: String, columns: Int, exclusion: String? = nil
  ) -> RaterRecord {
    let block = EvaluationBlock(
      id: "b1", kind: kind, seed: 77, rendering: rendering(columns),
      design: .list([Trial(number: 1, left: Stimulus(.real, [0]), right: nil)]))
    var rater = RaterRecord(BlockRecord(block, reviewer: name, begun: ""))
    rater.answered = 40
    (rater.checks, rater.checksPassed) = (4, 3)
    rater.exclusion = exclusion
    return rater
  }

  /// A forced choice, and pairs in another rendering, of which one rater is left out.
  private static func results(rater name: String = "ann") -> HumanResults {
    var choice = JudgementGroup(
      kind: .twoAFC, topic: "real", rendering: rendering(28), exposure: 500)
    var judgement = CheckpointJudgement(Position(.epoch, 30))
    (judgement.answers, judgement.fooled) = (20, 9)
    judgement.fooling = HumanEstimate(0.45, low: 0.26, high: 0.66)
    judgement.pValue = 0.82
    choice.checkpoints = [judgement]
    choice.answers = 20
    choice.raters = [rater(.twoAFC, name, columns: 28)]
    choice.leader = Position(.epoch, 30)
    var other = choice
    other = JudgementGroup(kind: .twoAFC, topic: "real", rendering: rendering(14), exposure: nil)
    other.checkpoints = [judgement]
    other.raters = [rater(.twoAFC, "bob", columns: 14, exclusion: "passed 1 of 4 checks")]
    var pairs = JudgementGroup(
      kind: .pairwise, topic: "better", rendering: rendering(28), exposure: nil)
    var one = CheckpointJudgement(Position(.epoch, 30))
    one.strength = HumanEstimate(0.4, low: -0.1, high: 0.9)
    one.elo = 1510
    pairs.checkpoints = [one, CheckpointJudgement(Position(.epoch, 60))]
    pairs.leader = Position(.epoch, 30)
    pairs.inseparable = [Position(.epoch, 60)]
    pairs.open = [rater(.pairwise, "cy", columns: 28)]
    pairs.remark = "no strengths of some"
    return HumanResults(groups: [choice, other, pairs])
  }

  private func report(_ human: HumanResults, _ reviews: [Review] = []) throws -> Report {
    let run = sampleRun()
    let rule = try RuleInForce(run: run)
    let evaluator = try RuleEvaluator(rule.rule, facts: RuleFacts(run: run, reviews: reviews))
    return Report(
      run: run, reviews: reviews, rule: rule, evaluator: evaluator, dataDigest: "d1",
      runPath: "..", warnings: [], samples: samples(), human: human)
  }

  @Test func withoutTrialsNothingIsSaidOfThem() throws {
    let plain = try report(HumanResults())
    #expect(MarkdownReport.write(plain).text.contains("Nobody rated a checkpoint or a sample."))
    #expect(!JSONReport.write(plain).contains("humanEvaluation"))
  }

  @Test func protocolNumbersAndRatersStandInTheReport() throws {
    let text = MarkdownReport.write(try report(Self.results())).text
    for words in [
      "Two-alternative forced choice: which one is real?", "seed 77", "for 500 ms",
      "n = 20 answers of 1 rater (ann)", "28x14 cells, quadrant", "0.45 (0.26 to 0.66)",
      "checks 3/4", "left out by the rule: passed 1 of 4 checks", "not separable from epoch 60",
      "the block is not over: not counted", "log strength (95 %)", "No strengths of some.",
    ] { #expect(text.contains(words), "\(words) is missing") }
    // Another rendering has a heading and a table of its own.
    #expect(text.components(separatedBy: "which one is real?").count == 3)
    #expect(text.contains("answers to different renderings are never put together"))
    #expect(!text.contains("Nobody rated"))
  }

  @Test func ratingsStandBehindTrials() throws {
    let rated = review([.rate(Target(Position(.epoch, 30)), 4)])
    let text = MarkdownReport.write(try report(Self.results(), [rated])).text
    let trials = try #require(text.range(of: "Two-alternative forced choice"))
    let ratings = try #require(text.range(of: "Ratings given while reviewing"))
    #expect(trials.lowerBound < ratings.lowerBound)
  }

  @Test func theJSONNamesEveryRenderingByItself() throws {
    let text = JSONReport.write(try report(Self.results()))
    for words in [
      "\"humanEvaluation\": [", "\"column\": \"human.fooling\"",
      "\"leftOut\": \"passed 1 of 4 checks\"",
      "\"exposure\": 500", "\"notSeparableFrom\"", "\"rendering\": \"14x7 cells, quadrant",
    ] { #expect(text.contains(words), "\(words) is missing") }
    #expect(text.components(separatedBy: "\"column\": \"human.fooling\"").count == 2)
  }

  @Test func aRatersNameBreaksOutOfNothing() throws {
    let hostile = "<script>alert(1)</script>|`*\u{1b}[31m"
    let report = try report(Self.results(rater: hostile))
    for text in [HTMLReport.write(report), MarkdownReport.write(report).text] {
      #expect(!text.contains("<script>alert(1)"))
      #expect(!text.contains("\u{1b}"))
    }
    #expect(HTMLReport.write(report).contains("Two-alternative forced choice"))
    #expect(!PlainReport.write(report).contains("\u{1b}"))
    #expect(!JSONReport.write(report).contains("\u{1b}"))
  }
}
