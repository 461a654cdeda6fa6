import ReviewCore

/// How many samples lie where data are, and how much of the data samples reach.
///
/// Balls reach to the kth nearest other row of the same set (the row itself is not counted). precision: share of
/// samples in any real ball; recall: share of real rows in any sample's ball; density: mean over samples of
/// the real balls that hold them / k; coverage: share of real balls that hold a sample. k = 5, d < r as prdc
/// has it, or d <= r as Kynkäänniemi; at least k + 1 rows on each side.
///
/// Distances are exact: whole numbers for pixels, for floats differences in doubles wherever a comparison is
/// close, so that ties are ties on every processor and any number of threads.
enum PrecisionRecall {
  static let card = MetricCard(
    name: "prdc", title: "Precision, recall, density, coverage",
    reads: [.features, .pictures, .points, .reference],
    values: [
      MetricValueCard("precision", "0 to 1", .higher, "samples inside any real ball"),
      MetricValueCard("recall", "0 to 1", .higher, "real rows inside any sample's ball"),
      MetricValueCard(
        "density", "0 and up, 1 for the data", .higher, "real balls around a sample / k"),
      MetricValueCard("coverage", "0 to 1", .higher, "real balls that hold a sample"),
    ],
    formula:
      "balls to the kth neighbour, k = 5, border outside (prdc); k = 3, border inside (improved "
      + "precision and recall)",
    minimumCount: "k + 1 samples and reference rows",
    source: "Kynkäänniemi et al. 2019, arXiv:1904.06991; Naeem et al. 2020, arXiv:2002.09797",
    pitfalls: "copies of the data score best; recall is small where samples are few")

  static let metric = RegisteredMetric(card) { call, effort throws(MetricFailure) in
    let reference = try Side(
      try call.wantedReference(), call.options.neighbours, "reference", effort)
    return try answer(call, against: reference, effort)
  }

  /// One set with the radii of its balls.
  final class Side: Sendable {
    let table: NumberTable
    /// Squared.
    let radii: [Double]

    init(_ table: NumberTable, radii: [Double]) {
      self.table = table
      self.radii = radii
    }

    init(
      _ table: NumberTable, _ k: Int, _ what: String, _ effort: Effort
    ) throws(MetricFailure) {
      guard k > 0, table.rowCount > k else {
        throw .unfit("k=\(k) needs at least \(k + 1) rows (\(what): n=\(table.rowCount))")
      }
      try table.checkFinite(what)
      self.table = table
      radii = try Neighbours.radii(of: table, k: k, effort)
    }
  }

  static func answer(
    _ call: MetricCall, against reference: Side, _ effort: Effort
  ) throws(MetricFailure) -> MetricAnswer {
    _ = try call.wantedReference()
    let k = call.options.neighbours
    let samples = try Side(call.samples, k, "samples", effort)
    let balls = try Balls.counts(
      real: reference.table, realRadii: reference.radii, generated: samples.table,
      generatedRadii: samples.radii, countsBorder: call.options.countsBorder, effort)
    let (m, n) = (Double(reference.table.rowCount), Double(samples.table.rowCount))
    var remarks: [String] = []
    if samples.radii.allSatisfy({ $0 == 0 }) {
      remarks.append("every radius of the samples is 0: each has \(k) exact copies")
    }
    if reference.radii.allSatisfy({ $0 == 0 }) {
      remarks.append("every radius is 0 in the reference: each row has \(k) exact copies")
    }
    return MetricAnswer(
      [
        ("precision", .number(Double(balls.isInside.count { $0 }) / n)),
        ("recall", .number(Double(balls.isRecalled.count { $0 }) / m)),
        ("density", .number(Double(balls.held.reduce(0, +)) / (Double(k) * n))),
        ("coverage", .number(Double(balls.held.count { $0 > 0 }) / m)),
      ], remarks: remarks)
  }
}
