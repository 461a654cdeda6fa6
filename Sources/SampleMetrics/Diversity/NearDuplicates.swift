import CSampleKernels
import ReviewCore

/// Which samples are nearly the same: pictures whose gray values differ by little in the root mean square, or
/// features that point the same way.
///
/// RMS = sqrt(sum (x-y)^2 / d) <= t for pictures (t = 4 or 8 of 255), cosine > t for features (0.98). Groups
/// are connected components. 0...1; n >= 2.
enum NearDuplicates {
  static let card = MetricCard(
    name: "neardup", title: "Near duplicates", reads: [.pictures, .features],
    values: [
      MetricValueCard(
        "fraction", "0 to 1", .lower, "share of samples that another one is nearly equal to"),
      MetricValueCard(
        "unique_ratio", "1/n to 1", .higher, "groups of nearly equal samples / samples"),
    ],
    formula: "pictures: sqrt(mean (x-y)^2) <= 4 gray values; features: cosine > 0.98; groups are "
      + "connected components",
    minimumCount: "2 samples",
    source: "RMS of gray values (own threshold); cosine 0.98 and components as fastdup has them",
    pitfalls: "thin strokes on black are near one another by RMS: a blank set is all duplicates")

  /// Gray values of 255 that nearly equal pictures differ by at most.
  static let defaultThreshold = 4.0

  static let metric = RegisteredMetric(card) { call, effort throws(MetricFailure) in
    let groups = try components(of: call.samples, call.options.threshold, effort)
    let n = groups.first.count
    var sizes = [Int](repeating: 0, count: n)
    for first in groups.first { sizes[first] += 1 }
    let near = groups.first.indices.count { groups.hasNear[$0] }
    return MetricAnswer([
      ("fraction", .number(Double(near) / Double(n))),
      ("unique_ratio", .number(Double(sizes.count { $0 > 0 }) / Double(n))),
    ])
  }

  /// For each sample the first of its group, and whether it has a near one.
  ///
  /// - Complexity: O(n^2 d).
  static func components(
    of table: NumberTable, _ threshold: Double?, _ effort: Effort
  ) throws(MetricFailure) -> (first: [Int], hasNear: [Bool]) {
    guard table.rowCount > 1, table.columnCount > 0 else {
      throw .unfit("near duplicates need at least 2 samples (n=\(table.rowCount))")
    }
    if table.bytes != nil, table.columnCount <= ByteRows.widest {
      return try ofPictures(table, threshold ?? defaultThreshold, effort)
    }
    try table.checkFinite("samples")
    return try ofFeatures(table, threshold ?? 0.98, effort)
  }

  private static func ofPictures(
    _ table: NumberTable, _ threshold: Double, _ effort: Effort
  ) throws(MetricFailure) -> (first: [Int], hasNear: [Bool]) {
    let rows = try ByteRows(table, role: .both)
    let n = table.rowCount
    let width = Double(table.columnCount)
    // The largest whole squared distance whose root mean square is within.
    var limit = Int32(min(2e9, (threshold * threshold * width).rounded(.up)))
    while limit >= 0, (Double(limit) / width).squareRoot() > threshold { limit -= 1 }
    var joined = Joined(count: n)
    // Blocks of rows at a time, so that pairs need no memory of their own beyond one block's.
    for first in stride(from: 0, to: n, by: ByteRows.blockRows) {
      try effort.check()
      let block = first..<min(n, first + ByteRows.blockRows)
      var places = [Int64](repeating: 0, count: ByteRows.blockColumns)
      rows.forEachRow(block, to: rows) { row, start, distances in
        guard start + distances.count > row + 1 else { return }
        let found = csk_places_within(
          distances.baseAddress, Int64(distances.count), limit, Int64(start), &places,
          Int64(places.count))
        for place in places.prefix(Int(found)) where Int(place) > row {
          joined.join(row, Int(place))
        }
      }
    }
    return joined.groups
  }

  private static func ofFeatures(
    _ table: NumberTable, _ threshold: Double, _ effort: Effort
  ) throws(MetricFailure) -> (first: [Int], hasNear: [Bool]) {
    let directions = try table.directions(effort)
    let n = table.rowCount
    let width = table.columnCount
    var joined = Joined(count: n)
    try effort.openLinearAlgebra()
    try Products.forEachRow(directions, width: width, effort) { row, columns, products in
      for column in columns where column > row && products[column - columns.lowerBound] > threshold
      {
        joined.join(row, column)
      }
    }
    return joined.groups
  }
}

/// Sets that grow together.
struct Joined {
  private var parents: [Int]
  private var hasNear: [Bool]

  init(count: Int) {
    parents = Array(0..<count)
    hasNear = Array(repeating: false, count: count)
  }

  private mutating func root(_ place: Int) -> Int {
    var place = place
    while parents[place] != place {
      parents[place] = parents[parents[place]]
      place = parents[place]
    }
    return place
  }

  mutating func join(_ left: Int, _ right: Int) {
    hasNear[left] = true
    hasNear[right] = true
    let (a, b) = (root(left), root(right))
    if a != b { parents[max(a, b)] = min(a, b) }
  }

  /// The first of each one's group, and whether it was joined to any.
  var groups: (first: [Int], hasNear: [Bool]) {
    var copy = self
    return (parents.indices.map { copy.root($0) }, hasNear)
  }
}
