import CLinearAlgebra
import Glibc
import ReviewCore

/// How many different samples there are in effect.
///
/// exp(-sum l ln l) over the eigenvalues l of K/n, K(i,i) = 1, cosine or Gaussian kernel; of order q:
/// (sum l^q)^(1/(1-q)); q = infinity: 1 / max l. 1...n, higher is more varied; n >= 1
/// (Friedman and Dieng 2022; Pasarkar and Dieng 2023 for q).
enum VendiScore {
  static let card = MetricCard(
    name: "vendi", title: "Vendi score", reads: [.pictures, .features],
    values: [
      MetricValueCard("cosine", "1 to n", .higher, "kernel: the cosine of two rows"),
      MetricValueCard("rbf", "1 to n", .higher, "kernel: exp(-|x-y|^2 / (2 s^2))"),
    ],
    formula: "exp(-sum l ln l) over the eigenvalues l of K/n; order q: (sum l^q)^(1/(1-q))",
    minimumCount: "1 sample",
    source:
      "Friedman and Dieng 2022, arXiv:2210.02410; orders: Pasarkar and Dieng 2023, arXiv:2310.12952",
    pitfalls:
      "noise is more varied than anything; cosine of pixels is dominated by the mean picture")

  // Below this part of the largest an eigenvalue is rounding.
  private static let leastShare = 1e-12

  static let metric = RegisteredMetric(card) { call, effort throws(MetricFailure) in
    let table = call.samples
    guard table.rowCount > 0, table.columnCount > 0 else { throw .unfit("there are no samples") }
    try table.checkFinite("samples")
    if let deviation = call.options.deviation {
      let score = try gaussian(table, deviation, call.options.order, effort)
      return MetricAnswer([("rbf", .number(score))])
    }
    let directions = try directions(of: table)
    let score = try cosine(directions, width: table.columnCount, call.options.order, effort)
    return MetricAnswer([("cosine", .number(score))])
  }

  /// Rows of length 1, as doubles.
  ///
  /// - Throws: `unfit` for a row of zeros, which has no direction.
  static func directions(of table: NumberTable) throws(MetricFailure) -> [Double] {
    var values = table.doubles
    let width = table.columnCount
    var bad: Int?
    values.withUnsafeMutableBufferPointer { values in
      for row in 0..<table.rowCount {
        let own = UnsafeMutableBufferPointer(rebasing: values[row * width..<(row + 1) * width])
        let most = own.reduce(0) { max($0, abs($1)) }
        guard most > 0 else {
          bad = row
          return
        }
        // By a power of two first, so that no square overflows and no digit is lost.
        let scale = Double(sign: .plus, exponent: min(1000, -most.exponent), significand: 1)
        var squares = 0.0
        for column in 0..<width {
          own[column] *= scale
          squares += own[column] * own[column]
        }
        let inverse = 1 / squares.squareRoot()
        for column in 0..<width { own[column] *= inverse }
      }
    }
    if let bad {
      throw .unfit("row \(bad) is all zeros and has no direction (cosine is not defined)")
    }
    return values
  }

  /// Without the columns that are zero in every row, such as the black border of pictures: they change no
  /// product of two rows.
  private static func withoutEmptyColumns(
    _ directions: [Double], width: Int
  ) -> (values: [Double], width: Int) {
    var isUsed = [Bool](repeating: false, count: width)
    let n = directions.count / width
    for row in 0..<n {
      for column in 0..<width where directions[row * width + column] != 0 {
        isUsed[column] = true
      }
    }
    let used = (0..<width).filter { isUsed[$0] }
    guard used.count < width else { return (directions, width) }
    var values = [Double](repeating: 0, count: n * used.count)
    for row in 0..<n {
      for (slot, column) in used.enumerated() {
        values[row * used.count + slot] = directions[row * width + column]
      }
    }
    return (values, used.count)
  }

  /// - Complexity: O(n d min(n, d)).
  private static func cosine(
    _ directions: [Double], width: Int, _ order: Double, _ effort: Effort
  ) throws(MetricFailure) -> Double {
    let n = directions.count / width
    if n == 1 || areEqual(directions, width: width) { return 1 }
    try effort.openLinearAlgebra()
    let (directions, width) = withoutEmptyColumns(directions, width: width)
    let size = min(n, width)
    var gram = [Double](repeating: 0, count: size * size)
    if width <= n {
      cla_scatter(Int64(n), Int64(width), directions, 0, &gram)
    } else {
      // The rows' own products are the scatter of the table turned on its side.
      var turned = [Double](repeating: 0, count: directions.count)
      for row in 0..<n {
        for column in 0..<width { turned[column * n + row] = directions[row * width + column] }
      }
      cla_scatter(Int64(width), Int64(n), turned, 0, &gram)
    }
    return try score(&gram, size: size, order)
  }

  private static func gaussian(
    _ table: NumberTable, _ deviation: Double, _ order: Double, _ effort: Effort
  ) throws(MetricFailure) -> Double {
    let n = table.rowCount
    if n == 1 { return 1 }
    try effort.openLinearAlgebra()
    let unit = table.bytes == nil ? 1.0 : 1 / (255.0 * 255)
    let factor = -unit / (2 * deviation * deviation)
    var kernel = try [Double].filled(n * n, with: 0) { kernel throws(MetricFailure) in
      try effort.forEachBlock(of: n, size: 16) { block in
        for row in block {
          for other in 0...row {
            let squared = NumberTable.squaredDistance(table, row, table, other)
            kernel[row * n + other] = exp(squared * factor)
          }
        }
      }
    }
    return try score(&kernel, size: n, order)
  }

  private static func score(
    _ matrix: inout [Double], size: Int, _ order: Double
  ) throws(MetricFailure) -> Double {
    var values = [Double](repeating: 0, count: size)
    guard cla_eigenvalues(Int64(size), &matrix, &values) != 0 else {
      throw .unfit("the eigenvalues of the kernel did not converge")
    }
    let most = values.max() ?? 0
    let kept = values.filter { $0 > leastShare * most }
    let total = Statistics.sum(kept)
    let shares = kept.map { $0 / total }
    if order == 1 { return exp(Statistics.entropy(shares)) }
    if order == .infinity { return 1 / (shares.max() ?? 1) }
    return exp(log(Statistics.sum(shares.map { pow($0, order) })) / (1 - order))
  }

  private static func areEqual(_ directions: [Double], width: Int) -> Bool {
    for place in width..<directions.count where directions[place] != directions[place % width] {
      return false
    }
    return true
  }
}
