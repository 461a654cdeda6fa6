import ArgumentParser
import ReviewCore
import ReviewJournal
import RunFormats

/// A subcommand that writes one act.
protocol ActCommand: ParsableCommand {
  var options: NamedRunOptions { get }
}

extension ActCommand {
  /// Writes the act and prints its log line, or says that it changes nothing.
  func write(_ make: (OpenedRun, Review) throws -> ReviewAct?) throws {
    try reporting {
      let opened = try open(options.run, options.reader)
      guard !options.reader.readOnly else {
        throw RunError(
          "nothing is written in", place: options.run, why: "--read-only was given",
          remedy: "Leave it out to write")
      }
      let journal = try opened.openJournal()
      var review = Review(reviewer: opened.reviewer, events: journal.events)
      review.setStale(StaleTags.find(in: review, run: opened.run))
      guard let act = try make(opened, review), !review.isUnchanged(by: act) else {
        try Outside.put("unchanged\n")
        return
      }
      try Outside.put(journal.append(act, time: Clock.now).logLine + "\n")
      if let sample = act.target?.sample,
        let index = act.target?.position.flatMap({ opened.run.index(of: $0) }),
        opened.run.isHeldOut(sample, at: index)
      {
        Outside.say("sample \(sample) is held out from the choice: the rule does not read it")
      }
    }
  }
}

struct TagCommand: ActCommand {
  static let configuration = CommandConfiguration(
    commandName: "tag", abstract: "Tag a failure in a checkpoint or a sample.")

  @OptionGroup var options: NamedRunOptions
  @OptionGroup var target: TargetOptions

  @Flag(help: "Take the tag off.")
  var off = false

  @Argument(
    help: "A failure mode, such as mode-collapse or blurry.",
    completion: .list(FailureTag.builtIn.map(\.name)))
  var tag: String

  func run() throws {
    try write { opened, _ in
      let known = opened.tags
      guard off || known.contains(where: { $0.name == tag }) else {
        throw RunError(
          "no such tag:", place: tag,
          why: "the tags are \(known.map(\.name).joined(separator: ", "))",
          remedy: "A run can declare more in keepoch.toml: tags = [\"...\"]")
      }
      let target = try self.target.namedTarget(in: opened, to: "tag")
      var digest: String?
      if let sample = target.sample, !off,
        let index = target.position.flatMap({ opened.run.index(of: $0) }),
        let source = opened.run.checkpoints[index].samples
      {
        digest = try SampleReader(run: opened.run).digests(of: [sample], in: source)[0]
      }
      return .tag(target, tag: tag, isOn: !off, digest: digest)
    }
  }
}

struct NoteCommand: ActCommand {
  static let configuration = CommandConfiguration(
    commandName: "note", abstract: "Write a note on a sample, a checkpoint or the run.",
    discussion: "One note for each subject; an empty text takes it off.")

  @OptionGroup var options: NamedRunOptions
  @OptionGroup var target: TargetOptions

  @Option(help: "What it is about; why: why the kept checkpoint is kept, in place of the draft.")
  var about = NoteSubject.general

  @Argument(help: "The words.")
  var text: String

  func run() throws {
    try write { opened, _ in
      .note(try target.target(in: opened), about: about, text: text)
    }
  }
}

extension NoteSubject: ExpressibleByArgument {}

/// `keep`, `reject` and `undecided`.
protocol VerdictCommand: ActCommand {
  var target: CheckpointOptions { get }
  var verdict: Verdict { get }
}

extension VerdictCommand {
  func writeVerdict() throws {
    try write { opened, _ in
      .verdict(try target.position(in: opened, to: verdict.rawValue), verdict)
    }
  }
}

struct KeepCommand: VerdictCommand {
  static let configuration = CommandConfiguration(
    commandName: "keep", abstract: "Say that a checkpoint is worth keeping.")
  @OptionGroup var options: NamedRunOptions
  @OptionGroup var target: CheckpointOptions
  var verdict: Verdict { .keep }
  func run() throws { try writeVerdict() }
}

struct RejectCommand: VerdictCommand {
  static let configuration = CommandConfiguration(
    commandName: "reject", abstract: "Say that a checkpoint is not worth keeping.")
  @OptionGroup var options: NamedRunOptions
  @OptionGroup var target: CheckpointOptions
  var verdict: Verdict { .reject }
  func run() throws { try writeVerdict() }
}

struct UndecidedCommand: VerdictCommand {
  static let configuration = CommandConfiguration(
    commandName: "undecided", abstract: "Take a verdict back.")
  @OptionGroup var options: NamedRunOptions
  @OptionGroup var target: CheckpointOptions
  var verdict: Verdict { .undecided }
  func run() throws { try writeVerdict() }
}

struct RateCommand: ActCommand {
  static let configuration = CommandConfiguration(
    commandName: "rate", abstract: "Rate a checkpoint or a sample from 1 to 5; 0 clears.")

  @OptionGroup var options: NamedRunOptions
  @OptionGroup var target: TargetOptions

  @Argument(help: "1 to 5, or 0.")
  var rating: Int

  func validate() throws {
    guard (0...5).contains(rating) else { throw ValidationError("A rating is 1 to 5, or 0.") }
  }

  func run() throws {
    try write { opened, _ in
      .rate(try target.namedTarget(in: opened, to: "rate"), rating)
    }
  }
}

struct SelectCommand: ActCommand {
  static let configuration = CommandConfiguration(
    commandName: "select", abstract: "Choose a checkpoint, with a reason, whatever the rule says.")

  @OptionGroup var options: NamedRunOptions
  @OptionGroup var target: CheckpointOptions

  @Option(help: "Why this one.")
  var reason: String?

  @Option(
    help: ArgumentHelp(
      "A run that it is compared with: the choice is among all of them. May be given several times.",
      valueName: "run"), completion: .file())
  var among: [String] = []

  @Flag(help: "Take the choice back.")
  var off = false

  func validate() throws {
    if !off, reason?.isEmpty ?? true { throw ValidationError("select needs --reason TEXT.") }
  }

  func run() throws {
    guard among.isEmpty else {
      try reporting { try writeAmong() }
      return
    }
    try write { opened, review in
      if off, target.epoch == nil, target.step == nil {
        return review.override.map { .select($0.position, reason: "", isOn: false) }
      }
      let position = try target.position(in: opened, to: "select")
      return .select(position, reason: off ? "" : reason ?? "", isOn: !off)
    }
  }

  /// A choice among several runs, which is none within one of them.
  private func writeAmong() throws {
    let one = try open(options.run, options.reader)
    guard !options.reader.readOnly else {
      throw RunError(
        "nothing is written in", place: options.run, why: "--read-only was given",
        remedy: "Leave it out to write")
    }
    let all = try OpenedRun.comparing(
      [options.run] + among, reviewer: options.reader.reviewer, configuration: Configuration.load())
    let review = all.ownReview
    let act: ReviewAct?
    if off, target.epoch == nil, target.step == nil {
      act = review.override.map { .select($0.position, reason: "", isOn: false) }
    } else {
      var position = try target.position(in: one, to: "select")
      position.run = all.run.members.first?.name
      act = .select(position, reason: off ? "" : reason ?? "", isOn: !off)
    }
    guard let act, !review.isUnchanged(by: act) else {
      try Outside.put("unchanged\n")
      return
    }
    try Outside.put(all.openJournal().append(act, time: Clock.now).logLine + "\n")
  }
}

struct UndoCommand: ActCommand {
  static let configuration = CommandConfiguration(
    commandName: "undo", abstract: "Take the reviewer's last act back.")
  @OptionGroup var options: NamedRunOptions
  func run() throws {
    try write { _, review in review.nextUndo.map { .undo(of: $0.sequence) } }
  }
}

struct RedoCommand: ActCommand {
  static let configuration = CommandConfiguration(
    commandName: "redo", abstract: "Bring back what was taken back last.")
  @OptionGroup var options: NamedRunOptions
  func run() throws {
    try write { _, review in review.redoable.last.map { .undo(of: $0) } }
  }
}
