import CSampleKernels
import ReviewCore

/// How many samples are different from all others, byte by byte.
///
/// unique ratio = distinct rows / n. 1/n...1, higher is more varied; n >= 1. Below 0.1 it is an alert.
enum UniqueRatio {
  static let card = MetricCard(
    name: "unique", title: "Exact unique ratio", reads: [.pictures, .points],
    values: [
      MetricValueCard("ratio", "1/n to 1", .higher, "distinct samples / samples"),
      MetricValueCard("count", "1 to n", .higher, "distinct samples"),
      MetricValueCard("collapse_alert", "yes or no", nil, "whether the ratio is below 0.1"),
      MetricValueCard("largest_group", "1/n to 1", .lower, "share of the most frequent sample"),
      MetricValueCard(
        "in_group_fraction", "0 to 1", .lower, "share of samples that have an exact twin"),
    ],
    formula: "distinct rows / n, by equality of all bytes", minimumCount: "1 sample",
    source: "counting; np.unique(axis=0) gives the same",
    pitfalls: "one changed pixel makes a sample another: see near duplicates")

  /// Below this ratio samples have collapsed.
  static let alert = 0.1

  static let metric = RegisteredMetric(card) { call, _ throws(MetricFailure) in
    let groups = try firstEquals(call.samples)
    let counts = groupSizes(groups)
    let n = Double(groups.count)
    let ratio = Double(counts.count) / n
    return MetricAnswer([
      ("ratio", .number(ratio)), ("count", .whole(counts.count)),
      ("collapse_alert", .flag(ratio < alert)),
      ("largest_group", .number(Double(counts.max() ?? 0) / n)),
      ("in_group_fraction", .number(Double(counts.filter { $0 > 1 }.reduce(0, +)) / n)),
    ])
  }

  /// For each row the first one that is equal to it.
  ///
  /// - Complexity: O(n d).
  static func firstEquals(_ table: NumberTable) throws(MetricFailure) -> [Int] {
    guard table.rowCount > 0, table.columnCount > 0 else { throw .unfit("there are no samples") }
    var capacity = 16
    while capacity < 2 * table.rowCount { capacity *= 2 }
    let bytes: [UInt8]
    switch table.values {
    case .bytes(let values): bytes = values
    case .single(let values): bytes = values.withUnsafeBytes { Array($0) }
    case .double(let values): bytes = values.withUnsafeBytes { Array($0) }
    }
    let width = bytes.count / table.rowCount
    var first = [Int64](repeating: 0, count: table.rowCount)
    var scratch = [UInt64](repeating: 0, count: 2 * capacity)
    _ = csk_first_equals(
      bytes, Int64(table.rowCount), Int64(width), &first, &scratch, Int64(capacity))
    return first.map { Int($0) }
  }

  private static func groupSizes(_ firsts: [Int]) -> [Int] {
    var sizes = [Int](repeating: 0, count: firsts.count)
    for first in firsts { sizes[first] += 1 }
    return sizes.filter { $0 > 0 }
  }
}
