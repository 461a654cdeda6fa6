import CChecksum
import ReviewCore

/// Reads the records of a TensorBoard event file one after the other.
///
/// A record is the length of its data in 64 bits, the masked CRC-32C of that, the data, and the
/// masked CRC-32C of the data; all little-endian. The file is read in pieces and not mapped: one
/// that is made shorter while it is looked at would end the program.
struct EventScanner {
  private var log: EventLog
  private let tags = TagTable()
  /// The points of `log.scalars`, until all is read.
  private let columns = PointColumns()
  /// The points of `log.clock`, likewise.
  private let clock = PointColumns()
  private var lastStep: Int64?
  private var settingNames: Set<String>
  /// By tag: its place among the log's scalars, images and texts; nil for none.
  private var places: [Places] = []

  private struct Places {
    var scalars: Int?
    var images: Int?
    var texts: Int?
  }

  static let headSize = 12
  private static let footSize = 4
  private static let mostDamages = 100
  private static let longestText = 1 << 16
  private static let mostTexts = 10_000
  private static let longestTry = 1 << 24

  /// Whether a file begins with the head of a record.
  static func isEventFile(_ head: [UInt8]) -> Bool {
    head.withUnsafeBytes { isHead($0, 0) }
  }

  /// Reads a file from where an earlier look ended.
  ///
  /// - Complexity: O(n) of what is new.
  static func scan(
    _ file: consuming OpenFile, continuing log: EventLog = EventLog()
  ) throws(FileBytes.Failure) -> EventLog {
    var scanner = EventScanner(log)
    var window = FileWindow(file, from: log.readEnd)
    try scanner.scan(&window)
    scanner.log.readEnd = window.offset
    for place in scanner.log.scalars.indices {
      scanner.log.scalars[place].steps = scanner.columns.steps(of: place)
      scanner.log.scalars[place].values = scanner.columns.values(of: place)
    }
    scanner.log.clock.steps = scanner.clock.steps(of: 0)
    scanner.log.clock.values = scanner.clock.values(of: 0)
    return scanner.log
  }

  private init(_ log: EventLog) {
    self.log = log
    settingNames = Set(log.settings.map(\.name))
    lastStep = log.clock.steps.last
    _ = clock.add()
    for (step, time) in zip(log.clock.steps, log.clock.values) {
      clock.append(step: step, value: time, to: 0)
    }
    for (place, scalars) in log.scalars.enumerated() {
      places[tag(scalars.tag)].scalars = columns.add()
      for (step, value) in zip(scalars.steps, scalars.values) {
        columns.append(step: step, value: value, to: place)
      }
    }
    for (place, images) in log.images.enumerated() { places[tag(images.tag)].images = place }
    for (place, text) in log.texts.enumerated() { places[tag(text.tag)].texts = place }
  }

  private mutating func scan(_ window: inout FileWindow) throws(FileBytes.Failure) {
    while try window.hold(Self.headSize) {
      let offset = window.offset
      let length = Self.length(window.bytes, window.place)
      let isSound = Self.isHead(window.bytes, window.place)
      let fits = length.map { $0 <= window.left - Self.headSize - Self.footSize } ?? false
      // A sound length that the file does not hold is a record that is still being written.
      if isSound, !fits { return }
      // A damaged length is held against what follows it, but not again and again: each time may
      // take as long as the rest of the file.
      let isTried =
        isSound || log.damages.count < Self.mostDamages && length ?? 0 <= Self.longestTry
      if let length, fits, isTried {
        let size = Self.headSize + length + Self.footSize
        guard try window.hold(size) else { return }
        let bytes = window.bytes
        let data = window.place + Self.headSize..<window.place + Self.headSize + length
        let isWhole = Self.checksum(bytes, data) == Self.number32(bytes, data.upperBound)
        if isSound || isWhole {
          if !isSound { damage(offset, "the checksum of a record's length does not fit") }
          if isWhole {
            event(bytes, data, offset: offset + Self.headSize - data.lowerBound)
          } else {
            damage(
              offset, "a record is damaged: the checksum of its data does not fit; it is left out")
          }
          window.skip(size)
          continue
        }
      }
      damage(offset, "the length of a record is damaged; reading goes on at the next whole one")
      guard try Self.findHead(&window) else { return }
    }
  }

  /// Moves on to the next place that looks like the head of a record; false where none is left.
  private static func findHead(_ window: inout FileWindow) throws(FileBytes.Failure) -> Bool {
    window.skip(1)
    while try window.hold(headSize) {
      let (bytes, start) = (window.bytes, window.place)
      let last = start + window.count - headSize
      var place = start
      while place <= last {
        if let length = length(bytes, place), length <= window.left, isHead(bytes, place) { break }
        place += 1
      }
      window.skip(place - start)
      if place <= last { return true }
    }
    return false
  }

  private mutating func damage(_ offset: Int, _ reason: String) {
    guard log.damages.count < Self.mostDamages else { return }
    log.damages.append(EventLog.Damage(offset: offset, reason: reason))
  }

  // MARK: Framing

  private static func number32(_ bytes: UnsafeRawBufferPointer, _ place: Int) -> UInt32 {
    UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self))
  }

  /// Nil for a length that no file has.
  private static func length(_ bytes: UnsafeRawBufferPointer, _ place: Int) -> Int? {
    let number = UInt64(
      littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
    return number < 1 << 40 ? Int(number) : nil
  }

  private static func isHead(_ bytes: UnsafeRawBufferPointer, _ place: Int) -> Bool {
    bytes.count - place >= headSize
      && checksum(bytes, place..<place + 8) == number32(bytes, place + 8)
  }

  /// CRC-32C, rotated and shifted as TensorFlow stores it.
  private static func checksum(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> UInt32 {
    let crc = kcs_crc32c(bytes.baseAddress?.advanced(by: range.lowerBound), range.count)
    return (crc >> 15 | crc << 17) &+ 0xA282_EAD8
  }

  /// CRC-32C in both ways, for tests to compare.
  static func checksums(of bytes: [UInt8]) -> (hardware: UInt32, portable: UInt32) {
    (kcs_crc32c(bytes, bytes.count), kcs_crc32c_portable(bytes, bytes.count))
  }

  // MARK: Events

  /// - Parameter offset: what is added to a place in the buffer for the place in the file.
  private mutating func event(
    _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, offset: Int
  ) {
    log.recordCount += 1
    var reader = WireReader(bytes, range)
    var step: Int64 = 0
    var time: Double?
    var summary: Range<Int>?
    while let (number, field) = reader.next() {
      switch (number, field) {
      case (1, .fixed64(let bits)):
        time = Double(bitPattern: bits)
        if log.firstTime == nil { log.firstTime = time }
      case (2, .number(let value)): step = Int64(bitPattern: value)
      case (5, .bytes(let range)): summary = range
      default: break
      }
    }
    guard reader.isAtEnd else {
      damage(range.lowerBound + offset, "a record is no event; it is left out")
      return
    }
    guard let summary else { return }
    if let time, step != lastStep {
      clock.append(step: step, value: time, to: 0)
      lastStep = step
    }
    var values = WireReader(bytes, summary)
    while let (number, field) = values.next() {
      guard number == 1, case .bytes(let range) = field else { continue }
      if let (tag, value) = EventRecord.plainScalar(bytes, range) {
        append(value, step: step, to: self.tag(bytes, tag))
        continue
      }
      guard let (tag, value) = EventRecord.value(bytes, range) else {
        damage(range.lowerBound + offset, "a value is damaged; it is left out")
        continue
      }
      take(value, tag: self.tag(bytes, tag), step: step, offset: offset)
    }
  }

  private mutating func take(_ value: EventRecord.Value, tag: Int, step: Int64, offset: Int) {
    switch value {
    case .scalar(let number):
      append(number, step: step, to: tag)
    case .images(let parts):
      let place = places[tag].images ?? log.images.count
      if place == log.images.count {
        log.images.append(EventLog.Images(tag: tags.name(of: tag)))
        places[tag].images = place
      }
      log.images[place].entries.append(
        EventLog.Images.Entry(
          step: step, parts: parts.map { $0.lowerBound + offset..<$0.upperBound + offset }))
    case .text(let text):
      guard places[tag].texts == nil, log.texts.count < Self.mostTexts else { return }
      places[tag].texts = log.texts.count
      let short = text.utf8.count <= Self.longestText ? text : String(text.prefix(4096))
      log.texts.append(EventLog.Text(tag: tags.name(of: tag), text: short))
    case .settings(let settings):
      log.settings += settings.filter { settingNames.insert($0.name).inserted }
    case .other:
      // Hyperparameters have records of their own kind, which say nothing by themselves.
      guard places[tag].texts == nil, log.texts.count < Self.mostTexts else { return }
      let name = tags.name(of: tag)
      guard !name.hasPrefix("_hparams_/") else { return }
      places[tag].texts = log.texts.count
      log.texts.append(EventLog.Text(tag: name, text: ""))
    }
  }

  @inline(__always)
  private mutating func append(_ value: Double, step: Int64, to tag: Int) {
    let place: Int
    if let known = places[tag].scalars {
      place = known
    } else {
      place = columns.add()
      log.scalars.append(EventLog.Scalars(tag: tags.name(of: tag)))
      places[tag].scalars = place
    }
    columns.append(step: step, value: value, to: place)
  }

  private mutating func tag(_ name: String) -> Int {
    var name = name
    return name.withUTF8 { tag(UnsafeRawBufferPointer($0), 0..<$0.count) }
  }

  private mutating func tag(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Int {
    let number = tags.number(of: UnsafeRawBufferPointer(rebasing: bytes[range]))
    while places.count <= number { places.append(Places()) }
    return number
  }
}
