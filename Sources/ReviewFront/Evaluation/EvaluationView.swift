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
    /// The group of the block `first` stands above the others.
    case results(top: Int, first: String? = nil)
  }

  package internal(set) var stage: Stage
  /// When all pictures of the trial were on the screen, in milliseconds; nil before.
  var shown: Double?
  /// Whether the time is over for which the pictures are shown.
  var isHidden = false
  /// Whether it pauses once the answer is on disk.
  var isPausing = false
  /// What the rater has to know, such as that an answer is saved: never what it was.
  var notice: Message?

  init(_ stage: Stage) { self.stage = stage }

  /// The next trial is another one.
  mutating func clear() {
    shown = nil
    isHidden = false
    isPausing = false
  }
}
