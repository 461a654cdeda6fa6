import CLinearAlgebra
import ReviewCore

/// Count, mean and scatter of some rows; those of two parts join to those of the whole.
struct Moments: Sendable {
  private(set) var count: Int
  let width: Int
  private(set) var mean: [Double]
  /// Sum of (x - mean)(x - mean)': width * width, of which places with column <= row count.
  private(set) var scatter: [Double]

  static let blockRows = 2048
  private static let blockColumns = 128

  /// By two passes in doubles, block by block, each about its own mean, so that data far from zero lose
  /// nothing (Chan, Golub and LeVeque 1983).
  init(of table: NumberTable, _ effort: Effort) throws(MetricFailure) {
    let blocks = max(1, (table.rowCount + Self.blockRows - 1) / Self.blockRows)
    // New memory costs as much as what is done with it: it is taken once.
    var space = Space()
    self = try Moments(ofBlock: 0, of: table, &space, effort)
    for block in 1..<max(blocks, 1) {
      let part = try Moments(ofBlock: block, of: table, &space, effort)
      join(part)
      space.scatter = part.scatter
    }
  }

  /// Those of one block of `blockRows` rows.
  init(ofBlock block: Int, of table: NumberTable, _ effort: Effort) throws(MetricFailure) {
    var space = Space()
    try self.init(ofBlock: block, of: table, &space, effort)
  }

  /// What a block leaves to the next one.
  private struct Space {
    var values: [Double] = []
    var scatter: [Double] = []
  }

  private init(
    ofBlock block: Int, of table: NumberTable, _ space: inout Space, _ effort: Effort
  ) throws(MetricFailure) {
    try effort.openLinearAlgebra()
    try effort.check()
    let first = block * Self.blockRows
    let rows = first..<max(first, min(table.rowCount, first + Self.blockRows))
    let width = table.columnCount
    if space.values.count < rows.count * width {
      space.values = [Double](repeating: 0, count: rows.count * width)
    }
    var scatter = space.scatter
    space.scatter = []
    if scatter.isEmpty { scatter = [Double](repeating: 0, count: width * width) }
    // All threads at once, before those of OpenBLAS begin; each column is summed from its first row.
    let mean = try [Double].filled(width, with: 0) { mean throws(MetricFailure) in
      guard rows.count > 0 else { return }
      try space.values.share { values throws(MetricFailure) in
        try effort.forEachBlock(of: width, size: Self.blockColumns) { columns in
          Self.centre(table, rows, columns, values.pointer(at: 0), mean.pointer(at: 0))
        }
      }
    }
    if rows.count > 0 {
      cla_scatter(Int64(rows.count), Int64(width), 0, space.values, 0, &scatter)
    }
    count = rows.count
    self.width = width
    self.mean = mean
    self.scatter = scatter
  }

  /// Writes some columns of some rows about their means, and the means.
  private static func centre(
    _ table: NumberTable, _ rows: Range<Int>, _ columns: Range<Int>,
    _ values: UnsafeMutablePointer<Double>, _ mean: UnsafeMutablePointer<Double>
  ) {
    guard !rows.isEmpty else { return }
    switch table.values {
    case .bytes(let numbers):
      centre(numbers, table.columnCount, rows, columns, values, mean) { Double($0) }
    case .single(let numbers):
      centre(numbers, table.columnCount, rows, columns, values, mean) { Double($0) }
    case .double(let numbers):
      centre(numbers, table.columnCount, rows, columns, values, mean) { $0 }
    }
  }

  // What is read twice is what lies in memory, not the doubles made of it.
  @inline(__always)
  private static func centre<Number>(
    _ numbers: [Number], _ width: Int, _ rows: Range<Int>, _ columns: Range<Int>,
    _ values: UnsafeMutablePointer<Double>, _ mean: UnsafeMutablePointer<Double>,
    _ double: (Number) -> Double
  ) {
    numbers.withUnsafeBufferPointer { numbers in
      guard let source = numbers.baseAddress.map({ $0 + rows.lowerBound * width }) else { return }
      // From the first row on, so that the mean of a constant column is that constant to the last bit.
      for row in 1..<max(1, rows.count) {
        let start = row * width
        for column in columns {
          mean[column] += double(source[start + column]) - double(source[column])
        }
      }
      for column in columns {
        mean[column] = double(source[column]) + mean[column] / Double(rows.count)
      }
      for row in 0..<rows.count {
        let start = row * width
        for column in columns {
          values[start + column] = double(source[start + column]) - mean[column]
        }
      }
    }
  }

  /// - Parameters:
  ///   - scatter: width * width, of which places with column <= row count.
  init(count: Int, mean: [Double], scatter: [Double]) {
    self.count = count
    width = mean.count
    self.mean = mean
    self.scatter = scatter
  }

  /// Takes in the moments of further rows.
  mutating func join(_ other: Moments) {
    guard other.count > 0 else { return }
    let all = Double(count + other.count)
    let weight = Double(count) * Double(other.count) / all
    let shift = zip(other.mean, mean).map { $0 - $1 }
    scatter.withUnsafeMutableBufferPointer { scatter in
      other.scatter.withUnsafeBufferPointer { added in
        for row in 0..<width {
          let scaled = shift[row] * weight
          for column in 0...row {
            scatter[row * width + column] +=
              added[row * width + column] + scaled * shift[column]
          }
        }
      }
    }
    for column in 0..<width { mean[column] += shift[column] * Double(other.count) / all }
    count += other.count
  }

  /// The trace of the covariance with divisor n - 1.
  var covarianceTrace: Double {
    Statistics.sum((0..<width).map { scatter[$0 * width + $0] }) / Double(count - 1)
  }

  /// Columns in which all rows are the same.
  var constantColumns: [Int] { (0..<width).filter { scatter[$0 * width + $0] == 0 } }
}
