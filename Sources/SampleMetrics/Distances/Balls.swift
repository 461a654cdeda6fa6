import CSampleKernels
import ReviewCore

/// What two sets say of each other when every row is a ball that reaches to its kth neighbour.
struct Balls {
  /// For each generated row: whether any real ball holds it.
  var isInside: [Bool]
  /// For each real row: whether any generated ball holds it.
  var isRecalled: [Bool]
  /// For each real row: how many generated rows its ball holds.
  var held: [Int]

  /// - Parameters:
  ///   - realRadii: squared, one a real row.
  ///   - generatedRadii: squared, one a generated row.
  ///   - countsBorder: whether a distance equal to the radius is inside.
  static func counts(
    real: NumberTable, realRadii: [Double], generated: NumberTable, generatedRadii: [Double],
    countsBorder: Bool, _ effort: Effort
  ) throws(MetricFailure) -> Balls {
    if let left = try Neighbours.byteRows(real, .left),
      let right = try Neighbours.byteRows(generated, .right)
    {
      return try ofBytes(left, realRadii, right, generatedRadii, countsBorder, effort)
    }
    try effort.openLinearAlgebra()
    let frame = ScreenedRows.Frame([real, generated])
    return try screened(
      ScreenedRows(real, in: frame), realRadii, ScreenedRows(generated, in: frame), generatedRadii,
      countsBorder, effort)
  }

  private static func ofBytes(
    _ real: ByteRows, _ realRadii: [Double], _ generated: ByteRows, _ generatedRadii: [Double],
    _ countsBorder: Bool, _ effort: Effort
  ) throws(MetricFailure) -> Balls {
    let radii = generatedRadii.map { Int32($0) }
    let own = realRadii.map { Int32($0) }
    let blocks = (real.count + ByteRows.blockRows - 1) / ByteRows.blockRows
    // A line of hits for each thread would do; one for each of a few groups needs no bookkeeping.
    let groups = min(blocks, 4 * effort.threads)
    var held: [Int] = []
    var recalled: [Bool] = []
    let columns = generated.count
    let hits = try [UInt8].filled(max(1, groups) * columns, with: 0) {
      hits throws(MetricFailure) in
      recalled = try [Bool].filled(real.count, with: false) { recalled throws(MetricFailure) in
        held = try [Int].filled(real.count, with: 0) { held throws(MetricFailure) in
          try effort.forEachBlock(of: groups, size: 1) { group in
            for block in stride(from: group.lowerBound, to: blocks, by: groups) {
              if effort.isCancelled { return }
              let first = block * ByteRows.blockRows
              let rows = first..<min(real.count, first + ByteRows.blockRows)
              real.forEachRow(rows, to: generated) { row, start, distances in
                radii.withUnsafeBufferPointer { radii in
                  guard let base = radii.baseAddress else { return }
                  let counts = csk_count_balls(
                    distances.baseAddress, Int64(distances.count), own[row], base + start,
                    hits.pointer(at: group.lowerBound * columns + start), countsBorder ? 1 : 0)
                  held[row] += Int(counts.inside)
                  if counts.is_covered != 0 { recalled[row] = true }
                }
              }
            }
          }
        }
      }
    }
    let isInside = (0..<columns).map { column in
      (0..<groups).contains { hits[$0 * columns + column] != 0 }
    }
    return Balls(isInside: isInside, isRecalled: recalled, held: held)
  }

  private static func screened(
    _ real: ScreenedRows, _ realRadii: [Double], _ generated: ScreenedRows,
    _ generatedRadii: [Double], _ countsBorder: Bool, _ effort: Effort
  ) throws(MetricFailure) -> Balls {
    let (rows, columns) = (real.table.rowCount, generated.table.rowCount)
    var balls = Balls(
      isInside: Array(repeating: false, count: columns),
      isRecalled: Array(repeating: false, count: rows), held: Array(repeating: 0, count: rows))
    let roughReal = realRadii.map { Float($0 / real.scale) }
    let roughGenerated = generatedRadii.map { Float($0 / real.scale) }
    var tile = [Float](
      repeating: 0, count: ScreenedRows.blockRows * ScreenedRows.blockColumns)
    func isIn(_ squared: Double, _ radius: Double) -> Bool {
      countsBorder ? squared <= radius : squared < radius
    }
    for first in stride(from: 0, to: rows, by: ScreenedRows.blockRows) {
      try effort.check()
      let block = first..<min(rows, first + ScreenedRows.blockRows)
      for start in stride(from: 0, to: columns, by: ScreenedRows.blockColumns) {
        let range = start..<min(columns, start + ScreenedRows.blockColumns)
        tile.withUnsafeMutableBufferPointer { tile in
          real.distances(block, to: generated, range, into: tile)
          for row in block {
            let line = (row - block.lowerBound) * range.count - range.lowerBound
            var held = 0
            var isRecalled = balls.isRecalled[row]
            for column in range {
              let rough = tile[line + column]
              // The radius, too, was rounded.
              let slack =
                real.error(row, generated, column)
                + (roughReal[row] + roughGenerated[column]) * 0x1p-22
              let isInReal: Bool
              var exact: Double?
              if rough + slack < roughReal[row] {
                isInReal = true
              } else if rough - slack > roughReal[row] {
                isInReal = false
              } else {
                let squared = real.exact(row, generated, column)
                exact = squared
                isInReal = isIn(squared, realRadii[row])
              }
              if isInReal {
                held += 1
                balls.isInside[column] = true
              }
              guard !isRecalled else { continue }
              if rough + slack < roughGenerated[column] {
                isRecalled = true
              } else if rough - slack <= roughGenerated[column] {
                isRecalled = isIn(
                  exact ?? real.exact(row, generated, column), generatedRadii[column])
              }
            }
            balls.held[row] += held
            balls.isRecalled[row] = isRecalled
          }
        }
      }
    }
    return balls
  }
}
