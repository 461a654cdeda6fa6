import CInflate

/// Reads the records of a `.wandb` file one after the other.
///
/// After 7 bytes of its own it is a LevelDB log: blocks of 32 KiB of chunks, each with a CRC-32 of
/// type and data, a length and a type; a record is one chunk or several. The file is read in pieces
/// and not mapped: one that is made shorter while it is looked at would end the program.
struct WandbLog {
  struct Damage: Equatable {
    let offset: Int
    let reason: String
  }

  private(set) var damages: [Damage] = []
  private(set) var recordCount = 0
  /// Where the first bytes stand that are no whole record yet.
  private(set) var readEnd = 0
  private var part: [UInt8] = []
  private var partStart: Int?
  /// Whether the last chunk that was read was damaged, so that the next ones may lack their start.
  private var isMending = false

  static let magic: [UInt8] = [0x3A, 0x57, 0x26, 0x42, 0xE1, 0xBE, 0x00]
  private static let blockSize = 32_768
  private static let headSize = 7
  private static let mostDamages = 100

  private enum ChunkType: UInt8 {
    case full = 1
    case first, middle, last
  }

  /// - Parameter take: is given each whole record and where it starts in the file, and says why it is
  ///   none where it is not.
  /// - Complexity: O(n).
  static func scan(
    _ file: consuming OpenFile,
    _ take: (UnsafeRawBufferPointer, Range<Int>) -> String?
  ) throws(FileBytes.Failure) -> WandbLog {
    var log = WandbLog()
    var window = FileWindow(file, from: 0)
    if try window.hold(magic.count) {
      if !window.bytes.prefix(magic.count).elementsEqual(magic) {
        log.damage(0, "it does not begin as a W&B log does")
      }
      window.skip(magic.count)
      try log.scan(&window, take)
    }
    log.readEnd = log.partStart ?? window.offset
    return log
  }

  private mutating func scan(
    _ window: inout FileWindow, _ take: (UnsafeRawBufferPointer, Range<Int>) -> String?
  ) throws(FileBytes.Failure) {
    while window.left > 0 {
      let offset = window.offset
      let room = Self.blockSize - offset % Self.blockSize
      if room < Self.headSize {
        guard try window.hold(room) else { return }
        window.skip(room)
        continue
      }
      // All of the block that is there: what is damaged in it is looked for in it.
      let size = min(room, window.left)
      guard try window.hold(size), size >= Self.headSize else { return }
      let block = window.place..<window.place + size
      guard let length = Self.chunk(window.bytes, block) else {
        if try !skipDamage(&window, block, isWhole: size == room) { return }
        continue
      }
      self.take(window.bytes, block.lowerBound, length, offset: offset, take)
      window.skip(Self.headSize + length)
    }
  }

  /// Moves on to the next sound chunk of the block, else to the next block; false where there is
  /// none, as what is left is still being written.
  private mutating func skipDamage(
    _ window: inout FileWindow, _ block: Range<Int>, isWhole: Bool
  ) throws(FileBytes.Failure) -> Bool {
    let bytes = window.bytes
    let offset = window.offset
    if bytes[block].allSatisfy({ $0 == 0 }) {
      window.skip(block.count)
      return true
    }
    var place = block.lowerBound + 1
    while block.upperBound - place >= Self.headSize {
      if Self.chunk(bytes, place..<block.upperBound) != nil { break }
      place += 1
    }
    let isFound = block.upperBound - place >= Self.headSize
    // All that it claims to hold is there, so nobody is still writing it.
    let length = Int(bytes[block.lowerBound + 4]) | Int(bytes[block.lowerBound + 5]) << 8
    let isThere = Self.headSize + length <= block.count
    guard isFound || isWhole || isThere else { return false }
    damage(
      offset,
      "a part of the log is damaged; reading goes on at the next whole one")
    (part, partStart, isMending) = ([], nil, true)
    window.skip(isFound ? place - block.lowerBound : block.count)
    return true
  }

  private mutating func take(
    _ bytes: UnsafeRawBufferPointer, _ place: Int, _ length: Int, offset: Int,
    _ take: (UnsafeRawBufferPointer, Range<Int>) -> String?
  ) {
    let data = place + Self.headSize..<place + Self.headSize + length
    guard let type = ChunkType(rawValue: bytes[place + 6]) else { return }
    if type == .full || type == .first, let partStart {
      damage(partStart, "a record has no end; it is left out")
    }
    switch type {
    case .full:
      (part, partStart) = ([], nil)
      hand(bytes, data, offset: offset, take)
    case .first:
      (part, partStart) = (Array(bytes[data]), offset)
    case .middle, .last:
      guard let start = partStart else {
        if !isMending { damage(offset, "a record has no beginning; it is left out") }
        isMending = true
        return
      }
      part += bytes[data]
      guard type == .last else { break }
      let whole = part
      (part, partStart) = ([], nil)
      whole.withUnsafeBytes { hand($0, 0..<$0.count, offset: start, take) }
    }
    isMending = false
  }

  private mutating func hand(
    _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, offset: Int,
    _ take: (UnsafeRawBufferPointer, Range<Int>) -> String?
  ) {
    recordCount += 1
    if let reason = take(bytes, range) { damage(offset, reason) }
  }

  private mutating func damage(_ offset: Int, _ reason: String) {
    guard damages.count < Self.mostDamages else { return }
    damages.append(Damage(offset: offset, reason: reason))
  }

  /// The length of the data of the chunk that a range begins with; nil where there is no sound one.
  private static func chunk(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Int? {
    guard range.count >= headSize else { return nil }
    let place = range.lowerBound
    guard ChunkType(rawValue: bytes[place + 6]) != nil else { return nil }
    let length = Int(bytes[place + 4]) | Int(bytes[place + 5]) << 8
    guard headSize + length <= range.count else { return nil }
    let crc = UInt32(
      littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self))
    let start = bytes.baseAddress?.advanced(by: place + 6).assumingMemoryBound(to: UInt8.self)
    return kin_crc32(0, start, length + 1) == crc ? length : nil
  }
}
