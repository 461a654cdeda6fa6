import Glibc
import ReviewCore
import ReviewFront
import RunFormats
import SampleMetrics
import Synchronization

/// Computes the numbers of a run beside the main thread: one thread that gives way to everything else.
final class MeasureWork: Sendable {
  private struct Work {
    var effort: Effort?
    /// Rises with each beginning; what an earlier one still says is not heard.
    var generation = 0
    var measures: (measures: RunMeasures, isDone: Bool)?
    var progress: RunMeasurer.Progress?
    var failure: String?
  }

  private let work = Mutex(Work())
  private let lastKey = Mutex(-Double.infinity)

  // Between two looks at what there is so far, in milliseconds.
  private static let pause = 1000.0
  // Between two words on how far it is.
  private static let progressPause = 200.0
  // New numbers judge every checkpoint again: they come where no key follows at once,
  private static let rest = 300.0
  // but not later than this.
  private static let mostWaiting = 3000.0

  /// A key was pressed; numbers wait until the fingers rest.
  func noteKey(at milliseconds: Double) { lastKey.withLock { $0 = milliseconds } }

  private var isResting: Bool {
    lastKey.withLock { Outside.milliseconds - $0 > Self.rest }
  }

  private func awaitRest() {
    let start = Outside.milliseconds
    while !isResting, Outside.milliseconds - start < Self.mostWaiting { usleep(20_000) }
  }

  /// Looks for numbers that were computed before; `wake` is called on another thread when there are some.
  func recall(_ run: Run, wake: @escaping @Sendable () -> Void) {
    let generation = work.withLock { $0.generation }
    WorkerThread.start(niceness: 10) {
      guard let known = RunMeasurer.known(of: run, cacheFolder: Outside.cacheFolder) else {
        return
      }
      self.awaitRest()
      let isNews = self.work.withLock { work in
        guard work.generation == generation else { return false }
        work.measures = (known, false)
        return true
      }
      if isNews { wake() }
    }
  }

  func begin(
    _ run: Run, _ wish: RunMeasurer.Wish, cacheFolder: String?, wake: @escaping @Sendable () -> Void
  ) {
    let effort = Effort(threads: 1)
    let generation = work.withLock { work in
      work.effort?.cancel()
      work = Work(effort: effort, generation: work.generation + 1)
      return work.generation
    }
    WorkerThread.start(niceness: 19) {
      self.compute(run, wish, effort, generation, cacheFolder, wake)
    }
  }

  private func compute(
    _ run: Run, _ wish: RunMeasurer.Wish, _ effort: Effort, _ generation: Int,
    _ cacheFolder: String?, _ wake: @escaping @Sendable () -> Void
  ) {
    func say(isUrgent: Bool = true, _ change: (inout Work) -> Void) {
      let isHeard = work.withLock { work in
        guard work.generation == generation else { return false }
        change(&work)
        return true
      }
      if isHeard, isUrgent { wake() }
    }
    var last = Outside.milliseconds
    var lastProgress = -Double.infinity
    // Runs that are compared are measured one after the other, each against its own real pictures.
    let runs = run.members.isEmpty ? [run] : run.members.map(\.run)
    var done = runs.map(\.measures)
    let total = runs.reduce(0) { $0 + $1.checkpoints.count }
    var before = 0
    func joined(_ measures: RunMeasures, _ place: Int) -> RunMeasures {
      guard !run.members.isEmpty else { return measures }
      var all = done
      all[place] = done[place]?.joined(with: measures) ?? measures
      return RunMeasures(joining: zip(all, runs).map { ($0, $1.checkpoints.count) })
    }
    do {
      for (place, one) in runs.enumerated() {
        var settled = one
        if RangeFinder.concerns(one),
          let found = RangeFinder.settle(
            one, cacheFolder: cacheFolder, isCancelled: { effort.isCancelled })
        {
          settled.take(found)
        }
        var measurer = RunMeasurer(
          run: settled, wish: wish, effort: effort, cacheFolder: cacheFolder)
        let measures = try measurer.measure { progress, soFar in
          let now = Outside.milliseconds
          let all = RunMeasurer.Progress(
            done: before + progress.done, total: run.members.isEmpty ? progress.total : total)
          guard now - last > Self.pause, isResting else {
            guard now - lastProgress > Self.progressPause else { return }
            lastProgress = now
            // While keys are pressed it is drawn with their frames, and asks for none of its own.
            say(isUrgent: isResting) { $0.progress = all }
            return
          }
          last = now
          lastProgress = now
          let measures = joined(soFar(), place)
          say {
            $0.progress = all
            $0.measures = (measures, false)
          }
        }
        before += one.checkpoints.count
        let all = joined(measures, place)
        done[place] = done[place]?.joined(with: measures) ?? measures
        if place == runs.count - 1 {
          awaitRest()
          say { $0.measures = (all, true) }
        }
      }
    } catch let error as RunError {
      say { $0.failure = error.description }
    } catch let failure as MetricFailure where failure != .cancelled {
      say { $0.failure = failure.words }
    } catch {}
  }

  func takeAnswers() -> [Action] {
    work.withLock { work in
      var actions: [Action] = []
      if let progress = work.progress {
        actions.append(.measuring(done: progress.done, total: progress.total))
      }
      if let (measures, isDone) = work.measures {
        actions.append(.measured(measures, isDone: isDone))
      }
      if let failure = work.failure { actions.append(.measureFailed(failure)) }
      work.progress = nil
      work.measures = nil
      work.failure = nil
      return actions
    }
  }

  /// Stops at the next block; nothing more is heard of it.
  func cancel() {
    work.withLock { work in
      work.effort?.cancel()
      work.generation += 1
      work.progress = nil
      work.measures = nil
    }
  }
}
