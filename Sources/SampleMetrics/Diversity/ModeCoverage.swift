import Glibc
import ReviewCore

/// Which of the known modes samples reach, and how many lie close to one.
///
/// The nearest mode of each sample; of high quality within 3 standard deviations (strictly); a mode is
/// captured by at least one such sample. Entropy and divergences from equal shares in nats. n >= 1
/// (Srivastava et al. 2017, VEEGAN; Lin et al. 2018, PacGAN).
enum ModeCoverage {
  static let card = MetricCard(
    name: "modes", title: "Mode coverage of points", reads: [.points, .features, .modes],
    values: [
      MetricValueCard("captured", "0 to m", .higher, "modes with a sample of high quality"),
      MetricValueCard("captured_min20", "0 to m", .higher, "modes with at least 20 of them"),
      MetricValueCard("high_quality", "0 to 1", .higher, "share of samples within 3 deviations"),
      MetricValueCard("counts", "0 to n each", nil, "samples of high quality, mode by mode"),
      MetricValueCard("entropy", "0 to ln m", .higher, "of the counts' shares, in nats"),
      MetricValueCard("kl_to_uniform", "0 and up", .lower, "KL of the shares from equal ones"),
      MetricValueCard("jsd_to_uniform", "0 to ln 2", .lower, "Jensen-Shannon divergence from them"),
    ],
    formula: "nearest mode of each sample; high quality: distance / deviation < 3",
    minimumCount: "1 sample, and the modes' centres",
    source:
      "VEEGAN (Srivastava et al. 2017, arXiv:1705.07761); PacGAN (Lin et al. 2018, arXiv:1712.04086)",
    pitfalls: "one lucky sample captures a mode: look at the mode count with 20 as well")

  static let metric = RegisteredMetric(card) { call, _ throws(MetricFailure) in
    let modes = try call.wantedSecond("centres of modes")
    guard call.samples.columnCount == modes.columnCount else {
      throw .unfit(
        "samples of \(call.samples.columnCount) numbers and modes of \(modes.columnCount)")
    }
    guard call.samples.rowCount > 0, modes.rowCount > 0 else {
      throw .unfit("there are no samples, or no modes")
    }
    try call.samples.checkFinite("samples")
    try modes.checkFinite("modes")
    guard let deviation = call.options.deviation, deviation > 0 else {
      throw .unfit("the modes' standard deviation is not given")
    }
    let nearest = assignments(of: call.samples, to: modes)
    var counts = [Int](repeating: 0, count: modes.rowCount)
    for one in nearest where one.squared.squareRoot() / deviation < 3 { counts[one.place] += 1 }
    let good = counts.reduce(0, +)
    let shares = counts.map { good > 0 ? Double($0) / Double(good) : 0 }
    let even = [Double](repeating: 1 / Double(counts.count), count: counts.count)
    let entropy = Statistics.entropy(shares)
    let undefined = MetricNumber.undefined("no sample lies within 3 deviations of a mode")
    return MetricAnswer([
      ("captured", .whole(counts.count { $0 > 0 })),
      ("captured_min20", .whole(counts.count { $0 >= 20 })),
      ("high_quality", .number(Double(good) / Double(call.samples.rowCount))),
      ("counts", .wholes(counts)),
      ("entropy", good > 0 ? .number(entropy) : undefined),
      ("kl_to_uniform", good > 0 ? .number(log(Double(counts.count)) - entropy) : undefined),
      (
        "jsd_to_uniform", good > 0 ? .number(Statistics.jensenShannon(shares, even)) : undefined
      ),
    ])
  }

  /// For each row the nearest centre, the lowest where several are as near.
  ///
  /// - Complexity: O(n m d).
  static func assignments(of table: NumberTable, to centres: NumberTable) -> [Neighbour] {
    // In one precision, so that no value is looked up by itself.
    let table = NumberTable(
      rowCount: table.rowCount, columnCount: table.columnCount, values: .double(table.doubles))
    let centres = NumberTable(
      rowCount: centres.rowCount, columnCount: centres.columnCount,
      values: .double(centres.doubles))
    return (0..<table.rowCount).map { row in
      var best = Neighbour(place: 0, squared: .infinity)
      for centre in 0..<centres.rowCount {
        let squared = NumberTable.squaredDistance(table, row, centres, centre)
        if squared < best.squared { best = Neighbour(place: centre, squared: squared) }
      }
      return best
    }
  }
}
