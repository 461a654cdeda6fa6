import ReviewCore

/// What the report of a comparison says of its runs: what each is, and what the rule picks in it alone.
extension ReportDocument {
  // Of so many runs the decision says how far they are behind.
  private static let mostLeads = 4

  var isComparison: Bool { !report.run.members.isEmpty }

  private var members: [RunMember] { report.run.members }

  /// ` (GAN)`, where the run of a checkpoint is one of several; empty where nobody said.
  func familyWords(_ index: Int) -> String {
    guard isComparison, let family = report.run.family(of: index) else { return "" }
    return " (\(family.title))"
  }

  /// ` of 3 runs`, in a report of several.
  var ofRuns: String { isComparison ? " of \(members.count) runs" : "" }

  /// By how much the selected one lies before the best of every other run, the nearest first.
  func leads(of selected: Int) -> [Span] {
    guard isComparison else { return [] }
    let own = report.run.checkpoints[selected].member
    let others = runChoices.filter { $0.member != own }
    let ranked = others.compactMap(\.selected).sorted { report.evaluator.isBetter($0, than: $1) }
    var parts = ranked.prefix(Self.mostLeads).map { index -> String in
      let gap = gap(of: index)
      return "\(gap.map { "\($0) ahead of" } ?? "level with") \(words(index))\(familyWords(index))"
    }
    if ranked.count > Self.mostLeads {
      parts.append("further ahead of \(ranked.count - Self.mostLeads) other runs")
    }
    let none = others.filter { $0.selected == nil }.map { members[$0.member].name }
    var spans: [Span] = []
    if !parts.isEmpty {
      let best = ranked.count == 1 ? "the best of the other run" : "the best of the other runs"
      spans.append(.text(", \(Self.joined(parts)), \(best)"))
    }
    if !none.isEmpty { spans.append(.text("; nothing of \(Self.joined(none)) may be selected")) }
    return spans
  }

  /// How far a checkpoint is behind the selected one by the first objective; nil where it is level.
  private func gap(of index: Int) -> String? {
    guard let selected = report.table.selected,
      let own = report.evaluator.objectiveValue(0, at: index),
      let best = report.evaluator.objectiveValue(0, at: selected), own != best
    else { return nil }
    return NumberText.general((best - own).magnitude, digits: 3)
  }

  /// `a, b and c`.
  static func joined(_ words: [String], by last: String = "and") -> String {
    guard let end = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " \(last) " + end
  }

  /// The rules that the runs declare for themselves, where those do not count for all.
  var ownRules: [ReportBlock] {
    guard isComparison, report.run.declaration.rule == nil else { return [] }
    let items = members.compactMap { member -> [Span]? in
      guard let text = member.run.declaration.rule?.text else { return nil }
      let lines = text.split { $0.isNewline || $0 == ";" }.map { line in
        line.split(separator: " ").joined(separator: " ")
      }
      return ["\(member.name): ", .code(lines.joined(separator: "; "))]
    }
    guard !items.isEmpty else { return [] }
    return [
      .paragraph([
        "The runs declare rules of their own, which differ, so that none of them counts for all:"
      ]), .list(items),
    ]
  }

  mutating func addRuns() {
    let run = report.run
    let metrics = shownMetrics
    let header =
      ["", "run", "family", "its best by the rule"]
      + metrics.map { run.columns[$0].metric.name } + ["behind the choice", "by the rule"]
    let rows = runChoices.map { choice -> [[Span]] in
      let member = members[choice.member]
      let best = choice.best
      let isChosen = report.table.selected.map { member.rows.contains($0) } ?? false
      let isKept = report.kept.map { member.rows.contains($0) } ?? false
      let cells: [String] =
        [
          isChosen ? "selected" : isKept ? "kept" : "", member.name, Self.family(of: member.run),
          best.map { run.wordsInRun(of: $0) } ?? "none",
        ] + metrics.map { column in best.map { run.metricText(column, at: $0) } ?? "-" } + [
          choice.selected.flatMap { isChosen ? nil : gap(of: $0) ?? "0" } ?? "-",
          standing(choice, isChosen: isChosen),
        ]
      return cells.map { [.text($0)] }
    }
    section(
      .runs, "Runs",
      [
        .paragraph([
          "Each run with what this rule selects of it alone; where it may select none, the best that it excludes."
        ]), .table(header: header.map { [.text($0)] }, rows: rows),
      ] + declaredOfRuns)
  }

  /// The two that checkpoints are weighed by, quality first; else the first.
  var shownMetrics: [Int] {
    report.run.weighedColumns.map { [$0.y, $0.x] } ?? Array(report.run.displayOrder.prefix(1))
  }

  private func standing(_ choice: RunChoice, isChosen: Bool) -> String {
    guard let selected = choice.selected else {
      return choice.bestExcluded.map { "excluded: \($0.clause.sentence)" }
        ?? "nothing of it has a value for \(report.rule.rule.objectives[0].text)"
    }
    let explanation = report.evaluator.explanation(of: selected, in: report.table)
    let lead = isChosen ? "selected" : "may be selected"
    guard let failing = explanation.candidateClauses.first(where: { !$0.holds }) else {
      return "\(lead), a candidate"
    }
    return "\(lead), but no candidate: \(failing.sentence)"
  }

  /// Data and reasons, as the runs declare them; what is the same of all is said once.
  private var declaredOfRuns: [ReportBlock] {
    let data = members.map { $0.run.declaration.data }
    let isShared = Set(data).count == 1
    var blocks: [ReportBlock] = []
    if isShared {
      blocks.append(
        .paragraph([
          .text(
            data[0].map { "Data of all, as declared: \(Self.sentence($0))" }
              ?? "No run declares its data.")
        ]))
    }
    let items = members.map { member -> [Span] in
      let why = member.run.declaration.why ?? "why this family was taken is not declared"
      let own =
        isShared ? "" : " Data: \(Self.sentence(member.run.declaration.data ?? "not declared"))"
      return [.strong([.text(member.name)]), .text(": \(Self.sentence(why))\(own)")]
    }
    let header = ["run", "family", "latent shape", "output shape", "checkpoints"]
    let rows = members.map { member -> [[Span]] in
      let cells = [
        member.name, Self.family(of: member.run), Self.latentShape(of: member.run),
        Self.outputShape(of: member.run), Self.extent(of: member.run),
      ]
      return cells.map { [.text($0)] }
    }
    return [.table(header: header.map { [.text($0)] }, rows: rows)] + blocks + [.list(items)]
  }

  /// With a full stop where it has none of its own.
  private static func sentence(_ words: String) -> String {
    words.last.map { ".!?".contains($0) } ?? true ? words : words + "."
  }

  static func family(of run: Run) -> String {
    if let family = run.declaration.family { return family.title }
    return run.family.map { "\($0.title) (inferred)" } ?? "not declared"
  }

  private static func latentShape(of run: Run) -> String {
    if let shape = run.declaration.latentShape { return words(of: shape) }
    return run.latentShape.map { "\(words(of: $0)) (inferred)" } ?? "not declared"
  }

  private static func outputShape(of run: Run) -> String {
    if let shape = run.declaration.outputShape { return words(of: shape) }
    let size = run.checkpoints.lazy.compactMap { $0.samples?.sampleSize }.first
    return size.map { "\($0.height) x \($0.width) (as sampled)" } ?? "not declared"
  }

  private static func words(of shape: [Int]) -> String {
    shape.map(String.init).joined(separator: " x ")
  }

  /// `11, epoch 1 to 60`.
  private static func extent(of run: Run) -> String {
    guard let last = run.checkpoints.indices.last else { return "0" }
    let count = Set(run.checkpoints.indices.map { run.axisValue(of: $0).value }).count
    let settings =
      run.samplingSettings.isEmpty ? "" : ", at \(run.samplingSettings.count) settings"
    return "\(count), \(run.axis.rawValue) \(run.axisValue(of: 0).text) to "
      + "\(run.axisValue(of: last).text)\(settings)"
  }

  /// What weakens a comparison of runs.
  var limitsOfRuns: [[Span]] {
    guard isComparison else { return [] }
    var items: [[Span]] = []
    let names = shownMetrics.map { report.run.columns[$0].metric.name }
    var alike: [String] = []
    for name in names {
      let known = members.compactMap { $0.run.column(named: name)?.metric }
      if known.count < members.count {
        items.append(["\(name) is not there in every run: what lacks it cannot win by it."])
        continue
      }
      let explanations = Set(known.map { $0.explanation ?? "" })
      let origins = Set(known.map(\.origin))
      let words: String
      if origins.count > 1 {
        words = "\(name) is logged by some runs and computed of others: the numbers do not compare."
      } else if explanations == [""] {
        words =
          origins == [.computed]
          ? "\(name) is computed of all runs; it compares where the reference is the same."
          : "No run says how \(name) is computed; that it is the same in all is taken on trust."
      } else if explanations.count > 1 {
        words = "The runs describe \(name) differently: its values may not compare."
      } else {
        alike.append(name)
        continue
      }
      items.append([.text(words)])
    }
    if !alike.isEmpty {
      items.append([.text("All runs describe \(Self.joined(alike)) in the same words.")])
    }
    items.append([
      .text(
        "Metrics of different runs compare only where they were computed alike: the same name, the same "
          + "reference, as many samples.")
    ])
    let families = Dictionary(grouping: members) { $0.run.family }
    let single = families.filter { $0.value.count == 1 && $0.key != nil }.count
    if single > 0 {
      items.append([
        .text(
          single == families.count
            ? "There is one training run of each family: what differs here may be the run, its size or its "
              + "settings, and says nothing of the family as such."
            : "Of some families there is one training run alone, which says nothing of the family as such."
        )
      ])
    }
    return items
  }
}
