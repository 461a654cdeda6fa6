import ReviewCore
import ReviewFront
import RunFormats
import SampleMetrics
import Synchronization

/// Compares the samples of one checkpoint beside the main thread: one request at a time, which the
/// next one stops.
final class SurveyWork: Sendable {
  private struct Work {
    var effort: Effort?
    /// Rises with each request; what an earlier one still says is not heard.
    var generation = 0
    /// Not begun, since there is no thread to be begun on.
    var pending: (request: SurveyRequest, run: Run)?
    var answers: [(SurveyRequest, SurveyAnswer)] = []
    var part: (SurveyRequest, Double)?
  }

  private let work = Mutex(Work())

  // Between two words on how far it is, in milliseconds.
  private static let pause = 250.0

  /// Begins what is wanted in place of what is under way.
  ///
  /// - Parameter wake: called on another thread when there is an answer; without it the work waits for
  ///   `drain`.
  func want(_ request: SurveyRequest?, of run: Run, wake: (@Sendable () -> Void)?) {
    cancel()
    guard let request else { return }
    guard let wake else {
      work.withLock { $0.pending = (request, run) }
      return
    }
    let (effort, generation) = begin()
    WorkerThread.start(niceness: 10) {
      self.answer(request, of: run, effort, generation, wake)
    }
  }

  /// Does what waits on this thread.
  func drain() {
    guard let (request, run) = work.withLock({ $0.pending.take() }) else { return }
    let (effort, generation) = begin()
    answer(request, of: run, effort, generation) {}
  }

  /// Stops at the next block; nothing more is heard of it.
  func cancel() {
    work.withLock { work in
      work.effort?.cancel()
      work.generation += 1
      work.pending = nil
      work.part = nil
    }
  }

  /// What is known already of some requests is not told any more, since it is worked out otherwise
  /// now.
  func forget(where isGone: (SurveyRequest) -> Bool) {
    work.withLock { $0.answers.removeAll { isGone($0.0) } }
  }

  func takeAnswers() -> [Action] {
    work.withLock { work in
      var actions = work.answers.map { Action.surveyed($0.0, $0.1) }
      if let (request, part) = work.part { actions.append(.surveying(request, part: part)) }
      work.answers = []
      work.part = nil
      return actions
    }
  }

  private func begin() -> (Effort, Int) {
    let effort = Effort(threads: 1)
    return work.withLock { work in
      work.effort = effort
      work.generation += 1
      return (effort, work.generation)
    }
  }

  private func answer(
    _ request: SurveyRequest, of run: Run, _ effort: Effort, _ generation: Int,
    _ wake: @Sendable () -> Void
  ) {
    func say(_ change: (inout Work) -> Void) {
      let isHeard = work.withLock { work in
        guard work.generation == generation else { return false }
        change(&work)
        return true
      }
      if isHeard { wake() }
    }
    var last = Outside.milliseconds
    let answer: SurveyAnswer
    do {
      answer = try SurveyReader(run: run).answer(request, effort) { part in
        let now = Outside.milliseconds
        guard now - last > Self.pause else { return }
        last = now
        say { $0.part = (request, part) }
      }
    } catch MetricFailure.cancelled {
      return
    } catch let failure as MetricFailure {
      answer = .failure(failure.words)
    } catch let warning as RunWarning {
      answer = .failure(warning.line)
    } catch {
      return
    }
    say { work in
      work.answers.append((request, answer))
      work.part = nil
    }
  }
}
