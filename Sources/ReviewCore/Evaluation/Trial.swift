/// One question to a rater.
package struct Trial: Equatable, Sendable {
  package enum Purpose: Hashable, Sendable {
    case question
    /// The answer is known, so that a rater who does not look is found out; on which side it lies.
    case check(Side)
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
  /// Nil for a rating, which is of one picture.
  package let right: Stimulus?
  package let purpose: Purpose

  package init(number: Int, left: Stimulus, right: Stimulus?, purpose: Purpose = .question) {
    self.number = number
    self.left = left
    self.right = right
    self.purpose = purpose
  }
}
