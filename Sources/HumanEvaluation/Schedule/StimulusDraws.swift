import ReviewCore

/// Draws what is shown: each checkpoint, and the real pictures, in an order of its own, so that few are seen
/// twice.
struct StimulusDraws {
  private let pool: TrialPool
  private var decks: [Deck]
  private var reals: Deck
  /// Of pairs in which the seed is held.
  private var shared: [Int: Deck] = [:]

  init(_ pool: TrialPool, _ dice: inout SplitMix64) {
    self.pool = pool
    decks = pool.members.map { Deck($0.seeds) }
    reals = Deck(Array(0..<pool.realCount))
  }

  mutating func sample(_ place: Int, _ dice: inout SplitMix64) -> Stimulus {
    Stimulus(
      .checkpoint(pool.members[place].position),
      decks[place].draw(pool.picturesPerSide, &dice))
  }

  mutating func real(_ dice: inout SplitMix64) -> Stimulus {
    Stimulus(.real, reals.draw(pool.picturesPerSide, &dice))
  }

  /// Two checkpoints' pictures; of the same seeds where these are the same latents.
  mutating func pair(
    _ one: Int, _ other: Int, key: Int, _ dice: inout SplitMix64
  ) -> (Stimulus, Stimulus) {
    let (first, second) = (pool.members[one], pool.members[other])
    let common = pool.sharesSeeds ? first.seeds.filter(Set(second.seeds).contains) : []
    guard !common.isEmpty else { return (sample(one, &dice), sample(other, &dice)) }
    let seeds = shared[key, default: Deck(common)].draw(pool.picturesPerSide, &dice)
    return (
      Stimulus(.checkpoint(first.position), seeds), Stimulus(.checkpoint(second.position), seeds)
    )
  }
}

/// Things that are drawn without one coming back before all have been drawn.
private struct Deck {
  private let all: [Int]
  private var left: [Int] = []

  init(_ all: [Int]) { self.all = all }

  mutating func draw(_ count: Int, _ dice: inout SplitMix64) -> [Int] {
    (0..<count).map { _ in
      if left.isEmpty {
        left = all
        TrialSchedule.shuffle(&left, &dice)
      }
      return left.removeLast()
    }
  }
}
