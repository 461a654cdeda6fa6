import ReviewCore

/// Checkpoints, or single samples, side by side.
package struct Comparison: Equatable, Sendable {
  /// One column.
  package struct Item: Equatable, Sendable {
    /// The checkpoint's place in the run.
    package let checkpoint: Int
    /// Nil: the same seeds of every checkpoint.
    package let sample: Int?

    package init(checkpoint: Int, sample: Int? = nil) {
      self.checkpoint = checkpoint
      self.sample = sample
    }
  }

  /// At least two; one where the other runs have nothing yet.
  package let items: [Item]
  /// The column under the cursor.
  package var focus: Int
  /// Where the cursor was before.
  package let origin: Place

  /// Whether columns are runs at one moment, which follow the one under the cursor.
  package let isByTimeline: Bool

  package init(items: [Item], focus: Int = 0, origin: Place, isByTimeline: Bool = false) {
    self.isByTimeline = isByTimeline
    self.items = items
    self.focus = focus
    self.origin = origin
  }

  /// Whether the columns are single samples.
  package var isOfSamples: Bool { items.contains { $0.sample != nil } }
}
