import ReviewCore
import RunFormats
import Synchronization

/// Reads a run anew beside the main thread whenever something was written to it.
final class RunFollower: Sendable {
  private struct Work {
    var watch: RunWatch?
    /// As it was last handed over.
    var shown: Run?
    /// Written since then.
    var written = RunWatch.Change(paths: [])
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
    let watch = RunWatch(run.path)
    work.withLock { work in
      work.watch = watch
      work.shown = run
      work.written = RunWatch.Change(paths: [])
      work.answer = nil
    }
    WorkerThread.start(niceness: 10) {
      self.read(RunWatch.Change(paths: []), run.path, watch, cacheFolder, wake)
      watch.forEachChange { self.read($0, run.path, watch, cacheFolder, wake) }
    }
  }

  func end() {
    work.withLock { work in
      work.watch?.stop()
      work.watch = nil
      work.answer = nil
    }
  }

  /// Reads the run; what cannot be read now is waited for.
  private func read(
    _ change: RunWatch.Change, _ path: String, _ watch: RunWatch, _ cacheFolder: String?,
    _ wake: @Sendable () -> Void
  ) {
    // A script that starts anew empties its run first: that is waited out, too.
    guard let run = try? RunOpener.open(path, cacheFolder: cacheFolder), !run.checkpoints.isEmpty
    else { return }
    work.withLock { $0.written = $0.written.joined(with: change) }
    while let base = work.withLock({ $0.watch === watch ? $0 : nil }), let shown = base.shown {
      let grown = GrownRun(from: shown, to: run, written: base.written.paths)
      guard !grown.isTheSame else { return }
      awaitRest()
      let isHeard = work.withLock { work in
        // What was handed over meanwhile is not the run that this grew from.
        guard work.watch === watch, work.handedOver == base.handedOver else { return false }
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
      work.written = RunWatch.Change(paths: [])
      return answer
    }
  }
}
