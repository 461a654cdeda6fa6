import CSampleKernels
import ReviewCore

/// Rows of bytes laid out for the processor, with exact squared distances between them.
final class ByteRows: @unchecked Sendable {
  let count: Int
  let width: Int
  let handle: OpaquePointer

  /// Rows wider than this have squared distances beyond 32 bits.
  static let widest = Int(CSK_WIDEST)

  enum Role { case left, right, both }

  /// - Parameter level: of the instructions; nil takes the best.
  /// - Throws: `MetricFailure.unfit` without memory, and for rows without a byte or wider than `widest`.
  init(_ table: NumberTable, role: Role, level: Int? = nil) throws(MetricFailure) {
    guard table.columnCount > 0, table.columnCount <= Self.widest else {
      throw .unfit("rows of \(table.columnCount) bytes have no distances")
    }
    count = table.rowCount
    width = table.columnCount
    let roles: Int
    switch role {
    case .left: roles = CSK_LEFT
    case .right: roles = CSK_RIGHT
    case .both: roles = CSK_LEFT | CSK_RIGHT
    }
    let bytes = table.bytes ?? []
    let made = bytes.withUnsafeBufferPointer { bytes in
      csk_rows_new(
        bytes.baseAddress, Int64(table.rowCount), Int64(table.columnCount),
        Int32(level ?? Int(csk_best_level())), Int32(roles))
    }
    guard let made else { throw .unfit("there is not enough memory for \(count) rows") }
    handle = made
  }

  deinit { csk_rows_free(handle) }

  static let grain = Int(CSK_GRAIN)
  /// Rows of a block, and columns that are worked out at once.
  static let blockRows = 96
  static let blockColumns = 1920

  /// Hands over the squared distances of some rows to all of others, some columns at a time.
  ///
  /// - Parameters:
  ///   - rows: begin at a multiple of `blockRows`, at most that many.
  ///   - start: the first column, a multiple of `blockRows`.
  ///   - body: gets the place of a row, the first column, and the row's distances to the columns.
  func forEachRow(
    _ rows: Range<Int>, to others: ByteRows, from start: Int = 0,
    _ body: (Int, Int, UnsafeMutableBufferPointer<Int32>) -> Void
  ) {
    let stride = Self.blockColumns
    let room = (rows.count + 7) / 8 * 8 * stride
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: room) { tile in
      guard let base = tile.baseAddress else { return }
      var first = start
      while first < others.count {
        let count = min(stride, others.count - first)
        csk_squared_distances(
          handle, Int64(rows.lowerBound), Int64(rows.count), others.handle, Int64(first),
          Int64(count), base, Int64(stride))
        for row in rows {
          let start = base + (row - rows.lowerBound) * stride
          body(row, first, UnsafeMutableBufferPointer(start: start, count: count))
        }
        first += count
      }
    }
  }
}
