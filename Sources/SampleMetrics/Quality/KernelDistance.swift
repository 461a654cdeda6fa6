import CLinearAlgebra
import Glibc
import ReviewCore

/// How far two sets of features lie apart by the mean of a kernel.
///
/// MMD^2 with k = (x.y/d + 1)^3: within-set means without the diagonal (unbiased), or with it; on whole sets, or
/// as the mean over subsets that numpy's legacy generator draws. May be below 0; lower is better; n >= 2 on each
/// side (Binkowski et al. 2018, as KID on Inception features). The Gaussian kernel exp(-|x-y|^2 / (2 s^2)), too.
enum KernelDistance {
  static let card = MetricCard(
    name: "kernel", title: "Kernel distance", reads: [.features, .pictures, .reference],
    values: [
      MetricValueCard("distance", "any", .lower, "MMD^2 with (x.y/d + 1)^3, unbiased, whole sets"),
      MetricValueCard("biased", "0 and up", .lower, "the same with the diagonals"),
      MetricValueCard("subsets_mean", "any", .lower, "mean over subsets"),
      MetricValueCard("subsets_std", "0 and up", nil, "their standard deviation, divisor n"),
      MetricValueCard("rbf", "any", .lower, "MMD^2 with a Gaussian kernel"),
      MetricValueCard("median_deviation", "0 and up", nil, "median distance of the pooled rows"),
    ],
    formula: "mean k(x,x') + mean k(y,y') - 2 mean k(x,y)", minimumCount: "2 on each side",
    source:
      "Gretton et al. 2012; Binkowski et al. 2018, arXiv:1801.01401; subsets as torch-fidelity draws them",
    pitfalls:
      "unbiased, so that equal sets may come out below 0; not the KID unless the features are "
      + "those of its Inception network")

  static let metric = RegisteredMetric(card) { call, effort throws(MetricFailure) in
    let reference = try call.wantedReference()
    let samples = call.samples
    guard samples.rowCount > 1, reference.rowCount > 1 else {
      throw .unfit(
        "the kernel distance needs at least 2 samples on each side (n=\(min(samples.rowCount, reference.rowCount)))"
      )
    }
    try samples.checkFinite("samples")
    try reference.checkFinite("reference")
    if let size = call.options.subsetSize {
      return try ofSubsets(samples, reference, size, call.options, effort)
    }
    if let deviation = call.options.deviation {
      return try gaussian(samples, reference, deviation, call.options.isBiased, effort)
    }
    try effort.openLinearAlgebra()
    let (x, y) = (Rows(samples), Rows(reference))
    let own = try ownSums(x, effort)
    let other = try ownSums(y, effort)
    let both = (all: try sum(x, y, effort), diagonal: 0.0)
    return MetricAnswer([
      ("distance", .number(distance(own, other, both, x.count, y.count, isBiased: false))),
      ("biased", .number(distance(own, other, both, x.count, y.count, isBiased: true))),
    ])
  }

  /// Rows as doubles; pixels count from 0 to 1.
  struct Rows: Sendable {
    let values: [Double]
    let count: Int
    let width: Int

    init(_ table: NumberTable) {
      values = table.bytes == nil ? table.doubles : table.scaledToOne.doubles
      count = table.rowCount
      width = table.columnCount
    }

    init(values: [Double], width: Int) {
      self.values = values
      self.width = width
      count = width > 0 ? values.count / width : 0
    }
  }

  /// The sum of the kernel over all pairs of rows of two sets.
  static func sum(
    _ left: Rows, _ right: Rows, _ effort: Effort
  ) throws(MetricFailure) -> Double {
    let inverse = 1 / Double(left.width)
    var parts: [Double] = []
    try Products.forEachBlock(left.values, right.values, width: left.width, effort) {
      _, _, tile in
      parts.append(cubes(UnsafeBufferPointer(tile), inverse))
    }
    return Statistics.sum(parts)
  }

  /// The sum of the kernel over all pairs of rows of one set, and over those of a row with itself; half of
  /// the pairs are looked at.
  static func ownSums(
    _ rows: Rows, _ effort: Effort
  ) throws(MetricFailure) -> (all: Double, diagonal: Double) {
    let inverse = 1 / Double(rows.width)
    var above: [Double] = []
    var own: [Double] = []
    try Products.forEachRow(rows.values, width: rows.width, effort) { row, columns, products in
      if columns.contains(row) {
        let base = products[row - columns.lowerBound] * inverse + 1
        own.append(base * base * base)
      }
      let first = max(0, row + 1 - columns.lowerBound)
      guard first < products.count else { return }
      above.append(cubes(UnsafeBufferPointer(rebasing: products[first...]), inverse))
    }
    let diagonal = Statistics.sum(own)
    return (2 * Statistics.sum(above) + diagonal, diagonal)
  }

  /// Sum of (x / d + 1)^3.
  private static func cubes(_ products: UnsafeBufferPointer<Double>, _ inverse: Double) -> Double {
    var sums = (0.0, 0.0, 0.0, 0.0)
    var place = 0
    let count = products.count
    while place + 4 <= count {
      let (a, b) = (products[place] * inverse + 1, products[place + 1] * inverse + 1)
      let (c, d) = (products[place + 2] * inverse + 1, products[place + 3] * inverse + 1)
      sums.0 += a * a * a
      sums.1 += b * b * b
      sums.2 += c * c * c
      sums.3 += d * d * d
      place += 4
    }
    while place < count {
      let a = products[place] * inverse + 1
      sums.0 += a * a * a
      place += 1
    }
    return (sums.0 + sums.1) + (sums.2 + sums.3)
  }

  static func distance(
    _ own: (all: Double, diagonal: Double), _ other: (all: Double, diagonal: Double),
    _ both: (all: Double, diagonal: Double), _ m: Int, _ n: Int, isBiased: Bool
  ) -> Double {
    let (m, n) = (Double(m), Double(n))
    let cross = 2 * both.all / (m * n)
    return isBiased
      ? own.all / (m * m) + other.all / (n * n) - cross
      : (own.all - own.diagonal) / (m * (m - 1)) + (other.all - other.diagonal) / (n * (n - 1))
        - cross
  }

  private static func ofSubsets(
    _ samples: NumberTable, _ reference: NumberTable, _ size: Int, _ options: MetricOptions,
    _ effort: Effort
  ) throws(MetricFailure) -> MetricAnswer {
    guard samples.rowCount >= size, reference.rowCount >= size, size > 1 else {
      throw .unfit(
        "subsets of \(size) need as many rows (n=\(min(samples.rowCount, reference.rowCount)))")
    }
    try effort.openLinearAlgebra()
    var generator = MersenneTwister(seed: options.seed ?? 2020)
    let (x, y) = (Rows(samples), Rows(reference))
    func subset(_ rows: Rows, _ places: ArraySlice<Int>) -> Rows {
      var values: [Double] = []
      values.reserveCapacity(places.count * rows.width)
      for place in places {
        values += rows.values[place * rows.width..<(place + 1) * rows.width]
      }
      return Rows(values: values, width: rows.width)
    }
    var distances: [Double] = []
    for _ in 0..<options.subsetCount {
      try effort.check()
      let a = subset(x, generator.permutation(x.count).prefix(size))
      let b = subset(y, generator.permutation(y.count).prefix(size))
      distances.append(
        distance(
          try ownSums(a, effort), try ownSums(b, effort), (try sum(a, b, effort), 0), size, size,
          isBiased: false))
    }
    return MetricAnswer([
      ("subsets_mean", .number(Statistics.mean(distances))),
      ("subsets_std", .number(Statistics.deviation(distances))),
    ])
  }

  private static func gaussian(
    _ samples: NumberTable, _ reference: NumberTable, _ deviation: Double, _ isBiased: Bool,
    _ effort: Effort
  ) throws(MetricFailure) -> MetricAnswer {
    var values: [(String, MetricNumber)] = []
    var deviation = deviation
    if deviation == .infinity {
      deviation = try medianDistance(samples, reference, effort)
      values.append(("median_deviation", .number(deviation)))
      guard deviation > 0 else { throw .undefined("more than half of all rows are the same") }
    }
    let factor = -1 / (2 * deviation * deviation)
    func sum(
      _ a: NumberTable, _ b: NumberTable
    ) throws(MetricFailure) -> (all: Double, diagonal: Double) {
      let rows = try [Double].filled(a.rowCount, with: 0) { rows throws(MetricFailure) in
        try effort.forEachBlock(of: a.rowCount, size: 8) { block in
          for row in block {
            var sum = 0.0
            for other in 0..<b.rowCount {
              sum += exp(NumberTable.squaredDistance(a, row, b, other) * factor)
            }
            rows[row] = sum
          }
        }
      }
      return (Statistics.sum(rows), Double(a.rowCount))
    }
    let all = distance(
      try sum(samples, samples), try sum(reference, reference), try sum(samples, reference),
      samples.rowCount, reference.rowCount, isBiased: isBiased)
    values.append(("rbf", .number(all)))
    return MetricAnswer(values)
  }

  /// Over all pairs i < j of both sets together.
  private static func medianDistance(
    _ left: NumberTable, _ right: NumberTable, _ effort: Effort
  ) throws(MetricFailure) -> Double {
    let pooled = NumberTable(
      rowCount: left.rowCount + right.rowCount, columnCount: left.columnCount,
      values: .double(left.doubles + right.doubles))
    let n = pooled.rowCount
    guard n <= 20_000 else {
      throw .unfit("the median over all pairs of \(n) rows takes more memory than is meant for it")
    }
    let distances = try [Double].filled(n * (n - 1) / 2, with: 0) {
      distances throws(MetricFailure) in
      try effort.forEachBlock(of: n, size: 8) { block in
        for row in block {
          // Pairs of the rows before it.
          let start = row * (row - 1) / 2
          for other in 0..<row {
            distances[start + other] =
              NumberTable.squaredDistance(pooled, row, pooled, other).squareRoot()
          }
        }
      }
    }
    return Statistics.median(distances)
  }
}
