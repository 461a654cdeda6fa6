import CLinearAlgebra
import ReviewCore

/// The first principal components of a table of bytes or numbers.
struct PrincipalComponents: Sendable {
  let count: Int
  private let mean: [Double]
  /// count * width, one axis a row.
  private let axes: [Double]

  /// By the eigenvectors of the covariance, or of the rows' products where those are fewer.
  ///
  /// - Throws: `unfit` where the table has fewer than `count` + 1 rows, or no spread in so many directions.
  init(of table: NumberTable, count: Int, _ effort: Effort) throws(MetricFailure) {
    let (n, width) = (table.rowCount, table.columnCount)
    guard n > count, width >= count, count > 0 else {
      throw .unfit("\(count) principal components need more rows and columns (n=\(n), d=\(width))")
    }
    try effort.openLinearAlgebra()
    let moments = try Moments(of: table, effort)
    var values = table.doubles
    for row in 0..<n {
      for column in 0..<width { values[row * width + column] -= moments.mean[column] }
    }
    var axes = [Double](repeating: 0, count: count * width)
    if width <= n {
      var matrix = moments.scatter
      var eigenvalues = [Double](repeating: 0, count: width)
      guard cla_eigenvectors(Int64(width), &matrix, &eigenvalues) != 0 else {
        throw .unfit("the principal components did not converge")
      }
      for axis in 0..<count {
        let from = (width - 1 - axis) * width
        for column in 0..<width { axes[axis * width + column] = matrix[from + column] }
      }
    } else {
      var matrix = [Double](repeating: 0, count: n * n)
      cla_multiply(
        Int64(n), Int64(n), Int64(width), 1, values, Int64(width), values, Int64(width), 0,
        &matrix, Int64(n))
      var eigenvalues = [Double](repeating: 0, count: n)
      guard cla_eigenvectors(Int64(n), &matrix, &eigenvalues) != 0 else {
        throw .unfit("the principal components did not converge")
      }
      for axis in 0..<count {
        let place = n - 1 - axis
        guard eigenvalues[place] > 1e-9 * (eigenvalues.last ?? 0) else {
          throw .unfit("the reference spreads in fewer than \(count) directions")
        }
        let scale = 1 / eigenvalues[place].squareRoot()
        for row in 0..<n {
          let weight = matrix[place * n + row] * scale
          for column in 0..<width {
            axes[axis * width + column] += weight * values[row * width + column]
          }
        }
      }
    }
    self.count = count
    mean = moments.mean
    self.axes = axes
  }

  /// The rows along the axes; of bytes as if they went from 0 to 1.
  func projected(_ table: NumberTable, _ effort: Effort) throws(MetricFailure) -> NumberTable {
    try effort.openLinearAlgebra()
    let (n, width) = (table.rowCount, table.columnCount)
    let unit = table.bytes == nil ? 1 : 1 / 255.0
    var values = table.doubles
    for row in 0..<n {
      for column in 0..<width {
        values[row * width + column] = (values[row * width + column] - mean[column]) * unit
      }
    }
    var result = [Double](repeating: 0, count: n * count)
    cla_multiply(
      Int64(n), Int64(count), Int64(width), 1, values, Int64(width), axes, Int64(width), 0,
      &result, Int64(count))
    return NumberTable(rowCount: n, columnCount: count, values: .double(result))
  }
}
