package import ReviewCore

/// Where a reviewer is in human evaluation.
package struct EvaluationView: Equatable, Sendable {
  package enum Stage: Equatable, Sendable {
    /// All blocks of this reviewer; the row under the cursor.
    case blocks(row: Int)
    /// What is going to be asked: nothing of it is written down yet.
    case intro(EvaluationBlock, top: Int = 0)
    /// Trials of a block, by its name: nothing else is on the screen.
    case trial(block: String)
    case results(top: Int)
  }

  package internal(set) var stage: Stage
  /// When all pictures of the trial were on the screen, in milliseconds; nil before.
  var shown: Double?
  /// Whether the time is over for which the pictures are shown.
  var isHidden = false
  /// What the rater has to know, such as that an answer is saved: never what it was.
  var notice: Message?

  init(_ stage: Stage) { self.stage = stage }

  /// The next trial is another one.
  mutating func clear() {
    shown = nil
    isHidden = false
  }
}
