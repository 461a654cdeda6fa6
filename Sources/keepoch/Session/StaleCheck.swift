import Dispatch
import ReviewCore
import Synchronization

/// Looks for stale tags beside the main thread, once a sitting.
final class StaleCheck: Sendable {
  private let answer = Mutex<[Set<StaleTag>]?>(nil)

  func begin(_ reviews: [Review], run: Run, wake: @escaping @Sendable () -> Void) {
    DispatchQueue.global(qos: .utility).async {
      let found = reviews.map { StaleTags.find(in: $0, run: run) }
      guard found.contains(where: { !$0.isEmpty }) else { return }
      self.answer.withLock { $0 = found }
      wake()
    }
  }

  /// One set a review, in the order they were given.
  func takeAnswer() -> [Set<StaleTag>]? {
    answer.withLock { answer in
      defer { answer = nil }
      return answer
    }
  }
}
