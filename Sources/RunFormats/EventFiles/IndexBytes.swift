/// Writes numbers and texts one after the other: 64 bits little-endian, a text behind its length.
struct IndexWriter {
  private(set) var bytes: [UInt8] = []

  mutating func add(_ number: Int) {
    withUnsafeBytes(of: Int64(number).littleEndian) { bytes += $0 }
  }

  mutating func add(_ number: Double) { add(Int(truncatingIfNeeded: number.bitPattern)) }

  mutating func add(_ text: String) {
    add(text.utf8.count)
    bytes += text.utf8
  }
}

/// Reads what `IndexWriter` wrote; behind the end everything is zero and `isBroken` true.
struct IndexReader {
  private let bytes: [UInt8]
  private var place = 0
  private(set) var isBroken = false

  init(_ bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }

  mutating func integer() -> Int {
    guard bytes.count - place >= 8 else {
      isBroken = true
      return 0
    }
    defer { place += 8 }
    return bytes.withUnsafeBytes {
      Int(Int64(littleEndian: $0.loadUnaligned(fromByteOffset: place, as: Int64.self)))
    }
  }

  /// How many things follow: not more than there are bytes left for.
  mutating func count() -> Int {
    let count = integer()
    guard count >= 0, count <= (bytes.count - place) / 8 else {
      isBroken = true
      return 0
    }
    return count
  }

  mutating func double() -> Double { Double(bitPattern: UInt64(bitPattern: Int64(integer()))) }

  mutating func text() -> String {
    let count = integer()
    guard count >= 0, count <= bytes.count - place else {
      isBroken = true
      return ""
    }
    defer { place += count }
    return String(decoding: bytes[place..<place + count], as: UTF8.self)
  }
}
