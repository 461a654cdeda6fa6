import CLinearAlgebra

/// Scalar products of rows, in doubles.
enum Products {
  static let blockRows = 256

  /// Hands over the products of each row with itself and all rows behind it, and some before.
  static func forEachRow(
    _ rows: [Double], width: Int, _ effort: Effort,
    _ body: (Int, Range<Int>, UnsafeBufferPointer<Double>) -> Void
  ) throws(MetricFailure) {
    try forEachBlock(rows, rows, width: width, isUpper: true, effort) { block, columns, tile in
      for row in block {
        let start = (row - block.lowerBound) * columns.count
        body(row, columns, UnsafeBufferPointer(rebasing: tile[start..<start + columns.count]))
      }
    }
  }

  /// Hands over products block by block, the blocks in a fixed order.
  ///
  /// - Parameter isUpper: leaves out the columns before each block's first row.
  static func forEachBlock(
    _ left: [Double], _ right: [Double], width: Int, isUpper: Bool = false, _ effort: Effort,
    _ body: (Range<Int>, Range<Int>, UnsafeMutableBufferPointer<Double>) -> Void
  ) throws(MetricFailure) {
    let rows = width > 0 ? left.count / width : 0
    let columns = width > 0 ? right.count / width : 0
    var tile = [Double](
      repeating: 0, count: min(blockRows, max(1, rows)) * min(blockRows * 4, max(1, columns)))
    for first in stride(from: 0, to: rows, by: blockRows) {
      try effort.check()
      let block = first..<min(rows, first + blockRows)
      for start in stride(from: isUpper ? first : 0, to: columns, by: blockRows * 4) {
        let range = start..<min(columns, start + blockRows * 4)
        left.withUnsafeBufferPointer { left in
          right.withUnsafeBufferPointer { right in
            tile.withUnsafeMutableBufferPointer { tile in
              guard let a = left.baseAddress, let b = right.baseAddress,
                let c = tile.baseAddress
              else { return }
              cla_multiply(
                Int64(block.count), Int64(range.count), Int64(width), 1, a + first * width,
                Int64(width), b + start * width, Int64(width), 0, c, Int64(range.count))
              body(
                block, range,
                UnsafeMutableBufferPointer(rebasing: tile[..<(block.count * range.count)]))
            }
          }
        }
      }
    }
  }
}
