import Foundation
import ReviewCore
import ReviewReport
import RunFormats
import Testing

/// JSON, CSV and plain text, read again by parsers that are not ours where there is one.
@Suite struct OtherFormatsTests {
  private func object(_ run: Run, _ reviews: [Review]) throws -> [String: Any] {
    let text = JSONReport.write(try sampleReport(run, reviews))
    return try #require(
      JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test func whatIsInferredNeverPassesForDeclared() throws {
    var run = sampleRun()
    run.settings = [
      Setting(name: "model", value: .text("VAE"), origin: "hparams.yaml"),
      Setting(name: "nz", value: .number(16), origin: "hparams.yaml"),
    ]
    let inferred = try text(run, [])
    #expect(inferred.contains("Model family: VAE, inferred from model = VAE in hparams.yaml"))
    #expect(inferred.contains("Latent shape: 16, inferred from nz = 16 in hparams.yaml"))
    run.declaration.family = .gan
    let declared = try text(run, [])
    #expect(declared.contains("Model family: GAN\n") && declared.contains("inferred from nz"))
  }

  @Test func jsonHoldsTheDecisionAndItsProof() throws {
    let reviews = [hostileReview("x", reviewer: "ann")]
    let report = try object(sampleRun(), reviews)
    #expect(report["schema"] as? String == "keepoch.report/1")
    let decision = try #require(report["decision"] as? [String: Any])
    #expect(decision["kept"] as? Double == 10 && decision["selected"] as? Double == 30)
    let override = try #require(decision["override"] as? [String: Any])
    #expect(override["reviewer"] as? String == "ann")
    let margins = try #require(report["margins"] as? [String: Any])
    let excluded = try #require(margins["bestExcluded"] as? [String: Any])
    #expect(excluded["epoch"] as? Double == 60)
    #expect(excluded["clause"] as? String == "diversity >= 0.55")
    let failures = try #require(report["failures"] as? [[String: Any]])
    #expect(failures.count == 1 && failures[0]["tags"] as? [String] == ["blurry"])
    let command = try #require(report["command"] as? [String: Any])
    #expect(command["expected"] as? String == "selected_epoch: 30")
    let again = try object(sampleRun(), reviews)
    #expect(NSDictionary(dictionary: report) == NSDictionary(dictionary: again))
  }

  @Test(arguments: hostileTexts)
  func jsonKeepsHostileTextAsItIs(_ hostile: String) throws {
    let report = try object(hostileRun(hostile), [hostileReview(hostile, reviewer: hostile)])
    let run = try #require(report["run"] as? [String: Any])
    #expect(run["name"] as? String == hostile)
    let notes = try #require(report["notes"] as? [String: [[String: Any]]])
    #expect(notes["quality"]?.first?["text"] as? String == hostile)
    let log = try #require(report["trainingLog"] as? [[String: Any]])
    #expect(log.first?["name"] as? String == hostile && log.first?["last"] as? String == "NaN")
    let text = JSONReport.write(
      try sampleReport(hostileRun(hostile), [hostileReview(hostile, reviewer: hostile)]))
    #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || !PrintableText.isHarmful($0) })
  }

  @Test(arguments: hostileTexts)
  func csvHasOneRowACheckpointAndNoFormula(_ hostile: String) throws {
    let text = CSVReport.write(
      try sampleReport(hostileRun(hostile), [hostileReview(hostile, reviewer: hostile)]))
    let table = try #require(DelimitedText(Array(text.utf8)))
    #expect(table.rows.count == 4)
    #expect(table.rows.allSatisfy { $0.fields.count == table.header.count })
    for field in table.header + table.rows.flatMap(\.fields) {
      let first = field.unicodeScalars.first
      #expect(first != "=" && first != "+" && first != "@")
      #expect(first != "-" || Double(field) != nil)
    }
    #expect(
      text.unicodeScalars.allSatisfy {
        "\r\n".unicodeScalars.contains($0) || !PrintableText.isHarmful($0)
      })
    #expect(CSVReport.isOurs(Array(text.utf8)))
    #expect(!CSVReport.isOurs(Array("epoch,quality\n1,0.5\n".utf8)))
  }

  @Test(arguments: hostileTexts)
  func plainTextIsTextAndNarrow(_ hostile: String) throws {
    let text = PlainReport.write(
      try sampleReport(hostileRun(hostile), [hostileReview(hostile, reviewer: hostile)]))
    #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || !PrintableText.isHarmful($0) })
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
    #expect(text.hasSuffix("\(PlainReport.signature)\n"))
    // A line of a note cannot pass for a heading of ours.
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let headings = zip(lines, lines.dropFirst()).filter { line, next in
      line.count > 3 && next == String(repeating: "-", count: line.count)
    }
    #expect(headings.count == 15, "\(headings)")
  }

  /// What a shell makes of a quoted word is the word.
  @Test(arguments: hostileTexts.filter { !$0.contains("\u{0}") })
  func aQuotedWordIsOneWord(_ hostile: String) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "printf '%s|' \(ShellWord.quoted(hostile))"]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let expected = hostile.hasPrefix("-") ? "./" + hostile : hostile
    #expect(Array(data) == Array((expected + "|").utf8))
  }

  /// Outside of code, as CommonMark finds its ends, no report has HTML of anybody else's.
  @Test(arguments: ["fid`<img src=x onerror=alert(1)>", "fid``<b>", "fid`\u{301}<i>", "fid"])
  func codeIsNotLeft(_ name: String) throws {
    var run = sampleRun()
    run.columns = [MetricColumn(metric: Metric(name: name), values: [4, 3, 2, 1])]
    let report = try text(run, [])
    #expect(report.contains("min"))
    var isFenced = false
    for line in report.split(separator: "\n") where line != MarkdownReport.signature {
      if line.hasPrefix("```") { isFenced.toggle() }
      if isFenced { continue }
      #expect(!Self.outsideCode(line).contains("<") || line.contains("<br>"), "\(line)")
    }
  }

  private static func outsideCode(_ line: Substring) -> String {
    let scalars = Array(line.unicodeScalars)
    func run(at place: Int) -> Int { scalars[place...].prefix { $0 == "`" }.count }
    var result = String.UnicodeScalarView()
    var place = 0
    while place < scalars.count {
      guard scalars[place] == "`", place == 0 || scalars[place - 1] != "\\" else {
        result.append(scalars[place])
        place += 1
        continue
      }
      let length = run(at: place)
      var end = place + length
      while end < scalars.count, scalars[end] != "`" || run(at: end) != length {
        end += scalars[end] == "`" ? run(at: end) : 1
      }
      place = end < scalars.count ? end + length : place + length
    }
    return String(result)
  }

  @Test func aWideTableIsKnownAsOurs() throws {
    var run = sampleRun()
    run.columns += (0..<400).map {
      MetricColumn(metric: Metric(name: "metric_number_\($0)"), values: [1, 2, 3, 4])
    }
    let text = CSVReport.write(try sampleReport(run, []))
    #expect(CSVReport.isOurs(Array(text.utf8)))
  }

  @Test func theTrainingLogAndTheRatings() throws {
    var run = sampleRun()
    run.series = [
      Series(
        name: "loss", axis: .step, positions: [10, 20, 30, 40], values: [4, .nan, 1, 2],
        epochs: [1, 10, 30, 60])
    ]
    let acts: [ReviewAct] = [5, 3, 3, 4].enumerated().map {
      .rate(Target(Position(.epoch, 30), sample: $0.offset % 2), $0.element)
    }
    let reviews = [
      review(acts), review([.rate(Target(Position(.epoch, 30)), 2)], reviewer: "bob"),
    ]
    let report = try text(run, reviews)
    #expect(report.contains("| loss | step | 4 | 4 | 2 | 1 (30) | 4 (10) | 1 | 1 | █ ▁▃ |"))
    #expect(report.contains("| 030 | checkpoint | 1 | 2 | 2 to 2 | 0 | 1 | 0 | 0 | 0 | bob |"))
    #expect(report.contains("- diversity: 0.72 to 0.6, from epoch 10 to epoch 30"))
    #expect(!report.contains("- quality: 0."))
    // Rated anew, a sample counts once: 3 and 4 are what stands.
    #expect(report.contains("| 030 | samples | 2 | 3.5 | 3.25 to 3.75 | 0 | 0 | 1 | 1 | 0 | ann |"))
  }
}
