import ReviewCore

/// Sections 1 to 4: what was chosen, by which rule, against what, by how much.
extension ReportDocument {
  mutating func addDecision() {
    var blocks: [ReportBlock] = []
    if let (reviewer, override) = report.override {
      let reason = override.reason.isEmpty ? "no reason given" : override.reason
      blocks.append(
        .paragraph([
          .strong([.text("Keep \(overrideWords(override))")]),
          .text(
            "\(report.kept.map(familyWords) ?? ""), chosen by \(reviewer): \(reason)."),
        ]))
      let rule = report.table.selected.map(words) ?? "none"
      blocks.append(.paragraph(["The rule selects \(rule)."]))
    } else if let selected = report.table.selected {
      let explanation = report.evaluator.explanation(of: selected, in: report.table)
      let objective = report.rule.rule.objectives[0].text
      let value =
        report.evaluator.objectiveValue(0, at: selected).map { NumberText.general($0, digits: 4) }
        ?? "-"
      let eligibility: [Span] =
        report.rule.rule.eligibility.map { [" where ", .code($0.text)] } ?? []
      blocks.append(
        .paragraph(
          [
            .strong([.text("Keep \(report.run.wordsWithRun(of: selected))")]),
            .text("\(familyWords(selected)): "), .code(objective),
            .text(
              " is \(value), "
                + (explanation.eligibleCount == 1
                  ? "the only \(report.run.samplingSettings.isEmpty ? "checkpoint" : "pair of checkpoint and setting")"
                  : "the best of \(report.run.countWords(explanation.eligibleCount))") + ofRuns),
          ] + eligibility + leads(of: selected) + tieBreak(explanation) + ["."]))
    } else {
      blocks.append(
        .paragraph([
          .strong([.text("Keep none of \(report.run.name)")]), ": \(report.evaluator.whyNone).",
        ]))
    }
    if let kept = report.kept {
      let verdicts = self.verdicts(at: kept).map { "\($0.reviewer) says \($0.verdict.rawValue)" }
      if !verdicts.isEmpty {
        blocks.append(.paragraph(["Reviewers: \(verdicts.joined(separator: ", "))."]))
      }
    }
    // The draft of why says it in its own place.
    if let lost = report.evidence.whyTheBestLost, !report.remarks(about: .why).isEmpty {
      blocks.append(.paragraph(spans(lost)))
    }
    blocks += report.cautions.map { .caution(["Caution: \($0)"]) }
    section(.decision, "Decision", blocks + why)
  }

  /// What decided where the first objective did not.
  private func tieBreak(_ explanation: RuleExplanation) -> [Span] {
    guard !explanation.ties.isEmpty, let runnerUp = explanation.runnerUp else { return [] }
    let value = explanation.objectiveValue.map { NumberText.general($0, digits: 4) } ?? "-"
    return [
      ", tied with \(words(runnerUp)); ", .code(explanation.objective), " decides, \(value)",
    ]
  }

  /// "Why I selected this checkpoint", as it follows from the numbers or as reviewers wrote it.
  private var why: [ReportBlock] {
    let remarks = report.remarks(about: .why)
    let title: [Span] = ["Why I selected this checkpoint"]
    guard !remarks.isEmpty else {
      return [.heading(title)] + report.evidence.draftOfWhy.map { .paragraph(spans($0)) }
    }
    return remarks.flatMap { remark -> [ReportBlock] in
      let paragraphs = remark.text.split(whereSeparator: \.isNewline).map(String.init)
      return [.heading(["Why I selected this checkpoint, by \(remark.reviewer)"])]
        + paragraphs.map { .paragraph([.text($0)]) }
    }
  }

  private func spans(_ words: Wording) -> [Span] {
    words.stretches.map { $0.isCode ? .code($0.text) : .text($0.text) }
  }

  private func verdicts(at index: Int) -> [(reviewer: String, verdict: Verdict)] {
    let position = report.run.position(of: index)
    return report.reviews.compactMap { review in
      let verdict = review.mark(Target(position)).verdict
      return verdict == .undecided ? nil : (review.reviewer, verdict)
    }
  }

  mutating func addRule() {
    let lines = report.rule.rule.text.split(separator: "\n").map(String.init)
    let digest: [Span] =
      report.dataDigest.map { [.code("sha256:\($0)"), "."] }
      ?? ["no digest library is installed here."]
    section(
      .rule, "Rule",
      [
        .lines(lines, language: "text"),
        .paragraph(
          [
            .text(
              "Taken from: \(report.rule.origin.words). Rule language: version "
                + "\(RuleInForce.languageVersion). Data it read: ")
          ] + digest),
      ] + overruled + standIn + ownRules)
  }

  /// The choice as the reviewer's journal names it, or in full where that would not tell it apart.
  private func overrideWords(_ override: Override) -> String {
    if isComparison || !report.run.samplingSettings.isEmpty, let kept = report.kept {
      return report.run.wordsWithRun(of: kept)
    }
    return "\(override.position.words) of \(report.run.name)"
  }

  private var standIn: [ReportBlock] {
    guard report.rule.origin == .builtIn, let words = RuleInForce.standInWords(of: report.run)
    else { return [] }
    return [.paragraph([.text(words.prefix(1).uppercased() + words.dropFirst() + ".")])]
  }

  /// What a reviewer's rule stands in place of.
  private var overruled: [ReportBlock] {
    guard report.rule.origin == .reviewer else { return [] }
    let whose = report.ruleReviewer.map { " by \($0)" } ?? ""
    guard let own = report.run.declaration.rule else {
      return [.paragraph(["It was set\(whose); the run declares none of its own."])]
    }
    return [
      .paragraph(["It was set\(whose) and overrules that of keepoch.toml, which reads:"]),
      .lines(own.text.split(whereSeparator: \.isNewline).map(String.init), language: "text"),
    ]
  }

  mutating func addTable() {
    let run = report.run
    let names = run.columns.map(\.metric.name)
    // Computed numbers have a table of their own; those the choice goes by stand here as well.
    let weighed = run.weighedColumns.map { [$0.x, $0.y] } ?? []
    let named = Set(report.rule.rule.metricNames)
    let order = run.displayOrder.filter {
      run.columns[$0].metric.origin != .computed || weighed.contains($0)
        || named.contains(names[$0])
    }
    let hasTags = run.checkpoints.contains { !$0.failures.isEmpty }
    let places = PlaceColumns(run)
    let header: [String] =
      [""] + places.header + order.map { names[$0] }
      + ["status", "verdicts", "failures"] + (hasTags ? ["trainer's tags"] : []) + [
        "trainer's note"
      ]
    let rows = report.listed.map { index -> [[Span]] in
      let mark =
        index == report.table.selected
        ? "selected"
        : index == report.kept ? "kept" : index == report.bestExcluded?.index ? "excluded" : ""
      let verdicts = self.verdicts(at: index).map { "\($0.reviewer): \($0.verdict.rawValue)" }
      let failures = report.tagCounts.compactMap { tag, counts in
        counts.first { $0.index == index }.map { "\($0.count) \(tag)" }
      }
      let cells: [String] =
        [mark] + places.fields(of: index, isPadded: true)
        + order.map { run.metricText($0, at: index) } + [
          report.table.statuses[index].rawValue, verdicts.joined(separator: ", "),
          failures.joined(separator: ", "),
        ] + (hasTags ? [run.checkpoints[index].failures.joined(separator: ", ")] : [])
        + [run.checkpoints[index].note ?? ""]
      return cells.map { [.text($0)] }
    }
    var blocks: [ReportBlock] = [.table(header: header.map { [.text($0)] }, rows: rows)]
    if let (index, clause) = report.bestExcluded {
      let isBest = report.table.selected.map { report.evaluator.isBetter(index, than: $0) } ?? true
      blocks.append(
        .paragraph([
          isBest ? "Excluded although best by " : "The best of those that are excluded, by ",
          .code(report.rule.rule.objectives[0].text),
          ": \(words(index)), because ", .code(clause.text),
          " does not hold\(reason(clause)).",
        ]))
    }
    let others = run.checkpoints.count - report.listed.count
    if others > 0 {
      let noun =
        run.samplingSettings.isEmpty ? "checkpoints" : "pairs of checkpoint and setting"
      blocks.append(.paragraph(["\(others) further \(noun) are not candidates."]))
    }
    section(.table, "Checkpoints", blocks + [frontChart].compactMap { $0 } + frontWords)
  }

  /// Whose place against the front is told: of a comparison not of every row in the table.
  private var weighed: [Int] {
    guard isComparison else {
      guard !report.run.samplingSettings.isEmpty else { return report.listed }
      let own = report.kept.map { Array(report.run.settingsRows(of: $0)) } ?? []
      return Set(own + bestOfSettings(report.kept).compactMap(\.best)).sorted()
    }
    let best = Set(runChoices.compactMap(\.best))
    return report.listed.filter { report.table.statuses[$0] == .candidate || best.contains($0) }
  }

  /// Who of the listed is dominated, and by whom.
  private var frontWords: [ReportBlock] {
    let run = report.run
    guard let columns = run.weighedColumns else { return [] }
    let front = ParetoFront(of: run, x: columns.x, y: columns.y)
    let items = weighed.filter { front.dominator(of: $0) != nil }.map { index -> [Span] in
      ["\(words(index)): \(front.words(of: index, run: run))"]
    }
    let knee = front.knee.map { "Its knee is \(words($0))." } ?? "It has no knee."
    let members = front.members.count
    let names = "\(run.columns[columns.y].metric.name) and \(run.columns[columns.x].metric.name)"
    let of =
      isComparison
      ? "Of the candidates and every run's best"
      : run.samplingSettings.isEmpty
        ? "Of those listed" : "Of the settings of the choice and the best of every setting"
    let lead: ReportBlock = .paragraph([
      .text(
        "The Pareto front in \(names) has \(members) of \(run.countWords(run.checkpoints.count)). "
          + "\(knee)\(items.isEmpty ? "" : " \(of), dominated:")")
    ])
    return items.isEmpty ? [lead] : [lead, .list(items)]
  }

  private func reason(_ clause: ClauseFinding) -> String {
    if let gap = clause.gap { return " (\(gap))" }
    guard let value = clause.value, let margin = clause.margin else { return "" }
    return " (\(NumberText.general(value, digits: 4)), short by "
      + "\(NumberText.general(margin.magnitude, digits: 3)))"
  }

  mutating func addMargins() {
    guard let selected = report.table.selected else {
      section(
        .margins, "Margins", [.paragraph(["The rule selects none: \(report.evaluator.whyNone)."])])
      return
    }
    let explanation = report.evaluator.explanation(of: selected, in: report.table)
    var items: [[Span]] = []
    if let second = report.table.runnerUp {
      let runnerUp = report.evaluator.explanation(of: second, in: report.table)
      items.append(["Runner-up: \(words(second)), \(runnerUp.standing(run: report.run))."])
    } else {
      items.append(["No runner-up: no other checkpoint satisfies the rule."])
    }
    var named: Set<String> = []
    for clause in explanation.candidateClauses + explanation.eligibilityClauses
    where named.insert(clause.text).inserted {
      var words = clause.holds ? " holds" : " does not hold"
      if let margin = clause.margin, let value = clause.value {
        words +=
          ": \(NumberText.general(value, digits: 4)), "
          + "\(clause.holds ? "by" : "short by") \(NumberText.general(margin.magnitude, digits: 3))"
      }
      items.append([.code(clause.text), "\(words)."])
    }
    section(.margins, "Margins", [.list(items)] + sweeps)
  }

  private var sweeps: [ReportBlock] {
    let sweeps = report.evaluator.sweeps()
    guard !sweeps.isEmpty else {
      return [.paragraph(["The rule has no threshold that could move."])]
    }
    let header = ["", "threshold", "now", "same choice in", "chosen below", "chosen above"]
    let rows = sweeps.map { sweep -> [[Span]] in
      func beyond(_ bound: ThresholdSweep.Bound) -> String {
        bound.value == nil ? "the same" : bound.beyond.map(words) ?? "none"
      }
      return [
        [.text(sweep.part.rawValue)], [.code(sweep.clause)], [.text(sweep.literal.text)],
        [sweep.isSwept ? .code(sweep.interval) : "not swept"],
        [.text(sweep.isSwept ? beyond(sweep.lower) : "-")],
        [.text(sweep.isSwept ? beyond(sweep.upper) : "-")],
      ]
    }
    return [
      .paragraph([
        report.kept == report.table.selected
          ? "How far each threshold can move, the others held, while the choice stays the same:"
          : "How far each threshold can move, the others held, while the rule's own choice stays the same:"
      ]), .table(header: header.map { [.text($0)] }, rows: rows),
    ] + [stripChart(sweeps), mapChart].compactMap { $0 }
  }
}
