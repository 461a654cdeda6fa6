import ReviewCore

/// What a block that draws its trials did so far, as its next trial needs it.
struct AdaptivePast {
  /// What dice are thrown for: each has numbers of its own.
  enum Purpose: UInt64 {
    case check = 1, checkSide, checkPlace, repetition, repetitionPlace, side, picture, real
  }

  private let block: EvaluationBlock
  private let pool: TrialPool
  /// Of the pool, each checkpoint once.
  private let members: [TrialPool.Member]
  let tally: AnswerTally
  /// How many questions there were, by what they asked.
  private(set) var asked: [AdaptiveTarget: Int] = [:]
  private(set) var questions = 0
  private(set) var checks = 0
  private var repetitions = 0
  /// By place of a member: how many of its pictures were drawn for questions.
  private var drawn: [Int]
  /// Questions with an answer that were not asked again, and are far enough behind.
  private var repeatable: [Trial] = []

  init(_ record: BlockRecord, _ pool: TrialPool) {
    block = record.block
    self.pool = pool
    let positions = pool.positions
    members = positions.compactMap { position in
      pool.members.first { $0.position == position }
    }
    let places = Dictionary(uniqueKeysWithValues: positions.enumerated().map { ($1, $0) })
    tally = AnswerTally(record, places, count: members.count)
    drawn = [Int](repeating: 0, count: members.count)
    var repeated: Set<Int> = []
    for trial in record.trials {
      switch trial.purpose {
      case .check: checks += 1
      case .repetition(let number):
        repetitions += 1
        repeated.insert(number)
      case .question:
        questions += 1
        let shown = trial.sides.compactMap { $0.position.flatMap { places[$0] } }
        for place in shown { drawn[place] += pool.picturesPerSide }
        if let target = AdaptiveTarget(shown) { asked[target, default: 0] += 1 }
      }
    }
    repeatable = record.answered.map(\.trial).filter {
      $0.purpose == .question && !repeated.contains($0.number)
        && record.trials.count + 1 - $0.number > TrialSchedule.leastGap
    }
  }

  /// Numbers of chance that depend on the block's seed, what they are for and which in turn.
  func dice(_ purpose: Purpose, _ index: Int, _ part: Int = 0) -> SplitMix64 {
    var first = SplitMix64(seed: block.seed &+ purpose.rawValue &* 0xD1B5_4A32_D192_ED03)
    var second = SplitMix64(seed: first.next() &+ UInt64(truncatingIfNeeded: index))
    return SplitMix64(seed: second.next() &+ UInt64(truncatingIfNeeded: part))
  }

  // MARK: Checks and repetitions

  /// Of every share of the questions one place is drawn, at which it comes.
  private func isDue(_ index: Int, percent: Int, _ purpose: Purpose) -> Bool {
    guard percent > 0 else { return false }
    let share = max(1, 100 / min(percent, 100))
    return questions > index * share + Int(dice(purpose, index).below(share))
  }

  var isCheckDue: Bool {
    guard block.kind.hasSides || block.topic == EvaluationKind.realism else { return false }
    return isDue(checks, percent: block.checkPercent, .checkPlace)
  }

  /// The question that comes again now; nil where none does.
  var repetitionDue: Trial? {
    guard !repeatable.isEmpty, isDue(repetitions, percent: block.repeatPercent, .repetitionPlace)
    else { return nil }
    return repeatable[dice(.repetition, repetitions).below(repeatable.count)]
  }

  // MARK: Pictures

  /// A question about a checkpoint or a pair, its pictures drawn so that none comes back before all were
  /// shown, its sides exchanged since the last time.
  func stimuli(_ target: AdaptiveTarget) -> (left: Stimulus, right: Stimulus?) {
    let turn = asked[target] ?? 0
    let isSwapped =
      (turn & 1 == 1) != (dice(.side, target.first, target.second ?? -1).first & 1 == 1)
    guard let second = target.second else {
      let generated = picture(target.first)
      guard block.kind == .twoAFC else { return (generated, nil) }
      let real = Stimulus(
        .real,
        deck(Array(0..<pool.realCount), from: questions * pool.picturesPerSide, .real, 0))
      return isSwapped ? (generated, real) : (real, generated)
    }
    let (one, other) = pair(target.first, second, turn)
    return isSwapped ? (other, one) : (one, other)
  }

  private func picture(_ place: Int) -> Stimulus {
    Stimulus(
      .checkpoint(members[place].position),
      deck(members[place].seeds, from: drawn[place], .picture, place))
  }

  /// Of the same seeds where these are the same latents.
  private func pair(_ one: Int, _ other: Int, _ turn: Int) -> (Stimulus, Stimulus) {
    let seeds = Set(members[other].seeds)
    let common = pool.sharesSeeds ? members[one].seeds.filter(seeds.contains) : []
    guard !common.isEmpty else { return (picture(one), picture(other)) }
    let shown = deck(
      common, from: turn * pool.picturesPerSide, .picture, (one + 1) * members.count + other)
    return (
      Stimulus(.checkpoint(members[one].position), shown),
      Stimulus(.checkpoint(members[other].position), shown)
    )
  }

  /// The next pictures of a deck that is shuffled anew whenever all of it was drawn.
  private func deck(_ all: [Int], from start: Int, _ purpose: Purpose, _ which: Int) -> [Int] {
    var round = -1
    var shuffled = all
    return (start..<start + pool.picturesPerSide).map { place in
      if place / all.count != round {
        round = place / all.count
        shuffled = all
        var dice = dice(purpose, which, round)
        TrialSchedule.shuffle(&shuffled, &dice)
      }
      return shuffled[place % all.count]
    }
  }
}

extension SplitMix64 {
  /// Its first number.
  var first: UInt64 {
    var copy = self
    return copy.next()
  }

  /// Its first number below a bound above 0.
  func below(_ bound: Int) -> Int {
    var copy = self
    return Int(copy.next(below: UInt64(bound)))
  }
}
