/// Ratings that follow the comparisons one by one; they depend on the order, and so are a view alone.
package enum Elo {
  /// Elo 1978: start 1500, K 32, a difference of 400 is odds of 10 to 1.
  ///
  /// - Parameter pairs: winner and loser, in the order of the comparisons.
  package static func ratings(
    _ pairs: [(winner: Int, loser: Int)], count: Int, k: Double = 32, start: Double = 1500
  ) -> [Double] {
    var ratings = [Double](repeating: start, count: count)
    let ln10 = Logarithm.natural(10)
    for (winner, loser) in pairs {
      let expected =
        1 / (1 + Exponential.value(ln10 * (ratings[loser] - ratings[winner]) / 400))
      ratings[winner] += k * (1 - expected)
      ratings[loser] -= k * (1 - expected)
    }
    return ratings
  }
}
