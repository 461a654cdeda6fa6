/// The generator of numpy's legacy `RandomState`, so that its subsets can be drawn again
/// (Matsumoto and Nishimura 1998).
struct MersenneTwister {
  private var state: [UInt32]
  private var place = 624

  init(seed: UInt32) {
    var state = [seed]
    for index in 1..<624 {
      let last = state[index - 1]
      state.append(1_812_433_253 &* (last ^ (last >> 30)) &+ UInt32(index))
    }
    self.state = state
  }

  mutating func next() -> UInt32 {
    if place == 624 {
      for index in 0..<624 {
        let joined = (state[index] & 0x8000_0000) | (state[(index + 1) % 624] & 0x7FFF_FFFF)
        let twisted = (joined >> 1) ^ (joined & 1 == 0 ? 0 : 0x9908_B0DF)
        state[index] = state[(index + 397) % 624] ^ twisted
      }
      place = 0
    }
    var value = state[place]
    place += 1
    value ^= value >> 11
    value ^= (value << 7) & 0x9D2C_5680
    value ^= (value << 15) & 0xEFC6_0000
    return value ^ (value >> 18)
  }

  /// 0...limit, each equally likely.
  private mutating func upTo(_ limit: UInt32) -> UInt32 {
    guard limit > 0 else { return 0 }
    let mask = UInt32.max >> UInt32(limit.leadingZeroBitCount)
    while true {
      let value = next() & mask
      if value <= limit { return value }
    }
  }

  /// `RandomState.permutation(count)`.
  mutating func permutation(_ count: Int) -> [Int] {
    var places = Array(0..<count)
    for index in stride(from: count - 1, to: 0, by: -1) {
      places.swapAt(index, Int(upTo(UInt32(index))))
    }
    return places
  }
}
