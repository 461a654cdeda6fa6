/// Measured values, by rank.
struct Distribution: Sendable {
  private let sorted: [Double]

  init(_ values: [Double]) { sorted = values.sorted() }

  var count: Int { sorted.count }

  /// The smallest value that at least this share of all values does not exceed; nil without values.
  func percentile(_ percent: Int) -> Double? {
    guard !sorted.isEmpty else { return nil }
    let rank = (percent * sorted.count + 99) / 100
    return sorted[min(sorted.count, max(1, rank)) - 1]
  }
}
