import CSampleKernels
import ReviewCore

/// The nearest other of each picture of a set, and which of them are nearly the same.
///
/// Squared distances are whole numbers; of several as near the lowest row counts, so that the same
/// set gives the same answer everywhere.
struct SetNeighbours {
  /// By row, the row of the nearest other.
  private(set) var nearest: [Int]
  /// By row, the squared distance to it.
  private(set) var squared: [Int]
  /// By row, how many others are nearly the same.
  private(set) var nearCounts: [Int]
  private var joined: Joined

  /// By row, the first of all that it is joined to by others which are nearly the same.
  var firsts: [Int] { joined.groups.first }

  /// - Parameters:
  ///   - table: bytes, at least two rows of at least one.
  ///   - limit: the squared distance up to which two rows are nearly the same; below 0 none are.
  ///   - progress: gets the share that is done, 0...1, after each block of rows.
  /// - Complexity: O(n^2 d / 2) time; beside the rows laid out for the processor O(n) memory.
  /// - Throws: `cancelled`; `unfit` without memory.
  init(
    of table: NumberTable, limit: Int, _ effort: Effort, progress: (Double) -> Void
  ) throws(MetricFailure) {
    let count = table.rowCount
    nearest = Array(repeating: 0, count: count)
    squared = Array(repeating: .max, count: count)
    nearCounts = Array(repeating: 0, count: count)
    joined = Joined(count: count)
    if table.columnCount <= ByteRows.widest {
      try compare(ByteRows(table, role: .both), limit: Int32(clamping: limit), effort, progress)
    } else {
      try compareWide(table, limit: limit, effort, progress)
    }
  }

  private mutating func compare(
    _ rows: ByteRows, limit: Int32, _ effort: Effort, _ progress: (Double) -> Void
  ) throws(MetricFailure) {
    let count = rows.count
    var best = [Int32](repeating: .max, count: count)
    var places = [Int64](repeating: 0, count: count)
    var near = [Int64](repeating: 0, count: ByteRows.blockColumns)
    for first in stride(from: 0, to: count, by: ByteRows.blockRows) {
      try effort.check()
      let block = first..<min(count, first + ByteRows.blockRows)
      best.withUnsafeMutableBufferPointer { best in
        places.withUnsafeMutableBufferPointer { places in
          rows.forEachRow(block, to: rows, from: first) { row, start, distances in
            // Those before it are known from the other side.
            let skipped = max(0, row + 1 - start)
            guard skipped < distances.count, let base = distances.baseAddress,
              let ownBest = best.baseAddress, let ownPlace = places.baseAddress
            else { return }
            let number = distances.count - skipped
            csk_take_minimum(
              base + skipped, Int64(number), Int64(start + skipped), ownBest + row, ownPlace + row)
            for column in skipped..<distances.count
            where distances[column] < best[start + column] {
              best[start + column] = distances[column]
              places[start + column] = Int64(row)
            }
            guard limit >= 0 else { return }
            let found = csk_places_within(
              base + skipped, Int64(number), limit, Int64(start + skipped), &near,
              Int64(near.count))
            nearCounts[row] += Int(found)
            for place in near.prefix(Int(found)) {
              nearCounts[Int(place)] += 1
              joined.join(row, Int(place))
            }
          }
        }
      }
      // Of the half above the diagonal.
      let left = Double(count - block.upperBound) / Double(count)
      progress(1 - left * left)
    }
    nearest = places.map(Int.init)
    squared = best.map(Int.init)
  }

  /// The same for rows whose squared distances do not fit 32 bits.
  private mutating func compareWide(
    _ table: NumberTable, limit: Int, _ effort: Effort, _ progress: (Double) -> Void
  ) throws(MetricFailure) {
    let count = table.rowCount
    for row in 0..<count {
      try effort.check()
      for other in row + 1..<max(row + 1, count) {
        let distance = table.squaredDistanceOfBytes(row, other)
        if distance < squared[row] { (squared[row], nearest[row]) = (distance, other) }
        if distance < squared[other] { (squared[other], nearest[other]) = (distance, row) }
        if distance <= limit {
          nearCounts[row] += 1
          nearCounts[other] += 1
          joined.join(row, other)
        }
      }
      let left = Double(count - row - 1) / Double(count)
      progress(1 - left * left)
    }
  }
}

extension NumberTable {
  /// The exact squared distance of two rows of bytes.
  func squaredDistanceOfBytes(_ row: Int, _ other: Int) -> Int {
    guard let bytes else { return 0 }
    return bytes.withUnsafeBufferPointer { bytes in
      var sum = 0
      let (left, right) = (row * columnCount, other * columnCount)
      for column in 0..<columnCount {
        let difference = Int32(bytes[left + column]) - Int32(bytes[right + column])
        sum &+= Int(difference &* difference)
      }
      return sum
    }
  }
}
