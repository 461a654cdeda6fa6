/// The distribution of Student (1908).
enum StudentT {
  /// Between minus and plus this lie 95 %.
  ///
  /// By halving; within 1e-12 of itself.
  ///
  /// - Parameter freedom: degrees of freedom, at least 1.
  static func t95(_ freedom: Int) -> Double {
    // 12.7 at one degree, and falling to that of the normal distribution.
    var (low, high) = (1.9, 13.0)
    while high - low > 1e-12 * low {
      let middle = (low + high) / 2
      if outside(middle, freedom) > 0.05 { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }

  /// The probability beyond t on both sides: I(x; v/2, 1/2) at x = v / (v + t^2), the regularised incomplete
  /// beta function by its continued fraction (Abramowitz and Stegun 26.5.8).
  static func outside(_ t: Double, _ freedom: Int) -> Double {
    let v = Double(freedom)
    let x = v / (v + t * t)
    let (a, b) = (v / 2, 0.5)
    let front = Exponential.value(
      a * Logarithm.natural(x) + b * Logarithm.natural(1 - x) - logBeta(freedom))
    // It converges fast below this, and the other tail's fraction above.
    return x < (a + 1) / (a + b + 2)
      ? front * fraction(x, a, b) / a : 1 - front * fraction(1 - x, b, a) / b
  }

  /// ln B(v/2, 1/2), from B(1/2, 1/2) = pi and B(1, 1/2) = 2 upwards.
  private static func logBeta(_ freedom: Int) -> Double {
    var log = Logarithm.natural(freedom % 2 == 1 ? Double.pi : 2)
    for twice in stride(from: freedom % 2 == 1 ? 1 : 2, to: freedom, by: 2) {
      log += Logarithm.natural(Double(twice) / Double(twice + 1))
    }
    return log
  }

  /// By the method of Lentz (1976).
  private static func fraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
    func held(_ value: Double) -> Double { abs(value) < 1e-300 ? 1e-300 : value }
    var c = 1.0
    var d = 1 / held(1 - (a + b) * x / (a + 1))
    var result = d
    for step in 1...500 {
      let m = Double(step)
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      d = 1 / held(1 + even * d)
      c = held(1 + even / c)
      result *= d * c
      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      d = 1 / held(1 + odd * d)
      c = held(1 + odd / c)
      result *= d * c
      if abs(d * c - 1) < 1e-15 { break }
    }
    return result
  }
}
