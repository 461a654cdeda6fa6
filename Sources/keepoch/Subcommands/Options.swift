import ArgumentParser
import ReviewCore
import RunFormats

/// The run and the reviewer, as every subcommand takes them.
struct RunOptions: ParsableArguments {
  @Argument(help: "A run's folder or file.", completion: .file())
  var run = "."

  @OptionGroup var reader: ReaderOptions
}

/// A run, or several that are compared.
struct ComparedOptions: ParsableArguments {
  @Argument(help: "A run's folder or file; several are compared.", completion: .file())
  var runs: [String] = []

  @OptionGroup var reader: ReaderOptions

  /// The first, for what is said of it.
  var run: String { runs.first ?? "." }
}

/// A run that must be named, since words follow it.
struct NamedRunOptions: ParsableArguments {
  @Argument(help: "A run's folder or file.", completion: .file())
  var run: String

  @OptionGroup var reader: ReaderOptions
}

struct ReaderOptions: ParsableArguments {
  @Option(help: "Whose journal; else the configuration's, git's user.name, $USER.")
  var reviewer: String?

  @Flag(help: "Write nothing anywhere.")
  var readOnly = false
}

/// How the samples were drawn, where a run has several settings.
struct SettingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The sampling setting, such as temperature=0.7; else the run's usual one.",
      valueName: "name=value"))
  var setting: SamplingSetting?

  /// - Throws: `RunError` when the run has no samples of that setting.
  func applied(to position: Position, in run: Run) throws(RunError) -> Position {
    guard let setting else { return position }
    var position = position
    position.setting = setting.name
    if run.index(of: position) == nil,
      let there = run.index(of: Position(position.axis, position.value))
    {
      let names = run.settingsRows(of: there).compactMap { run.setting(of: $0)?.name }
      throw RunError(
        "no such samples in", place: run.path,
        why: "\(position.axis.rawValue) \(NumberText.shortest(position.value)) has none of "
          + PrintableText.escaped(setting.words),
        remedy: names.isEmpty
          ? "This run has one sampling setting; leave --setting out"
          : "There are: \(names.map(PrintableText.escaped).joined(separator: ", "))")
    }
    return position
  }
}

extension SamplingSetting: ExpressibleByArgument {
  package init?(argument: String) { self.init(parsing: argument) }
}

/// Which checkpoint, and no sample of it.
struct CheckpointOptions: ParsableArguments {
  @Option(help: "The checkpoint at this value of the run's axis.")
  var epoch: AxisValue?

  @Option(help: "The checkpoint at this step.")
  var step: AxisValue?

  @OptionGroup var samples: SettingOptions

  func validate() throws {
    if epoch != nil, step != nil { throw ValidationError("Give --epoch or --step, not both.") }
  }

  /// - Throws: `RunError` when none was named, or there is none.
  func position(in opened: OpenedRun, to act: String) throws(RunError) -> Position {
    let named =
      step.map { Position(.step, $0.value) }
      ?? epoch.map { Position(opened.run.axis, $0.value) }
    guard let named else { throw Self.nothingNamed(opened, act) }
    let position = try samples.applied(to: named, in: opened.run)
    return opened.run.position(of: try opened.index(of: position))
  }
}

extension CheckpointOptions {
  fileprivate static func nothingNamed(_ opened: OpenedRun, _ act: String) -> RunError {
    RunError(
      "cannot \(act)", place: opened.run.path, why: "no checkpoint was named",
      remedy: "Give --epoch or --step")
  }
}

/// Which checkpoint, and which sample of it.
/// Which checkpoint and sample; of a file that is no run, a sample alone.
struct CheckpointChoice: ParsableArguments {
  @Option(help: "The checkpoint at this value of the run's axis.")
  var epoch: AxisValue?

  @Option(help: "The checkpoint at this step.")
  var step: AxisValue?

  @OptionGroup var samples: SettingOptions

  @Option(help: "The sample's index.")
  var sample: Int?

  func validate() throws {
    if epoch != nil, step != nil { throw ValidationError("Give --epoch or --step, not both.") }
  }

  /// Nil: no checkpoint was named.
  ///
  /// - Throws: `RunError` when it has no samples of the setting that was named.
  func position(in run: Run) throws(RunError) -> Position? {
    let named = step.map { Position(.step, $0.value) } ?? epoch.map { Position(run.axis, $0.value) }
    guard let named else { return nil }
    return try samples.applied(to: named, in: run)
  }
}

struct TargetOptions: ParsableArguments {
  @OptionGroup var choice: CheckpointChoice

  var sample: Int? { choice.sample }

  func validate() throws {
    if sample != nil, choice.epoch == nil, choice.step == nil {
      throw ValidationError("--sample needs --epoch or --step.")
    }
  }

  /// As `target(in:)`, but a checkpoint must be named.
  func namedTarget(in opened: OpenedRun, to act: String) throws(RunError) -> Target {
    let target = try target(in: opened)
    guard target.position != nil else { throw CheckpointOptions.nothingNamed(opened, act) }
    return target
  }

  /// What an act is about, checked against the run.
  ///
  /// - Throws: `RunError` when there is no such checkpoint or sample.
  func target(in opened: OpenedRun) throws(RunError) -> Target {
    guard let position = try choice.position(in: opened.run) else { return Target() }
    let index = try opened.index(of: position)
    if let sample {
      let reader = SampleReader(run: opened.run)
      let source = opened.run.checkpoints[index].samples.map { reader.counted($0) }
      let count = source?.count ?? 0
      let place = source?.place(of: sample) ?? -1
      guard (0..<count).contains(place) else {
        throw RunError(
          "no such sample in", place: opened.run.path,
          why: count == 0
            ? "\(position.words) has no samples"
            : "\(position.words) has samples \(source?.index(at: 0) ?? 0) to "
              + "\(source?.index(at: count - 1) ?? count - 1)",
          remedy: "keepoch inspect says what a run holds")
      }
    }
    return Target(opened.run.position(of: index), sample: sample)
  }
}

extension AxisValue: ExpressibleByArgument {
  package init?(argument: String) { self.init(parsing: argument) }
}

extension ParsableCommand {
  /// Runs what a subcommand does; an error becomes one line on standard error and exit code 2.
  func reporting(_ body: () throws -> Void) throws {
    do {
      try body()
    } catch let error as RunError {
      Outside.say(error.description)
      throw ExitCode(2)
    } catch let warning as RunWarning {
      Outside.say(warning.line)
      throw ExitCode(2)
    }
  }

  /// Opens a run, or several as one, and says their warnings.
  ///
  /// - Parameter showsPixels: as below.
  func open(_ options: ComparedOptions, showsPixels: Bool = false) throws -> OpenedRun {
    guard options.runs.count > 1 else {
      return try open(options.run, options.reader, showsPixels: showsPixels)
    }
    let configuration = Configuration.load()
    var opened = try OpenedRun.comparing(
      options.runs, reviewer: options.reader.reviewer, configuration: configuration,
      keepsCache: !options.reader.readOnly)
    if let rule = try? opened.ruleInForce() {
      try opened.measure(for: rule, keepsCache: !options.reader.readOnly)
    }
    Outside.warn(configuration.warnings + opened.warnings)
    return opened
  }

  /// Opens a run and says its warnings.
  ///
  /// - Parameter showsPixels: waits for the range of the whole run.
  func open(
    _ path: String, _ reader: ReaderOptions, showsPixels: Bool = false
  ) throws -> OpenedRun {
    let configuration = Configuration.load()
    var opened = try OpenedRun(
      path: path, reviewer: reader.reviewer, configuration: configuration,
      waitsForRange: showsPixels, keepsCache: !reader.readOnly)
    if let rule = try? opened.ruleInForce() {
      try opened.measure(for: rule, keepsCache: !reader.readOnly)
    }
    Outside.warn(configuration.warnings + opened.warnings)
    return opened
  }
}
