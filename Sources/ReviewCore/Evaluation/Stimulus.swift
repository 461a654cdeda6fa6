/// What a rater sees on one side of a trial.
package struct Stimulus: Hashable, Sendable {
  package enum Source: Hashable, Sendable {
    /// Real pictures, by their places in the reference set.
    case real
    /// Generated ones, by their seeds.
    case checkpoint(Position)
  }

  package let source: Source
  /// At least one: places in the reference set, or seeds.
  package let pictures: [Int]
  /// The pixels of each in an order of chance, so that nobody who looks takes it for a picture.
  package let isScrambled: Bool

  package init(_ source: Source, _ pictures: [Int], isScrambled: Bool = false) {
    self.source = source
    self.pictures = pictures
    self.isScrambled = isScrambled
  }

  /// The checkpoint that it is of; nil for real pictures.
  package var position: Position? {
    if case .checkpoint(let position) = source { position } else { nil }
  }

  /// The same of another run's checkpoint.
  func moved(toRun run: String?) -> Stimulus {
    guard case .checkpoint(var position) = source else { return self }
    position.run = run
    return Stimulus(.checkpoint(position), pictures, isScrambled: isScrambled)
  }
}
