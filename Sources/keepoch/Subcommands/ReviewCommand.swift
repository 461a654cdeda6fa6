import ArgumentParser
import CursesTerminal
import Glibc
import ReviewCore
import ReviewFront
import ReviewJournal
import RunFormats
import SampleMetrics
import TerminalSurface

struct ReviewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "review", abstract: "Open the review of a run in the terminal (the default).",
    discussion: "? shows all keys. Everything is saved as it is done; q quits.")

  @Argument(
    help: "A run's folder or file, or a folder of runs; several to choose from.",
    completion: .file())
  var runs: [String] = []

  @OptionGroup var reader: ReaderOptions

  @Option(
    help: ArgumentHelp(
      "\(ThemeFile.names.joined(separator: ", ")), or a file's name in the configuration's themes."),
    completion: .list(ThemeFile.names))
  var theme: String?

  @Flag(help: "Take in what is written to the run as it comes, as F does.")
  var follow = false

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
    if runs.count > 1 {
      let entries = runs.map { Catalogue.Entry(name: $0, path: $0) }
      return try choose(from: entries, title: "runs", configuration, input: input)
    }
    let run = runs.first ?? "."
    if let catalogue = Catalogue.find(run) {
      return try choose(
        from: catalogue.entries, title: catalogue.path, configuration, input: input)
    }
    // Before any thread beside: nothing may read the environment while it is set.
    Effort.prepare(threads: 1)
    let prepared = try prepare([run], configuration)
    let terminal = try openTerminal(configuration, input: input)
    defer { terminal.close() }
    return try review(prepared, configuration, terminal, input: input).code
  }

  /// Shows the runs until the reviewer quits; each that is chosen is reviewed in the same terminal.
  private func choose(
    from entries: [Catalogue.Entry], title: String, _ configuration: Configuration, input: Int32
  ) throws -> Int32 {
    let (themeName, _) = try usableTheme(theme ?? configuration.theme)
    let terminal = try openTerminal(configuration, input: input)
    defer { terminal.close() }
    let colors = terminal.abilities.colors
    let facts = CatalogueFacts(paths: entries.map(\.path), keepsCache: !reader.readOnly)
    defer { facts.cancel() }
    let session = CatalogueSession(
      state: CatalogueState(
        title: title, names: entries.map(\.name),
        theme: try ThemeFile.load(themeName, colors: colors),
        keyMap: KeyMap(configuration.keys), width: terminal.width, height: terminal.height),
      terminal: terminal, search: facts,
      loadTheme: { isLight in
        try? ThemeFile.load(isLight ? "light" : ThemeFile.usualName, colors: colors)
      })
    let wakeUp = WakeUp()
    facts.begin { wakeUp.signal() }
    let loop = EventLoop(session: session, terminal: terminal, input: input, wakeUp: wakeUp)
    while true {
      let code = loop.run()
      guard code == 0, let chosen = session.chosen else { return code }
      var words: String?
      do {
        let prepared = try prepare(chosen.map { entries[$0].path }, configuration)
        let end = try review(prepared, configuration, terminal, input: input)
        if end.code != 0 || end.quitsAll { return end.code }
        for row in chosen { facts.begin(row) { wakeUp.signal() } }
      } catch let error as RunError {
        words = error.description
      }
      session.reopen(words)
    }
  }

  /// A run with its rule and the journal that is written to.
  private struct Prepared {
    let opened: OpenedRun
    let journal: (any ActKeeper)?
    let readOnlyReason: String?
    let notice: String?
    let rule: RuleInForce
  }

  private func prepare(_ paths: [String], _ configuration: Configuration) throws -> Prepared {
    if paths.count > 1 { return try prepareComparison(paths, configuration) }
    let path = paths[0]
    var opened = try OpenedRun(
      path: path, reviewer: reader.reviewer, configuration: configuration,
      checksDigests: false, waitsForRange: false, keepsCache: !reader.readOnly,
      takesMeasures: false)
    // A rule of computed metrics cannot wait until they are looked for beside.
    if let rule = try? opened.ruleInForce(), (try? opened.evaluator(rule)) == nil {
      opened.recallMeasures()
    }
    let (journal, readOnlyReason, notice) = openJournal(opened)
    let (rule, ruleNotice) = try usableRule(opened)
    return Prepared(
      opened: opened, journal: journal, readOnlyReason: readOnlyReason,
      notice: ruleNotice ?? notice, rule: rule)
  }

  private func prepareComparison(
    _ paths: [String], _ configuration: Configuration
  ) throws -> Prepared {
    let opened = try OpenedRun.comparing(
      paths, reviewer: reader.reviewer, configuration: configuration, checksDigests: false,
      keepsCache: !reader.readOnly)
    let (rule, ruleNotice) = try usableRule(opened)
    guard !reader.readOnly else {
      return Prepared(
        opened: opened, journal: nil, readOnlyReason: "--read-only", notice: ruleNotice, rule: rule)
    }
    let journal = opened.openJointJournal()
    let refused = journal.refusals.first
    let isElsewhere = (try? opened.folder.writable().isElsewhere) ?? false
    return Prepared(
      opened: opened, journal: journal, readOnlyReason: nil,
      notice: ruleNotice ?? refused.map { "not all can be written: \($0.short)" }
        ?? (isElsewhere ? "what is said of all runs is kept in \(opened.folder.elsewhere)" : nil),
      rule: rule)
  }

  private func openTerminal(
    _ configuration: Configuration, input: Int32
  ) throws(RunError) -> CursesTerminal {
    do throws(CursesTerminal.Failure) {
      return try CursesTerminal(
        input: input, output: 1, termName: Outside.variable("TERM"),
        wantsColor: Outside.variable("NO_COLOR") == nil, wantsMouse: configuration.usesMouse,
        asksForBackground: (theme ?? configuration.theme) == nil
          && Outside.variable("COLORFGBG") == nil)
    } catch {
      throw RunError(
        "cannot open the review", why: error.description,
        remedy: "Without such a terminal, use a subcommand such as keepoch table")
    }
  }

  private func review(
    _ prepared: Prepared, _ configuration: Configuration, _ terminal: CursesTerminal, input: Int32
  ) throws -> (code: Int32, quitsAll: Bool) {
    let (opened, journal) = (prepared.opened, prepared.journal)
    let (themeName, themeNotice) = try usableTheme(theme ?? configuration.theme)
    let places = reader.readOnly ? nil : PlaceStore(run: opened.run)
    var run = opened.run
    run.warnings = opened.warnings
    let own = journal.map { Review(reviewer: $0.reviewer, events: $0.events) } ?? opened.ownReview
    let ofRun = opened.journals.indices
      .filter { opened.journals[$0].path != (journal as? Journal)?.path }
      .map { opened.reviews[$0] }.filter { $0 != own }
    let others =
      opened.parts.isEmpty
      ? ofRun : opened.reviews.filter { $0.reviewer != (journal?.reviewer ?? opened.reviewer) }
    let isReadOnly = reader.readOnly
    let history = CommandHistory()
    let state = try FrontState(
      run: run, review: own, otherReviews: others, rule: prepared.rule,
      theme: ThemeFile.load(themeName, colors: terminal.abilities.colors),
      keyMap: KeyMap(configuration.keys), themeNames: ThemeFile.names,
      tags: opened.parts.isEmpty
        ? FailureTag.all(declared: run.declaration.tags, chosen: configuration.tags) : opened.tags,
      advances: configuration.advances, preferences: configuration.pictures,
      commandHistory: history.load(), width: terminal.width,
      height: terminal.height, abilities: terminal.abilities, place: places?.load(run) ?? Place(),
      readOnlyReason: prepared.readOnlyReason,
      notice: prepared.notice ?? themeNotice ?? configuration.warnings.first?.line
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
    session.findMeasuresBeside(wakeUp)
    if follow { session.beginFollowing() }
    let code = loop.run()
    return (code, session.state.quitsAll)
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
  ) -> (journal: (any ActKeeper)?, readOnlyReason: String?, notice: String?) {
    if reader.readOnly { return (nil, "--read-only", nil) }
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
