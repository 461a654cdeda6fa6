import ReviewCore
import RunFormats
import Synchronization

/// Reads a run anew beside the main thread whenever something was written to it.
final class RunFollower: Sendable {
  private struct Work {
    /// One a run: of the run itself, or of each that is compared.
    var watches: [RunWatch] = []
    /// As it was last handed over.
    var shown: Run?
    /// By run, as it was last read, and what was written to it since it was handed over.
    var latest: [Run] = []
    var written: [RunWatch.Change] = []
    /// Rises with each beginning; what is still read for an earlier one is not heard.
    var generation = 0
    var answer: GrownRun?
    /// How many answers were taken.
    var handedOver = 0
    var lastKey = -Double.infinity
  }

  private let work = Mutex(Work())

  // What came judges every checkpoint again: it is handed over where no key follows at once,
  private static let rest = 300.0
  // but not later than this.
  private static let mostWaiting = 3000.0

  /// A key was pressed; what came waits until the fingers rest.
  func noteKey(at milliseconds: Double) { work.withLock { $0.lastKey = milliseconds } }

  /// Begins with what was written since the run was opened; `wake` is called on another thread.
  func begin(_ run: Run, cacheFolder: String?, wake: @escaping @Sendable () -> Void) {
    end()
    let runs = run.members.isEmpty ? [run] : run.members.map(\.run)
    let watches = runs.map { RunWatch($0.path) }
    let generation = work.withLock { work in
      work.watches = watches
      work.shown = run
      work.latest = runs
      work.written = runs.map { _ in RunWatch.Change(paths: []) }
      work.answer = nil
      work.generation += 1
      return work.generation
    }
    for (place, watch) in watches.enumerated() {
      let path = runs[place].path
      WorkerThread.start(niceness: 10) {
        // What is written while the run is read for the first time is told afterwards.
        watch.forEachChange(begun: {
          self.read(RunWatch.Change(paths: []), path, place, generation, cacheFolder, wake)
        }) { self.read($0, path, place, generation, cacheFolder, wake) }
      }
    }
  }

  func end() {
    work.withLock { work in
      work.watches.forEach { $0.stop() }
      work.watches = []
      work.generation += 1
      work.answer = nil
    }
  }

  /// Reads the run; what cannot be read now is waited for.
  private func read(
    _ change: RunWatch.Change, _ path: String, _ place: Int, _ generation: Int,
    _ cacheFolder: String?, _ wake: @Sendable () -> Void
  ) {
    // A script that starts anew empties its run first: that is waited out, too.
    guard var run = try? RunOpener.open(path, cacheFolder: cacheFolder), !run.checkpoints.isEmpty
    else { return }
    let isHeard = work.withLock { work in
      guard work.generation == generation else { return false }
      work.written[place] = work.written[place].joined(with: change)
      if let shown = work.shown, shown.members.indices.contains(place) {
        // Each is shown in the range of before.
        let old = shown.members[place].run
        run.valueRange = old.valueRange ?? run.valueRange
        run.pointFrame = old.pointFrame ?? run.pointFrame
      }
      work.latest[place] = run
      return true
    }
    guard isHeard else { return }
    while let base = work.withLock({ $0.generation == generation ? $0 : nil }),
      let shown = base.shown
    {
      let grown =
        shown.members.isEmpty
        ? GrownRun(from: shown, to: base.latest[0], written: base.written[0].paths)
        : GrownRun(from: shown, to: base.latest, written: base.written.map(\.paths))
      guard !grown.isTheSame else { return }
      awaitRest()
      let isHeard = work.withLock { work in
        // What was handed over meanwhile is not the run that this grew from.
        guard work.generation == generation, work.handedOver == base.handedOver else {
          return false
        }
        work.answer = grown
        return true
      }
      if isHeard { return wake() }
    }
  }

  private func awaitRest() {
    let start = Outside.milliseconds
    while Outside.milliseconds - work.withLock({ $0.lastKey }) < Self.rest,
      Outside.milliseconds - start < Self.mostWaiting
    {
      WorkerThread.sleep(milliseconds: 20)
    }
  }

  func takeAnswer() -> GrownRun? {
    work.withLock { work in
      guard let answer = work.answer else { return nil }
      work.answer = nil
      work.handedOver += 1
      work.shown = answer.run
      work.written = work.written.map { _ in RunWatch.Change(paths: []) }
      return answer
    }
  }
}
