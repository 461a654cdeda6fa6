package import ReviewCore

/// What is to be known of the samples of one checkpoint beside one another: groups of
/// near-duplicates, the nearest pairs, and numbers to arrange them by.
///
/// Exact. Near-duplicates are those of `neardup`, a root mean square of gray values within a limit;
/// but where that counts connected components, in whose chains both ends may differ by much, each
/// of a group is here within the limit of its representative. The sample with the most near ones
/// comes first, the first of several, and takes those of them that are not taken yet.
package enum SampleSurvey {
  /// How many pairs are told of.
  package static let mostPairs = 256

  // Products of one comparison of all with all: about a minute of one processor.
  private static let mostProducts = 5e12
  // Where squared distances need more than 32 bits it is slower.
  private static let mostWideProducts = 4e10

  // Up to this many pictures all groups are told apart; of more this many representatives are
  // tried.
  private static let mostWholly = 4096
  private static let mostTried = 2000

  /// How many of the first pictures are compared.
  package static func comparedCount(of count: Int, size: Int) -> Int {
    let most = size <= ByteRows.widest ? mostProducts : mostWideProducts
    return min(count, max(2, Int((2 * most / Double(max(1, size))).squareRoot())))
  }

  /// Groups and pairs; of fewer than two pictures there are none.
  ///
  /// - Parameters:
  ///   - pictures: bytes, one picture a row.
  ///   - seeds: one a row, ascending.
  ///   - nearness: root mean square of gray values up to which two pictures are nearly the same, 0...255.
  ///   - progress: gets the share that is done, 0...1.
  /// - Throws: `cancelled`; `unfit` without memory.
  /// - Complexity: O(n^2 d / 2) for the first `comparedCount` pictures; O(n) memory beside the pictures.
  package static func overview(
    of pictures: NumberTable, seeds: [Int], nearness: Double, _ effort: Effort,
    progress: (Double) -> Void = { _ in }
  ) throws(MetricFailure) -> SetOverview {
    let width = pictures.columnCount
    let table = compared(pictures)
    let count = table.rowCount
    guard count > 1, width > 0 else {
      return SetOverview(nearness: nearness, count: pictures.rowCount)
    }
    let limit = squaredLimit(nearness, width)
    let found = try SetNeighbours(of: table, limit: limit, effort, progress: progress)
    let (groups, isCut) = try groups(in: table, found, limit: limit, effort)
    let pairs = nearestPairs(found)
    return SetOverview(
      nearness: nearness, count: pictures.rowCount,
      groups: groups.map { group in
        SetOverview.Group(
          seeds: group.rows.map { seeds[$0] }, representative: seeds[group.centre],
          reach: (Double(group.farthest) / Double(width)).squareRoot())
      },
      pairs: pairs.prefix(mostPairs).map { pair in
        SetOverview.Pair(
          first: seeds[pair.first], second: seeds[pair.second],
          distance: Double(pair.squared).squareRoot(),
          difference: (Double(pair.squared) / Double(width)).squareRoot())
      },
      pairCount: pairs.count, uncomparedCount: pictures.rowCount - count, isCut: isCut)
  }

  /// By row, the variance of the Laplacian.
  package static func sharpness(
    of pictures: NumberTable, _ size: PictureSize, _ effort: Effort
  ) throws(MetricFailure) -> [Double] {
    try PictureLook(pictures, size, effort).sharpness
  }

  /// By row, L2 of gray values to the nearest other; NaN for a picture alone and for those that
  /// were not compared.
  package static func nearest(
    of pictures: NumberTable, _ effort: Effort, progress: (Double) -> Void = { _ in }
  ) throws(MetricFailure) -> [Double] {
    let table = compared(pictures)
    var distances = [Double](repeating: .nan, count: pictures.rowCount)
    guard table.rowCount > 1, table.columnCount > 0 else { return distances }
    let found = try SetNeighbours(of: table, limit: -1, effort, progress: progress)
    for (row, squared) in found.squared.enumerated() {
      distances[row] = Double(squared).squareRoot()
    }
    return distances
  }

  private static func compared(_ pictures: NumberTable) -> NumberTable {
    let count = comparedCount(of: pictures.rowCount, size: pictures.columnCount)
    return count < pictures.rowCount ? pictures.rows(0..<count) : pictures
  }

  /// The largest whole squared distance whose root mean square is within.
  private static func squaredLimit(_ nearness: Double, _ width: Int) -> Int {
    var limit = Int((nearness * nearness * Double(width)).rounded(.up))
    while limit >= 0, (Double(limit) / Double(width)).squareRoot() > nearness { limit -= 1 }
    return limit
  }

  private struct RowGroup {
    let centre: Int
    /// Ascending.
    let rows: [Int]
    /// Squared distance from the centre.
    let farthest: Int
  }

  /// The largest first, then by the first row; and whether there may be more.
  private static func groups(
    in table: NumberTable, _ found: SetNeighbours, limit: Int, _ effort: Effort
  ) throws(MetricFailure) -> (groups: [RowGroup], isCut: Bool) {
    var members: [Int: [Int]] = [:]
    let firsts = found.firsts
    for (row, first) in firsts.enumerated() { members[first, default: []].append(row) }
    var isTaken = [Bool](repeating: false, count: table.rowCount)
    var groups: [RowGroup] = []
    var left = table.rowCount > mostWholly ? mostTried : Int.max
    let counts = found.nearCounts
    let centres = counts.indices.filter { counts[$0] > 0 }
      .sorted { (counts[$1], $0) < (counts[$0], $1) }
    for centre in centres where !isTaken[centre] {
      guard left > 0 else { return (sorted(groups), true) }
      left -= 1
      try effort.check()
      var rows: [Int] = []
      var farthest = 0
      // Whatever is near is joined.
      for row in members[firsts[centre]] ?? [] where !isTaken[row] {
        let distance = table.squaredDistanceOfBytes(centre, row)
        guard distance <= limit else { continue }
        rows.append(row)
        farthest = max(farthest, distance)
        isTaken[row] = true
      }
      if rows.count > 1 {
        groups.append(RowGroup(centre: centre, rows: rows, farthest: farthest))
      }
    }
    return (sorted(groups), false)
  }

  private static func sorted(_ groups: [RowGroup]) -> [RowGroup] {
    groups.sorted { ($1.rows.count, $0.rows[0]) < ($0.rows.count, $1.rows[0]) }
  }

  private struct RowPair {
    let first: Int
    let second: Int
    let squared: Int
  }

  /// Each row with its nearest, the closest first; two that are each other's nearest are one pair.
  private static func nearestPairs(_ found: SetNeighbours) -> [RowPair] {
    let pairs = found.nearest.indices.compactMap { row -> RowPair? in
      let other = found.nearest[row]
      if found.nearest[other] == row, other < row { return nil }
      return RowPair(
        first: min(row, other), second: max(row, other), squared: found.squared[row])
    }
    return pairs.sorted {
      ($0.squared, $0.first, $0.second) < ($1.squared, $1.first, $1.second)
    }
  }
}
