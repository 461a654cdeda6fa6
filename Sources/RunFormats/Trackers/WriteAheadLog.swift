/// The write-ahead log of a SQLite database: pages as they are after some of its commits.
struct WriteAheadLog {
  private let bytes: [UInt8]
  private let pageSize: Int
  /// Where the pages lie that count, by the number of the page, from 1.
  private var places: [Int: Int] = [:]
  /// How many pages the database has after the last commit.
  private var pageCount = 0
  private(set) var commits = 0

  static let headSize = 32
  private static let frameHeadSize = 24

  /// Reads up to the last commit whose checksums fit; nil for what is no such log.
  ///
  /// - Complexity: O(n).
  init?(_ bytes: [UInt8]) {
    guard bytes.count >= Self.headSize else { return nil }
    let magic = Self.number(bytes, 0)
    let pageSize = Self.number(bytes, 8)
    guard magic & ~1 == 0x377F_0682, pageSize >= 512, pageSize <= 65_536,
      pageSize & (pageSize - 1) == 0
    else { return nil }
    self.bytes = bytes
    self.pageSize = pageSize
    let isBig = magic & 1 == 1
    var sum = Checksum()
    sum.add(bytes, 0..<24, isBig: isBig)
    guard sum.isAt(24, in: bytes) else { return nil }
    var pending: [Int: Int] = [:]
    var place = Self.headSize
    while bytes.count - place >= Self.frameHeadSize + pageSize {
      guard bytes[place + 8..<place + 16].elementsEqual(bytes[16..<24]) else { break }
      let page = place + Self.frameHeadSize
      sum.add(bytes, place..<place + 8, isBig: isBig)
      sum.add(bytes, page..<page + pageSize, isBig: isBig)
      guard sum.isAt(place + 16, in: bytes) else { break }
      pending[Self.number(bytes, place)] = page
      let count = Self.number(bytes, place + 4)
      if count > 0 {
        places.merge(pending) { $1 }
        pending = [:]
        pageCount = count
        commits += 1
      }
      place = page + pageSize
    }
  }

  /// Whether it may belong to a database of so many bytes: it claims no pages that nobody wrote.
  func isUsable(with size: Int) -> Bool {
    pageCount * pageSize <= size + places.count * pageSize
      && places.keys.allSatisfy { $0 > 0 }
  }

  func lay(onto base: inout [UInt8]) {
    let size = pageCount * pageSize
    if base.count > size { base.removeLast(base.count - size) }
    if base.count < size { base.append(contentsOf: repeatElement(0, count: size - base.count)) }
    for (number, place) in places where number <= pageCount {
      let start = (number - 1) * pageSize
      base.replaceSubrange(start..<start + pageSize, with: bytes[place..<place + pageSize])
    }
  }

  private static func number(_ bytes: [UInt8], _ place: Int) -> Int {
    bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
  }

  /// Two running sums over words of 32 bits.
  private struct Checksum {
    private var first: UInt32 = 0
    private var second: UInt32 = 0

    mutating func add(_ bytes: [UInt8], _ range: Range<Int>, isBig: Bool) {
      bytes.withUnsafeBytes { buffer in
        var (one, two) = (first, second)
        var place = range.lowerBound
        while place < range.upperBound {
          let left = buffer.loadUnaligned(fromByteOffset: place, as: UInt32.self)
          let right = buffer.loadUnaligned(fromByteOffset: place + 4, as: UInt32.self)
          one = one &+ (isBig ? UInt32(bigEndian: left) : UInt32(littleEndian: left)) &+ two
          two = two &+ (isBig ? UInt32(bigEndian: right) : UInt32(littleEndian: right)) &+ one
          place += 8
        }
        (first, second) = (one, two)
      }
    }

    func isAt(_ place: Int, in bytes: [UInt8]) -> Bool {
      number(bytes, place) == Int(first) && number(bytes, place + 4) == Int(second)
    }
  }
}
