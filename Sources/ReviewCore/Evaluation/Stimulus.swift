/// What a rater sees on one side of a trial.
package enum Stimulus: Hashable, Sendable {
  /// A real picture, by its place in the reference set.
  case real(Int)
  /// A generated one: its checkpoint and its seed.
  case sample(Position, seed: Int)

  /// The checkpoint that it is of; nil for a real picture.
  package var position: Position? {
    if case .sample(let position, _) = self { position } else { nil }
  }
}
