import ReviewCore
import Testing

@testable import ReviewReport

/// The text format as the message of a commit.
@Suite struct PlainSubjectTests {
  private func lines(_ run: Run, _ reviews: [Review] = []) throws -> [String] {
    PlainReport.write(try sampleReport(run, reviews))
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  @Test func theDecisionComesFirstAndAlone() throws {
    let lines = try lines(sampleRun(name: "gan-digits"))
    #expect(lines[0] == "Keep epoch 30 of gan-digits: max quality where diversity >= 0.55")
    #expect(lines[1] == "" && lines[2] == "Review note: gan-digits")
  }

  @Test func whatDoesNotFitIsLeftOutWhole() throws {
    let long = String(repeating: "n", count: 30)
    #expect(try lines(sampleRun(name: long))[0] == "Keep epoch 30 of \(long): max quality")
    let longer = String(repeating: "n", count: 55)
    #expect(try lines(sampleRun(name: longer))[0] == "Keep epoch 30 of \(longer)")
    let longest = try lines(sampleRun(name: String(repeating: "n", count: 90)))[0]
    #expect(longest.count == 72 && longest.hasSuffix("nnn..."))
  }

  @Test func anOverrideAndNoChoiceSaySo() throws {
    let override = review([.select(Position(.epoch, 10), reason: "softer", isOn: true)])
    #expect(try lines(sampleRun(), [override])[0] == "Keep epoch 10 of lab, chosen by ann: softer")
    var run = sampleRun()
    run.declaration.rule = RuleText("select: max quality where diversity > 9")
    #expect(try lines(run)[0].hasPrefix("Keep none of lab"))
  }

  @Test(arguments: hostileTexts + ["# comment", "#", "#\u{301}x"])
  func noLineIsACommentToGit(_ words: String) throws {
    var run = hostileRun(words)
    run.series.append(Series(name: words, axis: .step, positions: [1], values: [1]))
    let tags = review([.tag(Target(Position(.epoch, 30)), tag: words, isOn: true, digest: nil)])
    let lines = try lines(run, [hostileReview(words, reviewer: words), tags])
    #expect(lines[0].count <= 72 && lines[0].hasPrefix("Keep ") && lines[1] == "")
    #expect(lines.allSatisfy { $0.unicodeScalars.first != "#" })
  }
}
