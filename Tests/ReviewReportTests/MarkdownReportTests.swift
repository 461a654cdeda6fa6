import ReviewCore
import ReviewReport
import Testing

@Suite struct MarkdownReportTests {
  @Test func theDecisionAndWhatItExcludes() throws {
    let report = try text(sampleRun(), [])
    #expect(report.contains("**Keep epoch 30 of lab**"))
    #expect(report.contains("Excluded although best by `max quality`: epoch 60"))
    #expect(report.contains("0.48, short by 0.07"))
    #expect(report.contains("Its knee is epoch 30."))
    let front = MarkdownReport.write(try sampleReport(sampleRun(), [])).charts
      .first { $0.name == "front.svg" }
    #expect(front?.svg.contains(">30 (knee)<") == true)
    #expect(
      report.contains(
        "| where | `diversity >= 0.55` | 0.55 | `(0.48, 0.6]` | epoch 60 | epoch 10 |"))
    #expect(report.contains("`selected_epoch: 30`"))
    #expect(report.hasSuffix("\(MarkdownReport.signature)\n"))
  }

  @Test func sectionsStandInOrder() throws {
    let report = try text(sampleRun(), [])
    let numbers = report.split(separator: "\n").filter { $0.hasPrefix("## ") }
      .compactMap { Int($0.dropFirst(3).prefix { $0 != "." }) }
    #expect(numbers == Array(1...15))
    let all = try text(hostileRun("x"), [hostileReview("x", reviewer: "x")])
    #expect((1...15).allSatisfy { all.contains("\n## \($0). ") })
  }

  @Test func exactlyTheFailuresOfTheReview() throws {
    let tagged = Target(Position(.epoch, 60), sample: 1)
    let other = Target(Position(.epoch, 60), sample: 0)
    let reviewed = review([
      .tag(tagged, tag: "blurry", isOn: true, digest: nil),
      .tag(other, tag: "noise", isOn: true, digest: nil),
      .note(tagged, about: .general, text: "a smear"), .undo(of: 2),
      .note(Target(Position(.epoch, 30)), about: .diversity, text: "all ten digits"),
      .verdict(Position(.epoch, 30), .keep), .seen(Position(.epoch, 60), samples: [0, 1]),
    ])
    let (report, pictures) = try written(sampleRun(), [reviewed])
    #expect(report.contains("### epoch 60, sample 1: blurry"))
    #expect(!report.contains("sample 0: noise") && !report.contains("noise |"))
    #expect(report.contains("a smear"))
    #expect(report.contains("- epoch 30, ann: all ten digits"))
    #expect(report.contains("ann says keep"))
    #expect(report.contains("Samples looked at: 2 of 8"))
    #expect(
      pictures.map(\.name) == [
        "same-seeds.png", "failure-epoch-060-sample-1.png", "average-epoch-030.png",
      ])
  }

  @Test func exportingTwiceGivesTheSameBytes() throws {
    let reviews = ["zoe", "ann", "bob"].map { name in
      review(
        (0..<6).map {
          .tag(Target(Position(.epoch, 60), sample: $0 % 2), tag: "t\($0)", isOn: true, digest: nil)
        }, reviewer: name)
    }
    let first = try text(sampleRun(), reviews)
    for _ in 0..<5 { #expect(try text(sampleRun(), reviews) == first) }
  }

  @Test(arguments: hostileTexts)
  func hostileTextStaysText(_ hostile: String) throws {
    let report = try text(hostileRun(hostile), [hostileReview(hostile, reviewer: hostile)])
    // A tame name is as long as a metric's name may be, so that the same sections stand there.
    let plain = try text(hostileRun("x"), [hostileReview("x", reviewer: "x")])
    func shape(_ text: String) -> [String] {
      outsideFences(text).map { line in String(line.prefix { "#|>-`".contains($0) }) }
    }
    #expect(shape(report) == shape(plain))
    #expect(report.unicodeScalars.allSatisfy { $0 == "\n" || !PrintableText.isHarmful($0) })
    // Within a fence everything is text.
    let outside = outsideFences(report).joined(separator: "\n")
    #expect(
      !outside.contains("<script") && !outside.contains("](java") && !outside.contains("](http"))
  }

  @Test func anOverrideSaysSoAndWhatTheRuleSays() throws {
    let reviewed = review([.select(Position(.epoch, 10), reason: "softer", isOn: true)])
    let report = try text(sampleRun(), [reviewed])
    #expect(report.contains("**Keep epoch 10 of lab**, chosen by ann: softer"))
    #expect(report.contains("The rule selects epoch 30"))
  }
}

@Suite struct TableTextTests {
  private func table(_ run: Run, _ rule: String? = nil) throws -> TableText {
    let force = try RuleInForce(run: run, given: rule.map { RuleText($0) })
    let evaluator = try RuleEvaluator(force.rule, facts: RuleFacts(run: run, reviews: []))
    return TableText(run: run, table: CheckpointTable(judging: evaluator), override: nil)
  }

  @Test func theDesignsTableByteForByte() throws {
    #expect(
      try table(sampleRun()).text == """
        generation_review
        epoch=001 quality=0.20 diversity=0.80 status=review
        epoch=010 quality=0.45 diversity=0.72 status=review
        epoch=030 quality=0.68 diversity=0.60 status=candidate
        epoch=060 quality=0.75 diversity=0.48 status=review
        selected_epoch: 30

        """)
  }

  @Test func oddValuesAndNames() throws {
    var run = Run(
      name: "x", path: "x", format: .table, axis: .step,
      checkpoints: [0.5, 100, 2000].map { Checkpoint(step: AxisValue($0, text: "\($0)")) },
      columns: [
        MetricColumn(metric: Metric(name: "my = loss\t"), values: [.nan, .infinity, 123456.7]),
        MetricColumn(metric: Metric(name: "quality"), values: [nil, 1.115, -.infinity]),
      ])
    run.declaration.rule = RuleText("select: max quality where quality > 5")
    #expect(
      try table(run).text == """
        generation_review
        step=0.5 quality=- my___loss_=nan status=review
        step=100 quality=1.11 my___loss_=inf status=candidate
        step=2000 quality=-inf my___loss_=1.235e+05 status=candidate
        selected_step: none

        """)
    #expect(try table(run).csv.split(separator: "\r\n").count == 4)
    #expect(try table(run).json.contains("\"my = loss\\t\": \"NaN\""))
  }
}
