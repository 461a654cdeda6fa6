/// What may be shown in trials.
package struct TrialPool: Hashable, Sendable {
  package struct Member: Hashable, Sendable {
    package let position: Position
    /// Without those that are held out.
    package let seeds: [Int]

    package init(_ position: Position, seeds: [Int]) {
      self.position = position
      self.seeds = seeds
    }
  }

  /// Checkpoints, each with at least one seed.
  package let members: [Member]
  /// How many real pictures there are.
  package let realCount: Int
  /// How many pictures are shown on a side.
  package let picturesPerSide: Int
  /// Whether the same seed is the same latent in all of them, so that pairs are shown with the seed held.
  package let sharesSeeds: Bool

  package init(
    members: [Member], realCount: Int, picturesPerSide: Int = 1, sharesSeeds: Bool = false
  ) {
    self.members = members.filter { !$0.seeds.isEmpty }
    self.realCount = realCount
    self.picturesPerSide = max(1, picturesPerSide)
    self.sharesSeeds = sharesSeeds
  }

  func moved(toRun run: String?) -> TrialPool {
    TrialPool(
      members: members.map {
        var position = $0.position
        position.run = run
        return Member(position, seeds: $0.seeds)
      }, realCount: realCount, picturesPerSide: picturesPerSide, sharesSeeds: sharesSeeds)
  }
}
