import HumanEvaluation
import ReviewCore
import Synchronization

/// Works out beside the main thread how far reviewers agree.
final class AgreementWork: Sendable {
  private struct Work {
    var answer: ReviewerAgreement?
    /// Rises with each question; answers to earlier ones are left.
    var question = 0
  }

  private let work = Mutex(Work())

  func begin(_ reviews: [Review], in run: Run, wake: @escaping @Sendable () -> Void) {
    let question = work.withLock { work in
      work.question += 1
      return work.question
    }
    WorkerThread.start(niceness: 10) {
      let found = ReviewerAgreement(of: reviews, in: run)
      let isNews = self.work.withLock { work in
        guard work.question == question else { return false }
        work.answer = found
        return true
      }
      if isNews { wake() }
    }
  }

  func takeAnswer() -> ReviewerAgreement? {
    work.withLock { work in
      defer { work.answer = nil }
      return work.answer
    }
  }
}
