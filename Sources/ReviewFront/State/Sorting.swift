/// What the table is sorted by.
package struct Sorting: Equatable, Sendable {
  package enum Key: Equatable, Sendable {
    /// As the run goes on.
    case axis
    /// Several runs mixed, along what they are compared by.
    case timeline
    /// The column's place in the run; the better one first.
    case metric(Int)
    /// The mean of all reviewers, the highest first.
    case rating
    /// How many tags, the most first.
    case failures
    /// Candidates first.
    case status
    /// Kept ones first, rejected ones last.
    case verdict
  }

  package var key: Key
  package var isReversed: Bool

  package init(key: Key = .axis, isReversed: Bool = false) {
    self.key = key
    self.isReversed = isReversed
  }

  package static let usual = Sorting()
}
