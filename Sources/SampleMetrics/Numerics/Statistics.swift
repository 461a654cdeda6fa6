import Glibc

/// Sums and order statistics as numpy takes them.
enum Statistics {
  static func mean(_ values: [Double]) -> Double {
    values.isEmpty ? .nan : sum(values) / Double(values.count)
  }

  /// Pairwise, so that long sums keep their last digits.
  static func sum(_ values: [Double]) -> Double {
    values.withUnsafeBufferPointer { sum($0) }
  }

  static func sum(_ values: UnsafeBufferPointer<Double>) -> Double {
    if values.count <= 64 { return values.reduce(0, +) }
    let half = values.count / 2
    return sum(UnsafeBufferPointer(rebasing: values[..<half]))
      + sum(UnsafeBufferPointer(rebasing: values[half...]))
  }

  /// With divisor n - `degrees`.
  static func deviation(_ values: [Double], degrees: Int = 0) -> Double {
    guard values.count > degrees else { return .nan }
    let centre = mean(values)
    let squares = sum(values.map { ($0 - centre) * ($0 - centre) })
    return (squares / Double(values.count - degrees)).squareRoot()
  }

  static func median(_ values: [Double]) -> Double { quantile(values, 0.5) }

  /// Between the two nearest in a straight line.
  static func quantile(_ values: [Double], _ share: Double) -> Double {
    guard !values.isEmpty else { return .nan }
    let sorted = values.sorted()
    let place = share * Double(sorted.count - 1)
    let low = Int(place.rounded(.down))
    let high = min(low + 1, sorted.count - 1)
    let part = place - Double(low)
    // As numpy does it, from the nearer end.
    let step = sorted[high] - sorted[low]
    return part < 0.5 ? sorted[low] + step * part : sorted[high] - step * (1 - part)
  }

  /// - sum p ln p, over p > 0.
  static func entropy(_ shares: [Double]) -> Double {
    sum(shares.map { $0 > 0 ? -$0 * log($0) : 0 })
  }

  /// Of two distributions, in nats: H((p+q)/2) - (H(p) + H(q)) / 2.
  static func jensenShannon(_ p: [Double], _ q: [Double]) -> Double {
    entropy(zip(p, q).map { ($0 + $1) / 2 }) - (entropy(p) + entropy(q)) / 2
  }
}
