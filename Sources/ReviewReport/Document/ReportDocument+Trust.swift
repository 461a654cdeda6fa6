import ReviewCore

/// Sections 11 to 15: how much of it holds, and how to run it again.
extension ReportDocument {
  mutating func addCoverage() {
    let seen = report.coverage
    let reviewers = report.reviews.map(\.reviewer)
    section(
      .coverage, "Coverage",
      [
        .list([
          [
            .text(
              "\(report.run.samplingSettings.isEmpty ? "Checkpoints" : "Sample sets") looked at: "
                + "\(seen.checkpoints) of \(report.run.checkpoints.count)")
          ],
          ["Samples looked at: \(seen.samples) of \(seen.allSamples)"],
          ["Held-out seeds: \(heldOutWords)"],
          ["Reviewers: \(reviewers.isEmpty ? "none" : reviewers.joined(separator: ", "))"],
        ])
      ] + coverageOfRuns + [
        .heading(["Is the evidence complete? \(report.checklist.summary)"]),
        .list(
          report.checklist.items.map { item in
            let sign = item.isThere ? "there" : "missing"
            return ["\(item.subject.title): \(sign), \(item.detail)"]
          }),
      ])
  }

  /// `a`, `b` and `c`, as code.
  private static func listed(_ codes: [String]) -> [Span] {
    codes.enumerated().flatMap { place, code -> [Span] in
      let lead = place == 0 ? [] : [place == codes.count - 1 ? " and " : ", "].map(Span.text)
      return lead + [.code(code)]
    }
  }

  /// What was looked at of each run.
  private var coverageOfRuns: [ReportBlock] {
    guard isComparison else { return [] }
    let rows = report.run.members.map { member -> [[Span]] in
      let seen = report.evidence.coverage(of: member.rows)
      let cells = [
        member.name, "\(seen.checkpoints) of \(member.rows.count)",
        "\(seen.samples) of \(seen.allSamples)",
      ]
      return cells.map { [.text($0)] }
    }
    return [
      .table(
        header: ["run", "checkpoints looked at", "samples looked at"].map { [.text($0)] },
        rows: rows)
    ]
  }

  private var heldOutWords: String {
    guard let heldOut = report.heldOut else { return "none" }
    let drawn =
      report.evidence.keptRun.declaration.heldOutSeeds.isEmpty
      ? " (drawn by number, split seed \(Run.splitSeed))" : ""
    return heldOut.words + drawn
  }

  mutating func addModel() {
    let comparison = isComparison
    let declaration = report.run.declaration
    let inference = report.run.inference
    func inferred(_ text: String?, _ source: String?) -> String? {
      guard let text, let source else { return nil }
      return "\(text), inferred from \(source)"
    }
    func shape(_ shape: [Int]?) -> String? {
      shape.map { $0.map(String.init).joined(separator: " x ") }
    }
    let rows: [(String, String?)] = [
      ("Data", declaration.data),
      (
        "Model family",
        declaration.family?.title ?? inferred(inference.family?.title, inference.familySource)
      ),
      ("Why this family", declaration.why),
      (
        "Latent shape",
        shape(declaration.latentShape)
          ?? inferred(shape(inference.latentShape), inference.latentSource)
      ),
      ("Output shape", shape(declaration.outputShape)),
    ]
    // Of several runs it stands in their own section.
    var items: [[Span]] =
      comparison ? [] : rows.map { ["\($0.0): \($0.1 ?? "not declared")"] }
    for column in report.run.columns {
      guard let explanation = column.metric.explanation else { continue }
      items.append(["\(column.metric.name): \(explanation)"])
    }
    items += self.items(report.remarks(about: .model))
    if comparison, items.isEmpty { items.append(["No run says how its metrics are computed."]) }
    section(.model, comparison ? "What the metrics are" : "Data and model", [.list(items)])
  }

  mutating func addTrust() {
    var items = self.items(report.remarks(about: .trust))
    if items.isEmpty { items.append(["No trust rule was written."]) }
    items.append([.text(sourceOfMetrics)])
    items += limitsOfRuns
    if report.coverage.samples > 0 {
      items.append([
        "Samples were judged as characters in a terminal; the pictures beside are the pixels."
      ])
    }
    if report.reviews.count < 2 {
      items.append([
        report.reviews.isEmpty
          ? "Nobody reviewed the run\(isComparison ? "s" : "") in the program."
          : "One reviewer's eyes."
      ])
    }
    var blocks: [ReportBlock] = []
    if report.warnings.isEmpty {
      blocks.append(.list(items))
    } else {
      blocks.append(
        .list(
          items + [
            [
              "\(report.warnings.count) warning\(report.warnings.count == 1 ? "" : "s") while reading:"
            ]
          ]))
      blocks.append(.subList(report.warnings.prefix(20).map { [.text($0.line)] }))
    }
    section(.trust, "Trust rule and limits", blocks)
  }

  mutating func addNextStep() {
    let remarks = report.remarks(about: .nextStep)
    var blocks: [ReportBlock] = [
      remarks.isEmpty ? .paragraph(["None written."]) : .list(items(remarks))
    ]
    let offers = report.checklist.offers
    if !offers.isEmpty {
      blocks.append(
        .paragraph(["What the literature tries against the failures that were tagged:"]))
      blocks.append(.list(offers.prefix(8).map { ["\($0.tag): \($0.words)"] }))
    }
    section(.nextStep, "Next step", blocks)
  }

  mutating func addCommand() {
    let command = report.command
    section(
      .command, "Run it again",
      [
        .paragraph([
          report.isPrinted ? "Where this was printed:" : "In the folder of this file:"
        ]), .lines([command.line], language: "sh"),
        .paragraph(
          [
            .text(
              "Expected: exit code \(command.exitCode), and the "
                + (command.expected.count == 1 ? "line " : "lines "))
          ] + Self.listed(command.expected) + ["."]),
        .paragraph([
          "A report in JSON carries the rule and its selection: ",
          .code("keepoch verify REPORT.json"),
          .text(
            " runs the one on the \(isComparison ? "runs'" : "run's") data and compares the other; exit code 0 says the same choice, "
              + "1 another, 2 that it cannot be told."),
        ]),
      ])
  }
}
