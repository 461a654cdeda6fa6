import ReviewCore

extension NumberTable {
  // Some 100 KB of doubles at the widths of pictures.
  private static let blockRows = 16

  /// Runs of columns in which some row is not zero.
  var usedColumns: [Range<Int>] {
    var isUsed = [Bool](repeating: false, count: columnCount)
    func look<Number: Numeric>(_ values: [Number]) {
      values.withUnsafeBufferPointer { values in
        isUsed.withUnsafeMutableBufferPointer { isUsed in
          for start in stride(from: 0, to: values.count, by: max(1, columnCount)) {
            for column in 0..<columnCount {
              isUsed[column] = isUsed[column] || values[start + column] != 0
            }
          }
        }
      }
    }
    switch values {
    case .bytes(let values): look(values)
    case .single(let values): look(values)
    case .double(let values): look(values)
    }
    var runs: [Range<Int>] = []
    for column in 0..<columnCount where isUsed[column] {
      if let last = runs.last, last.upperBound == column {
        runs[runs.count - 1] = last.lowerBound..<column + 1
      } else {
        runs.append(column..<column + 1)
      }
    }
    return runs
  }

  /// Rows of length 1, as doubles.
  ///
  /// - Throws: `unfit` for a row of zeros, which has no direction.
  func directions(_ effort: Effort) throws(MetricFailure) -> [Double] {
    try directions([0..<columnCount], effort)
  }

  /// The same of some columns, side by side; the others must be zero in every row.
  func directions(_ columns: [Range<Int>], _ effort: Effort) throws(MetricFailure) -> [Double] {
    let width = columns.reduce(0) { $0 + $1.count }
    var lengths = [Double](repeating: 0, count: rowCount + 1)
    var failure: MetricFailure?
    let rows = [Double](unsafeUninitializedCapacity: max(1, rowCount * width)) { memory, count in
      let rows = SharedPlaces(memory)
      do throws(MetricFailure) {
        try lengths.share { lengths throws(MetricFailure) in
          try effort.forEachBlock(of: rowCount, size: Self.blockRows) { block in
            for row in block {
              let own = rows.pointer(at: row * width)
              gather(columns, of: row, into: own)
              lengths[row] = makeDirection(own, count: width, of: row)
            }
          }
        }
        count = rowCount * width
      } catch { failure = error }
    }
    if let failure { throw failure }
    if let bad = lengths.dropLast().firstIndex(of: 0) {
      throw .unfit("row \(bad) is all zeros and has no direction (cosine is not defined)")
    }
    return rows
  }

  private func gather(
    _ columns: [Range<Int>], of row: Int, into target: UnsafeMutablePointer<Double>
  ) {
    func copy<Number>(_ values: [Number], _ number: (Number) -> Double) {
      values.withUnsafeBufferPointer { values in
        var place = 0
        for run in columns {
          let start = row * columnCount - place + run.lowerBound
          for slot in place..<place + run.count { target[slot] = number(values[start + slot]) }
          place += run.count
        }
      }
    }
    switch values {
    case .bytes(let values): copy(values) { Double($0) }
    case .single(let values): copy(values) { Double($0) }
    case .double(let values): copy(values) { $0 }
    }
  }

  /// Makes a row as long as 1; how long it was, squared and but for a power of two. 0 stays as it is.
  private func makeDirection(
    _ values: UnsafeMutablePointer<Double>, count: Int, of row: Int
  ) -> Double {
    var squares = 0.0
    if case .bytes(let bytes) = self.values {
      // Exact in whole numbers, in any order.
      squares = bytes[row * columnCount..<(row + 1) * columnCount].withUnsafeBufferPointer {
        Double($0.reduce(0) { $0 &+ Int($1) &* Int($1) })
      }
    } else {
      var most = 0.0
      for place in 0..<count { most = max(most, abs(values[place])) }
      guard most > 0 else { return 0 }
      // By a power of two first, so that no square overflows and no digit is lost.
      let scale = Double(sign: .plus, exponent: min(1000, -most.exponent), significand: 1)
      for place in 0..<count {
        values[place] *= scale
        squares += values[place] * values[place]
      }
    }
    guard squares > 0 else { return 0 }
    let inverse = 1 / squares.squareRoot()
    for place in 0..<count { values[place] *= inverse }
    return squares
  }
}
