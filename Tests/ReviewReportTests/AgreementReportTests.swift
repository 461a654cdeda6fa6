import Foundation
import ReviewCore
import ReviewReport
import Testing

/// What a report says where several reviewed, and that it says nothing of it where one did.
@Suite struct AgreementReportTests {
  private func facts(
    _ run: Run, _ reviews: [Review], words: Int = 1, hostile: String = "thin"
  ) -> AgreementFacts {
    let at60 = DisputedPoint(Target(Position(.epoch, 60)), .verdict)
    let coefficient = AgreementCoefficient(0.4, interval: 0.1...0.7)
    let row = ReviewerAgreement.Row(
      matter: .verdict, items: 12, raters: ["ann", "bob"], observed: AgreementCoefficient(0.7),
      pairs: [.init(first: "ann", second: "bob", items: 12, kappa: coefficient)],
      fleiss: AgreementCoefficient(nil, remark: "all say the same"), alpha: coefficient)
    let agreement = ReviewerAgreement(
      reviewers: reviews.map(\.reviewer), rows: [row],
      disagreements: Array(
        repeating: .init(
          index: 3, point: at60, words: [.init("ann", "keep"), .init(hostile, "reject")]),
        count: words), byCheckpoint: [nil, nil, 1, 0])
    return AgreementFacts(
      run: run, reviews: reviews, agreement: agreement,
      contradictions: [Contradiction(index: 3, kind: .keptNoCandidate, reviewers: [hostile])])
  }

  private func report(_ reviews: [Review], words: Int = 1, hostile: String = "thin") throws
    -> Report
  {
    let run = sampleRun()
    let rule = try RuleInForce(run: run)
    let evaluator = try RuleEvaluator(rule.rule, facts: RuleFacts(run: run, reviews: reviews))
    return Report(
      run: run, reviews: reviews, rule: rule, evaluator: evaluator, dataDigest: "d1",
      runPath: "..", warnings: [], samples: samples(),
      agreement: facts(run, reviews, words: words, hostile: hostile))
  }

  private var ruled: Review {
    review(
      [
        .verdict(Position(.epoch, 60), .keep),
        .adjudicate(
          DisputedPoint(Target(Position(.epoch, 60)), .verdict), value: "reject",
          reason: "modes are lost"),
      ])
  }

  @Test func aReportOfOneReviewerIsTheSameBytesAsBefore() throws {
    let plain = try sampleReport(sampleRun(), [ruled])
    let given = try report([ruled])
    #expect(MarkdownReport.write(plain).text == MarkdownReport.write(given).text)
    #expect(HTMLReport.write(plain) == HTMLReport.write(given))
    #expect(JSONReport.write(plain) == JSONReport.write(given))
    #expect(PlainReport.write(plain) == PlainReport.write(given))
  }

  @Test func aReportOfTwoHasASectionOfItsOwn() throws {
    let two = [ruled, review([.verdict(Position(.epoch, 60), .reject)], reviewer: "bob")]
    let text = MarkdownReport.write(try report(two, words: 23)).text
    for words in [
      "Reviewers", "2 reviewers: ann, bob.", "0.40 (0.10 to 0.70)", "verdict: all say the same",
      "23 disagreements, 23 of them ruled",
      "epoch 60, verdict: ann keep, thin reject; reject counts",
      "3 more;", "epoch 60, verdict: reject, ruled by ann: modes are lost",
      "epoch 60: kept by thin, and no candidate",
    ] {
      #expect(text.contains(words), "\(words)")
    }
    let json = try #require(
      JSONSerialization.jsonObject(
        with: Data(JSONReport.write(try report(two)).utf8)) as? [String: Any])
    let agreement = try #require(json["agreement"] as? [String: Any])
    let rulings = try #require(agreement["rulings"] as? [[String: Any]])
    #expect(rulings.first?["reviewer"] as? String == "ann")
    #expect(rulings.first?["reason"] as? String == "modes are lost")
    let places = try #require(agreement["checkpoints"] as? [[String: Any]])
    #expect(places.map { $0["agreement"] as? Double } == [1, 0])
    // The table alone has nothing of it.
    #expect(
      CSVReport.write(try report(two)) == CSVReport.write(try sampleReport(sampleRun(), two)))
  }

  @Test func namesAndReasonsStayText() throws {
    for hostile in hostileTexts {
      let two = [ruled, review([.verdict(Position(.epoch, 60), .reject)], reviewer: hostile)]
      let html = HTMLReport.write(try report(two, hostile: hostile))
      #expect(!html.contains("<script>") && !html.contains("<img src=x"))
      let lines = outsideFences(MarkdownReport.write(try report(two, hostile: hostile)).text)
      #expect(!lines.contains { $0.contains("<script>") || $0.hasPrefix("# heading") })
    }
  }
}
