import Glibc
import ReviewCore

/// How many dimensions of a latent a model uses.
///
/// KL of dimension j: mean over x of (mu^2 + exp(lv) - 1 - lv) / 2, in nats, for a diagonal Gaussian posterior and a
/// standard normal prior. Active by KL: above 0.01; active by variance (Burda et al. 2016): the variance over
/// x of mu, divisor n, above 0.01; with divisor n - 1 and >= as He et al. 2019. (eps, delta)-collapsed: KL below
/// 0.01 on at least 99 % of x (Lucas et al. 2019). 0...d, higher is better; n >= 2.
enum LatentUse {
  static let card = MetricCard(
    name: "vae", title: "Active units and KL", reads: [.latents],
    values: [
      MetricValueCard(
        "au_burda", "0 to d", .higher, "dimensions whose mean varies by more than 0.01"),
      MetricValueCard("au_burda_fraction", "0 to 1", .higher, "the same / d"),
      MetricValueCard("au_kl", "0 to d", .higher, "dimensions with a mean KL above 0.01"),
      MetricValueCard("au_kl_fraction", "0 to 1", .higher, "the same / d"),
      MetricValueCard("au_ddof1_ge", "0 to d", .higher, "variance with divisor n - 1, >= 0.01"),
      MetricValueCard("kl_total", "0 and up", nil, "sum over dimensions, nats"),
      MetricValueCard("kl", "0 and up each", nil, "dimension by dimension"),
      MetricValueCard("mean_posterior_var", "0 and up", nil, "mean of exp(lv): 1 is the prior's"),
      MetricValueCard("mean_var_of_means", "0 and up", .higher, "mean variance of mu"),
      MetricValueCard(
        "eps_delta_collapsed", "0 to d", .lower, "dimensions with KL < 0.01 on 99 % of x"),
    ],
    formula: "KL_j = mean (mu^2 + exp(lv) - 1 - lv) / 2; var_x(mu_j) > 0.01",
    minimumCount: "2 rows",
    source:
      "Burda et al. 2016, arXiv:1509.00519; He et al. 2019, arXiv:1901.05534; Lucas et al. 2019, "
      + "arXiv:1911.02469",
    pitfalls:
      "a unit at the border changes the count; KL is of the encoder, not of what the decoder uses")

  private static let least = 0.01

  static let metric = RegisteredMetric(card) { call, _ throws(MetricFailure) in
    let means = call.samples
    let n = means.rowCount
    let width = means.columnCount
    guard n > 1, width > 0 else { throw .unfit("latent use needs at least 2 rows (n=\(n))") }
    try means.checkFinite("latent means")
    let mu = means.doubles
    func column(_ values: [Double], _ place: Int) -> [Double] {
      (0..<n).map { values[$0 * width + place] }
    }
    let spreads = (0..<width).map { place -> Double in
      let deviation = Statistics.deviation(column(mu, place))
      return deviation * deviation
    }
    let wide = spreads.map { $0 * Double(n) / Double(n - 1) }
    let active = spreads.count { $0 > least }
    var values: [(String, MetricNumber)] = [
      ("au_burda", .whole(active)), ("au_burda_fraction", .number(Double(active) / Double(width))),
      ("au_ddof1_ge", .whole(wide.count { $0 >= least })),
      ("mean_var_of_means", .number(Statistics.mean(spreads))),
    ]
    if let logs = call.second {
      guard logs.rowCount == n, logs.columnCount == width else {
        throw .unfit(
          "means of (\(n),\(width)) and log variances of (\(logs.rowCount),\(logs.columnCount))")
      }
      try logs.checkFinite("log variances")
      let lv = logs.doubles
      let kl = zip(mu, lv).map { 0.5 * ($0 * $0 + exp($1) - 1 - $1) }
      let byDimension = (0..<width).map { Statistics.mean(column(kl, $0)) }
      let used = byDimension.count { $0 > least }
      let collapsed = (0..<width).count { place in
        let low = column(kl, place).count { $0 < least }
        return Double(low) / Double(n) >= 0.99
      }
      values += [
        ("au_kl", .whole(used)), ("au_kl_fraction", .number(Double(used) / Double(width))),
        ("kl_total", .number(Statistics.sum(byDimension))), ("kl", .numbers(byDimension)),
        ("mean_posterior_var", .number(Statistics.mean(lv.map { exp($0) }))),
        ("eps_delta_collapsed", .whole(collapsed)),
      ]
    }
    return MetricAnswer(values)
  }
}
