/// Rows of numbers, as a metric reads them: features, class probabilities, latents, pixels, points.
package struct NumberTable: Equatable, Sendable {
  /// The values row by row, in the precision they were stored in.
  package enum Values: Equatable, Sendable {
    case bytes([UInt8])
    case single([Float])
    case double([Double])

    package var count: Int {
      switch self {
      case .bytes(let values): return values.count
      case .single(let values): return values.count
      case .double(let values): return values.count
      }
    }
  }

  package let rowCount: Int
  package let columnCount: Int
  /// `rowCount * columnCount` values.
  package let values: Values

  package init(rowCount: Int, columnCount: Int, values: Values) {
    precondition(
      rowCount >= 0 && columnCount >= 0 && values.count == rowCount * columnCount)
    self.rowCount = rowCount
    self.columnCount = columnCount
    self.values = values
  }

  /// - Complexity: O(1).
  package func value(row: Int, column: Int) -> Double {
    let place = row * columnCount + column
    switch values {
    case .bytes(let values): return Double(values[place])
    case .single(let values): return Double(values[place])
    case .double(let values): return values[place]
    }
  }

  /// The first value that is no finite number, row by row; nil where all are.
  package var firstBadPlace: (row: Int, column: Int)? {
    let place: Int?
    switch values {
    case .bytes: place = nil
    case .single(let values): place = Self.firstBadPlace(values)
    case .double(let values): place = Self.firstBadPlace(values)
    }
    return place.map { ($0 / max(1, columnCount), $0 % max(1, columnCount)) }
  }

  // Without a way out of a stretch its values are looked at several at once.
  @inline(__always)
  private static func firstBadPlace<Number: FloatingPoint>(_ values: [Number]) -> Int? {
    values.withUnsafeBufferPointer { values in
      for start in stride(from: 0, to: values.count, by: 4096) {
        let stretch = start..<min(values.count, start + 4096)
        var isBad: UInt8 = 0
        for place in stretch { isBad |= values[place].isFinite ? 0 : 1 }
        if isBad != 0 { return stretch.first { !values[$0].isFinite } }
      }
      return nil
    }
  }

  /// Some rows as a table of their own.
  package func rows(_ range: Range<Int>) -> NumberTable {
    let places = range.lowerBound * columnCount..<range.upperBound * columnCount
    let part: Values
    switch values {
    case .bytes(let values): part = .bytes(Array(values[places]))
    case .single(let values): part = .single(Array(values[places]))
    case .double(let values): part = .double(Array(values[places]))
    }
    return NumberTable(rowCount: range.count, columnCount: columnCount, values: part)
  }
}
