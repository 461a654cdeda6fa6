/// The checkpoints that the table shows, in its order.
package struct CheckpointOrder: Equatable, Sendable {
  /// Nil: all, in the run's order.
  private let listed: [Int]?
  /// By checkpoint its row, -1 where it is not shown; empty when all are.
  private let rows: [Int]
  package let count: Int
  /// Shown although the filter leaves it out, because the cursor is on it.
  package let pinned: Int?

  /// All checkpoints of a run as they come.
  package init(count: Int) {
    listed = nil
    rows = []
    self.count = count
    pinned = nil
  }

  /// - Parameter total: how many checkpoints the run has.
  package init(_ listed: [Int], of total: Int, pinned: Int?) {
    self.listed = listed
    var rows = [Int](repeating: -1, count: total)
    for (row, checkpoint) in listed.enumerated() { rows[checkpoint] = row }
    self.rows = rows
    count = listed.count
    self.pinned = pinned
  }

  /// The checkpoint in a row, which must be one of 0..<count.
  package subscript(row: Int) -> Int { listed?[row] ?? row }

  /// The row of a checkpoint; nil when it is not shown.
  package func row(of checkpoint: Int) -> Int? {
    guard listed != nil else { return checkpoint < count ? checkpoint : nil }
    return rows.indices.contains(checkpoint) && rows[checkpoint] >= 0 ? rows[checkpoint] : nil
  }
}
