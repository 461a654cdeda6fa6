import ReviewCore

/// What `keepoch verify` prints.
struct VerifyAnswer {
  let claim: ReportClaim
  let run: Run
  /// The rule's selection now.
  let selected: Int?
  /// Why what the report selected is not selected now; nil when it is.
  let reason: String?
  /// What is kept now: the rule's selection, or a reviewer's choice in its place; nil for none.
  let kept: Int?
  /// Who chose it, and what the report had; nil where no choice of a reviewer is another now.
  let choiceChange: String?
  /// What cannot be told of it.
  private let remark: String?
  /// That the run has another rule by now, and what that selects; nil where it has not.
  private let ruleChange: String?
  /// Nil where it cannot be told: no digest then, or none now.
  let haveDataChanged: Bool?
  /// What of the rule's data is another now, one a line.
  let changes: [String]

  init(claim: ReportClaim, opened: OpenedRun) throws(RunError) {
    self.claim = claim
    run = opened.run
    let rule = try opened.ruleInForce(given: claim.rule)
    let evaluator = try opened.evaluator(rule)
    let table = CheckpointTable(judging: evaluator)
    selected = table.selected
    let evidence = Evidence(
      run: opened.run, reviews: opened.reviews, evaluator: evaluator, table: table)
    (kept, choiceChange, remark) = Self.choice(claim, evidence)
    readsReviews = rule.rule.readsReviews
    ruleChange = Self.ruleChange(rule.rule, opened)
    let then = claim.selected.flatMap { opened.run.index(of: $0) }
    if let value = claim.selected, then == nil {
      reason = "the run has no \(value.words) any more"
    } else if let then, then != table.selected {
      let explanation = evaluator.explanation(of: then, in: table)
      reason = "\(opened.run.words(of: then)) is \(explanation.summary(run: opened.run))"
    } else if table.selected == nil {
      reason = evaluator.whyNone
    } else {
      reason = nil
    }
    let digest = RuleData.digest(of: evaluator, run: opened.run)
    haveDataChanged = claim.digest.flatMap { then in digest.map { then != $0 } }
    changes = Self.changes(claim, rule.rule, opened.run)
  }

  private let readsReviews: Bool

  var isSame: Bool { isSameSelection && choiceChange == nil }

  private var isSameSelection: Bool {
    guard let selected else { return claim.selected == nil }
    return claim.selected.map { run.index(of: $0) == selected } ?? false
  }

  /// What reviewers chose in place of the rule's, against what the report says that they did.
  private static func choice(
    _ claim: ReportClaim, _ evidence: Evidence
  ) -> (kept: Int?, change: String?, remark: String?) {
    let now = evidence.override
    guard let chooser = claim.chooser, let then = claim.kept else {
      guard let now, evidence.kept != evidence.table.selected else {
        return (evidence.kept, nil, nil)
      }
      return (
        evidence.kept,
        "\(now.reviewer) chose \(evidence.run.words(of: now.override.position)), whatever the rule says",
        nil
      )
    }
    guard let index = evidence.run.index(of: then) else {
      return (evidence.kept, "\(then.words), which \(chooser) chose, is gone", nil)
    }
    // Without any journal beside the data nobody can have withdrawn anything.
    guard !evidence.reviews.isEmpty else {
      return (
        index, nil,
        "no journal lies beside the data, so whether \(chooser) still chooses \(evidence.run.words(of: then)) "
          + "cannot be told"
      )
    }
    guard let now else {
      return (
        evidence.kept, "\(chooser) took back the choice of \(evidence.run.words(of: then))", nil
      )
    }
    if index == evidence.kept { return (index, nil, nil) }
    return (
      evidence.kept,
      "\(now.reviewer) chose \(evidence.run.words(of: now.override.position)), not \(evidence.run.words(of: then))",
      nil
    )
  }

  private static func ruleChange(_ rule: Rule, _ opened: OpenedRun) -> String? {
    guard let now = try? opened.ruleInForce(), now.rule != rule,
      let evaluator = try? opened.evaluator(now)
    else { return nil }
    let selected = evaluator.selected().map { opened.run.words(of: $0) } ?? "none"
    return "the rule of the run is another now, \(now.origin.words), and selects \(selected)"
  }

  private static func changes(_ claim: ReportClaim, _ rule: Rule, _ run: Run) -> [String] {
    var changes: [String] = []
    var known: Set<Int> = []
    for (position, values) in claim.metrics {
      guard let index = run.index(of: position) else {
        changes.append("\(position.words) is gone")
        continue
      }
      known.insert(index)
      for name in rule.metricNames {
        let then = values.first { $0.name == name }?.value
        let now = run.metric(name, at: index)
        let isSame = then == now || (then?.isNaN == true && now?.isNaN == true)
        guard !isSame else { continue }
        func words(_ value: Double?) -> String {
          value.map { NumberText.shortest($0) } ?? "missing"
        }
        changes.append("\(run.words(of: position)): \(name) was \(words(then)), is \(words(now))")
      }
    }
    for index in run.checkpoints.indices where !known.contains(index) {
      changes.append("\(run.words(of: index)) is new")
    }
    return changes
  }

  private func words(_ position: Position?) -> String {
    position.map { run.words(of: $0) } ?? "none"
  }

  private static let mostChanges = 8

  var text: String {
    var lines: [String] = []
    let now = kept.map { run.words(of: $0) } ?? "none"
    let ruleNow = selected.map { run.words(of: $0) } ?? "none"
    if isSame {
      lines.append("same choice: \(now)")
    } else {
      let here = isSameSelection || choiceChange != nil ? now : ruleNow
      let there = isSameSelection || choiceChange != nil ? claim.kept : claim.selected
      lines.append(
        "another choice\(choiceChange == nil && claim.chooser != nil ? " of the rule" : ""): \(here), "
          + "where the report has \(words(there))")
      if let choiceChange { lines.append("  \(choiceChange)") }
      if !isSameSelection, let reason { lines.append("  \(reason)") }
    }
    if claim.runNames.isEmpty, claim.runName != run.name {
      lines.append("the report is of \(claim.runName), and this run is named \(run.name)")
    }
    let names = run.members.map(\.name)
    if !claim.runNames.isEmpty, claim.runNames != names {
      lines.append(
        "the report is of \(claim.runNames.joined(separator: ", ")), and these are "
          + names.joined(separator: ", "))
    }
    switch haveDataChanged {
    case true:
      lines.append("the data differ from those that the report read:")
      lines += changes.prefix(Self.mostChanges).map { "  \($0)" }
      if changes.count > Self.mostChanges {
        lines.append("  and \(changes.count - Self.mostChanges) further changes")
      }
      if changes.isEmpty {
        lines.append(
          readsReviews
            ? "  what reviewers said, which the rule reads, or which seeds are held out"
            : "  in something else that the rule reads, or the report's rule or digest was changed")
      }
    case false where !changes.isEmpty:
      lines.append("the data are those that the rule read, and the report's table says otherwise:")
      lines += changes.prefix(Self.mostChanges).map { "  \($0)" }
    case false: lines.append("the data are those that the report read")
    case nil: lines.append("whether the data differ cannot be told: there is no digest of them")
    }
    if let chooser = claim.chooser, choiceChange == nil {
      let rest =
        claim.kept == claim.selected ? "" : "; the rule's own selection is \(ruleNow)"
      lines.append("kept is \(words(claim.kept)), the choice of \(chooser)\(rest)")
    }
    if let remark { lines.append(remark) }
    if let ruleChange { lines.append(ruleChange) }
    return lines.map { PrintableText.escaped($0) + "\n" }.joined()
  }

  var json: String {
    func place(_ position: Position?) -> JSONText {
      position.map { .number($0.value) } ?? .null
    }
    func origin(_ name: String, _ position: Position?) -> [(key: String, value: JSONText)] {
      [
        position?.run.map { ("\(name)Run", .string($0)) },
        position?.setting.map { ("\(name)Setting", .string($0)) },
      ].compactMap { $0 }
    }
    let now = [selected, kept].map { $0.map { run.position(of: $0) } }
    return JSONText.object(
      [
        ("schema", .string("keepoch.verify/1")), ("same", .bool(isSame)),
        ("axis", .string(claim.axis.rawValue)), ("reported", place(claim.selected)),
        ("selected", place(now[0])), ("kept", place(now[1])), ("reportedKept", place(claim.kept)),
      ] + origin("reported", claim.selected) + origin("selected", now[0]) + origin("kept", now[1])
        + origin("reportedKept", claim.kept) + [
          ("choiceChange", choiceChange.map { .string($0) } ?? .null),
          ("ruleChange", ruleChange.map { .string($0) } ?? .null),
          ("reason", reason.map { .string($0) } ?? .null),
          ("dataDiffer", haveDataChanged.map { .bool($0) } ?? .null),
          ("changes", .array(changes.map { .string($0) })),
        ]
    ).indentedText
  }
}
