import CSampleKernels
package import ReviewCore

/// Exact neighbours among rows: bytes in whole numbers, floats by screening, so that the same rows give
/// the same answer on any number of threads and any processor.
package enum Neighbours {
  /// The squared distance of each row to its kth nearest other row of the same table.
  ///
  /// - Parameters:
  ///   - wanted: the rows that are asked for, from a multiple of `ByteRows.blockRows` on; nil for all.
  ///   - k: 1..<rowCount.
  /// - Complexity: O(n^2 d).
  static func radii(
    of table: NumberTable, rows wanted: Range<Int>? = nil, k: Int, _ effort: Effort
  ) throws(MetricFailure) -> [Double] {
    if wanted == nil, table.bytes != nil, table.columnCount <= ByteRows.widest {
      return try OwnNeighbours(of: table, k: k, effort).kth
    }
    let wanted = wanted ?? 0..<table.rowCount
    if let rows = try byteRows(table, .both) {
      return Array(try byteRadii(rows, wanted, k, effort)[wanted])
    }
    try effort.openLinearAlgebra()
    let rows = ScreenedRows(table, in: ScreenedRows.Frame([table]))
    return Array(try screenedRadii(rows, wanted, k, effort)[wanted])
  }

  /// For each row the nearest of others: its place, the lowest where several are as near, and the
  /// squared distance.
  package static func nearest(
    of table: NumberTable, in others: NumberTable, _ effort: Effort
  ) throws(MetricFailure) -> [Neighbour] {
    if let left = try byteRows(table, .left), let right = try byteRows(others, .right) {
      return try byteNearest(left, right, isSame: false, effort)
    }
    try effort.openLinearAlgebra()
    let frame = ScreenedRows.Frame([table, others])
    return try screenedNearest(
      ScreenedRows(table, in: frame), ScreenedRows(others, in: frame), isSame: false, effort)
  }

  /// For each row the nearest other row of the same table.
  static func nearestOther(
    in table: NumberTable, _ effort: Effort
  ) throws(MetricFailure) -> [Neighbour] {
    if let rows = try byteRows(table, .both) {
      return try byteNearest(rows, rows, isSame: true, effort)
    }
    try effort.openLinearAlgebra()
    let rows = ScreenedRows(table, in: ScreenedRows.Frame([table]))
    return try screenedNearest(rows, rows, isSame: true, effort)
  }

  static func byteRows(
    _ table: NumberTable, _ role: ByteRows.Role
  ) throws(MetricFailure) -> ByteRows? {
    guard table.bytes != nil, table.columnCount > 0, table.columnCount <= ByteRows.widest else {
      return nil
    }
    return try ByteRows(table, role: role)
  }

  // MARK: Bytes

  private static func byteRadii(
    _ rows: ByteRows, _ wanted: Range<Int>, _ k: Int, _ effort: Effort
  ) throws(MetricFailure) -> [Double] {
    try [Double].filled(rows.count, with: 0) { radii throws(MetricFailure) in
      try effort.forEachBlock(of: wanted.count, size: ByteRows.blockRows) { part in
        let block = part.lowerBound + wanted.lowerBound..<part.upperBound + wanted.lowerBound
        var kept = [Int32](repeating: .max, count: block.count * k)
        rows.forEachRow(block, to: rows) { row, first, distances in
          // A row is not its own neighbour.
          if distances.indices.contains(row - first) { distances[row - first] = .max }
          kept.withUnsafeMutableBufferPointer { kept in
            guard let base = kept.baseAddress else { return }
            csk_take_smallest(
              distances.baseAddress, Int64(distances.count),
              base + (row - block.lowerBound) * k, Int64(k))
          }
        }
        for row in block { radii[row] = Double(kept[(row - block.lowerBound) * k + k - 1]) }
      }
    }
  }

  private static func byteNearest(
    _ left: ByteRows, _ right: ByteRows, isSame: Bool, _ effort: Effort
  ) throws(MetricFailure) -> [Neighbour] {
    try [Neighbour].filled(left.count, with: Neighbour(place: 0, squared: 0)) {
      found throws(MetricFailure) in
      try effort.forEachBlock(of: left.count, size: ByteRows.blockRows) { block in
        var best = [Int32](repeating: .max, count: block.count)
        var places = [Int64](repeating: 0, count: block.count)
        left.forEachRow(block, to: right) { row, first, distances in
          if isSame, distances.indices.contains(row - first) { distances[row - first] = .max }
          let own = row - block.lowerBound
          csk_take_minimum(
            distances.baseAddress, Int64(distances.count), Int64(first), &best[own], &places[own])
        }
        for row in block {
          let own = row - block.lowerBound
          found[row] = Neighbour(place: Int(places[own]), squared: Double(best[own]))
        }
      }
    }
  }

  // MARK: Floats

  /// Hands over blocks of rough distances, side by side.
  private static func forEachTile(
    _ left: ScreenedRows, _ right: ScreenedRows, _ block: Range<Int>,
    _ body: (Range<Int>, UnsafeMutableBufferPointer<Float>) -> Void
  ) {
    let columns = right.table.rowCount
    withUnsafeTemporaryAllocation(
      of: Float.self, capacity: block.count * ScreenedRows.blockColumns
    ) { tile in
      var first = 0
      while first < columns {
        let range = first..<min(columns, first + ScreenedRows.blockColumns)
        left.distances(block, to: right, range, into: tile)
        body(range, tile)
        first = range.upperBound
      }
    }
  }

  /// OpenBLAS has threads of its own: blocks of rows follow one another.
  private static func forEachBlock(
    of wanted: Range<Int>, _ effort: Effort, _ body: (Range<Int>) -> Void
  ) throws(MetricFailure) {
    var first = wanted.lowerBound
    while first < wanted.upperBound {
      try effort.check()
      let block = first..<min(wanted.upperBound, first + ScreenedRows.blockRows)
      body(block)
      first = block.upperBound
    }
  }

  private static func screenedRadii(
    _ rows: ScreenedRows, _ wanted: Range<Int>, _ k: Int, _ effort: Effort
  ) throws(MetricFailure) -> [Double] {
    var radii = [Double](repeating: 0, count: rows.table.rowCount)
    let farthest = rows.norms.max() ?? 0
    try forEachBlock(of: wanted, effort) { block in
      // The kth of upper ends: whatever begins above it is no neighbour.
      var ends = [[Float]](repeating: [], count: block.count)
      var near = [[(place: Int, low: Float)]](repeating: [], count: block.count)
      forEachTile(rows, rows, block) { columns, tile in
        for row in block {
          let own = row - block.lowerBound
          let slack = rows.bound * (rows.norms[row] + farthest) + rows.least
          var limit = ends[own].count == k ? (ends[own].last ?? .infinity) : Float.infinity
          for place in 0..<columns.count {
            let rough = tile[own * columns.count + place]
            guard rough - slack <= limit, columns.lowerBound + place != row else { continue }
            near[own].append((columns.lowerBound + place, rough - slack))
            let end = rough + slack
            if end < limit || ends[own].count < k {
              let at = ends[own].firstIndex { $0 > end } ?? ends[own].count
              ends[own].insert(end, at: at)
              if ends[own].count > k { ends[own].removeLast() }
              limit = ends[own].count == k ? (ends[own].last ?? .infinity) : .infinity
            }
          }
        }
      }
      for row in block {
        let own = row - block.lowerBound
        let limit = ends[own].last ?? .infinity
        let exact = near[own].filter { $0.low <= limit }.map { rows.exact(row, rows, $0.place) }
        radii[row] = exact.sorted()[k - 1]
      }
    }
    return radii
  }

  private static func screenedNearest(
    _ left: ScreenedRows, _ right: ScreenedRows, isSame: Bool, _ effort: Effort
  ) throws(MetricFailure) -> [Neighbour] {
    var found = [Neighbour](
      repeating: Neighbour(place: 0, squared: .infinity), count: left.table.rowCount)
    let farthest = right.norms.max() ?? 0
    try forEachBlock(of: 0..<left.table.rowCount, effort) { block in
      var limits = [Float](repeating: .infinity, count: block.count)
      var near = [[(place: Int, low: Float)]](repeating: [], count: block.count)
      forEachTile(left, right, block) { columns, tile in
        for row in block {
          let own = row - block.lowerBound
          let slack = left.bound * (left.norms[row] + farthest) + left.least
          for place in 0..<columns.count {
            let rough = tile[own * columns.count + place]
            guard rough - slack <= limits[own], !isSame || columns.lowerBound + place != row else {
              continue
            }
            near[own].append((columns.lowerBound + place, rough - slack))
            limits[own] = min(limits[own], rough + slack)
          }
        }
      }
      for row in block {
        let own = row - block.lowerBound
        for candidate in near[own] where candidate.low <= limits[own] {
          let squared = left.exact(row, right, candidate.place)
          if squared < found[row].squared {
            found[row] = Neighbour(place: candidate.place, squared: squared)
          }
        }
      }
    }
    return found
  }
}

/// The nearest row of others.
package struct Neighbour: Equatable, Sendable {
  package let place: Int
  /// Squared distance.
  package let squared: Double

  package init(place: Int, squared: Double) {
    self.place = place
    self.squared = squared
  }
}
