import CLinearAlgebra
import ReviewCore

/// How far two Gaussians lie apart that have the means and covariances of two sets of features.
///
/// |m1 - m2|^2 + tr S1 + tr S2 - 2 tr (S1 S2)^(1/2), S with divisor n - 1, in doubles. 0 and up, lower is
/// better; n >= 2 on each side (Dowson and Landau 1982; Heusel et al. 2017, as FID on Inception features).
///
/// tr (S1 S2)^(1/2) is the sum of the singular values of A B', A and B the centred rows over
/// sqrt(n - 1): right for any rank, without the root of an eigenvalue that is rounding. Where both
/// covariances are of full rank and well away from that, the eigenvalues of L' S2 L, S1 = L L', are as
/// exact and quicker; what their rounding could amount to decides.
enum FrechetDistance {
  static let card = MetricCard(
    name: "frechet", title: "Fréchet distance", reads: [.features, .pictures, .reference],
    values: [
      MetricValueCard("distance", "0 and up", .lower, "the distance, squared, as FID has it"),
      MetricValueCard("mean_term", "0 and up", .lower, "|m1 - m2|^2 alone"),
      MetricValueCard("infinity", "any", .lower, "extrapolated to endless samples, by prefixes"),
    ],
    formula:
      "|m1 - m2|^2 + tr S1 + tr S2 - 2 tr (S1 S2)^(1/2), divisor n - 1; exact for n <= d too",
    minimumCount: "2 samples and 2 reference rows; biased upwards below some 10 rows a dimension",
    source:
      "Dowson and Landau 1982; Heusel et al. 2017, arXiv:1706.08500; infinity: Chong and Forsyth 2020, "
      + "arXiv:1911.07023",
    pitfalls: "not the FID unless the features are those of its Inception network; it prefers "
      + "memorised samples; it falls with n: compare equal n only")

  static let metric = RegisteredMetric(card) { call, effort throws(MetricFailure) in
    let (samples, reference) = try sides(call.samples, call.wantedReference(), effort)
    return try answer(call, samples, against: reference, effort)
  }

  private static func sides(
    _ samples: NumberTable, _ reference: NumberTable, _ effort: Effort
  ) throws(MetricFailure) -> (samples: Side, reference: Side) {
    // Each on a thread of its own waits for nobody; with more threads the products share better.
    guard (2...3).contains(effort.threads) else {
      let reference = try Side(reference, "reference", effort)
      return (try Side(samples, "samples", effort), reference)
    }
    try effort.openLinearAlgebra()
    let tables = [(reference, "reference"), (samples, "samples")]
    let made = try [Result<Side, MetricFailure>?].filled(2, with: nil) {
      made throws(MetricFailure) in
      try effort.forEachBlock(of: 2, size: 1) { places in
        for place in places {
          let (table, what) = tables[place]
          made[place] = Result { () throws(MetricFailure) in
            try Side(table, what, effort.oneThread)
          }
        }
      }
    }
    guard let reference = try made[0]?.get(), let samples = try made[1]?.get() else {
      throw .cancelled
    }
    return (samples, reference)
  }

  /// One set of features, with what is worked out of it once.
  final class Side: Sendable {
    let table: NumberTable
    let moments: Moments

    /// - Throws: `unfit` for fewer than two rows, or a value that is not finite.
    convenience init(
      _ table: NumberTable, _ what: String, _ effort: Effort
    ) throws(MetricFailure) {
      try table.checkFinite(what)
      try self.init(table, moments: try Moments(of: table, effort), what)
    }

    /// - Parameter moments: of the table, joined of those of its parts.
    init(_ table: NumberTable, moments: Moments, _ what: String) throws(MetricFailure) {
      guard table.rowCount > 1 else {
        throw .unfit(
          "the Fréchet distance needs at least 2 samples on each side (\(what): n=\(table.rowCount))"
        )
      }
      self.table = table
      self.moments = moments
    }
  }

  static func answer(
    _ call: MetricCall, against reference: Side, _ effort: Effort
  ) throws(MetricFailure) -> MetricAnswer {
    _ = try call.wantedReference()
    let samples = try Side(call.samples, "samples", effort)
    return try answer(call, samples, against: reference, effort)
  }

  /// - Parameter isWhole: gives the extrapolation as well.
  static func answer(
    _ call: MetricCall, _ samples: Side, against reference: Side, _ effort: Effort,
    isWhole: Bool = true
  ) throws(MetricFailure) -> MetricAnswer {
    _ = try call.wantedReference()
    guard (call.samples.bytes == nil) == (reference.table.bytes == nil) else {
      throw .unfit("pixels of one side are bytes, those of the other are not")
    }
    let (meanTerm, rest) = try parts(samples, reference, effort)
    var values: [(String, MetricNumber)] = [
      ("distance", .number(max(0, meanTerm + rest))), ("mean_term", .number(meanTerm)),
    ]
    if isWhole, call.samples.rowCount >= 2 * call.options.firstPrefix {
      values.append(
        (
          "infinity",
          .number(try infinity(call, against: reference, whole: meanTerm + rest, effort))
        ))
    }
    return MetricAnswer(values, remarks: remarks(samples, reference, meanTerm + rest))
  }

  // With fewer the bias is of the size of the distance (1.1 where it should be 0 at n = 1000, d = 64).
  private static let rowsPerColumn = 20

  private static func remarks(_ samples: Side, _ reference: Side, _ distance: Double) -> [String] {
    var remarks: [String] = []
    let (n, width) = (samples.moments.count, samples.moments.width)
    if n <= width {
      remarks.append(
        "n=\(n) <= d=\(width): the covariance has rank \(n - 1) at most and the distance is biased upwards"
      )
    }
    let least = min(n, reference.moments.count)
    if n > width, least < rowsPerColumn * width {
      remarks.append(
        "n=\(least) for d=\(width): the distance is biased upwards; compare equal n only")
    }
    let constant = samples.moments.constantColumns.count
    if constant == width {
      remarks.append("all samples are the same: their covariance is 0")
    } else if constant > 0 {
      remarks.append("\(constant) of \(width) columns of the samples are constant")
    }
    if distance < 0 { remarks.append("rounding gave a distance below 0; it counts as 0") }
    return remarks
  }

  /// |m1 - m2|^2, and the part of the covariances.
  static func parts(
    _ left: Side, _ right: Side, _ effort: Effort
  ) throws(MetricFailure) -> (mean: Double, covariance: Double) {
    let mean = Statistics.sum(
      zip(left.moments.mean, right.moments.mean).map { ($0 - $1) * ($0 - $1) })
    let traces = left.moments.covarianceTrace + right.moments.covarianceTrace
    guard traces.isFinite, mean.isFinite else {
      throw .unfit("the features are so large that their squares have no end")
    }
    let root = try traceOfRoot(left, right, traces: traces, effort)
    // Pixels count from 0 to 1.
    let unit = left.table.bytes == nil ? 1 : 1 / (255.0 * 255)
    return (mean * unit, (traces - 2 * root) * unit)
  }

  private static func traceOfRoot(
    _ left: Side, _ right: Side, traces: Double, _ effort: Effort
  ) throws(MetricFailure) -> Double {
    // A column that is constant on one side adds nothing to the product.
    let constant = Set(left.moments.constantColumns).union(right.moments.constantColumns)
    let kept = (0..<left.moments.width).filter { !constant.contains($0) }
    if kept.isEmpty { return 0 }
    try effort.openLinearAlgebra()
    if left.moments.count > kept.count, right.moments.count > kept.count,
      let quick = try quickRoot(left.moments, right.moments, kept, traces: traces, effort)
    {
      return quick
    }
    return try exactRoot(left, right, kept, effort)
  }

  /// Nil where rounding could show.
  private static func quickRoot(
    _ left: Moments, _ right: Moments, _ kept: [Int], traces: Double, _ effort: Effort
  ) throws(MetricFailure) -> Double? {
    let size = kept.count
    var factor = try left.covariance(of: kept, effort)
    guard cla_cholesky(Int64(size), &factor) != 0 else { return nil }
    try effort.check()
    var product = try right.covariance(of: kept, effort)
    factor.withUnsafeBufferPointer { factor in
      cla_congruence(Int64(size), factor.baseAddress, &product)
    }
    try effort.check()
    var values = [Double](repeating: 0, count: size)
    guard cla_eigenvalues(Int64(size), 0, &product, &values) != 0, let most = values.last,
      let least = values.first, most > 0, least > 0
    else { return nil }
    // An eigenvalue is off by some units of the largest's last place, to either side, its root by that
    // over twice the root: they add up as squares do.
    let unit = 64 * most * Double.ulpOfOne
    let slack = unit * Statistics.sum(values.map { 1 / (4 * $0) }).squareRoot()
    guard slack < 1e-10 * traces else { return nil }
    return Statistics.sum(values.map { $0.squareRoot() })
  }

  /// The sum of the singular values of A B'.
  private static func exactRoot(
    _ left: Side, _ right: Side, _ kept: [Int], _ effort: Effort
  ) throws(MetricFailure) -> Double {
    let (a, rows) = try factor(left, kept, effort)
    let (b, columns) = try factor(right, kept, effort)
    try effort.check()
    var product = [Double](repeating: 0, count: rows * columns)
    let width = Int64(kept.count)
    cla_multiply(
      Int64(rows), Int64(columns), width, 1, a, width, b, width, 0, &product, Int64(columns))
    var values = [Double](repeating: 0, count: min(rows, columns))
    guard cla_singular_values(Int64(rows), Int64(columns), &product, &values) != 0 else {
      throw .unfit("the singular values of the features did not converge")
    }
    return Statistics.sum(values)
  }

  /// Rows F with F'F = S: the centred rows themselves, or the triangle of their QR factorisation.
  private static func factor(
    _ side: Side, _ kept: [Int], _ effort: Effort
  ) throws(MetricFailure) -> (values: [Double], rows: Int) {
    try effort.check()
    let (n, width) = (side.table.rowCount, side.table.columnCount)
    let size = kept.count
    let divisor = Double(n - 1).squareRoot()
    var values = [Double](repeating: 0, count: n * size)
    var row = [Double](repeating: 0, count: width)
    for place in 0..<n {
      side.table.fill(&row, rows: place..<place + 1)
      for (slot, column) in kept.enumerated() {
        values[place * size + slot] = (row[column] - side.moments.mean[column]) / divisor
      }
    }
    guard n > size else { return (values, n) }
    var triangle = [Double](repeating: 0, count: size * size)
    guard cla_triangle(Int64(n), Int64(size), &values, &triangle) != 0 else {
      throw .unfit("there is not enough memory to factor \(n) rows of \(size) features")
    }
    return (triangle, size)
  }

  /// By a straight line through five prefixes over 1/N (Chong and Forsyth 2020).
  private static func infinity(
    _ call: MetricCall, against reference: Side, whole: Double, _ effort: Effort
  ) throws(MetricFailure) -> Double {
    let (first, last) = (call.options.firstPrefix, call.samples.rowCount)
    var points: [(x: Double, y: Double)] = []
    for step in 0..<5 {
      let count = Int(Double(first) + Double(last - first) * Double(step) / 4)
      if count == last {
        points.append((1 / Double(count), whole))
        continue
      }
      let part = try Side(call.samples.rows(0..<count), "samples", effort)
      let (mean, rest) = try parts(part, reference, effort)
      points.append((1 / Double(count), mean + rest))
    }
    let (x, y) = (Statistics.mean(points.map(\.x)), Statistics.mean(points.map(\.y)))
    let slope =
      points.reduce(0) { $0 + ($1.x - x) * ($1.y - y) }
      / points.reduce(0) { $0 + ($1.x - x) * ($1.x - x) }
    return y - slope * x
  }
}

extension Moments {
  /// With divisor n - 1, of some columns: the lower triangle.
  fileprivate func covariance(of kept: [Int], _ effort: Effort) throws(MetricFailure) -> [Double] {
    let size = kept.count
    let divisor = Double(count - 1)
    return try [Double].filled(size * size, with: 0) { result throws(MetricFailure) in
      try effort.forEachBlock(of: size, size: 64) { rows in
        for row in rows {
          let start = kept[row] * width
          for column in 0...row {
            result[row * size + column] = scatter[start + kept[column]] / divisor
          }
        }
      }
    }
  }
}
