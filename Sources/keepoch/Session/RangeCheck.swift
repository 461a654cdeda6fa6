import ReviewCore
import RunFormats
import Synchronization

/// Reads all arrays of a run beside the main thread, for the range that the whole run is shown in.
final class RangeCheck: Sendable {
  private struct Work {
    var answer: RangeFinder.Settled?
    var isCancelled = false
    var isDone = true
  }

  private let work = Mutex(Work())

  /// Begins, unless the run has no arrays; `wake` is called on another thread when it is known.
  func begin(_ run: Run, cacheFolder: String?, wake: @escaping @Sendable () -> Void) {
    guard RangeFinder.concerns(run) else { return }
    work.withLock { $0.isDone = false }
    WorkerThread.start(niceness: 10) {
      let settled = RangeFinder.settle(run, cacheFolder: cacheFolder) {
        self.work.withLock { $0.isCancelled }
      }
      self.work.withLock { work in
        work.answer = settled
        work.isDone = true
      }
      wake()
    }
  }

  func takeAnswer() -> RangeFinder.Settled? {
    work.withLock { work in
      defer { work.answer = nil }
      return work.answer
    }
  }

  /// Whether it is still being read.
  var isPending: Bool { work.withLock { !$0.isDone } }

  /// Stops reading as soon as a file is done.
  func cancel() { work.withLock { $0.isCancelled = true } }
}
