import Glibc
import ReviewCore

/// Which classes a classifier finds among the samples, against those of the data.
///
/// Each sample counts for its likeliest class. Total variation and KL(samples || data) in nats; n >= 1.
enum ClassCoverage {
  static let card = MetricCard(
    name: "classes", title: "Class coverage", reads: [.classProbabilities, .referenceLabels],
    values: [
      MetricValueCard("classes_present", "1 to classes", .higher, "classes with a sample"),
      MetricValueCard("tv_to_real", "0 to 1", .lower, "total variation of the shares"),
      MetricValueCard(
        "kl_gen_real", "0 and up", .lower, "KL of the samples' shares from the data's"),
      MetricValueCard("counts", "0 to n each", nil, "samples, class by class"),
      MetricValueCard(
        "mean_confidence", "1/classes to 1", .higher, "mean of the largest probability"),
    ],
    formula:
      "argmax of each row; shares h against the labels' shares r: sum |h - r| / 2, sum h ln (h/r)",
    minimumCount: "1 sample", source: "mode coverage by a classifier, as in Srivastava et al. 2017",
    pitfalls: "a classifier names noise, too: look at the confidence")

  static let metric = RegisteredMetric(card) { call, _ throws(MetricFailure) in
    let table = call.samples
    try InceptionScore.check(table)
    let width = table.columnCount
    let values = table.doubles
    var counts = [Int](repeating: 0, count: width)
    var confidences: [Double] = []
    for row in 0..<table.rowCount {
      var best = 0
      for column in 1..<max(1, width)
      where values[row * width + column] > values[row * width + best] { best = column }
      counts[best] += 1
      confidences.append(values[row * width + best])
    }
    var answer: [(String, MetricNumber)] = [
      ("classes_present", .whole(counts.count { $0 > 0 }))
    ]
    if let labels = call.labels, !labels.isEmpty {
      guard let least = labels.min(), let most = labels.max(), least >= 0, most < width else {
        throw .unfit("a label of the reference is none of the \(width) classes")
      }
      var real = [Double](repeating: 0, count: width)
      for label in labels { real[label] += 1 / Double(labels.count) }
      let shares = counts.map { Double($0) / Double(table.rowCount) }
      let apart = zip(shares, real).map { abs($0 - $1) }
      answer.append(("tv_to_real", .number(Statistics.sum(apart) / 2)))
      let missing = shares.indices.first { shares[$0] > 0 && real[$0] == 0 }
      if let missing {
        answer.append(
          ("kl_gen_real", .undefined("class \(missing) has samples and no reference")))
      } else {
        let terms = zip(shares, real).map { $0 > 0 ? $0 * log($0 / $1) : 0 }
        answer.append(("kl_gen_real", .number(Statistics.sum(terms))))
      }
    }
    answer.append(("counts", .wholes(counts)))
    answer.append(("mean_confidence", .number(Statistics.mean(confidences))))
    return MetricAnswer(answer)
  }
}
