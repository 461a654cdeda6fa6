/// A part of a file in memory, which moves on as the file is read.
struct FileWindow: ~Copyable {
  private let file: OpenFile
  private var buffer: UnsafeMutableRawBufferPointer
  /// Where the buffer lies in the file.
  private var base: Int
  private var filled = 0
  /// The next byte to be read, in the buffer.
  private(set) var place = 0

  private static let pieceSize = 1 << 22

  init(_ file: consuming OpenFile, from offset: Int) {
    base = offset
    let left = file.size - offset
    buffer = .allocate(byteCount: min(Self.pieceSize, max(64, left)), alignment: 16)
    self.file = file
  }

  deinit { buffer.deallocate() }

  /// Of the next byte, in the file.
  var offset: Int { base + place }
  /// How many bytes the file has from here on.
  var left: Int { max(0, file.size - offset) }
  /// What is in memory; valid until more is asked for.
  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: buffer[..<filled]) }
  /// How many bytes are in memory from here on.
  var count: Int { filled - place }

  mutating func skip(_ count: Int) { place += count }

  /// Has so many bytes in memory from here on; false where the file ends before.
  mutating func hold(_ wanted: Int) throws(FileBytes.Failure) -> Bool {
    if count >= wanted { return true }
    guard wanted <= left else { return false }
    if wanted > buffer.count {
      let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: wanted, alignment: 16)
      larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[place..<filled]))
      buffer.deallocate()
      buffer = larger
    } else if place > 0 {
      buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[place..<filled]))
    }
    (base, filled, place) = (base + place, filled - place, 0)
    while filled < wanted {
      let got = try file.read(
        into: UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]), at: base + filled)
      if got == 0 { return false }
      filled += got
    }
    return true
  }
}
