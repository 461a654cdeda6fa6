import Foundation
import ReviewCore
import RunFormats
import Testing

@testable import ReviewReport

/// The report of several runs.
@Suite struct RunsReportTests {
  /// Two runs of four checkpoints each; the second is less good and more varied.
  static func runs(_ names: (String, String) = ("gan", "vae"), seeds: String? = nil) -> Run {
    var first = sampleRun(name: names.0)
    first.declaration.family = .gan
    first.declaration.why = "sharp"
    first.declaration.latentShape = [16]
    first.declaration.seedsName = seeds
    var second = sampleRun(name: names.1)
    second.path = "other"
    second.declaration.family = .vae
    second.declaration.why = "steady"
    second.declaration.latentShape = [16]
    second.declaration.seedsName = seeds
    second.columns = [
      MetricColumn(metric: Metric(name: "quality"), values: [0.1, 0.3, 0.5, 0.64]),
      MetricColumn(metric: Metric(name: "diversity"), values: [0.7, 0.8, 0.85, 0.9]),
    ]
    first.series = [
      Series(name: "loss", axis: .step, positions: [1, 2], values: [3, 2], epochs: [1, 60])
    ]
    second.series = [
      Series(name: "loss", axis: .step, positions: [1, 2], values: [9, 8], epochs: [1, 60])
    ]
    return Run(comparing: [first, second], name: "gan, vae", path: "all")
  }

  static func report(
    _ run: Run, _ reviews: [Review] = [], rule: String? = nil
  ) throws -> Report {
    let force = try RuleInForce(run: run, given: rule.map { RuleText($0) })
    let evaluator = try RuleEvaluator(force.rule, facts: RuleFacts(run: run, reviews: reviews))
    var sets: [Int: SampleSet] = [:]
    for index in run.checkpoints.indices {
      let pixels = (0..<128).map { UInt8(($0 * 7 + index * 31) % 256) }
      sets[index] = SampleSet(width: 8, height: 8, indices: [0, 1], pixels: pixels)
    }
    return Report(
      run: run, reviews: reviews, rule: force, evaluator: evaluator, dataDigest: "d1",
      runPath: "..", warnings: [], samples: sets,
      memberPaths: run.members.map { "../\($0.run.path)" })
  }

  @Test func theDecisionNamesRunFamilyAndDistance() throws {
    let text = MarkdownReport.write(try Self.report(Self.runs())).text
    #expect(text.contains("**Keep epoch 30 of gan** (GAN): `max quality` is 0.68, "))
    #expect(
      text.contains("of 2 runs where `diversity >= 0.55`, 0.04 ahead of epoch 60 of vae (VAE)"))
    let plain = PlainReport.write(try Self.report(Self.runs()))
    #expect(plain.hasPrefix("Keep epoch 30 of gan: max quality where diversity >= 0.55\n"))
  }

  @Test func theTableOfRunsSaysWhatTheRulePicksInEach() throws {
    let text = MarkdownReport.write(try Self.report(Self.runs())).text
    #expect(
      text.contains(
        "| selected | gan | GAN | epoch 30 | 0.68 | 0.60 | - | selected, a candidate |"
      ))
    #expect(
      text.contains(
        "|  | vae | VAE | epoch 60 | 0.64 | 0.90 | 0.04 | may be selected, a candidate |"
      ))
    #expect(text.contains("| vae | VAE | 16 | 8 x 8 (as sampled) | 4, epoch 1 to 60 |"))
    #expect(text.contains("- **vae**: steady."))
    let hard = try Self.report(
      Self.runs(), rule: "select: max quality where diversity >= 0.7 and quality <= 0.5")
    let table = MarkdownReport.write(hard).text
    #expect(table.contains("| selected | vae |") && table.contains("of 2 runs where"))
    let none = try Self.report(Self.runs(), rule: "select: max quality where diversity >= 0.82")
    #expect(
      MarkdownReport.write(none).text.contains(
        "| excluded: diversity &gt;= 0.82 fails: 0.48, short by 0.34 |"))
    #expect(MarkdownReport.write(none).text.contains("; nothing of gan may be selected"))
  }

  @Test func runsAreComparedAtTheSameMoment() throws {
    let text = MarkdownReport.write(try Self.report(Self.runs())).text
    #expect(text.contains("### At the same epoch, 30"))
    #expect(text.contains("| the choice | gan | GAN | epoch 30 | 0.68 | 0.60 |"))
    #expect(text.contains("|  | vae | VAE | epoch 30 | 0.50 | 0.85 |"))
    #expect(text.contains("gan is ahead by quality 0.68 against 0.5 of vae; vae is ahead by"))
    #expect(text.contains("vae never gets as good: at most 0.64, at epoch 60."))
    #expect(text.contains("vae is best at its last checkpoint, epoch 60"))
    #expect(text.contains("Not compared by samples seen and training time"))
  }

  @Test func seedsStandSideBySideOnlyWhereTheyAreTheSame() throws {
    let own = MarkdownReport.write(try Self.report(Self.runs())).text
    #expect(own.contains("Seeds are not declared the same") && !own.contains("one latent"))
    let shared = MarkdownReport.write(try Self.report(Self.runs(seeds: "s"))).text
    #expect(
      shared.contains("each column is one latent") && !shared.contains("not declared the same"))
  }

  @Test func chartsHaveOneLineOrSignARun() throws {
    let charts = MarkdownReport.write(try Self.report(Self.runs())).charts
    let names = charts.map(\.name)
    #expect(names.contains("runs-quality.svg") && names.contains("runs-diversity.svg"))
    let front = try #require(charts.first { $0.name == "front.svg" }).svg
    #expect(front.contains(">gan<") && front.contains(">vae<") && front.contains(">chosen<"))
    #expect(front.contains("class=\"k1-open\"") && front.contains("class=\"k0\""))
    let loss = try #require(charts.first { $0.name == "series-1.svg" }).svg
    #expect(loss.contains(">loss of gan and vae<") && loss.contains("class=\"l1 d1\""))
    #expect(charts.filter { $0.name.hasPrefix("series-") }.count == 1)
  }

  @Test func nothingLeadsFromOneRunToTheNext() throws {
    let report = try Self.report(Self.runs())
    #expect(report.beforeAtAfter == [1, 2, 3])
    #expect(report.bestOfRuns == [2, 7])
    #expect(report.evidence.largestFalls.map(\.name) == ["diversity"])
    // Kept at its end, there is nothing after it, though another run follows.
    let end = try Self.report(Self.runs(), rule: "select: max quality")
    #expect(end.kept == 3 && end.beforeAtAfter == [2, 3])
  }

  @Test func failuresAreCountedByRunAndTag() throws {
    func tag(_ run: String, _ sample: Int) -> ReviewAct {
      .tag(
        Target(Position(.epoch, 60, run: run), sample: sample), tag: "blurry", isOn: true,
        digest: nil)
    }
    let reviews = [review([tag("vae", 0), tag("vae", 1), tag("gan", 1)])]
    let (text, pictures, _) = MarkdownReport.write(try Self.report(Self.runs(), reviews))
    #expect(text.contains("| gan | blurry | 1 | 1 at epoch 60 |"))
    #expect(text.contains("| vae | blurry | 2 | 2 at epoch 60 |"))
    #expect(text.contains("### epoch 60 of vae, sample 1: blurry"))
    let names = pictures.map(\.name)
    #expect(names.contains("failure-run-1-epoch-060-sample-1.png"))
    #expect(names.contains("failure-run-2-epoch-060-sample-1.png"))
    #expect(Set(names).count == names.count)
  }

  @Test func jsonAndCSVTellTheRunsApart() throws {
    let report = try Self.report(Self.runs())
    let object = try #require(
      JSONSerialization.jsonObject(with: Data(JSONReport.write(report).utf8)) as? [String: Any])
    let runs = try #require(object["runs"] as? [[String: Any]])
    #expect(runs.map { $0["name"] as? String } == ["gan", "vae"])
    #expect(runs.map { $0["path"] as? String } == ["../lab", "../other"])
    #expect(runs.map { $0["family"] as? String } == ["gan", "vae"])
    #expect(runs.map { $0["selectedAlone"] as? Double } == [30, 60])
    let rows = try #require(object["checkpoints"] as? [[String: Any]])
    #expect(rows.compactMap { $0["run"] as? String }.count == 8)
    let decision = try #require(object["decision"] as? [String: Any])
    #expect(decision["keptRun"] as? String == "gan" && decision["kept"] as? Double == 30)
    let command = try #require(object["command"] as? [String: Any])
    #expect(command["line"] as? String == "keepoch table ../lab ../other")
    #expect(
      command["expectedLines"] as? [String] == ["selected_epoch: 30", "selected_run: gan"])
    let csv = try #require(DelimitedText(Array(CSVReport.write(report).utf8)))
    #expect(csv.header.prefix(2) == ["run", "epoch"])
    #expect(
      csv.rows.map { $0.fields[0] } == Array(repeating: "gan", count: 4)
        + Array(repeating: "vae", count: 4))
  }

  @Test func theModelCardIsOfTheKeptRun() throws {
    let card = ModelCard.write(try Self.report(Self.runs()))
    #expect(card.contains("- name: \"gan\"\n") && card.contains("runner-up, epoch 60 of vae"))
  }

  @Test func exportingTwiceGivesTheSameBytes() throws {
    let reviews = ["zoe", "ann"].map { name in
      review(
        ["gan", "vae"].flatMap { run -> [ReviewAct] in
          let place = Target(Position(.epoch, 30, run: run))
          return [
            .note(place, about: .quality, text: "\(run) \(name)"), .rate(place, 3),
            .tag(
              Target(Position(.epoch, 30, run: run), sample: 0), tag: "noise", isOn: true,
              digest: nil),
          ]
        }, reviewer: name)
    }
    func all() throws -> [String] {
      let report = try Self.report(Self.runs(), reviews)
      let markdown = MarkdownReport.write(report)
      return [
        markdown.text, HTMLReport.write(report), JSONReport.write(report), CSVReport.write(report),
        PlainReport.write(report), ModelCard.write(report),
      ] + markdown.charts.map(\.svg)
    }
    let first = try all()
    for _ in 0..<5 { #expect(try all() == first) }
  }

  @Test(arguments: hostileTexts)
  func aHostileRunIsText(_ hostile: String) throws {
    func report(_ words: String) throws -> Report {
      var run = Self.runs((words, "vae"))
      var members = run.members.map(\.run)
      members[0].declaration.why = words
      members[0].declaration.data = words
      members[1].declaration.rule = RuleText(words)
      run = Run(comparing: members, name: words, path: "all")
      return try Self.report(run)
    }
    let markdown = MarkdownReport.write(try report(hostile)).text
    let tame = MarkdownReport.write(try report("x")).text
    func shape(_ text: String) -> [String] {
      outsideFences(text).map { line in String(line.prefix { "#|>-`".contains($0) }) }
    }
    #expect(shape(markdown) == shape(tame))
    // Charts may leave a label out that has no room; they are looked at by themselves.
    func page(_ words: String) throws -> String {
      var page = HTMLReport.write(try report(words))
      while let start = page.range(of: "<svg "), let end = page.range(of: "</svg>") {
        page.removeSubrange(start.lowerBound..<end.upperBound)
      }
      return page
    }
    let pages = try ReportReader.read([page("x"), page(hostile)], as: "html")
    #expect(pages.count == 2 && pages[1].errors == [])
    #expect(pages[0].structure == pages[1].structure)
    let nodes = try ReportReader.read([tame, markdown], as: "markdown")
    #expect(nodes[1].errors == [])
    #expect(nodes[0].structure == nodes[1].structure)
    let charts = MarkdownReport.write(try report(hostile)).charts.map(\.svg)
    #expect(try ReportReader.read(charts, as: "svg").allSatisfy { $0.errors == [] })
    for text in [
      markdown, PlainReport.write(try report(hostile)), JSONReport.write(try report(hostile)),
    ] {
      #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || !PrintableText.isHarmful($0) })
    }
  }
}
