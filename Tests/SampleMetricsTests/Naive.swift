import ReviewCore
import SampleMetrics

/// Numbers that are the same on every machine.
struct Dice {
  private var generator: SplitMix64

  init(_ seed: UInt64) { generator = SplitMix64(seed: seed) }

  mutating func next() -> UInt64 { generator.next() }

  mutating func below(_ limit: Int) -> Int { Int(generator.next() >> 1) % limit }

  /// 0..<1.
  mutating func fraction() -> Double { Double(generator.next() >> 11) / Double(1 << 53) }

  /// Mean 0, deviation 1: the sum of twelve.
  mutating func normal() -> Double { (0..<12).reduce(-6) { sum, _ in sum + fraction() } }

  mutating func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8(below(256)) } }

  mutating func normals(_ count: Int) -> [Double] { (0..<count).map { _ in normal() } }
}

extension NumberTable {
  /// Rows that are given one by one.
  static func doubles(_ rows: [[Double]]) -> NumberTable {
    NumberTable(
      rowCount: rows.count, columnCount: rows.first?.count ?? 0,
      values: .double(rows.flatMap { $0 }))
  }

  static func singles(_ rows: [[Double]]) -> NumberTable {
    NumberTable(
      rowCount: rows.count, columnCount: rows.first?.count ?? 0,
      values: .single(rows.flatMap { $0.map { Float($0) } }))
  }

  static func bytes(_ rows: [[UInt8]]) -> NumberTable {
    NumberTable(
      rowCount: rows.count, columnCount: rows.first?.count ?? 0, values: .bytes(rows.flatMap { $0 })
    )
  }
}

/// What metrics are held against: loops that anybody can read.
enum Naive {
  static func row(_ table: NumberTable, _ place: Int) -> [Double] {
    (0..<table.columnCount).map { table.value(row: place, column: $0) }
  }

  static func squared(_ left: NumberTable, _ row: Int, _ right: NumberTable, _ other: Int) -> Double
  {
    var sum = 0.0
    for column in 0..<left.columnCount {
      let difference =
        left.value(row: row, column: column) - right.value(row: other, column: column)
      sum += difference * difference
    }
    return sum
  }

  static func squares(_ left: NumberTable, _ right: NumberTable) -> [[Double]] {
    (0..<left.rowCount).map { row in
      (0..<right.rowCount).map { squared(left, row, right, $0) }
    }
  }

  /// Squared, to the kth nearest other row.
  static func radii(_ table: NumberTable, _ k: Int) -> [Double] {
    squares(table, table).enumerated().map { row, all in
      all.enumerated().filter { $0.offset != row }.map(\.element).sorted()[k - 1]
    }
  }

  static func nearest(_ left: NumberTable, _ right: NumberTable, isSame: Bool = false)
    -> [(place: Int, squared: Double)]
  {
    squares(left, right).enumerated().map { row, all in
      var best = (place: 0, squared: Double.infinity)
      for (place, squared) in all.enumerated() where squared < best.squared {
        if !isSame || place != row { best = (place, squared) }
      }
      return best
    }
  }

  struct PRDC: Equatable {
    var precision = 0.0
    var recall = 0.0
    var density = 0.0
    var coverage = 0.0
  }

  static func prdc(_ real: NumberTable, _ made: NumberTable, k: Int, countsBorder: Bool) -> PRDC {
    let (own, other) = (radii(real, k), radii(made, k))
    let all = squares(real, made)
    func isIn(_ squared: Double, _ radius: Double) -> Bool {
      countsBorder ? squared <= radius : squared < radius
    }
    let (rows, columns) = (all.indices, other.indices)
    let inside = columns.filter { column in rows.contains { isIn(all[$0][column], own[$0]) } }
    let reached = rows.filter { row in columns.contains { isIn(all[row][$0], other[$0]) } }
    let held = rows.map { row in columns.filter { isIn(all[row][$0], own[row]) }.count }
    return PRDC(
      precision: Double(inside.count) / Double(columns.count),
      recall: Double(reached.count) / Double(rows.count),
      density: Double(held.reduce(0, +)) / (Double(k) * Double(columns.count)),
      coverage: Double(held.filter { $0 > 0 }.count) / Double(rows.count))
  }

  static func means(_ table: NumberTable) -> [Double] {
    (0..<table.columnCount).map { column in
      (0..<table.rowCount).reduce(0) { $0 + table.value(row: $1, column: column) }
        / Double(table.rowCount)
    }
  }

  /// Divisor n - 1.
  static func covariance(_ table: NumberTable) -> [[Double]] {
    let means = means(table)
    return (0..<table.columnCount).map { a in
      (0..<table.columnCount).map { b in
        (0..<table.rowCount).reduce(0) {
          $0 + (table.value(row: $1, column: a) - means[a])
            * (table.value(row: $1, column: b) - means[b])
        } / Double(table.rowCount - 1)
      }
    }
  }

  /// MMD^2 with (x.y/d + 1)^3.
  static func kernel(_ x: NumberTable, _ y: NumberTable, isBiased: Bool) -> Double {
    func k(_ a: NumberTable, _ i: Int, _ b: NumberTable, _ j: Int) -> Double {
      let product = zip(row(a, i), row(b, j)).reduce(0) { $0 + $1.0 * $1.1 }
      let base = product / Double(a.columnCount) + 1
      return base * base * base
    }
    func mean(_ a: NumberTable, _ b: NumberTable, isSame: Bool) -> Double {
      var (sum, count) = (0.0, 0.0)
      for i in 0..<a.rowCount {
        for j in 0..<b.rowCount where !isSame || isBiased || i != j {
          sum += k(a, i, b, j)
          count += 1
        }
      }
      return sum / count
    }
    return mean(x, x, isSame: true) + mean(y, y, isSame: true) - 2 * mean(x, y, isSame: false)
  }
}

extension MetricRegistry {
  static func evaluate(
    _ name: String, _ call: MetricCall, threads: Int = 1
  ) throws -> MetricAnswer {
    guard let metric = metric(named: name) else { throw MetricFailure.unfit("no metric \(name)") }
    return try metric.evaluate(call, Effort(threads: threads))
  }
}

/// Whether two numbers are the same but for rounding.
func isNear(_ left: Double?, _ right: Double, _ relative: Double = 1e-12, absolute: Double = 1e-300)
  -> Bool
{
  guard let left else { return false }
  return abs(left - right) <= absolute + relative * abs(right)
}
