import ReviewCore

/// A rater whose habits are known, who answers trials about checkpoints whose truth is known.
struct SimulatedRater {
  enum Habit: Equatable {
    /// Looks: answers by the truth, passes checks but for a slip in thirty.
    case careful
    /// Does not look at all.
    case random
    /// Takes that side without looking in so great a part of trials, and is careful in the others.
    case sided(Trial.Side, Double)
    /// Careful until so many answers are given, random and hasty afterwards.
    case tiring(after: Int)
  }

  /// What is true of a checkpoint: its fooling rate, its log strength, or its chance of every level but the
  /// first, one after the other.
  struct Truth {
    var fooling: [Double] = []
    var strengths: [Double] = []
    /// By checkpoint: probabilities of levels 1...5.
    var levels: [[Double]] = []
  }

  let habit: Habit
  let truth: Truth
  /// By checkpoint its place in the truth.
  let places: [Position: Int]
  /// The chance that the same question is answered as the first time, and not anew.
  var memory = 0.8
  private var dice: SplitMix64
  private var given = 0
  /// By number of the trial.
  private var said: [Int: TrialAnswer] = [:]

  init(_ habit: Habit, _ truth: Truth, _ places: [Position: Int], seed: UInt64) {
    self.habit = habit
    self.truth = truth
    self.places = places
    dice = SplitMix64(seed: seed)
  }

  mutating func chance() -> Double { Double(dice.next() >> 11) / Double(1 << 53) }

  mutating func answer(_ trial: Trial) -> (answer: TrialAnswer, milliseconds: Int) {
    given += 1
    switch habit {
    case .random: return (guess(trial), 900)
    case .tiring(let after) where given > after: return (guess(trial), 300)
    case .sided(let side, let part):
      guard trial.right != nil, chance() < part else { break }
      return (.choice(side), 900)
    default: break
    }
    return (look(trial), 1500)
  }

  private mutating func guess(_ trial: Trial) -> TrialAnswer {
    trial.right == nil
      ? .rating(1 + Int(dice.next(below: 5))) : .choice(dice.next() & 1 == 0 ? .left : .right)
  }

  private mutating func look(_ trial: Trial) -> TrialAnswer {
    if case .check(let side) = trial.purpose {
      let isRight = chance() > 1.0 / 30
      guard let side else { return .rating(isRight ? 1 : 3) }
      return .choice(isRight ? side : side.other)
    }
    if case .repetition(let number) = trial.purpose, chance() < memory {
      // It was said of the pictures, whatever side they are on now.
      switch said[number] {
      case .choice(let side): return .choice(side.other)
      case .some(let answer): return answer
      case nil: break
      }
    }
    let answer = judge(trial)
    said[trial.number] = answer
    return answer
  }

  private mutating func judge(_ trial: Trial) -> TrialAnswer {
    let left = trial.left.position.flatMap { places[$0] }
    let right = trial.right?.position.flatMap { places[$0] }
    let draw = chance()
    if let real = trial.realSide, let generated = left ?? right {
      return .choice(draw < truth.fooling[generated] ? real.other : real)
    }
    if let left, let right {
      return .choice(draw < truth.preference(left, over: right) ? .left : .right)
    }
    var sum = 0.0
    for (level, part) in truth.levels[left ?? 0].enumerated() {
      sum += part
      if draw < sum { return .rating(level + 1) }
    }
    return .rating(5)
  }
}

extension SimulatedRater.Truth {
  func preference(_ one: Int, over other: Int) -> Double {
    SimulatedRater.Truth.preferences(strengths[one] - strengths[other])
  }

  /// 1 / (1 + e^-x), by the power series: an oracle that is not the module's own.
  static func preferences(_ difference: Double) -> Double {
    var (sum, term) = (1.0, 1.0)
    let x = -difference / 64
    for order in 1...20 {
      term *= x / Double(order)
      sum += term
    }
    for _ in 0..<6 { sum *= sum }
    return 1 / (1 + sum)
  }
}
