import ArgumentParser
import ReviewCore
import ReviewJournal
import RunFormats

struct AlarmsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "alarms",
    abstract: "List what the numbers suggest has failed, accept it or refuse it.",
    discussion: """
      Each alarm is a suggestion with its evidence; none is applied by itself. --accept writes it down and puts its tag on \
      the samples that show it, --refuse writes down that it is wrong; the report says how often the alarms were \
      right. keepoch measure computes what most of them are raised by.
      """)

  @OptionGroup var options: RunOptions
  @OptionGroup var target: CheckpointOptions

  @Option(help: "Accept the alarm of this kind at --epoch.")
  var accept: String?

  @Option(help: "Refuse the alarm of this kind at --epoch.")
  var refuse: String?

  @Flag(help: "Print keepoch.alarms/1.")
  var json = false

  func validate() throws {
    if accept != nil, refuse != nil {
      throw ValidationError("Give --accept or --refuse, not both.")
    }
  }

  func run() throws {
    try reporting {
      let opened = try open(options.run, options.reader)
      if let kind = accept ?? refuse {
        try answer(kind, opened)
        return
      }
      let record = AlarmRecord(
        Alarm.all(of: opened.run), of: opened.run, reviews: opened.reviews)
      try Outside.put(json ? text(of: record, opened.run) : lines(of: record, opened.run))
    }
  }

  private func lines(of record: AlarmRecord, _ run: Run) -> String {
    var lines = record.items.map { item -> String in
      let answers =
        item.accepted.map { "accepted by \($0)" } + item.refused.map { "refused by \($0)" }
      let words = answers.isEmpty ? "open" : answers.joined(separator: ", ")
      return "\(run.position(of: item.alarm.index).label) \(item.alarm.kind.rawValue): "
        + "\(item.alarm.evidence) [\(words)]"
    }
    lines.append(record.words)
    return lines.map { PrintableText.escaped($0) + "\n" }.joined()
  }

  private func text(of record: AlarmRecord, _ run: Run) -> String {
    JSONText.object([
      ("schema", .string("keepoch.alarms/1")), ("axis", .string(run.axis.rawValue)),
      (
        "alarms",
        .array(
          record.items.map { item in
            .object([
              (run.axis.rawValue, .number(run.axisValue(of: item.alarm.index).value)),
              ("kind", .string(item.alarm.kind.rawValue)),
              ("tag", item.alarm.kind.tag.map { .string($0) } ?? .null),
              ("evidence", .string(item.alarm.evidence)),
              ("samples", .array(item.alarm.samples.map { .integer($0) })),
              ("accepted", .array(item.accepted.map { .string($0) })),
              ("refused", .array(item.refused.map { .string($0) })),
            ])
          })
      ),
      ("accepted", .integer(record.answers.accepted)),
      ("refused", .integer(record.answers.refused)),
      ("open", .integer(record.openCount)),
    ]).indentedText
  }

  private func answer(_ kind: String, _ opened: OpenedRun) throws {
    guard !options.reader.readOnly else {
      throw RunError(
        "nothing is written in", place: options.run, why: "--read-only was given",
        remedy: "Leave it out to write")
    }
    let position = try target.position(in: opened, to: accept == nil ? "refuse" : "accept")
    let index = try opened.index(of: position)
    let here = Alarm.all(of: opened.run).filter { $0.index == index }
    guard let alarm = here.first(where: { $0.kind.rawValue == kind }) else {
      let kinds = here.map(\.kind.rawValue)
      throw RunError(
        "no such alarm:", place: kind,
        why: kinds.isEmpty
          ? "\(position.words) has none" : "\(position.words) has \(kinds.joined(separator: ", "))",
        remedy: "keepoch alarms lists them")
    }
    let journal = try opened.openJournal()
    var review = Review(reviewer: opened.reviewer, events: journal.events)
    var acts: [ReviewAct] = [
      .alarm(
        position, kind: kind, isAccepted: accept != nil, evidence: alarm.evidence)
    ]
    if accept != nil, let tag = alarm.kind.tag {
      acts += try tags(tag, alarm, position, opened)
    }
    acts = acts.filter { !review.isUnchanged(by: $0) }
    guard !acts.isEmpty else {
      try Outside.put("unchanged\n")
      return
    }
    for act in acts {
      let event = try journal.append(act, time: Clock.now)
      review.apply(event)
      try Outside.put(event.logLine + "\n")
    }
  }

  /// Its tag on the samples that show it, else on the checkpoint.
  private func tags(
    _ tag: String, _ alarm: Alarm, _ position: Position, _ opened: OpenedRun
  ) throws -> [ReviewAct] {
    guard !alarm.samples.isEmpty, let source = opened.run.checkpoints[alarm.index].samples else {
      return [.tag(Target(position), tag: tag, isOn: true, digest: nil)]
    }
    let digests = try SampleReader(run: opened.run).digests(of: alarm.samples, in: source)
    return zip(alarm.samples, digests).map { sample, digest in
      .tag(Target(position, sample: sample), tag: tag, isOn: true, digest: digest)
    }
  }
}
