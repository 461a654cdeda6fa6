/// How steadily a number goes along the checkpoints.
///
/// total variation: sum |dv|; oscillation: that over |last - first|; drawdown: how far below the best so far;
/// worst step: the largest single worsening, also as a robust z (median and 1.4826 MAD of all steps). Trend:
/// Spearman (mid-ranks), Kendall tau-b, Mann-Kendall S and Z (corrected for ties and by 1), Sen's slope a
/// checkpoint. At least 2 finite values, 3 for a trend (Mann 1945; Kendall 1975; Sen 1968).
package struct SeriesStability: Equatable, Sendable {
  package let totalVariation: Double
  package let netChange: Double
  /// Nil where the last value is the first.
  package let oscillation: Double?
  package let maxDrawdown: Double
  /// The place of the value that lies that far below the best before it.
  package let maxDrawdownAt: Int
  /// Below 0 where any step worsens.
  package let worstStep: Double
  /// The place of the value that the worst step leads to.
  package let worstStepAt: Int
  /// Nil where half of all steps are the same.
  package let worstStepRobustZ: Double?
  package let signChanges: Int
  package let bestAt: Int
  /// Nil for fewer than three values, or all the same.
  package let trend: Trend?

  package struct Trend: Equatable, Sendable {
    package let spearman: Double
    package let kendallTauB: Double
    package let mannKendallS: Int
    package let mannKendallZ: Double
    /// Median of (v_j - v_i) / (j - i).
    package let senSlope: Double
  }

  // All pairs are looked at up to here; a longer series is thinned for its trend.
  private static let mostForTrend = 2000

  /// Nil for fewer than two values.
  ///
  /// - Parameter values: finite, in the order of the checkpoints.
  package init?(_ values: [Double], higherIsBetter: Bool) {
    guard values.count > 1, let first = values.first, let last = values.last else { return nil }
    let steps = zip(values.dropFirst(), values).map { $0 - $1 }
    let good = higherIsBetter ? values : values.map { -$0 }
    totalVariation = steps.reduce(0) { $0 + abs($1) }
    netChange = last - first
    oscillation = last == first ? nil : totalVariation / abs(last - first)
    var best = -Double.infinity
    var (drawdown, drawdownAt, bestAt) = (-Double.infinity, 0, 0)
    for (place, value) in good.enumerated() {
      if value > best { (best, bestAt) = (value, place) }
      if best - value > drawdown { (drawdown, drawdownAt) = (best - value, place) }
    }
    (maxDrawdown, maxDrawdownAt, self.bestAt) = (drawdown, drawdownAt, bestAt)
    let goodSteps = higherIsBetter ? steps : steps.map { -$0 }
    var worstAt = 0
    for (place, step) in goodSteps.enumerated() where step < goodSteps[worstAt] { worstAt = place }
    worstStep = goodSteps[worstAt]
    worstStepAt = worstAt + 1
    let typical = Self.median(goodSteps)
    let spread = 1.4826 * Self.median(goodSteps.map { abs($0 - typical) })
    worstStepRobustZ = spread > 0 ? (goodSteps[worstAt] - typical) / spread : nil
    let moving = steps.filter { $0 != 0 }
    signChanges = zip(moving.dropFirst(), moving).count { ($0 > 0) != ($1 > 0) }
    trend = Trend(Self.thinned(values))
  }

  private static func thinned(_ values: [Double]) -> [Double] {
    guard values.count > mostForTrend else { return values }
    return (0..<mostForTrend).map { values[$0 * (values.count - 1) / (mostForTrend - 1)] }
  }

  static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    let middle = sorted.count / 2
    if sorted.isEmpty { return .nan }
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }
}

extension SeriesStability.Trend {
  /// - Complexity: O(n^2).
  fileprivate init?(_ values: [Double]) {
    guard values.count > 2, values.contains(where: { $0 != values[0] }) else { return nil }
    let n = Double(values.count)
    let ranks = Self.midRanks(values)
    let places = (1...values.count).map(Double.init)
    let mean = (n + 1) / 2
    var (product, own, other) = (0.0, 0.0, 0.0)
    for (a, b) in zip(places, ranks) {
      product += (a - mean) * (b - mean)
      own += (a - mean) * (a - mean)
      other += (b - mean) * (b - mean)
    }
    spearman = product / (own.squareRoot() * other.squareRoot())
    var s = 0
    var slopes: [Double] = []
    slopes.reserveCapacity(values.count * (values.count - 1) / 2)
    for left in values.indices {
      for right in (left + 1)..<max(values.count, left + 1) {
        let difference = values[right] - values[left]
        s += difference > 0 ? 1 : difference < 0 ? -1 : 0
        slopes.append(difference / Double(right - left))
      }
    }
    mannKendallS = s
    var counts: [Double: Double] = [:]
    for value in values { counts[value, default: 0] += 1 }
    // A sum of whole numbers, so that the order of the counts does not matter.
    var (tied, pairs) = (0.0, 0.0)
    for count in counts.values {
      tied += count * (count - 1) * (2 * count + 5)
      pairs += count * (count - 1) / 2
    }
    let variance = (n * (n - 1) * (2 * n + 5) - tied) / 18
    let sign = Double(s.signum())
    mannKendallZ = (Double(s) - sign) / variance.squareRoot()
    senSlope = SeriesStability.median(slopes)
    let all = n * (n - 1) / 2
    kendallTauB = Double(s) / (all * (all - pairs)).squareRoot()
  }

  /// From 1; equal values share the mean of their ranks.
  private static func midRanks(_ values: [Double]) -> [Double] {
    let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    var ranks = [Double](repeating: 0, count: values.count)
    var first = 0
    while first < order.count {
      var last = first
      while last + 1 < order.count, values[order[last + 1]] == values[order[first]] { last += 1 }
      for place in first...last { ranks[order[place]] = Double(first + last) / 2 + 1 }
      first = last + 1
    }
    return ranks
  }
}
