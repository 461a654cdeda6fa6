import ReviewCore

/// How far the values of arrays reach, and how many lie outside the ranges they may be shown in.
struct ValueSpread: Equatable, Sendable {
  /// The ends of ranges that values are counted beyond.
  struct Marks: Hashable, Sendable {
    let lows: [Double]
    let highs: [Double]

    /// - Parameter declared: else those of the usual ranges.
    init(declared: ClosedRange<Double>? = nil) {
      // Beyond the greatest number lies infinity alone.
      let largest = Double.greatestFiniteMagnitude
      lows = (declared.map { [$0.lowerBound] } ?? [0, -1]) + [-largest]
      highs = (declared.map { [$0.upperBound] } ?? [1, 255]) + [largest]
    }
  }

  let marks: Marks
  /// Of the finite values; `least > greatest` while there are none.
  var least = Double.infinity
  var greatest = -Double.infinity
  var nanCount = 0
  var count = 0
  /// How many values lie below each low mark, and above each high one.
  var below: [Int]
  var above: [Int]

  init(marks: Marks = Marks()) {
    self.marks = marks
    below = Array(repeating: 0, count: marks.lows.count)
    above = Array(repeating: 0, count: marks.highs.count)
  }

  init(of array: StoredArray, marks: Marks = Marks()) {
    self.init(marks: marks)
    array.forEachChunk { add($0) }
  }

  /// - Complexity: O(n); nothing of the values is kept.
  mutating func add(_ values: UnsafeBufferPointer<Double>) {
    var (least, greatest) = (Double.infinity, -Double.infinity)
    var numbers = 0
    for value in values {
      // No comparison with a NaN is true.
      if value < least { least = value }
      if value > greatest { greatest = value }
      if value == value { numbers += 1 }
    }
    nanCount += values.count - numbers
    count += values.count
    for (place, mark) in marks.lows.enumerated() where least < mark {
      below[place] += values.count { $0 < mark }
    }
    for (place, mark) in marks.highs.enumerated() where greatest > mark {
      above[place] += values.count { $0 > mark }
    }
    let isFinite = least > -.infinity && greatest < .infinity
    if !isFinite {
      (least, greatest) = (.infinity, -.infinity)
      for value in values where value.isFinite {
        least = min(least, value)
        greatest = max(greatest, value)
      }
    }
    self.least = min(self.least, least)
    self.greatest = max(self.greatest, greatest)
  }

  /// Takes in a spread with the same marks.
  mutating func add(_ other: ValueSpread) {
    least = min(least, other.least)
    greatest = max(greatest, other.greatest)
    nanCount += other.nanCount
    count += other.count
    for place in below.indices { below[place] += other.below[place] }
    for place in above.indices { above[place] += other.above[place] }
  }

  /// The usual range they fit; [0, 1] where there is no finite value.
  func range(_ origin: ValueRange.Origin) -> ValueRange {
    least <= greatest
      ? ValueRange(covering: least, greatest, origin: origin)
      : ValueRange(lo: 0, hi: 1, origin: origin)
  }

  /// How many values are clamped when a range is shown whose ends are marks, or the extremes.
  func outside(_ range: ValueRange) -> Int {
    // Beyond the extremes lies infinity alone, which the last mark counts.
    let low = marks.lows.firstIndex(of: range.lo) ?? marks.lows.count - 1
    let high = marks.highs.firstIndex(of: range.hi) ?? marks.highs.count - 1
    return below[low] + above[high]
  }
}
