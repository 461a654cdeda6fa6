/// The rollback journal of a SQLite database: pages as they were before what is not committed yet.
struct RollbackJournal {
  private let bytes: [UInt8]
  private let pageSize: Int
  private let pageCount: Int
  /// Tells this transaction from others.
  let nonce: [UInt8]

  static let headSize = 28
  private static let magic: [UInt8] = [0xD9, 0xD5, 0x05, 0xF9, 0x20, 0xA1, 0x63, 0xD7]

  static func nonce(_ head: [UInt8]) -> [UInt8]? {
    head.count >= headSize && head.starts(with: magic) ? Array(head[12..<16]) : nil
  }

  /// Nil for one that was emptied or is not begun, as after a commit.
  init?(_ bytes: [UInt8]) {
    guard let nonce = Self.nonce(bytes) else { return nil }
    let pageSize = Self.number(bytes, 24)
    guard pageSize >= 512, pageSize <= 65_536, pageSize & (pageSize - 1) == 0 else { return nil }
    self.bytes = bytes
    self.pageSize = pageSize
    self.nonce = nonce
    pageCount = Self.number(bytes, 16)
  }

  /// - Complexity: O(n).
  func playBack(onto base: inout [UInt8]) {
    var place = 0
    var restored: Set<Int> = []
    while bytes.count - place >= Self.headSize,
      bytes[place..<place + 8].elementsEqual(Self.magic)
    {
      var records = Self.number(bytes, place + 8)
      let nonce = UInt32(truncatingIfNeeded: Self.number(bytes, place + 12))
      let sector = Self.number(bytes, place + 20)
      guard sector >= 32, sector <= 65_536, sector & (sector - 1) == 0 else { break }
      place += sector
      // All ones: as many as there are.
      if records == 0xFFFF_FFFF { records = max(0, bytes.count - place) / (pageSize + 8) }
      while records > 0 {
        guard bytes.count - place >= pageSize + 8 else { return finish(&base) }
        let number = Self.number(bytes, place)
        let page = place + 4..<place + 4 + pageSize
        guard checksum(page, nonce) == UInt32(Self.number(bytes, page.upperBound)) else {
          return finish(&base)
        }
        let start = (number - 1) * pageSize
        // The first mention of a page is the oldest one.
        if number > 0, number <= pageCount, restored.insert(number).inserted,
          start + pageSize <= base.count
        {
          base.replaceSubrange(start..<start + pageSize, with: bytes[page])
        }
        place = page.upperBound + 4
        records -= 1
      }
      place = (place + sector - 1) / sector * sector
    }
    finish(&base)
  }

  private func finish(_ base: inout [UInt8]) {
    let size = pageCount * pageSize
    if size > 0, base.count > size { base.removeLast(base.count - size) }
  }

  private func checksum(_ page: Range<Int>, _ nonce: UInt32) -> UInt32 {
    var sum = nonce
    var offset = pageSize - 200
    while offset > 0 {
      sum = sum &+ UInt32(bytes[page.lowerBound + offset])
      offset -= 200
    }
    return sum
  }

  private static func number(_ bytes: [UInt8], _ place: Int) -> Int {
    bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
  }
}
