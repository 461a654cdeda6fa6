import ArgumentParser
import ReviewCore
import ReviewReport
import RunFormats

struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Run the rule of a report on the run's data again.",
    discussion: """
      REPORT is what keepoch report --format json wrote; the run is found from where it lies. Exit \
      status 0: the same choice, and it is said when the data differ; 1: another choice; 2: the \
      report, its rule or its data cannot be read.
      """)

  @Argument(help: "A report in JSON.", completion: .file(extensions: ["json"]))
  var report: String

  @Flag(help: "Print keepoch.verify/1.")
  var json = false

  @Flag(help: "Write nothing anywhere.")
  var readOnly = false

  func run() throws {
    try reporting {
      let claim = try ReportClaim(path: report)
      let opened = try OpenedRun(
        path: claim.runPath, reviewer: nil, configuration: Configuration.load(),
        waitsForRange: false, keepsCache: !readOnly)
      Outside.warn(opened.warnings)
      let answer = try VerifyAnswer(claim: claim, opened: opened)
      try Outside.put(json ? answer.json : answer.text)
      if !answer.isSame { throw ExitCode(1) }
    }
  }
}

/// What a report says that can be run again.
struct ReportClaim {
  /// The run, seen from here.
  let runPath: String
  let axis: Axis
  /// Nil: the rule selected none.
  let selected: Double?
  /// What is kept: the rule's selection, or a reviewer's choice in its place.
  let kept: Double?
  /// Who chose it; nil where nobody overruled the rule.
  let chooser: String?
  let runName: String
  let rule: RuleText
  let digest: String?
  /// By checkpoint: the metrics that were read.
  let metrics: [(place: Double, values: [(name: String, value: Double)])]

  /// - Throws: `RunError` where it is no report, or one of a later version.
  init(path: String) throws(RunError) {
    func failure(_ why: String, _ remedy: String) -> RunError {
      RunError("cannot verify", place: path, why: why, remedy: remedy)
    }
    let again = "Write it anew with keepoch report --format json"
    let bytes: [UInt8]
    do { bytes = try FileBytes.read(path) } catch {
      throw failure(error.reason, "Give the path of a report in JSON")
    }
    let json: JSONValue
    do throws(JSONError) { json = try JSONReader.value(in: bytes) } catch {
      throw failure("it is no JSON: \(error.message) at byte \(error.offset)", again)
    }
    guard let schema = json["schema"]?.string else {
      throw failure("it is no report of Keepoch: it has no schema", again)
    }
    guard schema == JSONReport.schema else {
      throw failure(
        "its schema is \(schema), and this version reads \(JSONReport.schema)",
        "Use the version of Keepoch that wrote it")
    }
    guard let run = json["run"]?["path"]?.string, let rule = json["rule"]?["text"]?.string,
      let axis = json["axis"]?.string.flatMap(Axis.init(rawValue:)),
      let decision = json["decision"]?.object
    else { throw failure("run, rule, axis or decision is missing in it", again) }
    let version = json["rule"]?["language"]?.number ?? 1
    guard version <= Double(RuleInForce.languageVersion) else {
      throw failure(
        "its rule is of version \(NumberText.shortest(version)) of the rule language, and this "
          + "program reads \(RuleInForce.languageVersion)", "Use a newer version of Keepoch")
    }
    for key in ["selected", "kept"] where decision[key] != nil || key == "selected" {
      guard decision[key] == .null || decision[key]?.number != nil else {
        throw failure("its decision has no \(key), or one that is no number", again)
      }
    }
    runName = json["run"]?["name"]?.string ?? ""
    runPath = run.hasPrefix("/") ? run : "\(FileBytes.parent(of: path))/\(run)"
    self.axis = axis
    selected = decision["selected"]?.number
    kept = decision["kept"]?.number
    chooser = decision["override"]?["reviewer"]?.string
    guard kept == selected || chooser != nil else {
      throw failure(
        "it keeps another checkpoint than its rule selects, and names nobody who chose it", again)
    }
    self.rule = RuleText(rule)
    digest = json["rule"]?["dataSha256"]?.string
    metrics = (json["checkpoints"]?.array ?? []).compactMap { checkpoint in
      guard let place = checkpoint[axis.rawValue]?.number else { return nil }
      let values = (checkpoint["metrics"]?.object?.members ?? []).compactMap { member in
        Self.number(member.value).map { (member.key, $0) }
      }
      return (place, values)
    }
  }

  private static func number(_ value: JSONValue) -> Double? {
    switch value.string {
    case "NaN": return .nan
    case "Infinity": return .infinity
    case "-Infinity": return -.infinity
    default: return value.number
    }
  }
}

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
    (kept, choiceChange) = Self.choice(claim, evidence)
    readsReviews = rule.rule.readsReviews
    let then = claim.selected.flatMap { opened.run.index(of: Position(claim.axis, $0)) }
    if let value = claim.selected, then == nil {
      reason = "the run has no \(Position(claim.axis, value).words) any more"
    } else if let then, then != table.selected {
      let explanation = evaluator.explanation(of: then, in: table)
      reason = "\(opened.run.position(of: then).words) is \(explanation.summary(run: opened.run))"
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
    return claim.selected.map { run.index(of: Position(claim.axis, $0)) == selected } ?? false
  }

  /// What reviewers chose in place of the rule's, against what the report says that they did.
  private static func choice(
    _ claim: ReportClaim, _ evidence: Evidence
  ) -> (kept: Int?, change: String?) {
    let now = evidence.override
    // Without any journal beside the data nobody can have withdrawn anything.
    guard claim.chooser != nil || now != nil, !evidence.reviews.isEmpty else {
      return (evidence.kept, nil)
    }
    let then = claim.kept.map { Position(claim.axis, $0) }
    if let chooser = claim.chooser, let then {
      guard let now else {
        return (evidence.kept, "\(chooser) took back the choice of \(then.words)")
      }
      if evidence.run.index(of: then) == evidence.kept { return (evidence.kept, nil) }
      return (
        evidence.kept, "\(now.reviewer) chose \(now.override.position.words), not \(then.words)"
      )
    }
    guard let now, evidence.kept != evidence.table.selected else { return (evidence.kept, nil) }
    return (
      evidence.kept,
      "\(now.reviewer) chose \(now.override.position.words), whatever the rule says"
    )
  }

  private static func changes(_ claim: ReportClaim, _ rule: Rule, _ run: Run) -> [String] {
    var changes: [String] = []
    var known: Set<Int> = []
    for (place, values) in claim.metrics {
      let position = Position(claim.axis, place)
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
        changes.append("\(position.words): \(name) was \(words(then)), is \(words(now))")
      }
    }
    for index in run.checkpoints.indices where !known.contains(index) {
      changes.append("\(run.position(of: index).words) is new")
    }
    return changes
  }

  private func words(_ value: Double?) -> String {
    value.map { Position(claim.axis, $0).words } ?? "none"
  }

  private static let mostChanges = 8

  var text: String {
    var lines: [String] = []
    let now = kept.map { run.position(of: $0).words } ?? "none"
    if isSame {
      lines.append("same choice: \(now)")
    } else {
      let here = kept.map { run.position(of: $0).words } ?? "none"
      lines.append("another choice: \(here), where the report has \(words(claim.kept))")
      if let choiceChange { lines.append("  \(choiceChange)") }
      if !isSameSelection, let reason { lines.append("  \(reason)") }
    }
    if claim.runName != run.name {
      lines.append("the report is of \(claim.runName), and this run is named \(run.name)")
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
    if let chooser = claim.chooser, isSame {
      let rest =
        kept == selected || claim.kept == nil
        ? "" : "; the rule's own selection is \(words(claim.selected))"
      lines.append("kept is \(words(claim.kept)), the choice of \(chooser)\(rest)")
    }
    return lines.map { PrintableText.escaped($0) + "\n" }.joined()
  }

  var json: String {
    func place(_ value: Double?) -> JSONText { value.map { .number($0) } ?? .null }
    return JSONText.object([
      ("schema", .string("keepoch.verify/1")), ("same", .bool(isSame)),
      ("axis", .string(claim.axis.rawValue)), ("reported", place(claim.selected)),
      ("selected", place(selected.map { run.axisValue(of: $0).value })),
      ("kept", place(kept.map { run.axisValue(of: $0).value })),
      ("reportedKept", place(claim.kept)),
      ("choiceChange", choiceChange.map { .string($0) } ?? .null),
      ("reason", reason.map { .string($0) } ?? .null),
      ("dataDiffer", haveDataChanged.map { .bool($0) } ?? .null),
      ("changes", .array(changes.map { .string($0) })),
    ]).indentedText
  }
}
