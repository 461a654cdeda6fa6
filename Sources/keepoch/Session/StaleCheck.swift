import Dispatch
import ReviewCore
import Synchronization

/// Looks for stale tags beside the main thread, once a sitting.
final class StaleCheck: Sendable {
  private let answer = Mutex<Set<StaleTag>?>(nil)

  func begin(_ review: Review, run: Run, wake: @escaping @Sendable () -> Void) {
    DispatchQueue.global(qos: .utility).async {
      let found = StaleTags.find(in: review, run: run)
      guard !found.isEmpty else { return }
      self.answer.withLock { $0 = found }
      wake()
    }
  }

  func takeAnswer() -> Set<StaleTag>? {
    answer.withLock { answer in
      defer { answer = nil }
      return answer
    }
  }
}
