import ReviewCore
import ReviewFront
import RunFormats
import Synchronization
import TerminalSurface

/// Lets a reviewer choose one of several runs; looks into them beside the main thread.
final class CatalogueSession: Sitting {
  private(set) var state: CatalogueState
  private(set) var isOver = false
  /// The runs that were chosen, several to be compared; nil when the reviewer quit.
  private(set) var chosen: [Int]?
  var wantsRedraw = false
  var wantsSuspend = false
  let isWaitingForPictures = false
  let nextTick: Double? = nil
  private let terminal: any Terminal
  private let loadTheme: (Bool) -> Theme?
  private let search: CatalogueFacts
  private var hasTakenBackground = false
  private var shown: Surface?

  /// - Parameter loadTheme: the theme for a light ground, or a dark one.
  init(
    state: CatalogueState, terminal: any Terminal, search: CatalogueFacts,
    loadTheme: @escaping (Bool) -> Theme?
  ) {
    self.state = state
    self.terminal = terminal
    self.search = search
    self.loadTheme = loadTheme
  }

  /// Shows the catalogue again after a run was reviewed.
  func reopen(_ words: String?) {
    isOver = false
    chosen = nil
    wantsRedraw = true
    if let words { state.tell(words) }
  }

  func resize(width: Int, height: Int) {
    (state.width, state.height) = (width, height)
    state.scroll()
  }

  func takeKeys(at milliseconds: Double) {
    for key in terminal.readKeys() where !isOver {
      for effect in update(&state, key) { perform(effect) }
    }
  }

  private func perform(_ effect: CatalogueEffect) {
    switch effect {
    case .open(let rows):
      chosen = rows
      isOver = true
    case .redraw: wantsRedraw = true
    case .suspend: wantsSuspend = true
    case .quit: isOver = true
    }
  }

  func takeAnswers() {
    for (row, facts) in search.takeAnswers() { state.take(facts, at: row) }
  }

  func take(backgroundIsLight isLight: Bool?) {
    guard let isLight, !hasTakenBackground else { return }
    hasTakenBackground = true
    if isLight != state.theme.isLight, let theme = loadTheme(isLight) { state.theme = theme }
  }

  func show() {
    var surface = Surface(
      width: terminal.width, height: terminal.height, isASCIIOnly: !terminal.abilities.isUTF8)
    draw(state, into: &surface)
    if surface == shown, !wantsRedraw { return }
    shown = surface
    wantsRedraw = false
    terminal.present(surface)
  }

  func tick(at milliseconds: Double) {}

  func leave(at milliseconds: Double) { isOver = true }
}

/// Opens the runs of a catalogue one after the other beside the main thread, for what a list says of
/// them.
final class CatalogueFacts: Sendable {
  private struct Work {
    var answers: [(row: Int, facts: CatalogueRow.Facts)] = []
    var isCancelled = false
  }

  private let work = Mutex(Work())
  private let paths: [String]
  private let keepsCache: Bool

  init(paths: [String], keepsCache: Bool) {
    self.paths = paths
    self.keepsCache = keepsCache
  }

  func cancel() { work.withLock { $0.isCancelled = true } }

  /// Looks into all of them, or into one again.
  func begin(_ row: Int? = nil, wake: @escaping @Sendable () -> Void) {
    let rows = row.map { [$0] } ?? Array(paths.indices)
    WorkerThread.start(niceness: 10) {
      for row in rows {
        if self.work.withLock({ $0.isCancelled }) { return }
        let facts = self.look(self.paths[row])
        self.work.withLock { $0.answers.append((row, facts)) }
        wake()
      }
    }
  }

  func takeAnswers() -> [(row: Int, facts: CatalogueRow.Facts)] {
    work.withLock { work in
      defer { work.answers = [] }
      return work.answers
    }
  }

  /// Opens a run on this thread.
  func look(_ path: String) -> CatalogueRow.Facts {
    do throws(RunError) {
      let opened = try OpenedRun(
        path: path, reviewer: nil, configuration: Configuration(), checksDigests: false,
        waitsForRange: false, keepsCache: keepsCache)
      let run = opened.run
      var selected: String?
      if let rule = try? opened.ruleInForce(), let evaluator = try? opened.evaluator(rule) {
        selected = CheckpointTable(judging: evaluator).selected.map { run.position(of: $0).words }
      }
      let judged = run.checkpoints.indices.count { index in
        let target = Target(run.position(of: index))
        return opened.reviews.contains { $0.mark(target).verdict != .undecided }
      }
      return .run(
        CatalogueRow.Summary(
          format: run.format.rawValue, checkpoints: run.checkpoints.count, axis: run.axis,
          hasSamples: run.checkpoints.contains { $0.samples != nil }, family: run.family?.title,
          selected: selected, judged: judged))
    } catch {
      return .problem(error.short)
    }
  }
}
