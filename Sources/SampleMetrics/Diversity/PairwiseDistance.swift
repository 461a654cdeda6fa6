import CSampleKernels
import ReviewCore

/// How far samples lie apart on average.
///
/// mean over i < j of |x_i - x_j|: L2, L1, RMS = L2 / sqrt(d), cosine = 1 - cos. Pixels count from 0 to 1.
/// 0 and up, higher is more varied; n >= 2.
enum PairwiseDistance {
  static let card = MetricCard(
    name: "diversity", title: "Mean pairwise distance", reads: [.pictures, .features, .points],
    values: [
      MetricValueCard("mean_l2", "0 and up", .higher, "mean Euclidean distance"),
      MetricValueCard("mean_rms", "0 and up", .higher, "the same over the root of the width"),
      MetricValueCard("mean_l1", "0 and up", .higher, "mean sum of absolute differences"),
      MetricValueCard("mean_cosine", "0 to 2", .higher, "mean of 1 - cosine"),
    ],
    formula: "mean over i < j of |x_i - x_j|, pairs of a sample with itself left out; pixels / 255",
    minimumCount: "2 samples", source: "scipy pdist; the diagonal of zeros is not averaged in",
    pitfalls: "noise lies farther apart than digits do")

  static let metric = RegisteredMetric(card) { call, effort throws(MetricFailure) in
    let table = call.samples
    guard table.rowCount > 1, table.columnCount > 0 else {
      throw .unfit("a mean over pairs needs at least 2 samples (n=\(table.rowCount))")
    }
    try table.checkFinite("samples")
    let n = Double(table.rowCount)
    let pairs = n * (n - 1) / 2
    let width = Double(table.columnCount)
    let l2 = try sumOfDistances(table, effort) / pairs
    var values: [(String, MetricNumber)] = [
      ("mean_l2", .number(l2)), ("mean_rms", .number(l2 / width.squareRoot())),
      ("mean_l1", .number(try sumOfDifferences(table, effort) / pairs)),
    ]
    do throws(MetricFailure) {
      values.append(("mean_cosine", .number(try meanCosine(table, effort))))
    } catch {
      guard case .unfit(let why) = error else { throw error }
      values.append(("mean_cosine", .undefined(why)))
    }
    return MetricAnswer(values)
  }

  /// Sum over i < j of L2 distances.
  static func sumOfDistances(
    _ table: NumberTable, _ effort: Effort
  ) throws(MetricFailure) -> Double {
    let n = table.rowCount
    if let rows = try Neighbours.byteRows(table, .both) {
      let sums = try [Double].filled(n, with: 0) { sums throws(MetricFailure) in
        try effort.forEachBlock(of: n, size: ByteRows.blockRows) { block in
          rows.forEachRow(block, to: rows) { row, start, distances in
            let first = max(0, row + 1 - start)
            guard first < distances.count, let base = distances.baseAddress else { return }
            sums[row] += csk_sum_of_roots(base + first, Int64(distances.count - first))
          }
        }
      }
      return Statistics.sum(sums) / 255
    }
    return Statistics.sum(
      try sumsOverPairs(table, effort) {
        NumberTable.squaredDistance(table, $0, table, $1).squareRoot()
      })
  }

  private static func sumOfDifferences(
    _ table: NumberTable, _ effort: Effort
  ) throws(MetricFailure) -> Double {
    let width = table.columnCount
    if let bytes = table.bytes {
      let sums = try sumsOverPairs(table, effort) { left, right in
        bytes.withUnsafeBufferPointer { bytes in
          guard let base = bytes.baseAddress else { return 0 }
          return Double(
            csk_absolute_difference(base + left * width, base + right * width, Int64(width)))
        }
      }
      return Statistics.sum(sums) / 255
    }
    let values = table.doubles
    return Statistics.sum(
      try sumsOverPairs(table, effort) { left, right in
        values.withUnsafeBufferPointer { values in
          var sum = 0.0
          for column in 0..<width {
            sum += abs(values[left * width + column] - values[right * width + column])
          }
          return sum
        }
      })
  }

  /// One sum a row, over the rows behind it.
  private static func sumsOverPairs(
    _ table: NumberTable, _ effort: Effort, _ distance: @Sendable (Int, Int) -> Double
  ) throws(MetricFailure) -> [Double] {
    let n = table.rowCount
    return try [Double].filled(n, with: 0) { sums throws(MetricFailure) in
      try effort.forEachBlock(of: n, size: 16) { block in
        for row in block {
          var sum = 0.0
          for other in (row + 1)..<max(n, row + 1) { sum += distance(row, other) }
          sums[row] = sum
        }
      }
    }
  }

  /// 1 - the mean cosine over i < j, by the length of the sum of all directions.
  private static func meanCosine(
    _ table: NumberTable, _ effort: Effort
  ) throws(MetricFailure) -> Double {
    let width = table.columnCount
    let directions = try table.directions(effort)
    let n = Double(table.rowCount)
    var total = [Double](repeating: 0, count: width)
    var own = 0.0
    for row in 0..<table.rowCount {
      for column in 0..<width {
        let value = directions[row * width + column]
        total[column] += value
        own += value * value
      }
    }
    let all = Statistics.sum(total.map { $0 * $0 })
    return 1 - (all - own) / (n * (n - 1))
  }
}
