import Glibc
import ReviewCore

/// In how many bins of the data the share of samples is another than the share of real rows.
///
/// Bins are cells around centres; in each a two-proportion z-test with pooled p, two-sided, alpha 0.05; the
/// divergence of the shares is in nats. 0...bins, lower is better; n >= 1 (Richardson and Weiss 2018).
enum BinDifference {
  static let card = MetricCard(
    name: "ndb", title: "Number of statistically different bins",
    reads: [.pictures, .features, .reference],
    values: [
      MetricValueCard("count", "0 to bins", .lower, "bins with another share, at 5 %"),
      MetricValueCard("jsd", "0 to ln 2", .lower, "Jensen-Shannon divergence of the shares"),
      MetricValueCard("over_bins", "0 to 1", .lower, "count / bins"),
      MetricValueCard(
        "reached", "0 to bins", .higher, "bins with a sample: clusters of the data that are covered"
      ),
    ],
    formula:
      "cells around centres of k-means on the reference; |p - q| / sqrt(P (1-P) (1/n1 + 1/n2)), P pooled",
    minimumCount: "1 sample, as many reference rows as bins",
    source: "Richardson and Weiss 2018, arXiv:1805.12462",
    pitfalls: "with few samples no bin is different; 5 % of bins are by chance alone")

  static let bins = 20

  static let metric = RegisteredMetric(card) { call, effort throws(MetricFailure) in
    let reference = try call.wantedReference()
    try call.samples.checkFinite("samples")
    try reference.checkFinite("reference")
    guard call.samples.rowCount > 0 else { throw .unfit("there are no samples") }
    let centres: NumberTable
    if let given = call.second {
      centres = given
    } else {
      centres = try KMeans.centres(of: reference, count: bins, effort)
    }
    guard centres.columnCount == reference.columnCount, centres.rowCount > 0 else {
      throw .unfit("the centres of the bins have \(centres.columnCount) numbers a row")
    }
    return answer(
      call.samples, centres: centres, real: shares(reference, centres),
      realCount: reference.rowCount)
  }

  /// - Parameters:
  ///   - real: the share of the reference in each bin.
  ///   - realCount: how many rows those are of.
  static func answer(
    _ samples: NumberTable, centres: NumberTable, real: [Double], realCount: Int
  ) -> MetricAnswer {
    let made = shares(samples, centres)
    let (n1, n2) = (Double(realCount), Double(samples.rowCount))
    var count = 0
    for (p, q) in zip(real, made) {
      let pooled = (p * n1 + q * n2) / (n1 + n2)
      let error = (pooled * (1 - pooled) * (1 / n1 + 1 / n2)).squareRoot()
      if error > 0, erfc(abs(p - q) / error / 2.0.squareRoot()) < 0.05 { count += 1 }
    }
    return MetricAnswer([
      ("count", .whole(count)), ("jsd", .number(Statistics.jensenShannon(real, made))),
      ("over_bins", .number(Double(count) / Double(centres.rowCount))),
      ("reached", .whole(made.count { $0 > 0 })),
    ])
  }

  /// The share of the rows in each bin.
  static func shares(_ table: NumberTable, _ centres: NumberTable) -> [Double] {
    var counts = [Int](repeating: 0, count: centres.rowCount)
    for one in ModeCoverage.assignments(of: table, to: centres) { counts[one.place] += 1 }
    return counts.map { Double($0) / Double(table.rowCount) }
  }
}
