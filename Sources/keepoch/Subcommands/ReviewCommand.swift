import ArgumentParser
import CursesTerminal
import Glibc
import ReviewCore
import ReviewFront
import ReviewJournal
import RunFormats
import TerminalSurface

struct ReviewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "review", abstract: "Open the review of a run in the terminal (the default).",
    discussion: "? shows all keys. Everything is saved as it is done; q quits.")

  @OptionGroup var options: RunOptions

  @Option(help: "default, light, monochrome, or a file's name in the configuration's themes.")
  var theme: String?

  func run() throws {
    var code: Int32 = 0
    try reporting { code = try review() }
    if code != 0 { throw ExitCode(code) }
  }

  private func review() throws -> Int32 {
    guard isatty(1) == 1 else {
      throw RunError(
        "cannot open the review", why: "standard output is not a terminal",
        remedy:
          "Without a terminal, use a subcommand such as keepoch table; keepoch --help lists them")
    }
    let input = isatty(0) == 1 ? 0 : Glibc.open("/dev/tty", O_RDWR | O_CLOEXEC)
    guard input >= 0 else {
      throw RunError(
        "cannot open the review", why: "there is no terminal to read keys from",
        remedy: "Without a terminal, use a subcommand such as keepoch table")
    }
    let configuration = Configuration.load()
    let opened = try OpenedRun(
      path: options.run, reviewer: options.reader.reviewer, configuration: configuration,
      checksDigests: false)
    let (journal, readOnlyReason, notice) = openJournal(opened)
    let (rule, ruleNotice) = try usableRule(opened)
    let themeName = theme ?? configuration.theme ?? ThemeFile.usualName
    _ = try ThemeFile.load(themeName, colors: 0)
    let terminal: CursesTerminal
    do {
      terminal = try CursesTerminal(
        input: input, output: 1, termName: Outside.variable("TERM"),
        wantsColor: Outside.variable("NO_COLOR") == nil)
    } catch {
      throw RunError(
        "cannot open the review", why: error.description,
        remedy: "Without such a terminal, use a subcommand such as keepoch table")
    }
    defer { terminal.close() }
    let places = options.reader.readOnly ? nil : PlaceStore(run: opened.run)
    var run = opened.run
    run.warnings = configuration.warnings + opened.warnings + (journal?.warnings ?? [])
    let own = journal.map { Review(reviewer: $0.reviewer, events: $0.events) } ?? opened.ownReview
    let others = opened.journals.indices
      .filter { opened.journals[$0].path != journal?.path && opened.reviews[$0] != own }
      .map { opened.reviews[$0] }
    let state = try FrontState(
      run: run, review: own, otherReviews: others, rule: rule,
      theme: ThemeFile.load(themeName, colors: terminal.abilities.colors),
      width: terminal.width, height: terminal.height, abilities: terminal.abilities,
      place: places?.load(run) ?? Place(),
      readOnlyReason: readOnlyReason,
      notice: ruleNotice ?? notice ?? journal?.warnings.first?.line)
    let wakeUp = WakeUp()
    let folder = opened.folder
    let session = ReviewSession(
      state: state, terminal: terminal,
      loader: PictureLoader(run: run, niceness: 0) { wakeUp.signal() },
      settler: PictureLoader(run: run, niceness: 15) { wakeUp.signal() }, journal: journal,
      places: places,
      reportFolder: { () throws(RunError) in try folder.writable().folder }, time: { Clock.now })
    let loop = EventLoop(session: session, terminal: terminal, input: input, wakeUp: wakeUp)
    session.checkDigestsBeside(wakeUp)
    return loop.run()
  }

  /// The rule in force; where it cannot be used, the run's built-in one and what is wrong.
  private func usableRule(_ opened: OpenedRun) throws -> (rule: RuleInForce, notice: String?) {
    do throws(RunError) {
      let rule = try opened.ruleInForce()
      _ = try opened.evaluator(rule)
      return (rule, nil)
    } catch {
      let rule = try RuleInForce.builtIn(for: opened.run)
      return (rule, "the rule cannot be used: \(error.why); the default one counts")
    }
  }

  private func openJournal(
    _ opened: OpenedRun
  ) -> (journal: Journal?, readOnlyReason: String?, notice: String?) {
    if options.reader.readOnly { return (nil, "--read-only", nil) }
    do {
      let place = try opened.folder.writable()
      let journal = try Journal(folder: place.folder, reviewer: opened.reviewer)
      let notice =
        place.isElsewhere
        ? "this run cannot be written to; the journal is \(journal.path)" : nil
      return (journal, nil, notice)
    } catch {
      return (nil, error.why, nil)
    }
  }
}
