import GlyphRendering
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
  private let journal: Journal?
  private let exporter: (FrontState) -> ReportExporter
  private let reportFolder: () throws(RunError) -> String
  private let places: PlaceStore?
  private let reader: SampleReader
  private let time: () -> String
  private var shown: Surface?
  private let staleCheck = StaleCheck()

  /// - Parameters:
  ///   - journal: nil when nothing can be written.
  ///   - time: now, as journals write it.
  init(
    state: FrontState, terminal: any Terminal, loader: PictureLoader, settler: PictureLoader,
    journal: Journal?,
    places: PlaceStore?, reportFolder: @escaping () throws(RunError) -> String,
    time: @escaping () -> String
  ) {
    self.state = state
    self.terminal = terminal
    self.loader = loader
    self.settler = settler
    self.journal = journal
    self.places = places
    self.reportFolder = reportFolder
    self.time = time
    reader = SampleReader(run: state.run)
    exporter = { state in
      ReportExporter(
        run: state.run, reviews: [state.review] + state.otherReviews, rule: state.rule,
        evaluator: state.evaluator, reviewer: state.review.reviewer,
        warnings: state.run.warnings)
    }
  }

  /// Takes in one action and does what follows from it, acts before anything else.
  func act(_ action: Action) {
    for effect in update(&state, action) { perform(effect) }
  }

  /// Every key that has arrived, each with its effects, before anything is drawn.
  func takeKeys(at milliseconds: Double) {
    for key in terminal.readKeys() where !isOver { act(.key(key, time: milliseconds)) }
  }

  /// Looks beside the main thread for tags whose samples were generated anew.
  func checkDigestsBeside(_ wakeUp: WakeUp) {
    let reviews = [state.review] + state.otherReviews
    guard reviews.contains(where: { !$0.marks.isEmpty }) else { return }
    staleCheck.begin(reviews, run: state.run) { wakeUp.signal() }
  }

  /// Everything that was done beside.
  func takeAnswers() {
    if let sets = staleCheck.takeAnswer(), let own = sets.first {
      act(.stale(own: own, others: Array(sets.dropFirst())))
    }
    for answer in loader.takeAnswers() + settler.takeAnswers() { act(answer.action) }
  }

  /// Renders what is pending on this thread; for a session without a thread beside.
  func drainPictures() {
    loader.drain()
    settler.drain()
  }

  /// Draws, and shows what changed; nothing is sent when nothing did.
  func show() {
    var surface = Surface(
      width: terminal.width, height: terminal.height, isASCIIOnly: !terminal.abilities.isUTF8)
    draw(state, into: &surface)
    if surface == shown, !wantsRedraw { return }
    shown = surface
    wantsRedraw = false
    terminal.present(surface)
  }

  private func perform(_ effect: Effect) {
    switch effect {
    case .record(let act): record(act)
    case .render(let requests):
      loader.replace(requests.filter { $0.settings.quality == .instant })
      settler.replace(requests.filter { $0.settings.quality == .best })
    case .savePlace(let place): places?.save(place, run: state.run)
    case .export(let overwriting): export(overwriting: overwriting)
    case .redraw: wantsRedraw = true
    case .suspend: wantsSuspend = true
    case .quit: isOver = true
    }
  }

  private func record(_ act: ReviewAct) {
    guard let journal else {
      self.act(.refused(state.readOnlyReason ?? "nothing can be written here"))
      return
    }
    do throws(RunError) {
      let event = try journal.append(try withDigest(act), time: time())
      self.act(.recorded(event))
    } catch {
      self.act(.refused(error.short))
    }
  }

  /// A tag on a sample is bound to the values that were seen.
  private func withDigest(_ act: ReviewAct) throws(RunError) -> ReviewAct {
    guard case .tag(let target, let tag, true, nil) = act, let sample = target.sample,
      let index = target.position.flatMap({ state.run.index(of: $0) }),
      let source = state.run.checkpoints[index].samples
    else { return act }
    do {
      let digest = try reader.digests(of: [sample], in: source)[0]
      return .tag(target, tag: tag, isOn: true, digest: digest)
    } catch {
      throw RunError(
        "not saved:", place: nil, why: error.line, remedy: "The sample cannot be read any more")
    }
  }

  private func export(overwriting: Bool) {
    let folder: String
    do throws(RunError) { folder = try reportFolder() } catch {
      act(.exportFailed(error.short))
      return
    }
    let path = "\(folder)/report.md"
    do throws(ReportExporter.Refusal) {
      try exporter(state).write(to: path, overwriting: overwriting)
      act(.exported(path: path))
    } catch {
      switch error {
      case .foreign(let path): act(.exportBlocked(path: path))
      case .failed(let error): act(.exportFailed(error.short))
      }
    }
  }
}
