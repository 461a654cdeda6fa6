/// What the scenarios share: the program, the runs, how much of everything, and the time that is left.
struct Bench {
  let options: Options
  let workplace: Workplace
  let runs: BenchmarkRuns
  private let deadline: Double

  /// Makes the runs.
  init(_ options: Options, workplace: Workplace) throws(Failure) {
    self.options = options
    self.workplace = workplace
    deadline = Stopwatch.now + (options.isQuick ? 150_000 : 900_000)
    runs = try BenchmarkRuns(samples: options.samples, in: workplace)
  }

  var isLate: Bool { Stopwatch.now > deadline }

  /// One of two counts: of a whole run, and of a quick one.
  func count(_ whole: Int, quick: Int) -> Int { options.isQuick ? quick : whole }

  /// Starts Keepoch and reads nothing yet.
  ///
  /// - Parameter environment: nil is one with a new, empty home.
  func start(
    _ run: String, _ look: Look, _ size: ScreenSize, environment: [String]? = nil
  ) throws(Failure) -> PseudoTerminal {
    var known = environment
    if known == nil { known = try workplace.environment(hasColor: look.hasColor) }
    return try PseudoTerminal(
      [options.program, run, "--reviewer", "bench"], environment: known ?? [], size: size)
  }

  /// An environment in whose home a run was opened before.
  func knownEnvironment(of run: String, _ look: Look) throws(Failure) -> [String] {
    let environment = try workplace.environment(hasColor: look.hasColor)
    _ = try Command.run([options.program, "table", run], environment: environment)
    return environment
  }

  /// Starts Keepoch, goes to a screen and waits until it is quiet.
  func open(
    _ run: String, _ look: Look, _ size: ScreenSize, keys: [String], environment: [String]? = nil
  ) throws(Failure) -> PseudoTerminal {
    let session = try start(run, look, size, environment: environment)
    let until = session.start + 5000
    _ = session.listen(quiet: nil, until: until) { $0.position != nil }
    _ = session.listen(quiet: nil, until: Stopwatch.now + 100)
    for key in keys {
      session.send(key)
      _ = session.listen(quiet: 80, until: Stopwatch.now + 400)
    }
    guard session.screen.position != nil else {
      throw Failure("Keepoch did not open \(run):\n\(session.screen.lines)")
    }
    return session
  }

  /// Ends a session as a reviewer does, and complains when it does not end well.
  @discardableResult
  func quit(_ session: PseudoTerminal, _ name: String) throws(Failure) -> ProgramEnd {
    if options.showsScreens { StandardError.say("\(name)\n\(session.screen.lines)\n") }
    let end = session.end(keys: "Q")
    guard end.code == 0 else { throw Failure("\(name): Keepoch ended with \(end.code)") }
    return end
  }
}

extension ScreenModel {
  /// All rows.
  fileprivate var lines: String {
    (0..<size.rows).map { text($0) }.joined(separator: "\n")
  }
}
