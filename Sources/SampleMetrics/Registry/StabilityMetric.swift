import ReviewCore

/// How steadily a metric goes along the checkpoints: `SeriesStability` as a metric of the registry.
enum StabilityMetric {
  static let card = MetricCard(
    name: "stability", title: "Stability along checkpoints", reads: [.series],
    values: [
      MetricValueCard("total_variation", "0 and up", .lower, "sum of |dv|"),
      MetricValueCard("net_change", "any", nil, "last - first"),
      MetricValueCard("oscillation", "1 and up", .lower, "total variation / |net change|"),
      MetricValueCard("max_drawdown", "0 and up", .lower, "the farthest below the best so far"),
      MetricValueCard("max_drawdown_at", "places", nil, "where"),
      MetricValueCard("worst_step", "any", nil, "the largest single worsening"),
      MetricValueCard("worst_step_at", "places", nil, "where it leads to"),
      MetricValueCard("worst_step_robust_z", "any", nil, "in robust deviations of all steps"),
      MetricValueCard("sign_changes", "0 and up", nil, "turns of direction"),
      MetricValueCard("best_at", "places", nil, "where the best value is"),
      MetricValueCard("spearman", "-1 to 1", nil, "rank correlation with time, mid-ranks"),
      MetricValueCard("mk_s", "whole numbers", nil, "Mann-Kendall S"),
      MetricValueCard("mk_z", "any", nil, "Mann-Kendall Z, corrected for ties and by 1"),
      MetricValueCard("sen_slope", "any", nil, "median slope a checkpoint"),
      MetricValueCard("kendall_tau_b", "-1 to 1", nil, "Kendall's tau-b with time"),
    ],
    formula:
      "of dv = v_i - v_(i-1): sums, extremes, (step - median) / (1.4826 MAD); ranks against time",
    minimumCount: "2 values, 3 for a trend",
    source: "Mann 1945; Kendall 1975; Sen 1968, doi:10.1080/01621459.1968.10480934",
    pitfalls: "checkpoints that are not evenly spaced count as if they were")

  /// The samples are one column, the series; `isBiased` says that lower is better.
  static let metric = RegisteredMetric(card) { call, _ throws(MetricFailure) in
    let values = call.samples.doubles
    try call.samples.checkFinite("series")
    guard call.samples.columnCount == 1,
      let stability = SeriesStability(values, higherIsBetter: !call.options.isBiased)
    else { throw .unfit("stability needs one series of at least 2 values (n=\(values.count))") }
    func number(_ value: Double?, _ why: String) -> MetricNumber {
      value.map { .number($0) } ?? .undefined(why)
    }
    let constant = values.allSatisfy { $0 == values[0] } ? "constant series" : "too short a series"
    let trend = stability.trend
    return MetricAnswer([
      ("total_variation", .number(stability.totalVariation)),
      ("net_change", .number(stability.netChange)),
      ("oscillation", number(stability.oscillation, "the last value is the first")),
      ("max_drawdown", .number(stability.maxDrawdown)),
      ("max_drawdown_at", .whole(stability.maxDrawdownAt)),
      ("worst_step", .number(stability.worstStep)),
      ("worst_step_at", .whole(stability.worstStepAt)),
      ("worst_step_robust_z", number(stability.worstStepRobustZ, "half of all steps are the same")),
      ("sign_changes", .whole(stability.signChanges)), ("best_at", .whole(stability.bestAt)),
      ("spearman", number(trend?.spearman, constant)),
      ("mk_s", trend.map { .whole($0.mannKendallS) } ?? .undefined(constant)),
      ("mk_z", number(trend?.mannKendallZ, constant)),
      ("sen_slope", number(trend?.senSlope, constant)),
      ("kendall_tau_b", number(trend?.kendallTauB, constant)),
    ])
  }
}
