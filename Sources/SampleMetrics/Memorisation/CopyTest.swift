import Glibc
import ReviewCore

/// Whether samples lie nearer to the training data than real data that were not trained on.
///
/// The Mann-Whitney U of the distances to the nearest training row, samples against test rows, as a z-score:
/// (U - nm/2 + 0.5) / sqrt(nm (n+m+1) / 12), ties by mid-ranks; over cells weighted by the test's
/// share, cells with at most 20/n of the samples left out. Far below 0 is copying, far above underfitting;
/// at least one row of each (Meehan, Chaudhuri and Dasgupta 2020).
enum CopyTest {
  static let card = MetricCard(
    name: "ct", title: "Data-copying test C_T",
    reads: [.pictures, .features, .reference, .testReference],
    values: [
      MetricValueCard("global", "any, near 0", nil, "one cell: below -3 is copying"),
      MetricValueCard("cells", "any, near 0", nil, "the mean over cells"),
    ],
    formula: "z of the Mann-Whitney U of nearest-training distances, samples against test",
    minimumCount: "1 sample, 1 training and 1 test row",
    source: "Meehan et al. 2020, arXiv:2004.05675",
    pitfalls: "blurred samples lie near everything and look copied; it needs data not trained on")

  static let metric = RegisteredMetric(card) { call, effort throws(MetricFailure) in
    let training = try call.wantedReference()
    guard let test = call.test else {
      throw .unfit("there are no real pictures that were not trained on")
    }
    for (table, what) in [(call.samples, "samples"), (training, "reference"), (test, "test")] {
      guard table.rowCount > 0, table.columnCount == training.columnCount else {
        throw .unfit("\(what): no rows, or of another width")
      }
      try table.checkFinite(what)
    }
    let all = try score(call.samples, test, training, effort)
    var values: [(String, MetricNumber)] = [("global", .number(all))]
    if let centres = call.second {
      guard centres.rowCount > 0, centres.columnCount == training.columnCount else {
        throw .unfit("the centres of the cells have \(centres.columnCount) numbers a row")
      }
      try centres.checkFinite("cells")
      values.append(
        (
          "cells",
          .number(try overCells(call.samples, test, training, centres, effort))
        ))
    }
    return MetricAnswer(values)
  }

  /// Distances of one kind against those of another.
  static func z(_ own: [Double], _ other: [Double]) -> Double {
    let (m, n) = (Double(own.count), Double(other.count))
    let sorted = other.sorted()
    var u = 0.0
    for value in own {
      // How many lie below, and how many are as far.
      var (low, high) = (0, sorted.count)
      while low < high {
        let middle = (low + high) / 2
        if sorted[middle] < value { low = middle + 1 } else { high = middle }
      }
      var (start, end) = (low, sorted.count)
      while start < end {
        let middle = (start + end) / 2
        if sorted[middle] <= value { start = middle + 1 } else { end = middle }
      }
      u += Double(low) + 0.5 * Double(start - low)
    }
    return (u - (m * n / 2 - 0.5)) / (m * n * (m + n + 1) / 12).squareRoot()
  }

  private static func score(
    _ samples: NumberTable, _ test: NumberTable, _ training: NumberTable, _ effort: Effort
  ) throws(MetricFailure) -> Double {
    let own = try Neighbours.nearest(of: samples, in: training, effort)
    let other = try Neighbours.nearest(of: test, in: training, effort)
    return z(own.map { $0.squared.squareRoot() }, other.map { $0.squared.squareRoot() })
  }

  private static func overCells(
    _ samples: NumberTable, _ test: NumberTable, _ training: NumberTable, _ centres: NumberTable,
    _ effort: Effort
  ) throws(MetricFailure) -> Double {
    func cells(_ table: NumberTable) -> [[Int]] {
      var cells = [[Int]](repeating: [], count: centres.rowCount)
      for (row, one) in ModeCoverage.assignments(of: table, to: centres).enumerated() {
        cells[one.place].append(row)
      }
      return cells
    }
    let (ofSamples, ofTest, ofTraining) = (cells(samples), cells(test), cells(training))
    let least = 20 / Double(samples.rowCount)
    var (sum, weights) = (0.0, 0.0)
    for cell in 0..<centres.rowCount {
      let share = Double(ofSamples[cell].count) / Double(samples.rowCount)
      guard share > least, !ofTest[cell].isEmpty, !ofTraining[cell].isEmpty else { continue }
      let weight = Double(ofTest[cell].count) / Double(test.rowCount)
      let z = try score(
        samples.rows(at: ofSamples[cell]), test.rows(at: ofTest[cell]),
        training.rows(at: ofTraining[cell]), effort)
      sum += weight * z
      weights += weight
    }
    guard weights > 0 else {
      throw .undefined("no cell has more than 20 samples, test rows and training rows")
    }
    return sum / weights
  }
}

extension NumberTable {
  /// Some rows, in the order they are named.
  func rows(at places: [Int]) -> NumberTable {
    func picked<Value>(_ values: [Value]) -> [Value] {
      var result: [Value] = []
      result.reserveCapacity(places.count * columnCount)
      for place in places { result += values[place * columnCount..<(place + 1) * columnCount] }
      return result
    }
    let part: Values
    switch values {
    case .bytes(let values): part = .bytes(picked(values))
    case .single(let values): part = .single(picked(values))
    case .double(let values): part = .double(picked(values))
    }
    return NumberTable(rowCount: places.count, columnCount: columnCount, values: part)
  }
}
