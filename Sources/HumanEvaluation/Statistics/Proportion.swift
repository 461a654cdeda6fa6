/// How often something came out, of a number of tries.
package struct Proportion: Equatable, Sendable {
  package let successes: Int
  package let tries: Int

  /// - Parameter successes: 0...tries.
  package init(successes: Int, tries: Int) {
    precondition((0...max(0, tries)).contains(successes))
    self.successes = successes
    self.tries = tries
  }

  /// 0...1; nil without a try.
  package var rate: Double? { tries > 0 ? Double(successes) / Double(tries) : nil }

  /// The interval of Wilson (1927) without continuity correction; nil without a try.
  ///
  /// - Parameter z: of the normal distribution; 1.96 for 95 %.
  package func interval(z: Double = Normal.z95) -> ClosedRange<Double>? {
    guard tries > 0 else { return nil }
    let n = Double(tries)
    let p = Double(successes) / n
    let middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    let half = z * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot() / (1 + z * z / n)
    // Exact at the ends, where rounding would leave them a little beside.
    let low = successes == 0 ? 0 : max(0, middle - half)
    let high = successes == tries ? 1 : min(1, middle + half)
    return low...max(low, high)
  }

  /// The probability of an outcome that is no likelier than this one, both sides together, where the true
  /// rate is another: the exact binomial test.
  ///
  /// - Parameter rate: 0...1.
  /// - Complexity: O(n).
  package func pValue(against rate: Double = 0.5) -> Double {
    let logs = (0...tries).map { Binomial.logProbability($0, of: tries, rate: rate) }
    // As likely as this one counts too, within what rounding does.
    let limit = logs[successes] + 1e-7
    let sum = logs.filter { $0 <= limit }.reduce(0.0) { $0 + Exponential.value($1) }
    return min(1, sum)
  }
}

/// The binomial distribution.
enum Binomial {
  /// Natural logarithm; minus infinity for what cannot be.
  static func logProbability(_ successes: Int, of tries: Int, rate: Double) -> Double {
    if rate <= 0 { return successes == 0 ? 0 : -.infinity }
    if rate >= 1 { return successes == tries ? 0 : -.infinity }
    return logChoose(tries, successes) + Double(successes) * Logarithm.natural(rate)
      + Double(tries - successes) * Logarithm.natural(1 - rate)
  }

  /// Of n over k.
  static func logChoose(_ n: Int, _ k: Int) -> Double {
    var sum = 0.0
    for index in 0..<min(k, n - k) {
      sum += Logarithm.natural(Double(n - index) / Double(index + 1))
    }
    return sum
  }
}
