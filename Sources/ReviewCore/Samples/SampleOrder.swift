/// What the samples of a checkpoint can be arranged by.
package enum SampleNumber: String, CaseIterable, Sendable {
  /// By the seed, as they are stored.
  case seed
  /// Variance of the Laplacian, the sharpest first.
  case sharpness
  /// Distance to the nearest other sample of the set, the closest first.
  case nearest
  /// Distance to the nearest real picture, the closest first.
  case nearestReal = "nearest-real"
  /// The tagged first, tag by tag.
  case tag
}

/// The samples of one checkpoint in the order of a number that each of them has.
package struct SampleOrder: Equatable, Sendable {
  /// By slot, the place in the set.
  package let places: [Int]
  /// By place in the set, the slot.
  package let slots: [Int]
  /// By place in the set; NaN where a sample has none.
  package let numbers: [Double]

  /// Those with the same number stay in the order of their places; those without one come last.
  ///
  /// - Complexity: O(n log n).
  package init(_ numbers: [Double], highestFirst: Bool = false) {
    self.numbers = numbers
    let known = numbers.indices.filter { !numbers[$0].isNaN }.sorted { left, right in
      let (a, b) = (numbers[left], numbers[right])
      return a == b ? left < right : (a > b) == highestFirst
    }
    places = known + numbers.indices.filter { numbers[$0].isNaN }
    var slots = [Int](repeating: 0, count: numbers.count)
    for (slot, place) in places.enumerated() { slots[place] = slot }
    self.slots = slots
  }
}
