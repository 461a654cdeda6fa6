import ReviewCore

extension NumberTable {
  /// Writes some rows as doubles, one after the other.
  func fill(_ target: UnsafeMutablePointer<Double>, rows: Range<Int>) {
    let first = rows.lowerBound * columnCount
    let count = rows.count * columnCount
    switch values {
    case .bytes(let values):
      values.withUnsafeBufferPointer { values in
        for place in 0..<count { target[place] = Double(values[first + place]) }
      }
    case .single(let values):
      values.withUnsafeBufferPointer { values in
        for place in 0..<count { target[place] = Double(values[first + place]) }
      }
    case .double(let values):
      values.withUnsafeBufferPointer { values in
        for place in 0..<count { target[place] = values[first + place] }
      }
    }
  }

  /// The same of some columns alone, each to its place in a row of all.
  func fill(_ target: UnsafeMutablePointer<Double>, rows: Range<Int>, columns: Range<Int>) {
    let first = rows.lowerBound * columnCount
    for start in stride(from: 0, to: rows.count * columnCount, by: columnCount) {
      let places = start + columns.lowerBound..<start + columns.upperBound
      switch values {
      case .bytes(let values): for place in places { target[place] = Double(values[first + place]) }
      case .single(let values):
        for place in places { target[place] = Double(values[first + place]) }
      case .double(let values): for place in places { target[place] = values[first + place] }
      }
    }
  }

  /// All values as doubles, row by row.
  var doubles: [Double] {
    if case .double(let values) = values { return values }
    return [Double](unsafeUninitializedCapacity: values.count) { buffer, count in
      if let base = buffer.baseAddress { fill(base, rows: 0..<rowCount) }
      count = values.count
    }
  }

  /// Refuses NaN and infinity.
  func checkFinite(_ what: String) throws(MetricFailure) {
    if let place = firstBadPlace {
      throw .unfit(
        "\(what): row \(place.row) column \(place.column) is "
          + "\(NumberText.shortest(value(row: place.row, column: place.column)))")
    }
  }

  /// The bytes of a table of bytes.
  var bytes: [UInt8]? {
    if case .bytes(let values) = values { return values }
    return nil
  }

  /// 255 times smaller, as doubles: pixels from 0 to 1.
  var scaledToOne: NumberTable {
    NumberTable(
      rowCount: rowCount, columnCount: columnCount, values: .double(doubles.map { $0 / 255 }))
  }

  /// The square of the distance of two rows: the differences are taken in doubles and summed in one
  /// fixed order, so that equal rows have equal distances.
  static func squaredDistance(
    _ left: NumberTable, _ row: Int, _ right: NumberTable, _ other: Int
  ) -> Double {
    let width = left.columnCount
    switch (left.values, right.values) {
    case (.single(let a), .single(let b)):
      return a.withUnsafeBufferPointer { a in
        b.withUnsafeBufferPointer { b in
          squaredDistance(width) { Double(a[row * width + $0]) - Double(b[other * width + $0]) }
        }
      }
    case (.double(let a), .double(let b)):
      return a.withUnsafeBufferPointer { a in
        b.withUnsafeBufferPointer { b in
          squaredDistance(width) { a[row * width + $0] - b[other * width + $0] }
        }
      }
    default:
      return squaredDistance(width) {
        left.value(row: row, column: $0) - right.value(row: other, column: $0)
      }
    }
  }

  @inline(__always)
  private static func squaredDistance(_ width: Int, _ difference: (Int) -> Double) -> Double {
    // Four sums side by side: a fixed order, and quicker than one.
    var sums = (0.0, 0.0, 0.0, 0.0)
    var place = 0
    while place + 4 <= width {
      let (a, b) = (difference(place), difference(place + 1))
      let (c, d) = (difference(place + 2), difference(place + 3))
      sums.0 += a * a
      sums.1 += b * b
      sums.2 += c * c
      sums.3 += d * d
      place += 4
    }
    while place < width {
      let a = difference(place)
      sums.0 += a * a
      place += 1
    }
    return (sums.0 + sums.1) + (sums.2 + sums.3)
  }
}
