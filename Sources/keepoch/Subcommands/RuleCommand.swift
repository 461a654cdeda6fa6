import ArgumentParser
import ReviewCore
import ReviewJournal
import ReviewReport

struct RuleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rule", abstract: "Print the rule, explain it, set it, see how far it can move.",
    discussion: "Exit status 1 when the rule selects none.")

  @OptionGroup var options: ComparedOptions

  @Option(help: "Take this rule for the reviewer; an empty text goes back to the run's own.")
  var set: String?

  @Option(help: "Judge by a rule that is written for this run.")
  var preset: RulePreset?

  @Flag(help: "Take the preset for the reviewer.")
  var take = false

  @Option(help: "Say why the checkpoint at this value is, or is not, selected.")
  var explain: AxisValue?

  @Option(help: "The run that it is of, where several are compared; else the first that has it.")
  var of: String?

  @OptionGroup var samples: SettingOptions

  @Flag(help: "Say how far each threshold can move with the same selection.")
  var sweep = false

  @Flag(help: "Print keepoch.rule/1.")
  var json = false

  func validate() throws {
    if set != nil, preset != nil { throw ValidationError("Give --set or --preset, not both.") }
    if of != nil, explain == nil { throw ValidationError("--of needs --explain.") }
    if take, preset == nil { throw ValidationError("--take needs --preset.") }
  }

  func run() throws {
    try reporting {
      var opened = try open(options)
      if let text = set, !text.isEmpty, let named = try? opened.ruleInForce(given: RuleText(text)) {
        try opened.measure(for: named, keepsCache: !options.reader.readOnly)
      }
      let given = try preset.map { try Self.text(of: $0, opened.run) }
      if let text = set ?? (take ? given?.text : nil) {
        try write(text, opened)
        return
      }
      let rule = try opened.ruleInForce(given: given)
      let evaluator = try opened.evaluator(rule)
      let explained = try explain.map { try self.explained($0, opened) }
      let answer = RuleAnswer(
        run: opened.run, rule: rule, evaluator: evaluator, explained: explained, sweeps: sweep)
      try Outside.put(json ? answer.json : answer.text)
      if evaluator.selected() == nil { throw ExitCode(1) }
    }
  }

  /// - Throws: `RunError` when there is no such run or checkpoint.
  private func explained(_ value: AxisValue, _ opened: OpenedRun) throws(RunError) -> Int {
    let run = opened.run
    let member = of.flatMap { name in run.members.first { $0.name == name || $0.shortName == name }
    }
    if let of, member == nil {
      throw RunError(
        "no such run in", place: run.path, why: "none is named \(PrintableText.escaped(of))",
        remedy: run.members.isEmpty
          ? "This is one run; leave --of out"
          : "There are: "
            + run.members.map { PrintableText.escaped($0.name) }.joined(separator: ", "))
    }
    let position = Position(member?.run.axis ?? run.axis, value.value, run: member?.name)
    return try opened.index(of: samples.applied(to: position, in: run))
  }

  private static func text(of preset: RulePreset, _ run: Run) throws(RunError) -> RuleText {
    do throws(RulePreset.Unfit) { return try preset.text(for: run) } catch {
      throw RunError(
        "cannot write the rule \(preset.rawValue) for", place: run.path, why: error.reason,
        remedy: "Try another preset, or write a rule with --set")
    }
  }

  private func write(_ text: String, _ opened: OpenedRun) throws {
    guard !options.reader.readOnly else {
      throw RunError(
        "nothing is written in", place: options.run, why: "--read-only was given",
        remedy: "Leave it out to write")
    }
    if !text.isEmpty {
      // A rule that cannot be judged by is refused before it is kept.
      let evaluator = try opened.evaluator(opened.ruleInForce(given: RuleText(text)))
      let unjudged = evaluator.unjudged.map { RuleNumber.name($0) }.joined(separator: ", ")
      if !unjudged.isEmpty {
        Outside.say("people have not judged \(unjudged) yet; until then it has no value")
      }
    }
    let journal = try opened.openJournal()
    let review = Review(reviewer: opened.reviewer, events: journal.events)
    let same = review.ruleText.flatMap { try? RuleParser.rule($0) }
    let isSame = !text.isEmpty && same != nil && same == (try? RuleParser.rule(RuleText(text)))
    guard !isSame, !review.isUnchanged(by: .rule(text)) else {
      try Outside.put("unchanged\n")
      return
    }
    try Outside.put(journal.append(.rule(text), time: Clock.now).logLine + "\n")
  }
}

/// What `keepoch rule` prints.
struct RuleAnswer {
  let run: Run
  let rule: RuleInForce
  let evaluator: RuleEvaluator
  let explained: Int?
  let sweeps: Bool

  /// Which run and which setting, where they matter.
  private func origin(_ index: Int?, _ name: String = "") -> [(key: String, value: JSONText)] {
    guard let index else { return [] }
    return [
      (name.isEmpty ? "run" : "\(name)Run", run.position(of: index).run),
      (name.isEmpty ? "setting" : "\(name)Setting", run.setting(of: index)?.name),
    ].compactMap { key, value in value.map { (key: key, value: .string($0)) } }
  }

  private var table: CheckpointTable { CheckpointTable(judging: evaluator) }

  var text: String {
    var text = rule.rule.text + "\nfrom:      \(rule.origin.words)\n"
    if rule.origin == .builtIn, let words = RuleInForce.standInWords(of: run) {
      text += "           \(words)\n"
    }
    let selected = evaluator.selected()
    text += "selected:  \(selected.map { run.position(of: $0).words } ?? "none")\n"
    if let explained {
      let found = evaluator.explanation(of: explained, in: table)
      text +=
        "\n\(run.position(of: explained).words): \(found.isCandidate ? "candidate" : "review")\n"
      for (title, clauses) in [
        ("candidate", found.candidateClauses), ("where", found.eligibilityClauses),
      ] {
        for clause in clauses { text += "  \(title): \(clause.sentence)\n" }
      }
      text += "  \(found.summary(run: run))\n"
      if let rank = evaluator.rank(of: explained) {
        text += "  rank \(rank) of \(table.eligibleCount) eligible\n"
      }
      if let columns = run.weighedColumns {
        let front = ParetoFront(of: run, x: columns.x, y: columns.y)
        text += "  \(front.words(of: explained, run: run))\n"
      }
    }
    guard sweeps else { return text }
    text += "\n"
    for sweep in evaluator.sweeps() {
      if sweep.isSwept {
        text +=
          "\(sweep.part.rawValue) \(sweep.clause): same selection in \(sweep.interval); below: "
          + "\(words(sweep.lower)), above: \(words(sweep.upper))\n"
      } else {
        text +=
          "\(sweep.part.rawValue) \(sweep.clause): \(sweep.literal.text) is not swept, it does not stand alone\n"
      }
    }
    return text
  }

  private func words(_ bound: ThresholdSweep.Bound) -> String {
    bound.value == nil ? "the same" : bound.beyond.map { run.position(of: $0).words } ?? "none"
  }

  /// `keepoch.rule/1`.
  var json: String {
    func place(_ index: Int?) -> JSONText {
      index.map { .number(run.axisValue(of: $0).value) } ?? .null
    }
    var members: [(key: String, value: JSONText)] =
      [
        ("schema", .string("keepoch.rule/1")), ("run", .string(run.name)),
        ("axis", .string(run.axis.rawValue)), ("rule", .string(rule.rule.text)),
        ("origin", .string(rule.origin.rawValue)),
        ("language", .integer(RuleInForce.languageVersion)),
        ("selected", place(evaluator.selected())),
      ] + origin(evaluator.selected(), "selected")
    if let explained {
      let found = evaluator.explanation(of: explained, in: table)
      func clauses(_ clauses: [ClauseFinding]) -> JSONText {
        .array(
          clauses.map { clause in
            .object([
              ("clause", .string(clause.text)), ("holds", .bool(clause.holds)),
              ("value", clause.value.map { .number($0) } ?? .null),
              ("margin", clause.margin.map { .number($0) } ?? .null),
              ("gap", clause.gap.map { .string($0) } ?? .null),
            ])
          })
      }
      members.append(
        (
          "explain",
          .object(
            origin(explained) + [
              (run.axis(of: explained).rawValue, place(explained)),
              ("candidate", .bool(found.isCandidate)),
              ("eligible", .bool(found.isEligible)), ("selected", .bool(found.isSelected)),
              ("objective", .string(found.objective)),
              ("value", found.objectiveValue.map { .number($0) } ?? .null),
              ("rank", evaluator.rank(of: explained).map { .integer($0) } ?? .null),
              ("candidateClauses", clauses(found.candidateClauses)),
              ("whereClauses", clauses(found.eligibilityClauses)),
              ("summary", .string(found.summary(run: run))),
            ])
        ))
    }
    if sweeps { members.append(("sweep", JSONReport.sweeps(evaluator, run: run))) }
    return JSONText.object(members).indentedText
  }
}

extension RulePreset: ExpressibleByArgument {}
