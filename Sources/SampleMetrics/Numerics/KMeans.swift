import ReviewCore

/// Centres of clusters: k-means++ from a fixed seed, then Lloyd's steps (Arthur and Vassilvitskii 2007).
enum KMeans {
  private static let seed: UInt64 = 2026
  private static let mostSteps = 25
  // Centres of so many rows lie where those of all do.
  private static let mostRows = 4000

  /// - Throws: `unfit` for fewer rows than centres.
  /// - Complexity: O(n k d) a step.
  static func centres(
    of table: NumberTable, count: Int, _ effort: Effort
  ) throws(MetricFailure) -> NumberTable {
    guard table.rowCount >= count, count > 0 else {
      throw .unfit("\(count) clusters need as many rows (n=\(table.rowCount))")
    }
    var table = table
    if table.rowCount > mostRows {
      // Evenly spaced, so that data sorted by class give all classes.
      table = table.rows(at: (0..<mostRows).map { $0 * table.rowCount / mostRows })
    }
    let (n, width) = (table.rowCount, table.columnCount)
    let values = table.doubles
    var generator = SplitMix64(seed: seed)
    func fraction() -> Double { Double(generator.next() >> 11) / Double(1 << 53) }
    var centres = Array(values[0..<width])
    let first = min(n - 1, Int(fraction() * Double(n)))
    for column in 0..<width { centres[column] = values[first * width + column] }
    var nearest = [Double](repeating: .infinity, count: n)
    while centres.count < count * width {
      try effort.check()
      let last = centres.count - width
      for row in 0..<n {
        var squared = 0.0
        for column in 0..<width {
          let difference = values[row * width + column] - centres[last + column]
          squared += difference * difference
        }
        nearest[row] = min(nearest[row], squared)
      }
      // Far rows are drawn more often; where all lie on centres, any.
      let total = nearest.reduce(0, +)
      var left = fraction() * total
      var drawn = n - 1
      for row in 0..<n {
        left -= nearest[row]
        if left < 0 {
          drawn = row
          break
        }
      }
      centres += values[drawn * width..<(drawn + 1) * width]
    }
    var owners = [Int](repeating: -1, count: n)
    for _ in 0..<mostSteps {
      try effort.check()
      let made = NumberTable(rowCount: count, columnCount: width, values: .double(centres))
      let found = ModeCoverage.assignments(of: table, to: made).map(\.place)
      if found == owners { break }
      owners = found
      var sums = [Double](repeating: 0, count: count * width)
      var sizes = [Double](repeating: 0, count: count)
      for row in 0..<n {
        sizes[owners[row]] += 1
        for column in 0..<width {
          sums[owners[row] * width + column] += values[row * width + column]
        }
      }
      for cell in 0..<count where sizes[cell] > 0 {
        for column in 0..<width {
          centres[cell * width + column] = sums[cell * width + column] / sizes[cell]
        }
      }
    }
    return NumberTable(rowCount: count, columnCount: width, values: .double(centres))
  }
}
