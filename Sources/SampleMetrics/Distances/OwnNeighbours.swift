import CSampleKernels
import ReviewCore

/// How far each row of a table of bytes lies from its nearest and its kth nearest other row.
///
/// A distance is worked out once and told to both of its rows: half of the products.
struct OwnNeighbours: Sendable {
  /// Squared distances.
  let nearest: [Double]
  let kth: [Double]

  /// - Parameters:
  ///   - table: bytes, no wider than `ByteRows.widest`, with more than k rows.
  ///   - k: at least 1.
  /// - Complexity: O(n^2 d / 2).
  init(of table: NumberTable, k: Int, _ effort: Effort) throws(MetricFailure) {
    guard k > 0, table.rowCount > k else {
      throw .unfit("k=\(k) needs at least \(k + 1) rows (n=\(table.rowCount))")
    }
    let rows = try ByteRows(table, role: .both)
    let count = rows.count
    let blocks = (count + ByteRows.blockRows - 1) / ByteRows.blockRows
    // Lists of its own for each of a few groups of blocks, merged in the end.
    let groups = min(blocks, 2 * effort.threads)
    let kept = try [Int32].filled(groups * count * k, with: .max) { kept throws(MetricFailure) in
      let limits = try [Int32].filled(groups * count, with: .max) { limits throws(MetricFailure) in
        try effort.forEachBlock(of: groups, size: 1) { group in
          let own = group.lowerBound
          for block in stride(from: own, to: blocks, by: groups) {
            if effort.isCancelled { return }
            let first = block * ByteRows.blockRows
            let part = first..<min(count, first + ByteRows.blockRows)
            rows.forEachRow(part, to: rows, from: first) { row, start, distances in
              // Those before it are known from the other side.
              let skipped = max(0, row + 1 - start)
              guard skipped < distances.count, let base = distances.baseAddress else { return }
              let columns = start + skipped
              let number = Int64(distances.count - skipped)
              csk_take_smallest(
                base + skipped, number, kept.pointer(at: (own * count + row) * k), Int64(k))
              limits[own * count + row] = kept[(own * count + row) * k + k - 1]
              csk_offer_to_columns(
                base + skipped, number, kept.pointer(at: (own * count + columns) * k), Int64(k),
                limits.pointer(at: own * count + columns))
            }
          }
        }
      }
      _ = limits
    }
    var nearest = [Double](repeating: 0, count: count)
    var kth = nearest
    for row in 0..<count {
      var all: [Int32] = []
      for group in 0..<groups {
        let start = (group * count + row) * k
        all += kept[start..<start + k]
      }
      let sorted = all.sorted()
      nearest[row] = Double(sorted[0])
      kth[row] = Double(sorted[k - 1])
    }
    self.nearest = nearest
    self.kth = kth
  }
}
