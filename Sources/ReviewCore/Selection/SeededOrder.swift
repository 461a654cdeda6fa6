/// SplitMix64 (Steele, Lea, Flood 2014): a generator whose numbers are the same on every machine.
package struct SplitMix64: Sendable {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A number in 0..<bound, each as likely as any other; bound must be above 0.
  package mutating func next(below bound: UInt64) -> UInt64 {
    let limit = UInt64.max - UInt64.max % bound
    while true {
      let value = next()
      if value < limit { return value % bound }
    }
  }
}

/// Draws that can be done again.
package enum SeededOrder {
  /// So many of 0..<count without repeats, ascending: the start of a Fisher-Yates shuffle.
  package static func draw(_ wanted: Int, of count: Int, seed: UInt64) -> [Int] {
    guard count > 0, wanted > 0 else { return [] }
    var generator = SplitMix64(seed: seed)
    var all = Array(0..<count)
    let taken = min(wanted, count)
    for place in 0..<taken {
      all.swapAt(place, place + Int(generator.next(below: UInt64(count - place))))
    }
    return all[..<taken].sorted()
  }
}
