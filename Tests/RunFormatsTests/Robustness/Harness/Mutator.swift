import ReviewCore

/// Changes bytes as discs, networks, and people who mean harm do.
struct Mutator {
  private var dice: SplitMix64
  /// Bytes of another file of the kind.
  private let donor: [UInt8]

  // Ends of the ranges of types, and sizes that were once too large for somebody.
  private static let interesting: [UInt64] = [
    0, 1, 2, 7, 8, 0x10, 0x20, 0x40, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFF, 0x1_0000,
    0x3FFF_FFFF, 0x4000_0000, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFE, 0xFFFF_FFFF, 0x1_0000_0000,
    0x7FFF_FFFF_FFFF_FFFF, 0x8000_0000_0000_0000, 0xFFFF_FFFF_FFFF_FFFF,
  ]
  // Signs that mean something in one of the languages of text.
  private static let signs = Array("\0\t\n\r\"'\\,;:{}[]()<>&*!|-.eE+0919aNtfn#%=~@` /".utf8)
  private static let mostChanges: UInt64 = 4

  init(seed: UInt64, donor: [UInt8]) {
    dice = SplitMix64(seed: seed)
    self.donor = donor
  }

  /// One to four changes of one file.
  mutating func changed(_ bytes: [UInt8]) -> [UInt8] {
    var changed = bytes
    for _ in 0...dice.next(below: Self.mostChanges) { change(&changed) }
    return changed
  }

  private mutating func place(_ count: Int) -> Int { Int(dice.next(below: UInt64(max(1, count)))) }

  private mutating func change(_ bytes: inout [UInt8]) {
    guard !bytes.isEmpty else {
      bytes = [UInt8(truncatingIfNeeded: dice.next())]
      return
    }
    let at = place(bytes.count)
    switch dice.next(below: 12) {
    case 0, 1: bytes[at] ^= 1 << UInt8(dice.next(below: 8))
    case 2: bytes[at] = dice.next(below: 2) == 0 ? 0 : 0xFF
    case 3: bytes[at] = UInt8(truncatingIfNeeded: dice.next())
    case 4, 5: number(&bytes, at: at)
    case 6: bytes[at] = Self.signs[place(Self.signs.count)]
    case 7: bytes.insert(Self.signs[place(Self.signs.count)], at: at)
    case 8: bytes.removeSubrange(at..<min(bytes.count, at + 1 + place(16)))
    case 9:
      // A part of itself once more, over what is there or before it.
      let part = Array(bytes[at..<min(bytes.count, at + 1 + place(64))])
      let target = place(bytes.count)
      let end = dice.next(below: 2) == 0 ? target : min(bytes.count, target + part.count)
      bytes.replaceSubrange(target..<end, with: part)
    case 10:
      let length = min(bytes.count - at, 1 + place(32))
      let filling: UInt8 = dice.next(below: 2) == 0 ? 0 : 0xFF
      for offset in 0..<length { bytes[at + offset] = filling }
    default:
      // Its beginning with another file's end.
      guard !donor.isEmpty else { return }
      bytes = Array(bytes[..<at]) + donor[place(donor.count)...]
    }
  }

  /// An interesting number of 16, 32 or 64 bits in either order, or a little beside what is there.
  private mutating func number(_ bytes: inout [UInt8], at place: Int) {
    let width = 2 << Int(dice.next(below: 3))
    guard place + width <= bytes.count else { return }
    var value = Self.interesting[self.place(Self.interesting.count)]
    let isBig = dice.next(below: 2) == 0
    if dice.next(below: 3) == 0 {
      value = 0
      for offset in 0..<width {
        value = value << 8 | UInt64(bytes[place + (isBig ? offset : width - 1 - offset)])
      }
      value = value &+ dice.next(below: 5) &- 2
    }
    for offset in 0..<width {
      bytes[place + (isBig ? width - 1 - offset : offset)] = UInt8(
        truncatingIfNeeded: value >> UInt64(8 * offset))
    }
  }
}
