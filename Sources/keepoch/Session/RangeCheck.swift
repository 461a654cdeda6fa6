import ReviewCore
import RunFormats
import Synchronization

/// Looks at all files of a run beside the main thread: for how many samples each holds, and, of
/// arrays, for the range that the whole run is shown in.
final class RangeCheck: Sendable {
  struct Answer: Sendable {
    let settled: RangeFinder.Settled
    /// By checkpoint, where a file holds another number of samples than was thought.
    let sources: [Int: SampleSource]

    init(_ settled: RangeFinder.Settled, of run: Run) {
      self.settled = settled
      var counted = run
      counted.countSamples()
      sources = Dictionary(
        uniqueKeysWithValues: run.checkpoints.indices.compactMap { index in
          guard let source = counted.checkpoints[index].samples,
            source.count != run.checkpoints[index].samples?.count
          else { return nil }
          return (index, source)
        })
    }
  }

  private struct Work {
    var answer: Answer?
    var isCancelled = false
    var isDone = true
  }

  private let work = Mutex(Work())

  /// Begins; `wake` is called on another thread when something is known that was not.
  func begin(_ run: Run, cacheFolder: String?, wake: @escaping @Sendable () -> Void) {
    guard run.checkpoints.contains(where: { $0.samples != nil }) else { return }
    work.withLock { $0.isDone = false }
    WorkerThread.start(niceness: 10) {
      let settled = RangeFinder.settle(run, cacheFolder: cacheFolder) {
        self.work.withLock { $0.isCancelled }
      }
      let answer = settled.map { Answer($0, of: run) }
      let isNews = RangeFinder.concerns(run) || answer?.sources.isEmpty == false
      self.work.withLock { work in
        work.answer = isNews ? answer : nil
        work.isDone = true
      }
      if isNews { wake() }
    }
  }

  func takeAnswer() -> Answer? {
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
