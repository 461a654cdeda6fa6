import GlyphRendering
import HumanEvaluation
import ReviewCore
import ReviewFront
import ReviewJournal
import ReviewReport
import RunFormats
import TerminalSurface

/// One sitting: carries keys to the state, effects to the world, and answers back.
///
/// Knows no curses and no waiting, so that tests drive it without a screen.
final class ReviewSession {
  private(set) var state: FrontState
  /// Set when the sitting is over.
  private(set) var isOver = false
  /// Set when the screen is to be drawn anew, and when the process is to stop.
  var wantsRedraw = false
  var wantsSuspend = false
  private let terminal: any Terminal
  /// Renders in one pass what the screen lacks and the next steps will want.
  private let loader: PictureLoader
  /// Renders what is on the screen in the best quality; a step never waits behind it.
  private let settler: PictureLoader
  private let outside: Surroundings
  private let exporter: (FrontState) -> ReportExporter
  private var shown: Surface?
  /// Pictures that were asked for and are not begun yet.
  private var awaited: [PictureRequest]?
  private var lastRefusal: String?
  private var hasTakenBackground = false
  private let staleCheck = StaleCheck()
  private var rangeCheck = RangeCheck()
  private let follower = RunFollower()
  /// What `:measure` was asked for last.
  private var measuredNames: [String]?
  private let measureWork = MeasureWork()
  private let surveyWork = SurveyWork()
  private let agreementWork = AgreementWork()
  private var wakeUp: WakeUp?
  private var pace = FramePace()
  /// Before this, a frame that is on its way holds the next one back.
  private var heldUntil = 0.0
  /// When time went on last, until that is shown.
  private var tickTime: Double?

  init(
    state: FrontState, terminal: any Terminal, loader: PictureLoader, settler: PictureLoader,
    outside: Surroundings
  ) {
    self.state = state
    self.terminal = terminal
    self.loader = loader
    self.settler = settler
    self.outside = outside
    exporter = { state in
      ReportExporter(
        run: state.run, reviews: [state.review] + state.otherReviews, rule: state.rule,
        evaluator: state.evaluator, reviewer: state.review.reviewer,
        warnings: state.run.warnings
          + ([state.review] + state.otherReviews).flatMap {
            StaleTags.warnings(of: $0.stale, by: $0.reviewer)
          })
    }
  }

  /// Takes in one action and does what follows from it, acts before anything else.
  func act(_ action: Action) {
    for effect in update(&state, action) { perform(effect) }
  }

  /// Every key that has arrived, each with its effects, before anything is drawn.
  func takeKeys(at milliseconds: Double) {
    let keys = terminal.readKeys()
    takeReceipts(at: milliseconds)
    guard !keys.isEmpty else { return }
    measureWork.noteKey(at: milliseconds)
    follower.noteKey(at: milliseconds)
    for key in keys where !isOver { act(.key(key, time: milliseconds)) }
    if !isOver { act(.drained) }
  }

  // Between two looks whether the way is free.
  private static let holdPause = 10.0

  var nextTick: Double? { state.nextTick.map { max($0, heldUntil) } }

  /// Lets go on what goes on by itself, where the terminal is through with the frames of before.
  func tick(at milliseconds: Double) {
    guard let due = nextTick, due <= milliseconds else { return }
    takeReceipts(at: milliseconds)
    // The way may be another one than the last time.
    if state.playing?.isStarting == true { pace = FramePace() }
    pace.giveUp(at: milliseconds)
    guard terminal.isWritable, pace.allows(interval: state.playing?.interval ?? 1) else {
      heldUntil = milliseconds + Self.holdPause
      return
    }
    act(.tick(time: milliseconds))
    tickTime = milliseconds
  }

  private func takeReceipts(at milliseconds: Double) {
    let count = terminal.takeReceipts()
    for _ in 0..<count { pace.answered(at: milliseconds) }
    if count > 0 { heldUntil = 0 }
  }

  /// Takes the theme that fits the terminal's ground, once the terminal has told of it.
  func take(backgroundIsLight isLight: Bool?) {
    guard let isLight, !hasTakenBackground else { return }
    hasTakenBackground = true
    if isLight != state.theme.isLight { loadTheme(isLight ? "light" : "default") }
  }

  /// Looks beside the main thread for tags whose samples were generated anew.
  func checkDigestsBeside(_ wakeUp: WakeUp) {
    let reviews = [state.review] + state.otherReviews
    guard reviews.contains(where: { !$0.marks.isEmpty }) else { return }
    staleCheck.begin(reviews, run: state.run) { wakeUp.signal() }
  }

  /// Looks beside the main thread for numbers that were computed before.
  func findMeasuresBeside(_ wakeUp: WakeUp) {
    self.wakeUp = wakeUp
    if state.run.members.isEmpty { measureWork.recall(state.run) { wakeUp.signal() } }
  }

  private func measure(_ names: [String]?) {
    guard let names else {
      measureWork.cancel()
      return
    }
    let wakeUp = self.wakeUp
    measuredNames = names
    measureWork.begin(
      state.run, RunMeasurer.Wish(metrics: names.isEmpty ? nil : Set(names)),
      cacheFolder: outside.cacheFolder
    ) { wakeUp?.signal() }
  }

  private func survey(_ request: SurveyRequest?) {
    guard let wakeUp else {
      surveyWork.want(request, of: state.run, wake: nil)
      return
    }
    surveyWork.want(request, of: state.run) { wakeUp.signal() }
  }

  /// Looks beside the main thread for the range of the whole run's values.
  func findRangeBeside(_ wakeUp: WakeUp) {
    // Of runs that are compared each has its own, which was found at the opening.
    guard state.run.members.isEmpty else { return }
    rangeCheck.begin(state.run, cacheFolder: outside.cacheFolder) { wakeUp.signal() }
  }

  /// What leaves the program waits for everything that is looked for beside.
  private func settle() {
    let reviews = [state.review] + state.otherReviews
    let stale = reviews.map { StaleTags.find(in: $0, run: state.run) }
    // Once found they are no marks any more, and not found again.
    if zip(reviews, stale).contains(where: { !$1.isSubset(of: $0.stale) }) {
      let all = zip(reviews, stale).map { $0.stale.union($1) }
      act(.stale(own: all[0], others: Array(all.dropFirst())))
    }
    settleRange()
  }

  /// Pictures are written in the true range.
  private func settleRange() {
    if rangeCheck.isPending {
      rangeCheck.cancel()
      if let settled = RangeFinder.settle(state.run, cacheFolder: outside.cacheFolder) {
        take(RangeCheck.Answer(settled, of: state.run))
      }
    } else if let answer = rangeCheck.takeAnswer() {
      take(answer)
    }
  }

  private func take(_ answer: RangeCheck.Answer) {
    let settled = answer.settled
    if !settled.range.showsTheSame(as: state.run.valueRange)
      || settled.frame != state.run.pointFrame
    {
      loader.take(settled.range, settled.frame)
      settler.take(settled.range, settled.frame)
      surveyWork.cancel()
      surveyWork.forget { _ in true }
    }
    act(.ranged(settled.range, settled.frame, settled.warnings, sources: answer.sources))
  }

  /// As the key does it.
  func beginFollowing() {
    for effect in state.perform(.follow) { perform(effect) }
  }

  private func follow(_ isOn: Bool) {
    guard isOn else {
      follower.end()
      return
    }
    let wakeUp = self.wakeUp
    follower.begin(state.run, cacheFolder: outside.cacheFolder) { wakeUp?.signal() }
  }

  private func take(_ news: GrownRun) {
    var grown = news
    // The range is that of before until all files have been looked at.
    if grown.run.members.isEmpty {
      grown.run.valueRange = state.run.valueRange ?? grown.run.valueRange
      grown.run.pointFrame = state.run.pointFrame ?? grown.run.pointFrame
    }
    loader.take(grown)
    settler.take(grown)
    if !grown.keepsPlaces { surveyWork.cancel() }
    surveyWork.forget { !grown.keepsPlaces || grown.rewritten.contains($0.checkpoint) }
    rangeCheck.cancel()
    rangeCheck = RangeCheck()
    let wasMeasuring = state.measuring != nil
    act(.grown(grown))
    if let wakeUp { findRangeBeside(wakeUp) }
    // What was computed is computed for what came, too.
    if let measuredNames, wasMeasuring || !grown.rewritten.isEmpty { measure(measuredNames) }
  }

  /// Everything that was done beside.
  func takeAnswers() {
    if let grown = follower.takeAnswer() { take(grown) }
    if let answer = rangeCheck.takeAnswer() { take(answer) }
    if let sets = staleCheck.takeAnswer(), let own = sets.first {
      act(.stale(own: own, others: Array(sets.dropFirst())))
    }
    for answer in measureWork.takeAnswers() {
      if case .measured(let measures, _) = answer {
        let all = state.joined(measures)
        loader.take(all)
        settler.take(all)
        surveyWork.forget(where: \.isOfReal)
      }
      act(answer)
    }
    for answer in surveyWork.takeAnswers() { act(answer) }
    if let found = agreementWork.takeAnswer() { act(.agreed(found)) }
    for answer in loader.takeAnswers() + settler.takeAnswers() { act(answer.action) }
  }

  /// Renders what is pending on this thread; for a session without a thread beside.
  func drainPictures() {
    surveyWork.drain()
    beginPictures()
    loader.drain()
    settler.drain()
  }

  private func beginPictures() {
    guard let requests = awaited else { return }
    awaited = nil
    loader.replace(requests.filter { $0.settings.quality == .instant })
    settler.replace(requests.filter { $0.settings.quality == .best })
  }

  /// Draws, and shows what changed; nothing is sent when nothing did.
  func show() {
    defer { beginPictures() }
    var surface = Surface(
      width: terminal.width, height: terminal.height, isASCIIOnly: !terminal.abilities.isUTF8)
    draw(state, into: &surface)
    defer { if state.awaitsShown { act(.shown(time: outside.milliseconds())) } }
    if surface == shown, !wantsRedraw { return }
    shown = surface
    wantsRedraw = false
    terminal.present(surface)
    guard let time = tickTime else { return }
    tickTime = nil
    if terminal.askForReceipt() { pace.sent(at: time) }
  }

  private func perform(_ effect: Effect) {
    switch effect {
    case .record(let act): record(act)
    case .render(let requests):
      awaited = requests
      // What the screen lacks is begun at once; what is only prepared waits until the frame is out.
      if state.isWaitingForPictures { beginPictures() }
    case .savePlace(let place): outside.places?.save(place, run: state.run)
    case .export(let format, let overwriting): export(format, overwriting: overwriting)
    case .edit(let words, let text): edit(words, text)
    case .copyLine(let text): copy(text, what: "the line")
    case .copyReport:
      settle()
      copy(exporter(state).text(.markdown), what: "the report")
    case .loadTheme(let name):
      // What was asked for stays, whatever the terminal tells later.
      hasTakenBackground = true
      loadTheme(name)
    case .remember(let line): outside.history?.add(line)
    case .measure(let names): measure(names)
    case .follow(let isOn): follow(isOn)
    case .bell: terminal.ring()
    case .survey(let request): survey(request)
    case .plan(let wish, let marked, let rendering): plan(wish, marked, rendering)
    case .agree:
      let wakeUp = self.wakeUp
      agreementWork.begin([state.review] + state.otherReviews, in: state.run) { wakeUp?.signal() }
    case .redraw: wantsRedraw = true
    case .suspend: wantsSuspend = true
    case .quit:
      rangeCheck.cancel()
      measureWork.cancel()
      follower.end()
      surveyWork.cancel()
      isOver = true
    }
  }

  private func record(_ act: ReviewAct) {
    lastRefusal = nil
    guard let journal = outside.journal else {
      self.act(.refused(act, state.readOnlyReason ?? "nothing can be written here"))
      return
    }
    do throws(RunError) {
      let event = try journal.append(try withDigest(act), time: outside.time())
      self.act(.recorded(event))
    } catch {
      lastRefusal = error.short
      self.act(.refused(act, error.short))
    }
  }

  /// A tag on a sample is bound to the values that were seen.
  private func withDigest(_ act: ReviewAct) throws(RunError) -> ReviewAct {
    guard case .tag(let target, let tag, true, nil) = act, let sample = target.sample,
      let index = target.position.flatMap({ state.run.index(of: $0) }),
      let source = state.run.checkpoints[index].samples
    else { return act }
    do {
      let digest = try SampleReader(run: state.run, at: index).digests(of: [sample], in: source)[0]
      return .tag(target, tag: tag, isOn: true, digest: digest)
    } catch {
      throw RunError(
        "not saved:", place: nil, why: error.line, remedy: "The sample cannot be read any more")
    }
  }

  private func plan(_ wish: EvaluationWish, _ marked: [Int], _ rendering: TrialRendering) {
    let planner = EvaluationPlanner(
      run: state.run, table: state.table, reviewer: state.review.reviewer,
      earlier: state.review.blocks.count)
    do throws(RunError) {
      act(
        .planned(
          try planner.block(wish, marked: marked, rendering: rendering, time: outside.time())))
    } catch {
      act(.told(error.short, isDone: false))
    }
  }

  private func edit(_ subject: EditedWords, _ text: String) {
    let about: String
    switch subject {
    case .note(let target, let what):
      let kind = what == .general ? "a note" : "a note about \(what.rawValue)"
      about =
        what == .why
        ? "why the kept checkpoint of \(state.run.name) is kept; all removed: the draft counts again"
        : "\(kind) on \(state.words(of: target)) of \(state.run.name)"
    case .reason(let position): about = "why \(position.words) of \(state.run.name) is chosen"
    }
    let outcome = outside.editNote(text, about)
    wantsRedraw = true
    act(.resized(width: terminal.width, height: terminal.height))
    switch outcome {
    case .text(let words):
      lastRefusal = nil
      act(.edited(subject, text: words))
      if let lastRefusal {
        act(.told("\(lastRefusal); your words are in \(NoteEditor.keptPath)", isDone: false))
      } else {
        NoteEditor.forget()
      }
    case .failure(let reason): act(.told(reason, isDone: false))
    }
  }

  /// To the clipboard of whoever sits before the terminal, which may ignore it, and to a file.
  private func copy(_ text: String, what: String) {
    let isAsked = terminal.copy(text)
    guard let path = outside.copyPath else {
      let words = isAsked ? "copied \(what) (OSC 52)" : "this terminal has no clipboard to ask"
      act(.told(words, isDone: isAsked))
      return
    }
    do throws(RunError) {
      try WholeFile.makeFolder(FileBytes.parent(of: path))
      try WholeFile.write(Array((text.hasSuffix("\n") ? text : text + "\n").utf8), to: path)
      act(.told("copied \(what)\(isAsked ? " (OSC 52)" : ""), and to \(path)", isDone: true))
    } catch {
      act(
        .told(
          isAsked ? "copied \(what) (OSC 52); no file: \(error.why)" : error.short, isDone: isAsked)
      )
    }
  }

  private func loadTheme(_ name: String) {
    do throws(RunError) { act(.themed(try outside.loadTheme(name))) } catch {
      act(.told("\(error.what) \(error.place ?? ""): \(error.why)", isDone: false))
    }
  }

  private func export(_ format: ReportFormat, overwriting: Bool) {
    settle()
    let folder: String
    do throws(RunError) { folder = try outside.reportFolder() } catch {
      act(.exportFailed(error.description))
      return
    }
    let path = "\(folder)/report.\(format.fileExtension)"
    do throws(ReportExporter.Refusal) {
      try exporter(state).write(format, to: path, overwriting: overwriting)
      act(.exported(path: path))
    } catch {
      switch error {
      case .foreign(let path): act(.exportBlocked(path: path, format))
      case .failed(let error): act(.exportFailed(error.description))
      }
    }
  }
}
