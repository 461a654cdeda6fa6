/// One question to a rater.
package struct Trial: Hashable, Sendable {
  package enum Purpose: Hashable, Sendable {
    case question
    /// The answer is known, so that a rater who does not look is found out: the side it lies on; of a
    /// rating nil, which has to be 1 or 2.
    case check(Side?)
    /// The same as an earlier trial, sides exchanged: that one's number.
    case repetition(of: Int)
  }

  package enum Side: String, Hashable, CaseIterable, Sendable {
    case left, right

    package var other: Side { self == .left ? .right : .left }
  }

  /// From 1, in the order in which they are asked.
  package let number: Int
  package let left: Stimulus
  /// Nil for a rating, which has one side.
  package let right: Stimulus?
  package let purpose: Purpose

  package init(number: Int, left: Stimulus, right: Stimulus?, purpose: Purpose = .question) {
    self.number = number
    self.left = left
    self.right = right
    self.purpose = purpose
  }

  package var sides: [Stimulus] { [left] + (right.map { [$0] } ?? []) }

  package func stimulus(_ side: Side) -> Stimulus? { side == .left ? left : right }

  /// The side that the real pictures are on, where one is and the other is not.
  package var realSide: Side? {
    guard let right else { return nil }
    switch (left.source, right.source) {
    case (.real, .checkpoint): return .left
    case (.checkpoint, .real): return .right
    default: return nil
    }
  }

  /// Whether an answer to a check is right; nil for what is no check, and where nothing was answered.
  package func isPassed(_ answer: TrialAnswer) -> Bool? {
    guard case .check(let side) = purpose else { return nil }
    switch answer {
    case .skipped: return nil
    case .choice(let chosen): return side == chosen
    case .tie: return false
    case .rating(let rating): return side == nil && rating <= 2
    }
  }

  func moved(toRun run: String?) -> Trial {
    Trial(
      number: number, left: left.moved(toRun: run), right: right?.moved(toRun: run),
      purpose: purpose)
  }
}
