/// Ratings of one thing on a scale of whole numbers, 1...5.
package struct LikertSummary: Equatable, Sendable {
  /// How often each level was given, level 1 first.
  package let counts: [Int]

  /// - Parameter ratings: each 1...levels; others are left out.
  package init(_ ratings: [Int], levels: Int = 5) {
    var counts = [Int](repeating: 0, count: levels)
    for rating in ratings where (1...levels).contains(rating) { counts[rating - 1] += 1 }
    self.counts = counts
  }

  /// - Parameter counts: how often each level was given, level 1 first.
  package init(counts: [Int]) { self.counts = counts }

  package var count: Int { counts.reduce(0, +) }

  private var sum: Double {
    counts.enumerated().reduce(0) { $0 + Double(($1.offset + 1) * $1.element) }
  }

  /// Nil without a rating.
  package var mean: Double? { count > 0 ? sum / Double(count) : nil }

  /// Of a sample (ddof 1); nil for fewer than two ratings.
  package var deviation: Double? {
    guard count > 1, let mean else { return nil }
    let squares = counts.enumerated().reduce(0.0) {
      let distance = Double($1.offset + 1) - mean
      return $0 + Double($1.element) * distance * distance
    }
    return (squares / Double(count - 1)).squareRoot()
  }

  /// The value below which a part of the ratings lies, linear between neighbours (Hyndman and Fan, type 7).
  ///
  /// - Parameter part: 0...1.
  package func quantile(_ part: Double) -> Double? {
    guard count > 0 else { return nil }
    let place = part * Double(count - 1)
    let below = Int(place)
    let (low, high) = (rating(at: below), rating(at: min(count - 1, below + 1)))
    return low + (place - Double(below)) * (high - low)
  }

  package var median: Double? { quantile(0.5) }

  /// From the first to the third quartile.
  package var interquartile: ClosedRange<Double>? {
    quantile(0.25).flatMap { low in quantile(0.75).map { low...$0 } }
  }

  /// The part that is one of the two best levels; nil without a rating.
  package var topTwoShare: Double? {
    count > 0 ? Double(counts.suffix(2).reduce(0, +)) / Double(count) : nil
  }

  /// The rating at a place among all in ascending order.
  private func rating(at place: Int) -> Double {
    var left = place
    for (level, count) in counts.enumerated() {
      if left < count { return Double(level + 1) }
      left -= count
    }
    return Double(counts.count)
  }
}
