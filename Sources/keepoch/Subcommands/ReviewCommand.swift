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

  @Option(
    help: ArgumentHelp(
      "\(ThemeFile.names.joined(separator: ", ")), or a file's name in the configuration's themes."),
    completion: .list(ThemeFile.names))
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
      checksDigests: false, waitsForRange: false, keepsCache: !options.reader.readOnly)
    let (journal, readOnlyReason, notice) = openJournal(opened)
    let (rule, ruleNotice) = try usableRule(opened)
    let chosenTheme = theme ?? configuration.theme
    let (themeName, themeNotice) = try usableTheme(chosenTheme)
    let terminal: CursesTerminal
    do throws(CursesTerminal.Failure) {
      terminal = try CursesTerminal(
        input: input, output: 1, termName: Outside.variable("TERM"),
        wantsColor: Outside.variable("NO_COLOR") == nil, wantsMouse: configuration.usesMouse,
        asksForBackground: chosenTheme == nil && Outside.variable("COLORFGBG") == nil)
    } catch {
      throw RunError(
        "cannot open the review", why: error.description,
        remedy: "Without such a terminal, use a subcommand such as keepoch table")
    }
    defer { terminal.close() }
    let places = options.reader.readOnly ? nil : PlaceStore(run: opened.run)
    var run = opened.run
    run.warnings = opened.warnings
    let own = journal.map { Review(reviewer: $0.reviewer, events: $0.events) } ?? opened.ownReview
    let others = opened.journals.indices
      .filter { opened.journals[$0].path != journal?.path && opened.reviews[$0] != own }
      .map { opened.reviews[$0] }
    let isReadOnly = options.reader.readOnly
    let history = CommandHistory()
    let state = try FrontState(
      run: run, review: own, otherReviews: others, rule: rule,
      theme: ThemeFile.load(themeName, colors: terminal.abilities.colors),
      keyMap: KeyMap(configuration.keys), themeNames: ThemeFile.names,
      tags: FailureTag.all(declared: run.declaration.tags, chosen: configuration.tags),
      advances: configuration.advances, commandHistory: history.load(), width: terminal.width,
      height: terminal.height, abilities: terminal.abilities, place: places?.load(run) ?? Place(),
      readOnlyReason: readOnlyReason,
      notice: ruleNotice ?? themeNotice ?? notice ?? configuration.warnings.first?.line
        ?? journal?.warnings.first?.line, settingWarnings: configuration.warnings)
    let wakeUp = WakeUp()
    let folder = opened.folder
    let session = ReviewSession(
      state: state, terminal: terminal,
      loader: PictureLoader(run: run, niceness: 0) { wakeUp.signal() },
      settler: PictureLoader(run: run, niceness: 15) { wakeUp.signal() },
      outside: Surroundings(
        journal: journal, places: places, history: isReadOnly ? nil : history,
        reportFolder: { () throws(RunError) in try folder.writable().folder },
        copyPath: isReadOnly ? nil : "\(Outside.stateFolder)/copied.txt",
        cacheFolder: isReadOnly ? nil : Outside.cacheFolder, time: { Clock.now },
        editNote: { text, about in
          terminal.lend { NoteEditor.edit(text, about: about, input: input) }
        },
        loadTheme: { name throws(RunError) in
          try ThemeFile.load(name, colors: terminal.abilities.colors)
        }))
    let loop = EventLoop(session: session, terminal: terminal, input: input, wakeUp: wakeUp)
    session.checkDigestsBeside(wakeUp)
    session.findRangeBeside(wakeUp)
    return loop.run()
  }

  /// A theme that was asked for and cannot be used is told of; only one on the command line fails.
  private func usableTheme(_ chosen: String?) throws -> (name: String, notice: String?) {
    do throws(RunError) {
      let name = chosen ?? ThemeFile.usualName
      _ = try ThemeFile.load(name, colors: 0)
      return (name, nil)
    } catch {
      if theme != nil { throw error }
      return (ThemeFile.usualName, "\(error.what) \(error.place ?? ""): \(error.why)")
    }
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
