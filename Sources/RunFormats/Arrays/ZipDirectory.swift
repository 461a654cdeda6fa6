/// The central directory of a zip file, which an `.npz` is; with zip64.
struct ZipDirectory {
  struct Member: Equatable {
    let name: String
    let isEncrypted: Bool
    /// 0 stored, 8 deflated; nothing else is read.
    let method: Int
    let crc32: UInt32
    let storedSize: Int
    let size: Int
    /// Of the header before its bytes.
    let headerOffset: Int
  }

  /// In the file's order; of two of one name the later one counts.
  let members: [Member]

  private static let endSize = 22
  private static let longestComment = 65_535
  private static let locatorSize = 20
  private static let end64Size = 56
  private static let entrySize = 46

  static func isZip(_ bytes: some Collection<UInt8>) -> Bool {
    bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) || bytes.starts(with: [0x50, 0x4B, 0x05, 0x06])
  }

  /// What the record at the end of the file says.
  private struct End {
    var size: Int
    var offset: Int
    /// Where the directory ends: at this record, or at its 64-bit form.
    var position: Int
  }

  /// - Throws: `ArrayFailure`, also for a file that is still being written.
  init(_ file: borrowing OpenFile) throws(ArrayFailure) {
    let tailSize = min(file.size, Self.endSize + Self.longestComment + Self.locatorSize)
    let tailStart = file.size - tailSize
    let tail = LittleEndian(try file.read(at: tailStart, count: tailSize))
    guard let place = Self.endPlace(tail) else {
      throw ArrayFailure("it has no zip directory at its end; it may not be whole yet")
    }
    var end = End(
      size: tail.number(at: place + 12, bytes: 4), offset: tail.number(at: place + 16, bytes: 4),
      position: tailStart + place)
    if end.size == 0xFFFF_FFFF || end.offset == 0xFFFF_FFFF
      || tail.number(at: place + 10, bytes: 2) == 0xFFFF
    {
      let locator = place - Self.locatorSize
      if locator >= 0, tail.number(at: locator, bytes: 4) == 0x0706_4B50 {
        end = try Self.end64(file, locatorAt: tailStart + locator, end)
      }
    }
    guard end.size >= 0, end.size <= end.position, end.offset >= 0,
      end.offset <= end.position - end.size
    else {
      throw ArrayFailure("its zip directory lies outside of it", offset: end.position)
    }
    let directory = LittleEndian(try file.read(at: end.offset, count: end.size))
    var members: [Member] = []
    var places: [String: Int] = [:]
    var offset = 0
    while offset + Self.entrySize <= directory.count,
      directory.number(at: offset, bytes: 4) == 0x0201_4B50
    {
      let (member, length) = try Self.entry(directory, at: offset, start: end.offset)
      if let known = places[member.name] {
        members[known] = member
      } else {
        places[member.name] = members.count
        members.append(member)
      }
      offset += length
    }
    guard offset == directory.count else {
      throw ArrayFailure("its zip directory is damaged", offset: end.offset + offset)
    }
    self.members = members
  }

  /// The last place where a record begins whose comment ends with the file.
  private static func endPlace(_ tail: LittleEndian) -> Int? {
    var place = tail.count - endSize
    while place >= 0 {
      if tail.number(at: place, bytes: 4) == 0x0605_4B50,
        place + endSize + tail.number(at: place + 20, bytes: 2) == tail.count
      {
        return place
      }
      place -= 1
    }
    return nil
  }

  private static func end64(
    _ file: borrowing OpenFile, locatorAt locator: Int, _ end: End
  ) throws(ArrayFailure) -> End {
    // The record stands right before its locator, whatever the locator says of its place.
    let position = locator - end64Size
    guard position >= 0 else {
      throw ArrayFailure("its zip64 directory lies outside of it", offset: locator)
    }
    let record = LittleEndian(try file.read(at: position, count: end64Size))
    guard record.number(at: 0, bytes: 4) == 0x0606_4B50 else {
      throw ArrayFailure("its zip64 record is not where it should be", offset: position)
    }
    return End(
      size: record.number(at: 40, bytes: 8), offset: record.number(at: 48, bytes: 8),
      position: position)
  }

  private static func entry(
    _ directory: LittleEndian, at offset: Int, start: Int
  ) throws(ArrayFailure) -> (Member, length: Int) {
    func number(_ place: Int, _ bytes: Int) -> Int {
      directory.number(at: offset + place, bytes: bytes)
    }
    let (nameLength, extraLength) = (number(28, 2), number(30, 2))
    let length = entrySize + nameLength + extraLength + number(32, 2)
    guard offset + length <= directory.count else {
      throw ArrayFailure("its zip directory is damaged", offset: start + offset)
    }
    let nameStart = offset + entrySize
    let name = String(decoding: directory.bytes[nameStart..<nameStart + nameLength], as: UTF8.self)
    var sizes = [number(24, 4), number(20, 4), number(42, 4)]
    var extra = nameStart + nameLength
    let extraEnd = extra + extraLength
    while extra + 4 <= extraEnd {
      let fieldEnd = min(extraEnd, extra + 4 + directory.number(at: extra + 2, bytes: 2))
      if directory.number(at: extra, bytes: 2) == 1 {
        // Only what did not fit into 32 bits stands here, in this order.
        var place = extra + 4
        for index in sizes.indices where sizes[index] == 0xFFFF_FFFF && place + 8 <= fieldEnd {
          sizes[index] = directory.number(at: place, bytes: 8)
          place += 8
        }
      }
      extra = fieldEnd
    }
    guard sizes.allSatisfy({ $0 >= 0 }) else {
      throw ArrayFailure("its zip directory is damaged", offset: start + offset)
    }
    return (
      Member(
        name: name, isEncrypted: number(8, 2) & 1 == 1, method: number(10, 2),
        crc32: UInt32(truncatingIfNeeded: number(16, 4)), storedSize: sizes[1], size: sizes[0],
        headerOffset: sizes[2]), length
    )
  }
}
