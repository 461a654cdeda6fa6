import ReviewCore

/// Sections 1 to 4: what was chosen, by which rule, against what, by how much.
extension MarkdownReport {
  mutating func writeDecision() {
    section(1, "Decision")
    let name = MarkdownText.escaped(report.run.name)
    if let (reviewer, override) = report.override {
      let reason = override.reason.isEmpty ? "no reason given" : override.reason
      add(
        "**Keep \(override.position.words) of \(name)**, chosen by \(MarkdownText.escaped(reviewer)): "
          + "\(MarkdownText.escaped(reason)).\n")
      let rule = report.table.selected.map(words) ?? "none"
      add("\nThe rule selects \(rule).\n")
    } else if let selected = report.table.selected {
      let explanation = report.evaluator.explanation(of: selected, in: report.table)
      let value = explanation.objectiveValue.map { NumberText.general($0, digits: 4) } ?? "-"
      let eligibility =
        report.rule.rule.eligibility.map { " where \(MarkdownText.code($0.text))" } ?? ""
      add(
        "**Keep \(words(selected)) of \(name)**: \(MarkdownText.code(explanation.objective)) is "
          + "\(value), the best of \(explanation.eligibleCount) checkpoints\(eligibility).\n")
    } else {
      add("**Keep none of \(name)**: \(MarkdownText.escaped(report.evaluator.whyNone)).\n")
    }
    if let kept = report.kept {
      let position = report.run.position(of: kept)
      let verdicts = report.reviews.compactMap { review -> String? in
        let verdict = review.mark(Target(position)).verdict
        return verdict == .undecided
          ? nil : "\(MarkdownText.escaped(review.reviewer)) says \(verdict.rawValue)"
      }
      if !verdicts.isEmpty { add("\nReviewers: \(verdicts.joined(separator: ", ")).\n") }
    }
    for caution in report.cautions { add("\n> Caution: \(MarkdownText.escaped(caution))\n") }
  }

  mutating func writeRule() {
    section(2, "Rule")
    add(MarkdownText.block(report.rule.rule.text.split(separator: "\n").map(String.init)))
    add("\nTaken from: \(report.rule.origin.words). ")
    add("Rule language: version \(RuleInForce.languageVersion). ")
    add("Data it read: ")
    add(report.dataDigest.map { "`sha256:\($0)`.\n" } ?? "no digest library is installed here.\n")
  }

  mutating func writeTable() {
    section(3, "Checkpoints")
    let run = report.run
    let names = run.columns.map(\.metric.name)
    let order = run.displayOrder
    add(
      MarkdownText.row(
        ["", run.axis.rawValue] + order.map { MarkdownText.escaped(names[$0]) }
          + ["status", "verdicts", "failures", "trainer's note"]))
    add(MarkdownText.row(Array(repeating: "---", count: order.count + 6)))
    for index in report.listed {
      let position = run.position(of: index)
      let mark =
        index == report.table.selected
        ? "selected"
        : index == report.kept ? "kept" : index == report.bestExcluded?.index ? "excluded" : ""
      let verdicts = report.reviews.compactMap { review -> String? in
        let verdict = review.mark(Target(position)).verdict
        return verdict == .undecided
          ? nil : "\(MarkdownText.escaped(review.reviewer)): \(verdict.rawValue)"
      }
      let failures = report.tagCounts.compactMap { tag, counts in
        counts.first { $0.index == index }.map { "\($0.count) \(MarkdownText.escaped(tag))" }
      }
      add(
        MarkdownText.row(
          [mark, run.axisValue(of: index).padded] + order.map { run.metricText($0, at: index) } + [
            report.table.statuses[index].rawValue, verdicts.joined(separator: ", "),
            failures.joined(separator: ", "),
            MarkdownText.escaped(run.checkpoints[index].note ?? ""),
          ]))
    }
    if let (index, clause) = report.bestExcluded {
      add(
        "\nExcluded although best by \(MarkdownText.code(report.rule.rule.objectives[0].text)): "
          + "\(words(index)), because \(MarkdownText.code(clause.text)) does not hold"
          + "\(reason(clause)).\n")
    }
    let others = run.checkpoints.count - report.listed.count
    if others > 0 { add("\n\(others) further checkpoints are not candidates.\n") }
  }

  private func reason(_ clause: ClauseFinding) -> String {
    if let gap = clause.gap { return " (\(MarkdownText.escaped(gap)))" }
    guard let value = clause.value, let margin = clause.margin else { return "" }
    return " (\(NumberText.general(value, digits: 4)), short by "
      + "\(NumberText.general(margin.magnitude, digits: 3)))"
  }

  mutating func writeMargins() {
    guard let selected = report.table.selected else { return }
    section(4, "Margins")
    let explanation = report.evaluator.explanation(of: selected, in: report.table)
    if let second = report.table.runnerUp {
      let runnerUp = report.evaluator.explanation(of: second, in: report.table)
      add("- Runner-up: \(words(second)), \(runnerUp.standing(run: report.run)).\n")
    } else {
      add("- No runner-up: no other checkpoint satisfies the rule.\n")
    }
    var named: Set<String> = []
    for clause in explanation.candidateClauses + explanation.eligibilityClauses
    where named.insert(clause.text).inserted {
      add("- \(MarkdownText.code(clause.text)) \(clause.holds ? "holds" : "does not hold")")
      if let margin = clause.margin, let value = clause.value {
        add(
          ": \(NumberText.general(value, digits: 4)), "
            + "\(clause.holds ? "by" : "short by") \(NumberText.general(margin.magnitude, digits: 3))"
        )
      }
      add(".\n")
    }
    writeSweeps()
  }

  private mutating func writeSweeps() {
    let sweeps = report.evaluator.sweeps()
    guard !sweeps.isEmpty else { return }
    add("\nHow far each threshold can move, the others held, while the choice stays the same:\n\n")
    add(
      MarkdownText.row(["", "threshold", "now", "same choice in", "chosen below", "chosen above"]))
    add(MarkdownText.row(Array(repeating: "---", count: 6)))
    for sweep in sweeps {
      func beyond(_ bound: ThresholdSweep.Bound) -> String {
        bound.value == nil ? "the same" : bound.beyond.map(words) ?? "none"
      }
      add(
        MarkdownText.row([
          sweep.part.rawValue, MarkdownText.code(sweep.clause), sweep.literal.text,
          sweep.isSwept ? MarkdownText.code(sweep.interval) : "not swept",
          sweep.isSwept ? beyond(sweep.lower) : "-", sweep.isSwept ? beyond(sweep.upper) : "-",
        ]))
    }
  }
}
