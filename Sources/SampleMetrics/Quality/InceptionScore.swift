import Glibc
import ReviewCore

/// How sure a classifier is of single samples while it is unsure of all together.
///
/// exp(mean KL(p(y|x) || p(y))), natural logarithm, 0 log 0 = 0; mean and standard deviation (divisor n)
/// over consecutive splits i N / s ..< (i+1) N / s; 1...classes, higher is better; n >= splits
/// (Salimans et al. 2016, as Inception Score on Inception's probabilities).
enum InceptionScore {
  static let card = MetricCard(
    name: "is", title: "Inception score", reads: [.classProbabilities],
    values: [
      MetricValueCard("mean", "1 to classes", .higher, "mean over the splits"),
      MetricValueCard("std", "0 and up", nil, "standard deviation over the splits, divisor n"),
    ],
    formula: "exp(mean over x of KL(p(y|x) || p(y)))", minimumCount: "1 sample a split",
    source: "Salimans et al. 2016, arXiv:1606.03498; splits and divisor as torch-fidelity has them",
    pitfalls:
      "depends on the order of samples where they are split; sees no copies; not the Inception "
      + "score unless the classifier is Inception")

  static let metric = RegisteredMetric(card) { call, _ throws(MetricFailure) in
    let table = call.samples
    let splits = call.options.splits
    guard splits > 0, table.rowCount >= splits else {
      throw .unfit("more splits than rows (\(splits) > n=\(table.rowCount))")
    }
    try check(table)
    var rows = Array(0..<table.rowCount)
    if let seed = call.options.seed {
      var generator = MersenneTwister(seed: seed)
      rows = generator.permutation(table.rowCount)
    }
    let values = table.doubles
    let n = table.rowCount
    let scores = (0..<splits).map { split in
      score(
        values, table.columnCount, rows[(split * n / splits)..<((split + 1) * n / splits)])
    }
    return MetricAnswer([
      ("mean", .number(Statistics.mean(scores))), ("std", .number(Statistics.deviation(scores))),
    ])
  }

  /// Refuses what is no table of probabilities.
  static func check(_ table: NumberTable) throws(MetricFailure) {
    guard table.rowCount > 0, table.columnCount > 0 else {
      throw .unfit("there are no probabilities")
    }
    try table.checkFinite("probabilities")
    let width = table.columnCount
    let values = table.doubles
    for row in 0..<table.rowCount {
      var sum = 0.0
      for column in 0..<width {
        let value = values[row * width + column]
        guard value >= 0 else {
          throw .unfit(
            "row \(row) column \(column) is \(NumberText.shortest(value)), no probability")
        }
        sum += value
      }
      guard abs(sum - 1) <= 1e-3 else {
        throw .unfit("row \(row) sums to \(NumberText.general(sum, digits: 6)), not 1")
      }
    }
  }

  private static func score(_ values: [Double], _ width: Int, _ rows: ArraySlice<Int>) -> Double {
    var marginal = [Double](repeating: 0, count: width)
    for row in rows {
      for column in 0..<width { marginal[column] += values[row * width + column] }
    }
    let logs = marginal.map { log($0 / Double(rows.count)) }
    let sums = rows.map { row -> Double in
      var sum = 0.0
      for column in 0..<width {
        let p = values[row * width + column]
        if p > 0 { sum += p * (log(p) - logs[column]) }
      }
      return sum
    }
    return exp(Statistics.mean(sums))
  }
}
