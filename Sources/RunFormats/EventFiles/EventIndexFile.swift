import ReviewCore

/// The index of an event file as the cache keeps it.
///
/// A head of 32 bytes (name, size and CRC-32 of the directory, size of the whole), the directory,
/// and from the next multiple of 8 on the columns: for each tag its steps in 64 bits, its values as
/// 64-bit floats, by step, and for every 512 of them the least, the greatest and how many are not
/// finite, as 64-bit floats. Everything is little-endian.
struct EventIndexFile {
  let state: EventCache.State
  /// All but the scalars.
  private let rest: EventLog
  private let columns: [(tag: String, start: Int, count: Int)]
  private let file: MappedFile

  private static let name = Array("KEVENT02".utf8)
  private static let headSize = 32

  /// Nil for what is no whole index.
  init?(_ file: MappedFile) {
    let bytes = file.bytes
    guard bytes.count >= Self.headSize, bytes[..<8].elementsEqual(Self.name) else { return nil }
    var head = IndexReader(bytes[8..<Self.headSize])
    let size = head.integer()
    let crc = UInt32(truncatingIfNeeded: head.integer())
    guard head.integer() == bytes.count, size >= 0, size <= bytes.count - Self.headSize else {
      return nil
    }
    let directory = Array(bytes[Self.headSize..<Self.headSize + size])
    guard Inflate.crc32(directory) == crc else { return nil }
    self.file = file
    var reader = IndexReader(directory)
    state = EventCache.State(
      device: UInt64(bitPattern: Int64(reader.integer())),
      inode: UInt64(bitPattern: Int64(reader.integer())), size: reader.integer(),
      seconds: reader.integer(), nanoseconds: reader.integer(),
      head: UInt32(truncatingIfNeeded: reader.integer()),
      tail: UInt32(truncatingIfNeeded: reader.integer()))
    var log = EventLog()
    log.readEnd = reader.integer()
    log.recordCount = reader.integer()
    if reader.integer() == 1 { log.firstTime = reader.double() }
    var start = (Self.headSize + size + 7) / 8 * 8
    var columns: [(tag: String, start: Int, count: Int)] = []
    for _ in 0..<reader.count() {
      let (tag, count) = (reader.text(), reader.integer())
      guard count >= 0, count <= (bytes.count - start) / 16,
        ValueBlocks.size(of: count) <= bytes.count - start - 16 * count
      else { return nil }
      columns.append((tag, start, count))
      start += 16 * count + ValueBlocks.size(of: count)
    }
    self.columns = columns
    for _ in 0..<reader.count() {
      var images = EventLog.Images(tag: reader.text())
      for _ in 0..<reader.count() {
        let step = Int64(reader.integer())
        let parts = (0..<reader.count()).map { _ in
          let (from, length) = (reader.integer(), reader.integer())
          // Wherever they lie, a range of them must have a length.
          return from >= 0 ? from..<max(from, from &+ length) : 0..<0
        }
        images.entries.append(EventLog.Images.Entry(step: step, parts: parts))
      }
      log.images.append(images)
    }
    for _ in 0..<reader.count() {
      log.texts.append(EventLog.Text(tag: reader.text(), text: reader.text()))
    }
    for _ in 0..<reader.count() {
      let name = reader.text()
      switch reader.integer() {
      case 0: log.settings.append((name, .number(reader.double())))
      case 1: log.settings.append((name, .text(reader.text())))
      default: log.settings.append((name, .bool(reader.integer() != 0)))
      }
    }
    for _ in 0..<reader.count() {
      log.damages.append(EventLog.Damage(offset: reader.integer(), reason: reader.text()))
    }
    guard !reader.isBroken, log.readEnd >= 0 else { return nil }
    rest = log
  }

  /// With the scalars where they lie.
  var index: EventIndex {
    EventIndex(
      rest,
      scalars: columns.map {
        EventIndex.Scalars(
          tag: $0.tag, points: MappedPoints(file: file, start: $0.start, count: $0.count))
      })
  }

  /// With the scalars in memory, to go on reading.
  var log: EventLog {
    var log = rest
    let bytes = file.bytes
    log.scalars = columns.map { column in
      var scalars = EventLog.Scalars(tag: column.tag)
      scalars.steps = (0..<column.count).map {
        bytes.load(fromByteOffset: column.start + 8 * $0, as: Int64.self)
      }
      scalars.values = (0..<column.count).map {
        bytes.load(fromByteOffset: column.start + 8 * (column.count + $0), as: Double.self)
      }
      return scalars
    }
    return log
  }

  static func bytes(of log: EventLog, _ state: EventCache.State) -> [UInt8] {
    var directory = IndexWriter()
    for number in [
      Int(truncatingIfNeeded: state.device), Int(truncatingIfNeeded: state.inode), state.size,
      state.seconds, state.nanoseconds, Int(state.head), Int(state.tail), log.readEnd,
      log.recordCount,
    ] { directory.add(number) }
    directory.add(log.firstTime == nil ? 0 : 1)
    if let time = log.firstTime { directory.add(time) }
    directory.add(log.scalars.count)
    for scalars in log.scalars {
      directory.add(scalars.tag)
      directory.add(scalars.values.count)
    }
    directory.add(log.images.count)
    for images in log.images {
      directory.add(images.tag)
      directory.add(images.entries.count)
      for entry in images.entries {
        directory.add(Int(entry.step))
        directory.add(entry.parts.count)
        for part in entry.parts {
          directory.add(part.lowerBound)
          directory.add(part.count)
        }
      }
    }
    directory.add(log.texts.count)
    for text in log.texts {
      directory.add(text.tag)
      directory.add(text.text)
    }
    directory.add(log.settings.count)
    for (name, value) in log.settings {
      directory.add(name)
      switch value {
      case .number(let number):
        directory.add(0)
        directory.add(number)
      case .text(let text):
        directory.add(1)
        directory.add(text)
      case .bool(let isTrue):
        directory.add(2)
        directory.add(isTrue ? 1 : 0)
      }
    }
    directory.add(log.damages.count)
    for damage in log.damages {
      directory.add(damage.offset)
      directory.add(damage.reason)
    }
    let start = (headSize + directory.bytes.count + 7) / 8 * 8
    let total = log.scalars.reduce(start) {
      $0 + 16 * $1.values.count + ValueBlocks.size(of: $1.values.count)
    }
    var head = IndexWriter()
    head.add(directory.bytes.count)
    head.add(Int(Inflate.crc32(directory.bytes)))
    head.add(total)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(total)
    bytes += name + head.bytes + directory.bytes
    bytes += Array(repeating: 0, count: start - bytes.count)
    for scalars in log.scalars {
      let sorted = scalars.ascending
      sorted.steps.withUnsafeBytes { bytes += $0 }
      sorted.values.withUnsafeBytes { bytes += $0 }
      ValueBlocks.numbers(of: sorted.values).withUnsafeBytes { bytes += $0 }
    }
    return bytes
  }
}

/// The points of one tag in an index that is mapped.
private struct MappedPoints: SeriesStorage {
  let file: MappedFile
  /// A multiple of 8, with room for `16 * count` bytes behind it.
  let start: Int
  let count: Int

  func position(at index: Int) -> Double {
    precondition(index >= 0 && index < count)
    return Double(file.bytes.load(fromByteOffset: start + 8 * index, as: Int64.self))
  }

  func value(at index: Int) -> Double {
    precondition(index >= 0 && index < count)
    return file.bytes.load(fromByteOffset: start + 8 * (count + index), as: Double.self)
  }

  /// - Complexity: O(n / 512).
  func extent(of range: Range<Int>) -> SeriesExtent {
    var extent = SeriesExtent()
    var index = range.lowerBound
    while index < range.upperBound {
      let block = index / ValueBlocks.length
      let end = min(count, (block + 1) * ValueBlocks.length)
      if index == block * ValueBlocks.length, end <= range.upperBound {
        extent.add(self.extent(ofBlock: block))
        index = end
      } else {
        extent.add(value(at: index))
        index += 1
      }
    }
    return extent
  }

  private func extent(ofBlock block: Int) -> SeriesExtent {
    let place = start + 16 * count + 24 * block
    let bytes = file.bytes
    return SeriesExtent(
      low: bytes.load(fromByteOffset: place, as: Double.self),
      high: bytes.load(fromByteOffset: place + 8, as: Double.self),
      gapCount: Int(exactly: bytes.load(fromByteOffset: place + 16, as: Double.self)) ?? 0)
  }
}

/// How far every 512 values of a column reach.
private enum ValueBlocks {
  static let length = 512

  /// In bytes, for so many values.
  static func size(of count: Int) -> Int { (count + length - 1) / length * 24 }

  /// The least, the greatest and the number of those that are not finite, block after block.
  static func numbers(of values: [Double]) -> [Double] {
    var numbers: [Double] = []
    numbers.reserveCapacity(size(of: values.count) / 8)
    for start in stride(from: 0, to: values.count, by: length) {
      var extent = SeriesExtent()
      for value in values[start..<min(values.count, start + length)] { extent.add(value) }
      numbers += [extent.low, extent.high, Double(extent.gapCount)]
    }
    return numbers
  }
}
