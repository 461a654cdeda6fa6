/// How far from its middle the end of a 95% interval is.
enum Precision {
  /// The interval of Wilson; nil without an answer.
  static func fooling(_ proportion: Proportion) -> Double? {
    proportion.interval().map { ($0.upperBound - $0.lowerBound) / 2 }
  }

  /// The interval of Student's t of the mean, in levels; nil for fewer than two ratings.
  ///
  /// - Parameter isCautious: takes ratings that are all alike as if one were a level apart, since an interval
  ///   without a width promises too much.
  static func rating(_ summary: LikertSummary, isCautious: Bool = false) -> Double? {
    guard var deviation = summary.deviation else { return nil }
    let n = Double(summary.count)
    if isCautious { deviation = max(deviation, (1 / n).squareRoot()) }
    return StudentT.t95(summary.count - 1) * deviation / n.squareRoot()
  }
}
