/// A test of one half that may be looked at after every answer.
package enum SequentialTest {
  /// The natural logarithm of the evidence against one half: it starts at 0, and every outcome adds ln of
  /// its predicted probability (k + 1) / (n + 2), k of n having been so before, over one half.
  ///
  /// Which comes to 2^n k! (n-k)! / (n+1)!, whatever the order: the mixture of Robbins (1970) over all rates.
  /// While the rate is one half its exponential is a martingale that starts at 1, so that it ever reaches c
  /// with a probability of at most 1/c (Ville 1939), however often one looks and however pairs are chosen.
  /// That it reaches c for the wrong side while the rate is beyond one half is less likely still.
  package static func logEvidence(_ successes: Int, of tries: Int) -> Double {
    Double(tries) * Logarithm.natural(2) - Logarithm.natural(Double(tries + 1))
      - Binomial.logChoose(tries, successes)
  }

  /// What the logarithm has to reach when so many statements may be wrong with one chance together.
  package static func limit(_ error: Double, statements: Int) -> Double {
    Logarithm.natural(Double(max(1, statements)) / error)
  }

  /// In how many ways "this one is better than every other" can be wrong: for each that may be named, one
  /// other that is not worse is enough; of two it is the same pair.
  package static func waysToBeWrong(_ count: Int) -> Int { min(count, count * (count - 1) / 2) }
}
