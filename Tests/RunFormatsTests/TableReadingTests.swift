import ReviewCore
import RunFormats
import Testing

@Suite struct TableReadingTests {
  @Test func quotingFollowsTheStandard() throws {
    let text = "\u{FEFF}epoch,note,quality\r\n1,\"a, \"\"b\"\"\r\nc\",0.5\r\n\r\n2, plain ,nan"
    let table = try #require(DelimitedText(Array(text.utf8)))
    #expect(table.header == ["epoch", "note", "quality"])
    #expect(table.rows.map(\.fields) == [["1", "a, \"b\"\r\nc", "0.5"], ["2", "plain", "nan"]])
    #expect(table.rows.map(\.line) == [2, 5])
    #expect(table.endsTorn)
  }

  @Test(arguments: ["epoch;a\n1;2\n", "epoch\ta\n1\t2\n", "epoch,a\r1,2\r"])
  func separatorsAndLineEnds(_ text: String) throws {
    let table = try #require(DelimitedText(Array(text.utf8)))
    #expect(table.header == ["epoch", "a"])
    #expect(table.rows.map(\.fields) == [["1", "2"]])
    #expect(!table.endsTorn)
  }

  @Test func anyBytesAreATableOrNot() {
    var dice = SplitMix64(seed: 2)
    let signs = Array("\"\",;\n\r\t1.e ".utf8) + [0xFF, 0]
    for _ in 0..<400 {
      let bytes = (0..<40).map { _ in signs[Int(dice.next(below: UInt64(signs.count)))] }
      if let table = DelimitedText(bytes) {
        #expect(table.rows.allSatisfy { !$0.fields.isEmpty })
      }
    }
  }

  @Test(arguments: [
    ("0.5", 0.5), ("-1e-3", -0.001), ("inf", .infinity), ("-Infinity", -.infinity), (".5", 0.5),
  ])
  func numbers(_ text: String, _ value: Double) { #expect(TableNumber.value(text) == value) }

  @Test func whatIsNoNumber() {
    #expect(TableNumber.value("NaN")?.isNaN == true)
    for text in ["", "x", "1,5", "0x10", "1 2"] { #expect(TableNumber.value(text) == nil) }
  }

  @Test func aRunOfATable() throws {
    let scratch = try Scratch()
    try scratch.write(
      "metrics.csv", "epoch,quality,diversity,note\n10,0.45,,later\n1,bad,0.80,\"first, noisy\"\n\n"
    )
    try scratch.write("train_log.csv", "step,epoch,loss\n1,1,0.5\n2,1,nan\n3,2,0.25\n")
    let run = try RunOpener.open(scratch.path)
    #expect(run.axis == .epoch)
    #expect(run.checkpoints.map { $0.epoch?.value } == [1, 10])
    #expect(run.checkpoints.map(\.note) == ["first, noisy", "later"])
    #expect(run.metric("quality", at: 0) == nil && run.metric("quality", at: 1) == 0.45)
    #expect(run.metric("diversity", at: 1) == nil)
    #expect(run.warnings.map(\.code) == [.badNumber])
    #expect(run.series.map(\.name) == ["loss"])
    #expect(Array(run.series[0].positions) == [1, 2, 3])
  }

  @Test func aTableOfSteps() throws {
    let scratch = try Scratch()
    try scratch.write("metrics.tsv", "step\tfid\n2000\t30\n1000\t40\n")
    let run = try RunOpener.open(scratch.path + "/metrics.tsv")
    #expect(run.axis == .step)
    #expect(run.checkpoints.map { $0.step?.text } == ["1000", "2000"])
    #expect(try RuleInForce(run: run).rule.text.contains("min fid"))
  }

  @Test func duplicateAndTornRows() throws {
    let scratch = try Scratch()
    try scratch.write("metrics.csv", "epoch,quality\n1,0.1\n1,0.2\n2,0.3\n3,")
    let run = try RunOpener.open(scratch.path)
    #expect(run.metric("quality", at: 0) == 0.2)
    #expect(run.warnings.map(\.code).contains(.duplicateCheckpoint))
    #expect(run.checkpoints.map { $0.epoch?.value } == [1, 2, 3])
    try scratch.write("metrics.csv", "epoch,quality,diversity\n1,0.1,0.3\n2,0")
    #expect(try RunOpener.open(scratch.path).checkpoints.count == 1)
  }

  @Test func aQuoteThatNeverClosesLosesNoRow() throws {
    let scratch = try Scratch()
    try scratch.write(
      "metrics.csv",
      "Epoch,Quality,Diversity,note\n1,0.5,0.6,\"un\n2,0.7,0.6,b\n3,0.8,0.6,c\n")
    let run = try RunOpener.open(scratch.path)
    #expect(run.checkpoints.count == 3)
    #expect(run.metric("quality", at: 2) == 0.8)
    #expect(run.warnings.contains { $0.message.contains("never closed") })
  }

  @Test(arguments: ["2,0.75,0.", "2,0.75,-", "2,0.7", "2,0.9,0.9,\"half a no", "2,1,1e"])
  func aRowThatIsStillWrittenWaits(_ tail: String) throws {
    let scratch = try Scratch()
    let header =
      tail.contains("\"")
      ? "epoch,quality,diversity,note\n1,1,1,x\n" : "epoch,quality,diversity\n1,1,1\n"
    try scratch.write("metrics.csv", header + tail)
    let run = try RunOpener.open(scratch.path)
    #expect(run.checkpoints.count == 1)
    #expect(run.warnings.map(\.code) == [.tornLine])
  }

  @Test func aLogWithoutMetricsCountsItsSteps() throws {
    let scratch = try Scratch()
    try scratch.write("train_log.csv", "step,epoch,loss\n1,1,0.5\n2,1,0.4\n3,2,0.3\n")
    let run = try RunOpener.open(scratch.path)
    #expect(run.axis == .step && run.checkpoints.count == 3 && run.warnings.isEmpty)
  }

  @Test func aHundredThousandRows() throws {
    let scratch = try Scratch()
    var text = "epoch,quality,diversity\n"
    for epoch in 1...100_000 { text += "\(epoch),0.\(epoch % 97),0.\(epoch % 89)\n" }
    try scratch.write("metrics.csv", text)
    let run = try RunOpener.open(scratch.path)
    #expect(run.checkpoints.count == 100_000)
    #expect(run.index(of: Position(.epoch, 77_777)) == 77_776)
  }
}
