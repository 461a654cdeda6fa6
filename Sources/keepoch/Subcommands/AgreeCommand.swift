import ArgumentParser
import HumanEvaluation
import ReviewCore
import ReviewReport

struct AgreeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "agree",
    abstract: "Say how far the reviewers of a run agree, and where they do not.",
    discussion: """
      A table by verdicts, ratings and tags; each disagreement with who said what, and what was ruled \
      (keepoch adjudicate); then where people and numbers disagree. Exit status 1 where fewer than two \
      reviewed.
      """)

  @OptionGroup var options: ComparedOptions

  @Flag(help: "Print keepoch.agree/1.")
  var json = false

  @Flag(help: "List every disagreement, and how far each two reviewers agree.")
  var all = false

  func run() throws {
    try reporting {
      let opened = try open(options)
      let agreement = ReviewerAgreement(of: opened.reviews, in: opened.run)
      let evaluator = try opened.evaluator(opened.ruleInForce())
      let facts = AgreementFacts(
        run: opened.run, reviews: opened.reviews, agreement: agreement,
        contradictions: PeopleAgainstMetrics.contradictions(
          Evidence(run: opened.run, reviews: opened.reviews, evaluator: evaluator)))
      let answer = AgreeAnswer(facts: facts, listsAll: all)
      try Outside.put(json ? answer.json : answer.text)
      if !agreement.hasSeveral { throw ExitCode(1) }
    }
  }
}

/// What `keepoch agree` prints.
struct AgreeAnswer {
  let facts: AgreementFacts
  let listsAll: Bool

  private var agreement: ReviewerAgreement { facts.agreement }

  var json: String {
    JSONText.object(
      [
        ("schema", .string("keepoch.agree/1")), ("axis", .string(facts.run.axis.rawValue)),
      ] + facts.members
    ).indentedText
  }

  var text: String {
    let names = agreement.reviewers.joined(separator: ", ")
    var lines: [String] = []
    if agreement.hasSeveral {
      lines.append("\(agreement.reviewers.count) reviewers: \(names)")
      lines += table + facts.remarks + pairs
      lines.append(facts.disagreementWords)
      lines += listed(agreement.disagreements.map(line))
      let disputed = Set(agreement.disagreements.map(\.point))
      lines += facts.sortedRulings.filter { !disputed.contains($0.point) }
        .map { "\(label($0.point)): ruled [\(words($0.ruling))]" }
    } else {
      lines.append(
        (agreement.reviewers.isEmpty ? "nobody" : "one reviewer, \(names),")
          + " has looked at this; agreement takes two: \(ReviewerAgreement.remedy)")
    }
    let contradictions = facts.contradictions
    if !contradictions.isEmpty {
      lines.append(
        "\(contradictions.count) time\(contradictions.count == 1 ? "" : "s") people and numbers disagree"
      )
      lines += listed(
        contradictions.map { "\(facts.run.position(of: $0.index).label): \($0.words)" })
    }
    return lines.map { PrintableText.escaped($0) + "\n" }.joined()
  }

  // More than these are for a program, or for who asks.
  private static let mostListed = 50

  private func listed(_ lines: [String]) -> [String] {
    let more = lines.count - Self.mostListed
    return listsAll || more <= 0
      ? lines : lines.prefix(Self.mostListed) + ["\(more) more; --all lists them"]
  }

  private var table: [String] {
    guard !agreement.rows.isEmpty else { return ["no verdict, rating or tag yet"] }
    let header = ["matter", "items", "reviewers", "agree", "Cohen", "Fleiss", "Krippendorff"]
    let rows =
      [header]
      + agreement.rows.map { row in
        [
          PrintableText.escaped(row.matter.words), String(row.items), String(row.raters.count),
          row.observed.text, facts.kappaText(of: row), row.fleiss?.text ?? "-", row.alpha.text,
        ]
      }
    let widths = header.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      var line = ""
      for (cell, width) in zip(row, widths) {
        line +=
          (line.isEmpty ? "" : "  ") + cell
          + String(repeating: " ", count: width - cell.count)
      }
      while line.last == " " { line.removeLast() }
      return line
    }
  }

  private var pairs: [String] {
    guard listsAll else { return [] }
    return agreement.rows.filter { $0.pairs.count > 1 }.flatMap { row in
      row.pairs.map { pair in
        "\(row.matter.words), \(pair.first) and \(pair.second): \(pair.items) items, "
          + "Cohen \(pair.kappa.text)"
      }
    }
  }

  private func line(of one: ReviewerAgreement.Disagreement) -> String {
    "\(label(one.point)): \(one.said) [\(facts.rulings[one.point].map(words) ?? "open")]"
  }

  /// `epoch=30 sample=4 tag blurry`.
  private func label(_ point: DisputedPoint) -> String {
    let sample = point.target.sample.map { " sample=\($0)" } ?? ""
    return "\(point.target.position?.label ?? "-")\(sample) \(point.matter.words)"
  }

  /// `off counts, carol: only the contrast`.
  private func words(_ ruling: Ruling) -> String {
    "\(ruling.value ?? "nothing") counts, \(ruling.reviewer)"
      + (ruling.reason.isEmpty ? "" : ": \(ruling.reason)")
  }
}
