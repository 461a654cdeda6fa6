import ReviewCore

@testable import RunFormats

extension Subject {
  static let events: [Subject] = [
    Subject(
      name: "events",
      fixtures: Fixture.firstOfEach.filter { $0.fileName.contains("tfevents") },
      boundaries: EventFrames.boundaries, seal: EventFrames.sealed, check: eventFile),
    Subject(
      name: "event index", fixtures: indexes, boundaries: { _ in [8, 16, 24, 32] },
      seal: sealedIndex, check: eventIndex),
  ]

  /// All that a log holds, each thing as words of its own.
  private static func things(_ log: EventLog) -> [String: [String]] {
    var things: [String: [String]] = [:]
    for scalars in log.scalars {
      things["scalar \(scalars.tag)"] = zip(scalars.steps, scalars.values).map {
        "\($0) \($1.bitPattern)"
      }
    }
    for images in log.images {
      things["images \(images.tag)"] = images.entries.map { "\($0.step) \($0.parts.count)" }
    }
    for text in log.texts { things["text \(text.tag)"] = [text.text] }
    for (name, value) in log.settings { things["setting \(name)"] = ["\(value)"] }
    return things
  }

  private static func scan(_ path: String, continuing log: EventLog = EventLog()) -> EventLog? {
    guard let file = try? OpenFile(path) else { return nil }
    return try? EventScanner.scan(file, continuing: log)
  }

  private static func eventFile(_ fixture: Fixture, _ seat: Seat) -> Check {
    let name = fixture.fileName
    let wholePath = seat.put(fixture.bytes, as: "whole.tfevents")
    let whole = scan(wholePath) ?? EventLog()
    let wholeThings = things(whole)
    let known = Set(wholeThings.flatMap { key, values in values.map { "\(key) \($0)" } })
    let others = Set(
      Fixture.firstOfEach.filter { $0.fileName.contains("tfevents") }.flatMap { other in
        things(scan(seat.put(other.bytes, as: "other.tfevents")) ?? EventLog())
          .flatMap { key, values in values.map { "\(key) \($0)" } }
      })
    return { bytes, damage in
      let path = seat.put(bytes, as: name)
      guard let log = scan(path) else { return "it cannot be read" }
      guard log.readEnd <= bytes.count else { return "it was read behind its end" }
      for images in log.images {
        for part in images.entries.flatMap(\.parts)
        where part.lowerBound < 0 || part.upperBound > bytes.count {
          return "a picture lies outside of the file"
        }
      }
      if case .sealed(let number) = damage {
        if number % 8 == 1 { _ = try? RunOpener.open(seat.folder) }
        return nil
      }
      if case .cut(let length) = damage {
        for (key, values) in things(log)
        where !(wholeThings[key] ?? []).starts(with: values) {
          return "\(key) is not the beginning of what the whole file says"
        }
        // As while a training goes on: what grows is read from where the last look ended.
        guard length % 16 == 0, let grown = scan(wholePath, continuing: log) else { return nil }
        return grown.recordCount == whole.recordCount && things(grown) == wholeThings
          ? nil : "read in two parts it says something else than at once"
      }
      for (key, values) in things(log) {
        for value in values where !known.contains("\(key) \(value)") {
          if !others.contains("\(key) \(value)") {
            return "\(key) \(value) is in no record that is whole"
          }
        }
      }
      return nil
    }
  }

  // MARK: The index that is kept of an event file

  private static let state = EventCache.State(
    device: 1, inode: 2, size: 3, seconds: 4, nanoseconds: 5, head: 6, tail: 7)

  private static let indexes: [Fixture] = {
    let seat = Seat()
    return Fixture.firstOfEach.filter { $0.fileName.contains("tfevents") }.prefix(4).map {
      let log = scan(seat.put($0.bytes, as: "a.tfevents")) ?? EventLog()
      return Fixture(name: "index of \($0.name)", bytes: EventIndexFile.bytes(of: log, state))
    }
  }()

  private static func eventIndex(_ fixture: Fixture, _ seat: Seat) -> Check {
    return { bytes, damage in
      guard let handle = IndexHandle(seat.put(bytes, as: "a.index")),
        let file = EventIndexFile(handle), let log = file.log
      else { return bytes.count == fixture.bytes.count && damage.isCut ? "it is refused" : nil }
      let index = file.index
      for scalars in index.scalars where scalars.points.count > 0 {
        _ = scalars.points.position(at: scalars.points.count - 1)
        _ = scalars.points.value(at: scalars.points.count - 1)
      }
      let parts = log.images.flatMap { $0.entries.flatMap(\.parts) }
      for part in parts
      where part.lowerBound < 0
        || part.upperBound.subtractingReportingOverflow(part.lowerBound).overflow
      {
        return "a picture lies before the beginning of its file"
      }
      guard log.readEnd >= 0 else { return "the file would be read from before its beginning" }
      return damage.isCut && bytes.count < fixture.bytes.count ? "a part of it is taken" : nil
    }
  }

  private static func sealedIndex(_ bytes: [UInt8]) -> [UInt8] {
    guard bytes.count >= 32 else { return bytes }
    var head = IndexReader(bytes[8..<32])
    let size = head.integer()
    guard size >= 0, size <= bytes.count - 32 else { return bytes }
    var writer = IndexWriter()
    writer.add(size)
    writer.add(Int(Inflate.crc32(Array(bytes[32..<32 + size]))))
    writer.add(bytes.count)
    return Array(bytes[..<8]) + writer.bytes + bytes[32...]
  }
}

/// The records of an event file: length, its checksum, data, their checksum.
enum EventFrames {
  private static func each(_ bytes: [UInt8], _ body: (_ start: Int, _ length: Int) -> Void) {
    let data = LittleEndian(bytes)
    var place = 0
    while place + 16 <= bytes.count {
      let length = data.number(at: place, bytes: 8)
      guard length >= 0, length <= bytes.count - place - 16 else { return }
      body(place, length)
      place += 16 + length
    }
  }

  static func boundaries(_ bytes: [UInt8]) -> [Int] {
    var places: [Int] = []
    each(bytes) { start, length in
      places += [start, start + 8, start + 12, start + 12 + length]
    }
    return places
  }

  static func sealed(_ bytes: [UInt8]) -> [UInt8] {
    var sealed = bytes
    func seal(_ range: Range<Int>) {
      let crc = Checksum.crc32c(Array(bytes[range]))
      let masked = (crc >> 15 | crc << 17) &+ 0xA282_EAD8
      for offset in 0..<4 {
        sealed[range.upperBound + offset] = UInt8(truncatingIfNeeded: masked >> UInt32(8 * offset))
      }
    }
    each(bytes) { start, length in
      seal(start..<start + 8)
      seal(start + 12..<start + 12 + length)
    }
    return sealed
  }
}

/// CRC-32C bit by bit, as its polynomial has it: another way than the one under test.
enum Checksum {
  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { crc, _ in crc >> 1 ^ (crc & 1 == 1 ? 0x82F6_3B78 : 0) }
  }

  static func crc32c(_ bytes: [UInt8]) -> UInt32 {
    table.withUnsafeBufferPointer { table in
      bytes.withUnsafeBufferPointer { bytes in
        var crc: UInt32 = 0xFFFF_FFFF
        for byte in bytes { crc = crc >> 8 ^ table[Int((crc ^ UInt32(byte)) & 0xFF)] }
        return crc ^ 0xFFFF_FFFF
      }
    }
  }
}
