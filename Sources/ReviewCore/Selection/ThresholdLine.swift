/// Who is selected at every value of one threshold, all others held: exact, not sampled.
///
/// Between two neighbouring values of a comparison's other side no comparison changes, so the line
/// falls into the values and the gaps between them. Checkpoints claim these from the best to the
/// worst, each where it would be eligible; whoever comes first is selected there.
package struct ThresholdLine: Sendable {
  /// A part of the line on which one checkpoint is selected, or none.
  package struct Stretch: Equatable, Sendable {
    /// Nil: without end.
    package let lower: Double?
    package let includesLower: Bool
    package let upper: Double?
    package let includesUpper: Bool
    /// Nil: none is eligible there.
    package let winner: Int?
  }

  package let threshold: RuleThreshold
  /// From low to high, neighbours with different winners.
  package let stretches: [Stretch]
  /// The stretch of the threshold as it is.
  package let here: Int

  /// - Complexity: O(n log n).
  init(_ threshold: RuleThreshold, of field: ThresholdField) {
    self.init(threshold, movedWith: [threshold], of: field)
  }

  /// All thresholds of a group moved as one.
  ///
  /// - Complexity: O(n log n).
  package init(_ group: ThresholdGroup, of field: ThresholdField) {
    self.init(group.members[0], movedWith: group.members, of: field)
  }

  private init(
    _ threshold: RuleThreshold, movedWith members: [RuleThreshold], of field: ThresholdField
  ) {
    self.threshold = threshold
    let now = threshold.literal.value
    let ordinals = members.map(\.literal.ordinal)
    var standings: [(index: Int, value: Double?, ifTrue: Bool, ifFalse: Bool)] = []
    standings.reserveCapacity(field.ranking.count)
    var values = [now]
    for index in field.ranking {
      let ifTrue = field.isEligible(index, assuming: ordinals.map { ($0, true) })
      let ifFalse = field.isEligible(index, assuming: ordinals.map { ($0, false) })
      guard ifTrue || ifFalse else { continue }
      let value = field.evaluator.value(threshold.other, at: index).flatMap { $0.isNaN ? nil : $0 }
      standings.append((index, value, ifTrue, ifFalse))
      if ifTrue != ifFalse, let value, value.isFinite { values.append(value) }
    }
    values.sort()
    var distinct: [Double] = []
    for value in values where value != distinct.last { distinct.append(value) }
    // Odd places are values; even ones the gaps before, between and behind them.
    var claims = Claims(count: 2 * distinct.count + 1)
    for standing in standings {
      let all = 0..<claims.count
      if standing.ifTrue, standing.ifFalse {
        claims.claim(all, for: standing.index)
        break
      }
      let places = Self.places(of: standing.value, threshold.comparison, distinct)
      if standing.ifTrue {
        for range in places { claims.claim(range, for: standing.index) }
      } else {
        var start = 0
        for range in places {
          claims.claim(start..<range.lowerBound, for: standing.index)
          start = range.upperBound
        }
        claims.claim(start..<claims.count, for: standing.index)
      }
    }
    var stretches: [Stretch] = []
    var here = 0
    var start = 0
    let nowPlace = 2 * Self.place(of: now, in: distinct) + 1
    for place in 1...claims.count {
      guard place == claims.count || claims.owners[place] != claims.owners[start] else { continue }
      if (start..<place).contains(nowPlace) { here = stretches.count }
      stretches.append(
        Stretch(
          lower: start == 0 ? nil : distinct[(start - 1) / 2], includesLower: start % 2 == 1,
          upper: place == claims.count ? nil : distinct[(place - 1) / 2],
          includesUpper: place % 2 == 0 && place < claims.count,
          winner: claims.owners[start]))
      start = place
    }
    self.stretches = stretches
    self.here = here
  }

  /// The stretch that holds a value.
  ///
  /// - Complexity: O(log n).
  package func place(of value: Double) -> Int {
    var low = 0
    var high = stretches.count - 1
    while low < high {
      let middle = (low + high) / 2
      let stretch = stretches[middle]
      let isBelow = stretch.upper.map { value > $0 || value == $0 && !stretch.includesUpper }
      if isBelow ?? false { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Where `value OP threshold` is true: places of the line, ascending.
  private static func places(
    of value: Double?, _ comparison: RuleCondition.Comparison, _ values: [Double]
  ) -> [Range<Int>] {
    let count = 2 * values.count + 1
    guard let value else { return [] }
    guard value.isFinite else {
      // Beyond every threshold, whatever it is.
      let isTrue = value > 0 ? comparison.holds(1, 0) : comparison.holds(-1, 0)
      return isTrue ? [0..<count] : []
    }
    let place = 2 * Self.place(of: value, in: values) + 1
    switch comparison {
    case .atLeast: return [0..<place + 1]
    case .above: return [0..<place]
    case .atMost: return [place..<count]
    case .below: return [place + 1..<count]
    case .equal: return [place..<place + 1]
    case .unequal: return [0..<place, place + 1..<count]
    }
  }

  private static func place(of value: Double, in values: [Double]) -> Int {
    var low = 0
    var high = values.count
    while low < high {
      let middle = (low + high) / 2
      if values[middle] < value { low = middle + 1 } else { high = middle }
    }
    return min(low, values.count - 1)
  }
}

/// Places that are given away once, each to the first who asks.
private struct Claims {
  let count: Int
  private(set) var owners: [Int?]
  // The next place at or behind this one that is still free.
  private var next: [Int]

  init(count: Int) {
    self.count = count
    owners = Array(repeating: nil, count: count)
    next = Array(0...count)
  }

  mutating func claim(_ range: Range<Int>, for owner: Int) {
    var place = free(from: range.lowerBound)
    while place < range.upperBound {
      owners[place] = owner
      next[place] = place + 1
      place = free(from: place)
    }
  }

  private mutating func free(from place: Int) -> Int {
    var end = place
    while next[end] != end { end = next[end] }
    var step = place
    while next[step] != step { (next[step], step) = (end, next[step]) }
    return end
  }
}
