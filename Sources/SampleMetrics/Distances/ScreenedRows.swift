import CLinearAlgebra
import ReviewCore

/// Rows of floats whose squared distances are worked out roughly by a matrix product, with a bound on
/// how far each is off; who needs more asks for the exact one.
///
/// |x|^2 + |y|^2 - 2 x.y in single precision, of rows that are centred and scaled; the error of a pair is
/// at most `bound` times the sum of both squared lengths (Higham 2002, section 3.1, with room to spare).
struct ScreenedRows: Sendable {
  let table: NumberTable
  private let values: [Float]
  /// Squared lengths of the rows.
  let norms: [Float]
  /// What the rough values are multiplied by.
  let scale: Double
  let bound: Float
  /// What products below the normal numbers may lose beside it.
  let least: Float

  static let blockRows = 128
  static let blockColumns = 1024

  /// Where the rows of several tables lie about, and how far they reach: one frame makes their rough
  /// distances comparable.
  struct Frame {
    fileprivate let centre: [Double]
    fileprivate let scale: Double
    /// Whether rough distances are worth anything: not where differences, or the inverse of their size, leave the
    /// range of doubles.
    fileprivate let isRough: Bool

    /// - Parameter tables: of one width, without NaN or infinity.
    init(_ tables: [NumberTable]) {
      let width = tables.first?.columnCount ?? 0
      var centre = [Double](repeating: 0, count: width)
      var count = 0.0
      for table in tables {
        table.forEachRow { _, row in
          count += 1
          let share = 1 / count
          for column in 0..<width {
            // A running mean, which no sum of huge values overflows.
            centre[column] += (row[column] - centre[column]) * share
          }
        }
      }
      var reach = 0.0
      for table in tables {
        table.forEachRow { _, row in
          for column in 0..<width { reach = max(reach, abs(row[column] - centre[column])) }
        }
      }
      self.centre = centre
      // `max` is deaf to NaN, which huge centres give.
      isRough =
        centre.allSatisfy(\.isFinite) && reach.isFinite
        && (reach == 0 || reach >= Double.leastNormalMagnitude)
      // A power of two changes no digit.
      scale =
        reach > 0 && isRough
        ? Double(sign: .plus, exponent: reach.exponent, significand: 1) : 1
    }
  }

  init(_ table: NumberTable, in frame: Frame) {
    self.table = table
    let width = table.columnCount
    least = Float(width + 32) * 0x1p-125
    guard frame.isRough else {
      // Of every pair the exact distance is asked for.
      values = Array(repeating: 0, count: table.rowCount * width)
      norms = Array(repeating: 1, count: table.rowCount)
      scale = 1
      bound = Float.greatestFiniteMagnitude / 2
      return
    }
    var values = [Float](repeating: 0, count: table.rowCount * width)
    var norms = [Float](repeating: 0, count: table.rowCount)
    let inverse = 1 / frame.scale
    table.forEachRow { row, own in
      var norm = 0.0
      for column in 0..<width {
        let value = Float((own[column] - frame.centre[column]) * inverse)
        values[row * width + column] = value
        norm += Double(value) * Double(value)
      }
      norms[row] = Float(norm)
    }
    self.values = values
    self.norms = norms
    scale = frame.scale * frame.scale
    bound = Float(width + 32) * 0x1p-23
  }

  /// Rough squared distances of some rows to some of others, row by row, in units of `scale`.
  func distances(
    _ rows: Range<Int>, to others: ScreenedRows, _ columns: Range<Int>,
    into tile: UnsafeMutableBufferPointer<Float>
  ) {
    guard let base = tile.baseAddress else { return }
    let width = Int64(table.columnCount)
    values.withUnsafeBufferPointer { own in
      others.values.withUnsafeBufferPointer { other in
        guard let left = own.baseAddress, let right = other.baseAddress else { return }
        cla_multiply_single(
          Int64(rows.count), Int64(columns.count), width, -2,
          left + rows.lowerBound * table.columnCount, width,
          right + columns.lowerBound * table.columnCount, width, 0, base, Int64(columns.count))
      }
    }
    others.norms.withUnsafeBufferPointer { far in
      for row in rows {
        let near = norms[row]
        let start = (row - rows.lowerBound) * columns.count
        for column in 0..<columns.count {
          tile[start + column] += near + far[columns.lowerBound + column]
        }
      }
    }
  }

  /// How far a rough distance may be off.
  @inline(__always)
  func error(_ row: Int, _ others: ScreenedRows, _ column: Int) -> Float {
    bound * (norms[row] + others.norms[column]) + least
  }

  func exact(_ row: Int, _ others: ScreenedRows, _ column: Int) -> Double {
    NumberTable.squaredDistance(table, row, others.table, column)
  }
}

extension NumberTable {
  /// Hands over each row as doubles.
  fileprivate func forEachRow(_ body: (Int, UnsafeBufferPointer<Double>) -> Void) {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: max(1, columnCount)) { room in
      guard let base = room.baseAddress else { return }
      for row in 0..<rowCount {
        fill(base, rows: row..<row + 1)
        body(row, UnsafeBufferPointer(start: base, count: columnCount))
      }
    }
  }
}
