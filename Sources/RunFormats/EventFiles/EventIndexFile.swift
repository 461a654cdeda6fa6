import ReviewCore

/// The index of an event file as the cache keeps it.
///
/// A head of 32 bytes (name, size and CRC-32 of the directory, size of the whole), the directory,
/// and from the next multiple of 8 on the columns: for each tag its steps in 64 bits, its values as
/// 64-bit floats, by step, and of every 512 of them the first step, the least and the greatest value, and
/// how many are not finite. Everything is little-endian.
struct EventIndexFile {
  let state: EventCache.State
  /// All but the scalars.
  private let rest: EventLog
  private let columns: [(tag: String, start: Int, count: Int)]
  private let clock: (start: Int, count: Int)
  private let handle: IndexHandle

  private static let name = Array("KEVENT04".utf8)
  private static let headSize = 32

  /// Nil for what is no whole index.
  init?(_ handle: IndexHandle) {
    let fileSize = handle.file.size
    guard fileSize >= Self.headSize,
      let first = try? handle.file.bytes(at: 0, count: Self.headSize),
      first.starts(with: Self.name)
    else { return nil }
    var head = IndexReader(first[8...])
    let size = head.integer()
    let crc = UInt32(truncatingIfNeeded: head.integer())
    guard head.integer() == fileSize, size >= 0, size <= fileSize - Self.headSize,
      let directory = try? handle.file.bytes(at: Self.headSize, count: size),
      Inflate.crc32(directory) == crc
    else { return nil }
    self.handle = handle
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
      guard count >= 0, count <= (fileSize - start) / 16,
        StoredPoints.size(of: count) <= fileSize - start
      else { return nil }
      columns.append((tag, start, count))
      start += StoredPoints.size(of: count)
    }
    // The last column is the clock's.
    guard let last = columns.popLast() else { return nil }
    clock = (last.start, last.count)
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
          tag: $0.tag, points: StoredPoints(file: handle, start: $0.start, count: $0.count))
      }, clock: StoredPoints(file: handle, start: clock.start, count: clock.count))
  }

  /// With the scalars in memory, to go on reading; nil where they cannot be read any more.
  var log: EventLog? {
    var log = rest
    for column in columns + [(tag: "", start: clock.start, count: clock.count)] {
      var scalars = EventLog.Scalars(tag: column.tag)
      guard
        let bytes = try? handle.file.bytes(at: column.start, count: 16 * column.count),
        bytes.count == 16 * column.count
      else { return nil }
      bytes.withUnsafeBytes { bytes in
        scalars.steps = (0..<column.count).map {
          bytes.loadUnaligned(fromByteOffset: 8 * $0, as: Int64.self)
        }
        scalars.values = (0..<column.count).map {
          bytes.loadUnaligned(fromByteOffset: 8 * (column.count + $0), as: Double.self)
        }
      }
      log.scalars.append(scalars)
    }
    if let last = log.scalars.popLast() { log.clock = last }
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
    let columns = log.scalars + [log.clock]
    directory.add(columns.count)
    for scalars in columns {
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
    let total = columns.reduce(start) { $0 + StoredPoints.size(of: $1.values.count) }
    var head = IndexWriter()
    head.add(directory.bytes.count)
    head.add(Int(Inflate.crc32(directory.bytes)))
    head.add(total)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(total)
    bytes += name + head.bytes + directory.bytes
    bytes += Array(repeating: 0, count: start - bytes.count)
    for scalars in columns {
      let sorted = scalars.ascending
      bytes += StoredPoints.bytes(steps: sorted.steps, values: sorted.values)
    }
    return bytes
  }
}
