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
    package let questions: Int
    /// How many trials have an answer that is known.
    package let checks: Int
    /// How many questions are asked again with sides exchanged.
    package let repetitions: Int

    package init(
      kind: EvaluationKind, seed: UInt64, questions: Int, checks: Int, repetitions: Int
    ) {
      self.kind = kind
      self.seed = seed
      self.questions = max(1, questions)
      self.checks = max(0, checks)
      self.repetitions = max(0, min(repetitions, self.questions))
    }
  }

  /// Why no list can be made.
  package enum Failure: Error, Equatable, Sendable {
    case noSamples
    case noReals
    case oneCheckpoint
    /// Pictures would come back, and answers to them are no answers of their own; the most trials that there
    /// can be, and of what there are too few.
    case tooFewPictures(most: Int, what: String)

    package var words: String {
      switch self {
      case .noSamples: return "no checkpoint has samples to show"
      case .noReals: return "there are no real pictures to show beside them"
      case .oneCheckpoint: return "a comparison in pairs is of two checkpoints or more"
      case .tooFewPictures(let most, let what):
        return
          "there are too few \(what) for so many trials without one coming back, and to know a "
          + "picture again is no answer; "
          + (most > 0 ? "at most \(most) trials" : "not even a few trials can be made")
      }
    }
  }

  // Between a question and its repetition, so that nobody remembers it.
  static let leastGap = 5

  /// Questions in equal numbers of every checkpoint, or pair of them, sides in equal numbers, in an order of
  /// the seed; checks and repetitions spread among them.
  ///
  /// - Throws: `Failure`.
  package init(_ plan: Plan, _ pool: TrialPool) throws(Failure) {
    try Self.check(plan.kind, pool)
    var dice = SplitMix64(seed: plan.seed)
    var draws = StimulusDraws(pool, &dice)
    var questions = Self.questions(plan, pool, &draws, &dice)
    Self.shuffle(&questions, &dice)
    var drafts = questions.map { Draft(left: $0.left, right: $0.right, purpose: .question) }
    for index in 0..<plan.checks {
      // A real picture that was seen before would be known for real when it comes again.
      let pictures = pool.realCount > 0 ? draws.real(&dice).pictures : nil
      let check = Self.check(
        plan.kind, pool, isLeft: index % 2 == 0, pictures: pictures, &dice)
      let place = Int(dice.next(below: UInt64(drafts.count + 1)))
      drafts.insert(check, at: place)
    }
    self.trials = Self.withRepetitions(drafts, count: plan.repetitions, &dice)
  }

  /// - Throws: `Failure` where no trial of that kind can be made of a pool.
  static func check(_ kind: EvaluationKind, _ pool: TrialPool) throws(Failure) {
    guard !pool.members.isEmpty else { throw .noSamples }
    if kind == .twoAFC, pool.realCount == 0 { throw .noReals }
    if kind == .pairwise, pool.members.count < 2 { throw .oneCheckpoint }
  }

  struct Draft {
    let left: Stimulus
    let right: Stimulus?
    let purpose: Trial.Purpose
  }

  private static func questions(
    _ plan: Plan, _ pool: TrialPool, _ draws: inout StimulusDraws, _ dice: inout SplitMix64
  ) -> [(left: Stimulus, right: Stimulus?)] {
    let all = pool.members
    let pairs = Self.pairs(all.count)
    // Of each pair, or checkpoint, its own sides in turn.
    var sides: [Int: Bool] = [:]
    func isSwapped(_ key: Int) -> Bool {
      let now = sides[key] ?? (dice.next() & 1 == 0)
      sides[key] = !now
      return now
    }
    return (0..<plan.questions).map { index in
      switch plan.kind {
      case .likert: return (draws.sample(index % all.count, &dice), nil)
      case .twoAFC:
        let place = index % all.count
        let generated = draws.sample(place, &dice)
        let real = draws.real(&dice)
        return isSwapped(place) ? (generated, real) : (real, generated)
      case .pairwise:
        let key = index % pairs.count
        let (a, b) = draws.pair(pairs[key].0, pairs[key].1, key: key, &dice)
        return isSwapped(key) ? (b, a) : (a, b)
      }
    }
  }

  /// Every two of so many, the earlier first.
  static func pairs(_ count: Int) -> [(Int, Int)] {
    (0..<count).flatMap { one in ((one + 1)..<max(one + 1, count)).map { (one, $0) } }
  }

  /// Pictures beside the same ones with their pixels in an order of chance: real ones where there are any,
  /// else of the last checkpoint. Of a rating the scrambled ones alone.
  ///
  /// - Parameter pictures: of the real ones; nil draws any.
  static func check(
    _ kind: EvaluationKind, _ pool: TrialPool, isLeft: Bool, pictures given: [Int]? = nil,
    _ dice: inout SplitMix64
  ) -> Draft {
    let source: Stimulus.Source
    let choices: [Int]
    if pool.realCount > 0 {
      (source, choices) = (.real, Array(0..<pool.realCount))
    } else {
      let last = pool.members[pool.members.count - 1]
      (source, choices) = (.checkpoint(last.position), last.seeds)
    }
    let pictures =
      given
      ?? (0..<pool.picturesPerSide).map { _ in
        choices[Int(dice.next(below: UInt64(choices.count)))]
      }
    let scrambled = Stimulus(source, pictures, isScrambled: true)
    guard kind.hasSides else { return Draft(left: scrambled, right: nil, purpose: .check(nil)) }
    let whole = Stimulus(source, pictures)
    return Draft(
      left: isLeft ? whole : scrambled, right: isLeft ? scrambled : whole,
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
