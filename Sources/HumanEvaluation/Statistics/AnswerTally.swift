package import ReviewCore

/// What the answers to questions come to, of things that are counted from 0.
///
/// Checks are of the rater, and a repetition is no answer of its own: both are left out.
package struct AnswerTally: Equatable, Sendable {
  /// One answer, of things by their places.
  package enum Outcome: Hashable, Sendable {
    /// Whether it was taken for real.
    case fooled(Int, Bool)
    /// 1...5.
    case rated(Int, Int)
    case preferred(winner: Int, loser: Int)
    case tied(Int, Int)
  }

  package let kind: EvaluationKind
  package let count: Int
  /// By thing: times that it was taken for real, of `tries`.
  package private(set) var fooled: [Int]
  package private(set) var tries: [Int]
  /// By thing: ratings by level, 1 first.
  package private(set) var levels: [[Int]]
  /// By winner and loser, row by row; no ties. Empty where nothing is compared in pairs.
  private var won: [Int]
  /// By both, row by row.
  private var tied: [Int]

  package init(_ kind: EvaluationKind, count: Int) {
    self.kind = kind
    self.count = count
    fooled = [Int](repeating: 0, count: kind == .twoAFC ? count : 0)
    tries = fooled
    levels = [[Int]](
      repeating: [Int](repeating: 0, count: 5), count: kind == .likert ? count : 0)
    won = [Int](repeating: 0, count: kind == .pairwise ? count * count : 0)
    tied = won
  }

  /// Everything a record's questions were answered with, of checkpoints at these places.
  package init(_ record: BlockRecord, _ places: [Position: Int], count: Int) {
    self.init(record.block.kind, count: count)
    for (trial, given) in record.answered where trial.purpose == .question {
      if let outcome = Self.outcome(trial, given.answer, places) { add(outcome) }
    }
  }

  /// What is no answer to this kind of question changes nothing.
  package mutating func add(_ outcome: Outcome) {
    switch (outcome, kind) {
    case (.fooled(let place, let isFooled), .twoAFC):
      tries[place] += 1
      if isFooled { fooled[place] += 1 }
    case (.rated(let place, let rating), .likert): levels[place][rating - 1] += 1
    case (.preferred(let winner, let loser), .pairwise): won[winner * count + loser] += 1
    case (.tied(let one, let other), .pairwise):
      tied[one * count + other] += 1
      tied[other * count + one] += 1
    default: break
    }
  }

  /// - Returns: nil for an answer that says nothing, and of a checkpoint that has no place.
  package static func outcome(
    _ trial: Trial, _ answer: TrialAnswer, _ places: [Position: Int]
  ) -> Outcome? {
    let left = trial.left.position.flatMap { places[$0] }
    let right = trial.right?.position.flatMap { places[$0] }
    switch answer {
    case .skipped: return nil
    case .rating(let rating): return left.map { .rated($0, rating) }
    case .tie:
      guard let left, let right, left != right else { return nil }
      return .tied(left, right)
    case .choice(let side):
      if let real = trial.realSide {
        return (real == .left ? right : left).map { .fooled($0, side != real) }
      }
      guard let left, let right, left != right else { return nil }
      return side == .left
        ? .preferred(winner: left, loser: right) : .preferred(winner: right, loser: left)
    }
  }

  // MARK: What was found

  package func wins(of one: Int, over other: Int) -> Int { won[one * count + other] }

  package func ties(_ one: Int, _ other: Int) -> Int { tied[one * count + other] }

  /// How often two were compared, ties among them.
  package func compared(_ one: Int, _ other: Int) -> Int {
    wins(of: one, over: other) + wins(of: other, over: one) + ties(one, other)
  }

  /// Of one against all others.
  package func record(of place: Int) -> (wins: Int, ties: Int, losses: Int) {
    (0..<count).reduce(into: (0, 0, 0)) {
      $0.0 += wins(of: place, over: $1)
      $0.1 += ties(place, $1)
      $0.2 += wins(of: $1, over: place)
    }
  }

  package func fooling(of place: Int) -> Proportion {
    Proportion(successes: fooled[place], tries: tries[place])
  }

  package func ratings(of place: Int) -> LikertSummary { LikertSummary(counts: levels[place]) }

  /// For Bradley and Terry.
  ///
  /// - Parameter added: so many ties are added to every pair that was compared, of `everyPair` to all.
  package func pairWins(added: Double = 0, everyPair: Bool = false) -> BradleyTerry.Wins {
    var wins = BradleyTerry.Wins(count: count)
    for one in 0..<count {
      for other in one + 1..<max(one + 1, count) {
        let isAdded = added > 0 && (everyPair || compared(one, other) > 0)
        let even = (Double(ties(one, other)) + (isAdded ? added : 0)) / 2
        wins.add(
          winner: one, loser: other, weight: Double(self.wins(of: one, over: other)) + even)
        wins.add(
          winner: other, loser: one, weight: Double(self.wins(of: other, over: one)) + even)
      }
    }
    return wins
  }
}
