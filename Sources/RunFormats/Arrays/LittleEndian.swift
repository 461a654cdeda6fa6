/// Bytes that numbers are read from, the least significant byte first.
struct LittleEndian {
  let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var count: Int { bytes.count }

  /// A number of at most 8 bytes; what lies outside counts as 0, and 64 bits may come out negative.
  func number(at place: Int, bytes width: Int) -> Int {
    guard place >= 0, place + width <= bytes.count else { return 0 }
    var value: UInt64 = 0
    for offset in (0..<width).reversed() { value = value << 8 | UInt64(bytes[place + offset]) }
    return Int(truncatingIfNeeded: value)
  }
}
