extension ZipDirectory {
  // Larger than any set of samples a person reviews.
  private static let largest = 1 << 30

  /// The bytes of a member, their checksum compared.
  ///
  /// What is allocated is bounded by what the file can hold.
  static func bytes(
    of member: Member, in file: borrowing OpenFile
  ) throws(ArrayFailure) -> [UInt8] {
    guard member.size <= largest else { throw ArrayFailure("it is larger than 1 GiB") }
    guard member.size / Inflate.largestRatio <= member.storedSize else {
      throw ArrayFailure("it promises more than its compressed bytes can hold")
    }
    // A stream that is longer than what it stands for has hardly a byte more.
    guard member.storedSize <= member.size + member.size / 512 + 4096 else {
      throw ArrayFailure("its compressed bytes are more than it can need")
    }
    let stored = try storedBytes(of: member, in: file, atMost: member.storedSize)
    guard stored.count == member.storedSize else {
      throw ArrayFailure("the file ends inside it")
    }
    let bytes: [UInt8]
    if member.method == 0 {
      guard member.size == member.storedSize else {
        throw ArrayFailure("its two sizes differ though it is not compressed")
      }
      bytes = stored
    } else {
      bytes = try Inflate.whole(stored, size: member.size)
    }
    guard Inflate.crc32(bytes) == member.crc32 else {
      throw ArrayFailure("its checksum does not fit; the file is damaged")
    }
    return bytes
  }

  /// The first bytes of a member, for its header; the checksum is not looked at.
  static func beginning(
    of member: Member, in file: borrowing OpenFile, count: Int
  ) throws(ArrayFailure) -> [UInt8] {
    let wanted = min(count, member.size)
    // Deflate may make some bytes longer, by 5 for each block.
    let stored = try storedBytes(of: member, in: file, atMost: wanted + 1024)
    return member.method == 0
      ? Array(stored.prefix(wanted)) : Inflate.beginning(stored, upTo: wanted)
  }

  private static func storedBytes(
    of member: Member, in file: borrowing OpenFile, atMost count: Int
  ) throws(ArrayFailure) -> [UInt8] {
    guard !member.isEncrypted else { throw ArrayFailure("it is encrypted") }
    guard member.method == 0 || member.method == 8 else {
      throw ArrayFailure(
        "it is compressed by method \(member.method); only stored and deflated members are read")
    }
    guard member.headerOffset <= file.size else {
      throw ArrayFailure("it lies behind the end of the file")
    }
    let header = LittleEndian(try file.read(at: member.headerOffset, count: 30))
    guard header.count == 30, header.number(at: 0, bytes: 4) == 0x0403_4B50 else {
      throw ArrayFailure("its zip header is damaged", offset: member.headerOffset)
    }
    // Names and extra fields may be longer here than in the directory.
    let start =
      member.headerOffset + 30 + header.number(at: 26, bytes: 2) + header.number(at: 28, bytes: 2)
    let left = max(0, file.size - start)
    return try file.read(at: start, count: min(count, member.storedSize, left))
  }
}
