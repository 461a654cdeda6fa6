import Glibc
import ReviewCore

/// Whether samples are copies of what was trained on.
///
/// d(g): distance of a sample to its nearest training row, d(t): of a training row to its nearest other.
/// Exact copies: d(g) = 0. ratio: median d(g) / median d(t). closer than p1: share of samples with d(g) below
/// the 1st percentile of d(t). authenticity: share with d(g) > d(t*), t* the nearest training row. L2 on
/// 8-bit gray values, exact; n >= 1, at least 2 training rows.
enum NearestAudit {
  static let card = MetricCard(
    name: "audit", title: "Nearest training image", reads: [.pictures, .features, .reference],
    values: [
      MetricValueCard("exact_copy_fraction", "0 to 1", .lower, "samples equal to a training row"),
      MetricValueCard("nn_ratio_median", "0 and up, near 1", nil, "median d(g) / median d(t)"),
      MetricValueCard(
        "closer_than_p1", "0 to 1, near 0.01", .lower, "samples nearer than the 1st percentile"),
      MetricValueCard("authenticity", "0 to 1, near 0.5", .higher, "share with d(g) > d(t*)"),
      MetricValueCard("gen_nn_median", "0 and up", nil, "median of d(g)"),
      MetricValueCard("gen_nn_mean", "0 and up", nil, "mean of d(g)"),
      MetricValueCard("train_nn_median", "0 and up", nil, "median of d(t)"),
      MetricValueCard("train_nn_mean", "0 and up", nil, "mean of d(t)"),
      MetricValueCard("nn_index", "rows each", nil, "the nearest training row of each sample"),
      MetricValueCard("nn_distance", "0 and up each", nil, "d(g) of each sample"),
    ],
    formula: "L2 to the nearest training row, the lowest row where several are as near",
    minimumCount: "1 sample, 2 training rows",
    source:
      "authenticity: Alaa et al. 2022, arXiv:2102.08921; ratio and percentile: own, after Meehan et al. 2020",
    pitfalls: "pixels see shifted copies as new; mean pictures lie near everything")

  static let metric = RegisteredMetric(card) { call, effort throws(MetricFailure) in
    try answer(call, against: try Side(try call.wantedReference(), effort), effort)
  }

  /// The training rows with the distance of each to its nearest other.
  final class Side: Sendable {
    let table: NumberTable
    let distances: [Double]

    init(_ table: NumberTable, distances: [Double]) {
      self.table = table
      self.distances = distances
    }

    init(_ table: NumberTable, _ effort: Effort) throws(MetricFailure) {
      guard table.rowCount > 1 else {
        throw .unfit("the audit needs at least 2 training rows (n=\(table.rowCount))")
      }
      try table.checkFinite("reference")
      self.table = table
      distances = try Neighbours.nearestOther(in: table, effort).map { $0.squared.squareRoot() }
    }
  }

  static func answer(
    _ call: MetricCall, against training: Side, _ effort: Effort
  ) throws(MetricFailure) -> MetricAnswer {
    _ = try call.wantedReference()
    guard call.samples.rowCount > 0 else { throw .unfit("there are no samples") }
    try call.samples.checkFinite("samples")
    let nearest = try Neighbours.nearest(of: call.samples, in: training.table, effort)
    let own = nearest.map { $0.squared.squareRoot() }
    let n = Double(own.count)
    let low = Statistics.quantile(training.distances, 0.01)
    let authentic = nearest.count { $0.squared.squareRoot() > training.distances[$0.place] }
    let (median, typical) = (Statistics.median(own), Statistics.median(training.distances))
    return MetricAnswer([
      ("exact_copy_fraction", .number(Double(own.count { $0 == 0 }) / n)),
      (
        "nn_ratio_median",
        typical > 0
          ? .number(median / typical)
          : .undefined("more than half of the training rows have an exact twin")
      ),
      ("closer_than_p1", .number(Double(own.count { $0 < low }) / n)),
      ("authenticity", .number(Double(authentic) / n)),
      ("gen_nn_median", .number(median)), ("gen_nn_mean", .number(Statistics.mean(own))),
      ("train_nn_median", .number(typical)),
      ("train_nn_mean", .number(Statistics.mean(training.distances))),
      ("nn_index", .wholes(nearest.map(\.place))), ("nn_distance", .numbers(own)),
    ])
  }
}
