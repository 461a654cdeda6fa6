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
    let score = try cosine(table, call.options.order, effort)
    return MetricAnswer([("cosine", .number(score))])
  }

  /// - Complexity: O(n d min(n, d)).
  private static func cosine(
    _ table: NumberTable, _ order: Double, _ effort: Effort
  ) throws(MetricFailure) -> Double {
    // Columns that are zero in every row, such as the black border of pictures, change no product.
    let columns = table.usedColumns
    let directions = try table.directions(columns, effort)
    let (n, width) = (table.rowCount, columns.reduce(0) { $0 + $1.count })
    if n == 1 || areEqual(directions, width: width) { return 1 }
    try effort.openLinearAlgebra()
    let size = min(n, width)
    var gram = [Double](repeating: 0, count: size * size)
    if width <= n {
      cla_scatter(Int64(n), Int64(width), 1, directions, 0, &gram)
    } else {
      // The rows' own products are the scatter of the table turned on its side.
      var turned = [Double](repeating: 0, count: directions.count)
      for row in 0..<n {
        for column in 0..<width { turned[column * n + row] = directions[row * width + column] }
      }
      cla_scatter(Int64(width), Int64(n), 1, turned, 0, &gram)
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
          for other in row..<n {
            let squared = NumberTable.squaredDistance(table, row, table, other)
            kernel[row * n + other] = exp(squared * factor)
          }
        }
      }
    }
    return try score(&kernel, size: n, order)
  }

  /// - Parameter matrix: places with column >= row count.
  private static func score(
    _ matrix: inout [Double], size: Int, _ order: Double
  ) throws(MetricFailure) -> Double {
    var values = [Double](repeating: 0, count: size)
    guard cla_eigenvalues(Int64(size), 1, &matrix, &values) != 0 else {
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
