package import ReviewCore

/// A list of trials that follows from a seed: the same on every machine, written down before the first is
/// shown.
package struct TrialSchedule: Equatable, Sendable {
  package let trials: [Trial]

  /// What a list is made from.
  package struct Plan: Equatable, Sendable {
    package let kind: EvaluationKind
    package let seed: UInt64
    /// How many questions, without checks and repetitions; at least 1.
    package var questions: Int
    /// How many trials in a hundred are checks whose answer is known.
    package var checkPercent = 10
    /// How many questions in a hundred are asked again with sides exchanged.
    package var repeatPercent = 10

    package init(kind: EvaluationKind, seed: UInt64, questions: Int) {
      self.kind = kind
      self.seed = seed
      self.questions = max(1, questions)
    }
  }

  /// What may be shown.
  package struct Pool: Equatable, Sendable {
    /// By checkpoint, which seeds may be shown.
    package let samples: [(position: Position, seeds: [Int])]
    /// How many real pictures there are.
    package let realCount: Int

    package init(samples: [(position: Position, seeds: [Int])], realCount: Int) {
      self.samples = samples.filter { !$0.seeds.isEmpty }
      self.realCount = realCount
    }

    package static func == (left: Pool, right: Pool) -> Bool {
      left.realCount == right.realCount
        && left.samples.elementsEqual(right.samples) {
          $0.position == $1.position && $0.seeds == $1.seeds
        }
    }
  }

  /// Why no list can be made.
  package enum Failure: Error, Equatable, Sendable {
    case noSamples
    case noReals
    case oneCheckpoint

    package var words: String {
      switch self {
      case .noSamples: return "no checkpoint has samples to show"
      case .noReals: return "there are no real pictures to show beside them"
      case .oneCheckpoint: return "a comparison in pairs is of two checkpoints or more"
      }
    }
  }

  // Between a question and its repetition, so that nobody remembers it.
  private static let leastGap = 5

  /// Questions in equal numbers of every checkpoint, or pair of them, sides in equal numbers, in an order of
  /// the seed; checks and repetitions spread among them.
  ///
  /// - Throws: `Failure`.
  package init(_ plan: Plan, _ pool: Pool) throws(Failure) {
    guard !pool.samples.isEmpty else { throw .noSamples }
    if plan.kind == .twoAFC, pool.realCount == 0 { throw .noReals }
    if plan.kind == .pairwise, pool.samples.count < 2 { throw .oneCheckpoint }
    var dice = SplitMix64(seed: plan.seed)
    var questions = Self.questions(plan, pool, &dice)
    Self.shuffle(&questions, &dice)
    var drafts = questions.map { Draft(left: $0.left, right: $0.right, purpose: .question) }
    if plan.kind != .likert, pool.realCount > 0 {
      let count = plan.questions * plan.checkPercent / 100
      for index in 0..<count {
        let check = Self.check(pool, isLeft: index % 2 == 0, &dice)
        let place = Int(dice.next(below: UInt64(drafts.count + 1)))
        drafts.insert(check, at: place)
      }
    }
    self.trials = Self.withRepetitions(
      drafts, count: plan.questions * plan.repeatPercent / 100, &dice)
  }

  private struct Draft {
    let left: Stimulus
    let right: Stimulus?
    let purpose: Trial.Purpose
  }

  private static func questions(
    _ plan: Plan, _ pool: Pool, _ dice: inout SplitMix64
  ) -> [(left: Stimulus, right: Stimulus?)] {
    let all = pool.samples
    // Each checkpoint goes through its own seeds in an order of its own, so that few are seen twice.
    var decks = all.map { Deck($0.seeds, &dice) }
    var reals = Deck(Array(0..<pool.realCount), &dice)
    var pairs: [(Int, Int)] = []
    for one in all.indices {
      for other in all.indices where one < other { pairs.append((one, other)) }
    }
    func sample(_ place: Int, _ seed: Int) -> Stimulus { .sample(all[place].position, seed: seed) }
    // Of each pair, or checkpoint, its own sides in turn.
    var sides: [Int: Bool] = [:]
    func isSwapped(_ key: Int) -> Bool {
      let now = sides[key] ?? (dice.next() & 1 == 0)
      sides[key] = !now
      return now
    }
    return (0..<plan.questions).map { index in
      switch plan.kind {
      case .likert:
        let place = index % all.count
        return (sample(place, decks[place].draw(&dice)), nil)
      case .twoAFC:
        let place = index % all.count
        let generated = sample(place, decks[place].draw(&dice))
        let real = Stimulus.real(reals.draw(&dice))
        return isSwapped(place) ? (generated, real) : (real, generated)
      case .pairwise:
        let (one, other) = pairs[index % pairs.count]
        let (a, b) = (
          sample(one, decks[one].draw(&dice)), sample(other, decks[other].draw(&dice))
        )
        return isSwapped(index % pairs.count) ? (b, a) : (a, b)
      }
    }
  }

  /// A real picture beside the samples of the first checkpoint, which nobody who looks takes for real.
  private static func check(_ pool: Pool, isLeft: Bool, _ dice: inout SplitMix64) -> Draft {
    let first = pool.samples[0]
    let worst = Stimulus.sample(
      first.position, seed: first.seeds[Int(dice.next(below: UInt64(first.seeds.count)))])
    let real = Stimulus.real(Int(dice.next(below: UInt64(pool.realCount))))
    return Draft(
      left: isLeft ? real : worst, right: isLeft ? worst : real,
      purpose: .check(isLeft ? .left : .right))
  }

  /// Some of the questions again, at least some trials later, sides exchanged.
  private static func withRepetitions(
    _ drafts: [Draft], count: Int, _ dice: inout SplitMix64
  ) -> [Trial] {
    var asked = drafts.indices.filter { drafts[$0].purpose == .question }
    shuffle(&asked, &dice)
    // What stands near the end has no room for another trial far enough behind it.
    let hasRoom: (Int) -> Bool = { $0 + leastGap < drafts.count }
    asked = asked.filter(hasRoom) + asked.filter { !hasRoom($0) }
    // Repeated trials come in from the end on, so that places before them stay.
    var order: [(draft: Int, isRepeat: Bool)] = drafts.indices.map { ($0, false) }
    for draft in asked.prefix(count) {
      let place = order.firstIndex { $0.draft == draft && !$0.isRepeat } ?? 0
      let earliest = min(order.count, place + leastGap + 1)
      let later = earliest + Int(dice.next(below: UInt64(order.count - earliest + 1)))
      order.insert((draft, true), at: later)
    }
    var numbers: [Int: Int] = [:]
    return order.enumerated().map { index, entry in
      let draft = drafts[entry.draft]
      guard entry.isRepeat else {
        numbers[entry.draft] = index + 1
        return Trial(
          number: index + 1, left: draft.left, right: draft.right, purpose: draft.purpose)
      }
      return Trial(
        number: index + 1, left: draft.right ?? draft.left,
        right: draft.right == nil ? nil : draft.left,
        purpose: .repetition(of: numbers[entry.draft] ?? 0))
    }
  }

  static func shuffle<Element>(_ all: inout [Element], _ dice: inout SplitMix64) {
    // Fisher and Yates, from the end on.
    for place in stride(from: all.count - 1, to: 0, by: -1) {
      all.swapAt(place, Int(dice.next(below: UInt64(place + 1))))
    }
  }
}

/// Things that are drawn without one coming back before all have been drawn.
private struct Deck {
  private let all: [Int]
  private var left: [Int] = []

  init(_ all: [Int], _ dice: inout SplitMix64) { self.all = all }

  mutating func draw(_ dice: inout SplitMix64) -> Int {
    if left.isEmpty {
      left = all
      TrialSchedule.shuffle(&left, &dice)
    }
    return left.removeLast()
  }
}
