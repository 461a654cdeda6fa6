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
  /// A reviewer's choice in place of the rule's.
  let kept: Double?
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
    runPath = run.hasPrefix("/") ? run : "\(FileBytes.parent(of: path))/\(run)"
    self.axis = axis
    selected = decision["selected"]?.number
    let kept = decision["kept"]?.number
    self.kept = kept == selected ? nil : kept
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

  var isSame: Bool {
    guard let selected else { return claim.selected == nil }
    return claim.selected.map { run.index(of: Position(claim.axis, $0)) == selected } ?? false
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
    let now = selected.map { run.position(of: $0).words } ?? "none"
    if isSame {
      lines.append("same choice: \(now)")
    } else {
      lines.append("another choice: \(now), where the report has \(words(claim.selected))")
      if let reason { lines.append("  \(reason)") }
    }
    switch haveDataChanged {
    case true:
      lines.append("the data differ from those that the report read:")
      lines += changes.prefix(Self.mostChanges).map { "  \($0)" }
      if changes.count > Self.mostChanges {
        lines.append("  and \(changes.count - Self.mostChanges) further changes")
      }
      if changes.isEmpty { lines.append("  what reviewers said, which the rule reads") }
    case false: lines.append("the data are those that the report read")
    case nil: lines.append("whether the data differ cannot be told: there is no digest of them")
    }
    if let kept = claim.kept {
      lines.append(
        "the report keeps \(words(kept)), a reviewer's own choice, which no rule can verify")
    }
    return lines.map { PrintableText.escaped($0) + "\n" }.joined()
  }

  var json: String {
    func place(_ value: Double?) -> JSONText { value.map { .number($0) } ?? .null }
    return JSONText.object([
      ("schema", .string("keepoch.verify/1")), ("same", .bool(isSame)),
      ("axis", .string(claim.axis.rawValue)), ("reported", place(claim.selected)),
      ("selected", place(selected.map { run.axisValue(of: $0).value })),
      ("reason", reason.map { .string($0) } ?? .null),
      ("dataDiffer", haveDataChanged.map { .bool($0) } ?? .null),
      ("changes", .array(changes.map { .string($0) })),
    ]).indentedText
  }
}
