import ReviewCore
import Testing

@testable import ReviewReport

/// Whatever a run or a reviewer says: parsers that are not ours find what they find in a tame report.
@Suite struct RealParserTests {
  /// Scalars that XML and HTML refuse, as their numbers: Swift has no literal for them.
  private static let forbidden = String(
    String.UnicodeScalarView([0xFFFE, 0xFDD0].compactMap { Unicode.Scalar($0 as UInt32) }))

  private static let hostile =
    hostileTexts + [
      forbidden + "noncharacters", "]]><svg onload=alert(1)>", "-- > --!> --><b>",
      "</title></style><iframe src=http://e/>", "javascript:alert(1)", "http://e.example/?a=1&b=2",
      "---\na: 1\n...", "!!python/object/apply:os.system ['x']", "null", "yes", "1e3", "# comment",
      "C #", "1) one", "    four blanks", "+ plus", "===",
      "&anchor *alias", "${{ x }} {% y %}", "\u{5E9}\u{5DC}\u{5D5}\u{5DD} \u{1F600}",
    ]

  private func report(_ words: String) throws -> Report {
    try sampleReport(hostileRun(words), [hostileReview(words, reviewer: words)])
  }

  /// What a reader must see of some words: each line, control characters shown.
  private func seen(_ words: String) -> [String] {
    words.split(omittingEmptySubsequences: true, whereSeparator: \.isNewline)
      .map { PrintableText.escapedControls(String($0)) }
  }

  /// Writes a tame report and all hostile ones, and compares what a parser makes of them.
  private func hold(
    _ kind: String, showsWords: Bool = true, except: (String) -> Bool = { _ in false },
    write: (String) throws -> String
  ) throws -> [ReportReader.Answer] {
    let words = Self.hostile.filter { !except($0) }
    let answers = try ReportReader.read(try (["x"] + words).map(write), as: kind)
    let tame = try #require(answers.first)
    #expect(tame.errors == [] && tame.structure.count > 10)
    for (words, answer) in zip(words, answers.dropFirst()) {
      #expect(answer.errors == [], "\(words.debugDescription)")
      #expect(answer.structure == tame.structure, "\(words.debugDescription)")
      guard showsWords else { continue }
      for line in seen(words) {
        #expect(answer.text.contains(line), "\(words.debugDescription)")
      }
    }
    return answers
  }

  private func isNoncharacter(_ words: String) -> Bool { words.contains("noncharacters") }

  @Test func htmlHoldsTheSameElements() throws {
    let answers = try hold("html", except: isNoncharacter) { words in
      HTMLReport.page(
        document(try report(words), chartsSaying: "x", picturesSaying: words))
    }
    for answer in answers {
      #expect(answer.all["pictures"] as? Int == 11)
      let policy = answer.all["policy"] as? [String] ?? []
      #expect(policy.count == 1 && policy[0].hasPrefix("default-src 'none'; img-src data:; "))
    }
  }

  @Test func htmlShowsWhatXMLAndHTMLForbid() throws {
    let words = Self.forbidden + "c"
    let page = HTMLReport.page(
      document(try report(words), chartsSaying: words, picturesSaying: words))
    let answer = try #require(try ReportReader.read([page], as: "html").first)
    #expect(answer.errors == [] && answer.text.contains("\\u{FFFE}\\u{FDD0}c"))
  }

  @Test func svgHoldsTextAndNothingElse() throws {
    for (place, tame) in charts(saying: "x").enumerated() {
      let files = zip(["x"] + Self.hostile, [tame] + Self.hostile.map { charts(saying: $0)[place] })
        .map { words, chart in
          SVGChart.file(chart, words: words, source: "\(words).md")
        }
      for (words, file) in zip(["x"] + Self.hostile, files) {
        #expect(SVGChart.isFile(Array(file.utf8), of: "\(words).md"))
        #expect(!SVGChart.isFile(Array(file.utf8), of: "other.md"))
      }
      let answers = try ReportReader.read(files, as: "svg")
      let kinds = Set(Self.elements(answers[0].structure))
      for (words, answer) in zip(["x"] + Self.hostile, answers) {
        #expect(answer.errors == [], "\(words.debugDescription)")
        // Words that are longer may find no room; nothing of a new kind comes for them.
        let own = Set(Self.elements(answer.structure))
        #expect(own.isSubset(of: kinds.union(["(comment)"])), "\(words.debugDescription)")
        for line in seen(words) where !isNoncharacter(words) {
          #expect(answer.text.contains(line), "\(words.debugDescription)")
        }
      }
    }
  }

  /// Names of elements in a structure, which are what stands behind an opening bracket.
  private static func elements(_ structure: String) -> [String] {
    structure.split(separator: "[").filter { $0.hasPrefix("\"") }
      .map { String($0.dropFirst().prefix { $0 != "\"" }) }
  }

  @Test func markdownHoldsTheSameNodes() throws {
    _ = try hold("markdown", except: isNoncharacter) { words in
      MarkdownReport.write(
        document(try report(words), chartsSaying: words, picturesSaying: words)
      ).text
    }
  }

  @Test func csvHoldsTheSameCells() throws {
    _ = try hold("csv", showsWords: false) { CSVReport.write(try report($0)) }
  }

  @Test func jsonHoldsTheSameKeys() throws {
    _ = try hold("json", showsWords: false) { JSONReport.write(try report($0)) }
  }

  @Test func aModelCardsMetadataAreStringsAndNumbers() throws {
    let answers = try hold("card", except: isNoncharacter) { ModelCard.write(try report($0)) }
    for (words, answer) in zip(["x"] + Self.hostile.filter { !isNoncharacter($0) }, answers) {
      let metadata = try #require(answer.all["metadata"] as? [String: Any])
      let model = try #require((metadata["model-index"] as? [[String: Any]])?.first)
      #expect(model["name"] as? String == words)
      let result = try #require((model["results"] as? [[String: Any]])?.first)
      let dataset = try #require(result["dataset"] as? [String: Any])
      #expect(
        dataset["name"] as? String
          == words.split(whereSeparator: \.isNewline).first.map(String.init))
      let metrics = try #require(result["metrics"] as? [[String: Any]])
      // The third one is not a number at the kept epoch.
      #expect(metrics.map { $0["value"] as? Double } == [0.45, 0.72])
    }
  }

  @Test func yamlReadsNumbersAsNumbers() throws {
    let values = [0.1, -3, 1e300, 1e20, 2.5e-300, 1.7976931348623157e308, 123_456_789_012_345, 0]
    var run = sampleRun()
    for (place, value) in values.enumerated() {
      run.columns.append(
        MetricColumn(metric: Metric(name: "m\(place)"), values: [value, value, value, value]))
    }
    let card = ModelCard.write(try sampleReport(run, []))
    let answer = try #require(try ReportReader.read([card], as: "card").first)
    #expect(answer.errors == [])
    let metadata = try #require(answer.all["metadata"] as? [String: Any])
    let model = try #require((metadata["model-index"] as? [[String: Any]])?.first)
    let result = try #require((model["results"] as? [[String: Any]])?.first)
    let metrics = try #require(result["metrics"] as? [[String: Any]])
    #expect(metrics.dropFirst(2).map { $0["value"] as? Double } == values)
  }
}
