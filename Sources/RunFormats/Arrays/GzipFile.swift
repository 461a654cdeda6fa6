/// A file that gzip has packed, of one member.
enum GzipFile {
  // Larger than any set of samples a person reviews.
  private static let largest = 1 << 30

  static func isGzip(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x1F, 0x8B]) }

  /// The first bytes that a packed file stands for, or as many as come before it is damaged.
  static func beginning(_ bytes: [UInt8], count: Int) throws(ArrayFailure) -> [UInt8] {
    Inflate.beginning(Array(bytes[try dataStart(bytes)...]), upTo: count)
  }

  /// All bytes that a packed file stands for, of which there must be so many, their checksum
  /// compared.
  ///
  /// What is allocated is bounded by what the file can hold.
  static func whole(_ bytes: [UInt8], count: Int) throws(ArrayFailure) -> [UInt8] {
    let start = try dataStart(bytes)
    guard count <= largest else { throw ArrayFailure("it is larger than 1 GiB") }
    guard bytes.count - start >= 8, count / Inflate.largestRatio <= bytes.count else {
      throw ArrayFailure("it promises more than its compressed bytes can hold")
    }
    let unpacked = try Inflate.whole(Array(bytes[start..<bytes.count - 8]), size: count)
    let stored = LittleEndian(Array(bytes.suffix(8))).number(at: 0, bytes: 4)
    guard Int(Inflate.crc32(unpacked)) == stored else {
      throw ArrayFailure("its checksum does not fit; the file is damaged")
    }
    return unpacked
  }

  /// Where the deflate stream begins.
  private static func dataStart(_ bytes: [UInt8]) throws(ArrayFailure) -> Int {
    guard bytes.count >= 10, isGzip(bytes), bytes[2] == 8 else {
      throw ArrayFailure("its gzip header is damaged", offset: 0)
    }
    let flags = bytes[3]
    var place = 10
    if flags & 4 != 0 {
      guard bytes.count >= place + 2 else { throw ArrayFailure("it ends inside its header") }
      place += 2 + Int(bytes[place]) + 256 * Int(bytes[place + 1])
    }
    // A name and a comment, each up to a zero.
    for flag: UInt8 in [8, 16] where flags & flag != 0 {
      guard place < bytes.count, let zero = bytes[place...].firstIndex(of: 0) else {
        throw ArrayFailure("it ends inside its header")
      }
      place = zero + 1
    }
    if flags & 2 != 0 { place += 2 }
    guard place <= bytes.count else { throw ArrayFailure("it ends inside its header") }
    return place
  }
}
