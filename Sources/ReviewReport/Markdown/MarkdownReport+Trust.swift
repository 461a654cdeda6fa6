import ReviewCore

/// Sections 11 to 15: how much of it holds, and how to run it again.
extension MarkdownReport {
  mutating func writeCoverage() {
    section(11, "Coverage")
    let seen = report.coverage
    add("- Checkpoints looked at: \(seen.checkpoints) of \(report.run.checkpoints.count)\n")
    add("- Samples looked at: \(seen.samples) of \(seen.allSamples)\n")
    add("- Held-out seeds: none declared\n")
    let reviewers = report.reviews.map { MarkdownText.escaped($0.reviewer) }
    add("- Reviewers: \(reviewers.isEmpty ? "none" : reviewers.joined(separator: ", "))\n")
  }

  mutating func writeModel() {
    section(12, "Data and model")
    let declaration = report.run.declaration
    func shape(_ shape: [Int]?) -> String? {
      shape.map { $0.map(String.init).joined(separator: " x ") }
    }
    let rows: [(String, String?)] = [
      ("Data", declaration.data), ("Model family", declaration.family?.title),
      ("Why this family", declaration.why), ("Latent shape", shape(declaration.latentShape)),
      ("Output shape", shape(declaration.outputShape)),
    ]
    for (name, value) in rows {
      add("- \(name): \(value.map(MarkdownText.escaped) ?? "not declared")\n")
    }
    for column in report.run.columns {
      guard let explanation = column.metric.explanation else { continue }
      add("- \(MarkdownText.escaped(column.metric.name)): \(MarkdownText.escaped(explanation))\n")
    }
    let remarks = report.remarks(about: .model)
    if !remarks.isEmpty { write(remarks) }
  }

  mutating func writeTrust() {
    section(13, "Trust rule and limits")
    let remarks = report.remarks(about: .trust)
    write(remarks)
    if remarks.isEmpty { add("- No trust rule was written.\n") }
    add("- The metrics are as the run logged them; their definitions are the run's own.\n")
    if report.coverage.allSamples > 0 {
      add(
        "- Samples were judged as characters in a terminal; the pictures beside are the pixels.\n")
    }
    if report.reviews.count < 2 { add("- One reviewer's eyes.\n") }
    if !report.warnings.isEmpty {
      add("- \(report.warnings.count) warnings while reading:\n")
      for warning in report.warnings.prefix(20) {
        add("  - \(MarkdownText.escaped(warning.line))\n")
      }
    }
  }

  mutating func writeNextStep() {
    section(14, "Next step")
    let remarks = report.remarks(about: .nextStep)
    if remarks.isEmpty { add("None written.\n") } else { write(remarks) }
  }

  mutating func writeCommand() {
    section(15, "Run it again")
    var command = "keepoch table \(report.runArgument)"
    if report.rule.origin == .reviewer, let reviewer = report.ruleReviewer {
      command += " --reviewer \(ShellWord.quoted(reviewer))"
    }
    add(report.isPrinted ? "Where this was printed:\n\n" : "In the folder of this file:\n\n")
    add(MarkdownText.block([command], language: "sh"))
    let last =
      "selected_\(report.run.axis.rawValue): "
      + (report.table.selected.map { report.run.axisValue(of: $0).text } ?? "none")
    add(
      "\nExpected: exit code \(report.table.selected == nil ? 1 : 0), and the line "
        + "\(MarkdownText.code(last)).\n")
  }
}

/// A word of a shell's command line.
package enum ShellWord {
  /// As it is when it is plain, else in single quotes; never an option.
  package static func quoted(_ text: String) -> String {
    let isPlain =
      !text.isEmpty
      && text.utf8.allSatisfy {
        ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A) || ($0 >= 0x30 && $0 <= 0x39)
          || "-_./".utf8.contains($0)
      }
    if text.hasPrefix("-") { return quoted("./" + text) }
    if isPlain { return text }
    return "'"
      + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
      + "'"
  }
}
