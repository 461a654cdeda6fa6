/// The standard error of a number that is taken of all rows, by leaving out one group after the other.
///
/// sqrt((g-1)/g sum (v_i - mean)^2) over g groups of rows i, i+g, ... left out (Shao and Wu 1989). Unlike the
/// bootstrap it repeats no row, which would bias a Fréchet distance.
enum Jackknife {
  static let groups = 8

  /// Nil for fewer than two rows a group, or where a part has no value.
  static func standardError(
    rows: Int, _ value: ([Int]) throws(MetricFailure) -> Double
  ) throws(MetricFailure) -> Double? {
    guard rows >= 2 * groups else { return nil }
    var values: [Double] = []
    for group in 0..<groups {
      let kept = (0..<rows).filter { $0 % groups != group }
      do throws(MetricFailure) { values.append(try value(kept)) } catch {
        if error == .cancelled { throw error }
        return nil
      }
    }
    let mean = Statistics.mean(values)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let error = (squares * Double(groups - 1) / Double(groups)).squareRoot()
    return error.isFinite ? error : nil
  }

  /// Of a share of independent rows.
  static func ofShare(_ share: Double, rows: Int) -> Double? {
    rows > 1 ? (share * (1 - share) / Double(rows)).squareRoot() : nil
  }

  /// Of a mean of independent rows.
  static func ofMean(_ values: [Double]) -> Double? {
    values.count > 1
      ? Statistics.deviation(values, degrees: 1) / Double(values.count).squareRoot() : nil
  }
}
