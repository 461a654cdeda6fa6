package import ReviewCore

/// When a block of trials is over.
package enum Stopping {
  /// From so many answers on the interval of a checkpoint may end a block, as that of a few is narrow by
  /// chance.
  package static let leastAnswers = 10

  /// Nil while more is to be asked, and of a block that is over already; `.met` as soon as its stopping rule
  /// is, `.complete` when every trial has an answer.
  ///
  /// The rules look at answers to questions alone: a repetition is no answer of its own. Ratings cannot be
  /// decided, so that their blocks last as long as the list.
  package static func ending(of record: BlockRecord) -> EvaluationAct.Ending? {
    guard !record.isOver else { return nil }
    if isMet(record) { return .met }
    if record.isComplete { return .complete }
    // A pool that nothing can be asked from.
    return record.nextTrial == nil && !AdaptiveSchedule.isAsking(record.block) ? .complete : nil
  }

  private static func isMet(_ record: BlockRecord) -> Bool {
    guard record.block.stopping != .whole else { return false }
    let positions = record.block.questioned
    let places = Dictionary(uniqueKeysWithValues: positions.enumerated().map { ($1, $0) })
    return isMet(
      record.block.stopping, record.block.kind,
      AnswerTally(record, places, count: positions.count))
  }

  /// Whether answers are enough for a rule.
  package static func isMet(
    _ rule: StoppingRule, _ kind: EvaluationKind, _ tally: AnswerTally
  ) -> Bool {
    switch rule {
    case .whole: return false
    case .precise(let half): return isPrecise(half, kind, tally)
    case .decided(let error):
      switch kind {
      case .pairwise: return winner(tally, error: error) != nil
      case .twoAFC: return isDecided(tally, error: error)
      case .likert: return false
      }
    }
  }

  private static func isPrecise(_ half: Double, _ kind: EvaluationKind, _ tally: AnswerTally)
    -> Bool
  {
    guard tally.count > 0 else { return false }
    let places = 0..<tally.count
    func isNarrow(_ width: Double?) -> Bool { width.map { $0 <= half } ?? false }
    switch kind {
    case .twoAFC:
      return places.allSatisfy {
        tally.tries[$0] >= leastAnswers && isNarrow(Precision.fooling(tally.fooling(of: $0)))
      }
    case .likert:
      return places.allSatisfy {
        let summary = tally.ratings(of: $0)
        return summary.count >= leastAnswers
          && isNarrow(Precision.rating(summary, isCautious: true))
      }
    case .pairwise:
      let isAnswered = places.allSatisfy {
        let (wins, ties, losses) = tally.record(of: $0)
        return wins + ties + losses >= leastAnswers
      }
      guard isAnswered, let found = try? BradleyTerry(tally.pairWins()) else { return false }
      return found.standardErrors.allSatisfy { isNarrow(Normal.z95 * $0) }
    }
  }

  /// The one that is better than every other, each pair of its own being decided; ties are left out.
  package static func winner(_ tally: AnswerTally, error: Double) -> Int? {
    (0..<tally.count).first { one in
      tally.count > 1
        && (0..<tally.count).allSatisfy { $0 == one || isBeaten($0, by: one, tally, error: error) }
    }
  }

  /// Whether it is decided that one is better than another.
  static func isBeaten(_ loser: Int, by winner: Int, _ tally: AnswerTally, error: Double) -> Bool {
    let (won, lost) = (tally.wins(of: winner, over: loser), tally.wins(of: loser, over: winner))
    let limit = SequentialTest.limit(
      error, statements: SequentialTest.waysToBeWrong(tally.count))
    return won > lost && SequentialTest.logEvidence(won, of: won + lost) >= limit
  }

  /// Whether it is known of each which side of one half it is on.
  private static func isDecided(_ tally: AnswerTally, error: Double) -> Bool {
    let limit = SequentialTest.limit(error, statements: tally.count)
    return tally.count > 0
      && (0..<tally.count).allSatisfy {
        SequentialTest.logEvidence(tally.fooled[$0], of: tally.tries[$0]) >= limit
      }
  }
}

extension EvaluationBlock {
  /// The checkpoints that its questions are of, each once, in the order of the pool, or as they first come.
  var questioned: [Position] {
    switch design {
    case .adaptive(_, let pool, _): return pool.positions
    case .list(let trials):
      var seen: Set<Position> = []
      return trials.filter { $0.purpose == .question }.flatMap { $0.sides.compactMap(\.position) }
        .filter { seen.insert($0).inserted }
    }
  }
}

extension TrialPool {
  /// Each once, in order.
  var positions: [Position] {
    var seen: Set<Position> = []
    return members.map(\.position).filter { seen.insert($0).inserted }
  }
}
