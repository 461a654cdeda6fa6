/// What a rater does in a block of trials.
package enum EvaluationAct: Hashable, Sendable {
  /// Why a block is over.
  package enum Ending: String, CaseIterable, Sendable {
    /// Every trial was asked.
    case complete
    /// Its stopping rule was met.
    case met
    /// The rater ended it.
    case ended
  }

  case begin(EvaluationBlock)
  /// The next trial of an adaptive block, before it is shown.
  case draw(block: String, Trial)
  /// Nil takes an answer back. `milliseconds`: from the moment the pictures were shown; nil where nobody
  /// knows.
  case answer(block: String, trial: Int, TrialAnswer?, milliseconds: Int?)
  case end(block: String, Ending)

  /// The event's name in a journal.
  package var name: String {
    switch self {
    case .begin: return "block"
    case .draw: return "trial"
    case .answer: return "answer"
    case .end: return "block-end"
    }
  }

  /// The last field of a log line, which tells no rater what he sees.
  package var value: String {
    switch self {
    case .begin(let block):
      return "\(block.kind.rawValue) \(block.id): \(block.mostTrials) trials at most"
    case .draw(let block, let trial): return "\(block) trial \(trial.number) drawn"
    case .answer(let block, let trial, let answer, _):
      return "\(block) trial \(trial): \(answer?.text ?? "taken back")"
    case .end(let block, let ending): return "\(block) \(ending.rawValue)"
    }
  }

  package func moved(toRun run: String?) -> EvaluationAct {
    switch self {
    case .begin(let block): return .begin(block.moved(toRun: run))
    case .draw(let block, let trial): return .draw(block: block, trial.moved(toRun: run))
    case .answer, .end: return self
    }
  }
}
