/// Ratings that follow the comparisons one by one; they depend on the order, and so are a view alone.
package enum Elo {
  /// Elo 1978: start 1500, K 32, a difference of 400 is odds of 10 to 1.
  ///
  /// - Parameter pairs: winner and loser, in the order of the comparisons.
  package static func ratings(
    _ pairs: [(winner: Int, loser: Int)], count: Int, k: Double = 32, start: Double = 1500
  ) -> [Double] {
    ratings(
      following: pairs.map { .preferred(winner: $0.winner, loser: $0.loser) }, count: count, k: k,
      start: start)
  }

  /// The same of answers, a tie as half a win; what compares nothing changes nothing.
  package static func ratings(
    following outcomes: [AnswerTally.Outcome], count: Int, k: Double = 32, start: Double = 1500
  ) -> [Double] {
    var ratings = [Double](repeating: start, count: count)
    let ln10 = Logarithm.natural(10)
    func play(_ one: Int, _ other: Int, score: Double) {
      let expected = 1 / (1 + Exponential.value(ln10 * (ratings[other] - ratings[one]) / 400))
      ratings[one] += k * (score - expected)
      ratings[other] -= k * (score - expected)
    }
    for outcome in outcomes {
      switch outcome {
      case .preferred(let winner, let loser): play(winner, loser, score: 1)
      case .tied(let one, let other): play(one, other, score: 0.5)
      case .fooled, .rated: break
      }
    }
    return ratings
  }
}
