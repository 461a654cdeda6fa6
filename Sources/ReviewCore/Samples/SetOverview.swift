/// How the samples of one checkpoint lie to one another.
package struct SetOverview: Equatable, Sendable {
  /// Samples that are nearly the same as one of them.
  package struct Group: Equatable, Sendable {
    /// At least two, ascending.
    package let seeds: [Int]
    /// The one that all others are nearly the same as.
    package let representative: Int
    /// Root mean square of gray values by which the farthest differs from it, at most the nearness.
    package let reach: Double

    package init(seeds: [Int], representative: Int, reach: Double) {
      self.seeds = seeds
      self.representative = representative
      self.reach = reach
    }
  }

  /// A sample and its nearest other, by seed.
  package struct Pair: Equatable, Sendable {
    /// The lower seed.
    package let first: Int
    package let second: Int
    /// L2 of gray values.
    package let distance: Double
    /// Root mean square of the difference of gray values, 0...255.
    package let difference: Double

    package init(first: Int, second: Int, distance: Double, difference: Double) {
      self.first = first
      self.second = second
      self.distance = distance
      self.difference = difference
    }
  }

  /// Root mean square of gray values up to which two samples are nearly the same.
  package let nearness: Double
  /// How many samples it is of.
  package let count: Int
  /// The largest first, then by the first seed.
  package let groups: [Group]
  /// The closest first, then by seeds; each once, and no more than were asked for.
  package let pairs: [Pair]
  /// How many such pairs there are.
  package let pairCount: Int
  /// How many samples were not compared, since there are too many.
  package let uncomparedCount: Int
  /// Whether there may be more groups, since there are too many samples to tell all apart.
  package let isCut: Bool
  /// How many samples could not be read.
  package var failureCount = 0
  /// How many are held out from the choice.
  package var heldOutCount = 0

  package init(
    nearness: Double, count: Int, groups: [Group] = [], pairs: [Pair] = [], pairCount: Int = 0,
    uncomparedCount: Int = 0, isCut: Bool = false
  ) {
    self.nearness = nearness
    self.count = count
    self.groups = groups
    self.pairs = pairs
    self.pairCount = pairCount
    self.uncomparedCount = uncomparedCount
    self.isCut = isCut
  }

  /// How many samples have a near-duplicate.
  package var duplicateCount: Int { groups.reduce(0) { $0 + $1.seeds.count } }

  /// How many different looks there are, at most where `isCut`: a group counts as one.
  package var lookCount: Int { count - uncomparedCount - duplicateCount + groups.count }
}
