/// A block with everything that was answered so far.
package struct BlockRecord: Equatable, Sendable {
  package struct Given: Equatable, Sendable {
    package let answer: TrialAnswer
    /// From the moment the pictures were shown; nil where nobody knows.
    package let milliseconds: Int?
    /// ISO 8601, UTC.
    package let time: String
  }

  package let block: EvaluationBlock
  package let reviewer: String
  /// When it was begun: ISO 8601, UTC.
  package let begun: String
  /// All of them, or those that were drawn so far, by number.
  package private(set) var trials: [Trial]
  /// By number of the trial.
  package private(set) var answers: [Int: Given] = [:]
  /// Numbers in the order they were answered in, each once.
  package private(set) var order: [Int] = []
  package private(set) var ending: EvaluationAct.Ending?

  package init(_ block: EvaluationBlock, reviewer: String, begun: String) {
    self.block = block
    self.reviewer = reviewer
    self.begun = begun
    if case .list(let trials) = block.design { self.trials = trials } else { trials = [] }
  }

  /// Whether no trial is asked any more, and what was shown may be told.
  package var isOver: Bool { ending != nil }

  /// Whether the last possible trial has an answer.
  package var isComplete: Bool { answers.count >= block.mostTrials }

  /// The first without an answer; nil where all that there are have one.
  package var nextTrial: Trial? { trials.first { answers[$0.number] == nil } }

  package func trial(_ number: Int) -> Trial? {
    // They are numbered from 1 on, without a gap; a journal may name any number.
    number > 0 && number <= trials.count ? trials[number - 1] : nil
  }

  /// Trials with their answers, in the order of their numbers, without those that were skipped.
  package var answered: [(trial: Trial, given: Given)] {
    trials.compactMap { trial in
      answers[trial.number].flatMap { $0.answer == .skipped ? nil : (trial, $0) }
    }
  }

  mutating func draw(_ trial: Trial) {
    guard trial.number == trials.count + 1, trial.number <= block.mostTrials else { return }
    trials.append(trial)
  }

  mutating func answer(_ number: Int, _ answer: TrialAnswer?, milliseconds: Int?, time: String) {
    guard trial(number) != nil, answer.map({ $0.fits(block.kind) }) ?? true, !isOver else { return }
    order.removeAll { $0 == number }
    guard let answer else {
      answers[number] = nil
      return
    }
    answers[number] = Given(answer: answer, milliseconds: milliseconds, time: time)
    order.append(number)
  }

  mutating func end(_ ending: EvaluationAct.Ending) {
    if self.ending == nil { self.ending = ending }
  }
}
