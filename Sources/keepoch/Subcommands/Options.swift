import ArgumentParser
import ReviewCore
import RunFormats

/// The run and the reviewer, as every subcommand takes them.
struct RunOptions: ParsableArguments {
  @Argument(help: "A run's folder or file.", completion: .file())
  var run = "."

  @OptionGroup var reader: ReaderOptions
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

/// Which checkpoint, and no sample of it.
struct CheckpointOptions: ParsableArguments {
  @Option(help: "The checkpoint at this value of the run's axis.")
  var epoch: AxisValue?

  @Option(help: "The checkpoint at this step.")
  var step: AxisValue?

  func validate() throws {
    if epoch != nil, step != nil { throw ValidationError("Give --epoch or --step, not both.") }
  }

  /// - Throws: `RunError` when none was named, or there is none.
  func position(in opened: OpenedRun, to act: String) throws(RunError) -> Position {
    let named =
      step.map { Position(.step, $0.value) }
      ?? epoch.map { Position(opened.run.axis, $0.value) }
    guard let named else { throw Self.nothingNamed(opened, act) }
    return opened.run.position(of: try opened.index(of: named))
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

  @Option(help: "The sample's index.")
  var sample: Int?

  func validate() throws {
    if epoch != nil, step != nil { throw ValidationError("Give --epoch or --step, not both.") }
  }

  /// Nil: no checkpoint was named.
  func position(in run: Run) -> Position? {
    if let step { return Position(.step, step.value) }
    return epoch.map { Position(run.axis, $0.value) }
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
    guard let position = choice.position(in: opened.run) else { return Target() }
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
