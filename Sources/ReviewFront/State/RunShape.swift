import ReviewCore

/// What the screens ask of a run at every frame, worked out once.
struct RunShape: Equatable {
  /// Cells that the widest place on the axis takes.
  let axisWidth: Int
  /// Whether some seeds take no part in the choice.
  let holdsSeedsOut: Bool
  /// Whether any checkpoint has samples.
  let hasPictures: Bool
  /// Whether all checkpoints have as many samples, as far as is known at the opening.
  let haveEqualCounts: Bool

  /// - Complexity: O(n) in checkpoints.
  init(of run: Run) {
    let axis = run.axis
    // Padding only ever fills up to three.
    axisWidth = min(
      12, run.checkpoints.reduce(3) { max($0, $1.value(on: axis)?.text.utf8.count ?? 3) })
    holdsSeedsOut = run.holdsSeedsOut
    hasPictures = run.checkpoints.contains { $0.samples != nil }
    haveEqualCounts = Set(run.checkpoints.compactMap { $0.samples?.count }).count < 2
  }
}
