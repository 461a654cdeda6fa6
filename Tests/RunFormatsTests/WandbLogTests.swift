import ReviewCore
import Testing

@testable import RunFormats

/// The log of a W&B run, whole, cut off and damaged.
@Suite struct WandbLogTests {
  private static let folder = projectFolder(
    "Tests/RunFormatsTests/Fixtures/sources/wandb-offline/wandb/"
      + "offline-run-20260102_030405-single0001")
  private static let name = "run-single0001.wandb"

  private func read(_ bytes: [UInt8], in scratch: Scratch) throws -> TrackedRun {
    try scratch.write(Self.name, bytes)
    return WandbRun.read(Self.name, root: scratch.path, files: [Self.name])
  }

  private func points(_ run: TrackedRun) -> Int {
    run.history.series.reduce(0) { $0 + $1.count }
  }

  @Test func aTornTailIsNotYet() throws {
    let scratch = try Scratch()
    let whole = try FileBytes.read("\(Self.folder)/\(Self.name)")
    var last = 0
    for length in 0...min(4096, whole.count) {
      let run = try read(Array(whole[..<length]), in: scratch)
      #expect(run.warnings.isEmpty)
      #expect(points(run) >= last)
      last = points(run)
    }
    #expect(last > 10)
  }

  @Test func afterDamageTheRestIsRead() throws {
    let scratch = try Scratch()
    var bytes = try FileBytes.read("\(Self.folder)/\(Self.name)")
    let all = try points(read(bytes, in: scratch))
    let place = 3000
    bytes[place] ^= 0x10
    let run = try read(bytes, in: scratch)
    #expect(run.warnings.count == 1 && run.warnings[0].code == .badRecord)
    let offset = try #require(run.warnings[0].offset)
    #expect(offset <= place && place - offset < 600)
    #expect(points(run) >= all - 3)
  }

  @Test func recordsOfSeveralBlocks() throws {
    let scratch = try Scratch()
    let name = String(repeating: "x", count: 70_000)
    var log = LogWriter()
    for step in 0..<3 {
      log.add(row: [("note", "\"\(name)\""), ("loss", "\(step).5"), ("_step", "\(step * 10)")])
    }
    var run = try read(log.bytes, in: scratch)
    #expect(run.warnings.isEmpty)
    #expect(Array(run.history.series[0].positions) == [0, 10, 20])
    // The middle of the second record is gone: the third one counts still.
    var bytes = log.bytes
    bytes[100_000] ^= 1
    run = try read(bytes, in: scratch)
    #expect(Array(run.history.series[0].positions) == [0, 20])
    #expect(!run.warnings.isEmpty && run.warnings.allSatisfy { $0.code == .badRecord })
    // Cut off in the third one.
    run = try read(Array(log.bytes[..<180_000]), in: scratch)
    #expect(run.warnings.isEmpty && Array(run.history.series[0].positions) == [0, 10])
    #expect(run.reading.contains { $0.contains("no whole record yet") })
  }

  @Test func noBytesTrap() throws {
    let scratch = try Scratch()
    let whole = try FileBytes.read("\(Self.folder)/\(Self.name)")
    var dice = SplitMix64(seed: 6)
    var damaged = 0
    for _ in 0..<1000 {
      var bytes = whole
      for _ in 0...dice.next(below: 4) {
        let place = Int(dice.next(below: UInt64(bytes.count)))
        switch dice.next(below: 4) {
        case 0: bytes[place] = UInt8(truncatingIfNeeded: dice.next())
        case 1: bytes.removeSubrange(place..<min(bytes.count, place + 20))
        case 2: bytes.insert(contentsOf: [0xFF, 0xFF, 1], at: place)
        default: bytes[place] ^= 1 << UInt8(dice.next(below: 8))
        }
      }
      if try !read(bytes, in: scratch).warnings.isEmpty { damaged += 1 }
    }
    #expect(damaged > 900)
  }

  /// Records whose frames are sound, whatever is in them.
  @Test func noRecordTraps() throws {
    let scratch = try Scratch()
    var dice = SplitMix64(seed: 7)
    for _ in 0..<300 {
      var log = LogWriter()
      var record = LogWriter.record([("loss", "1"), ("a", "{\"_type\":\"image-file\"}")])
      for _ in 0...dice.next(below: 6) {
        record[Int(dice.next(below: UInt64(record.count)))] = UInt8(truncatingIfNeeded: dice.next())
      }
      log.add(record)
      log.add(row: [("loss", "2"), ("_step", "5")])
      let run = try read(log.bytes, in: scratch)
      #expect(run.history.series.contains { $0.name == "loss" && $0.value(at: 5) == 2 })
    }
  }
}

/// Writes a `.wandb` file as W&B frames it.
private struct LogWriter {
  private(set) var bytes = WandbLog.magic

  mutating func add(row: [(String, String)]) { add(Self.record(row)) }

  mutating func add(_ record: [UInt8]) {
    var rest = record[...]
    var isFirst = true
    repeat {
      var room = 32_768 - bytes.count % 32_768
      if room < 7 {
        bytes += [UInt8](repeating: 0, count: room)
        room = 32_768
      }
      let piece = rest.prefix(room - 7)
      rest = rest.dropFirst(piece.count)
      let type: UInt8 = isFirst ? (rest.isEmpty ? 1 : 2) : (rest.isEmpty ? 4 : 3)
      let crc = Inflate.crc32([type] + piece)
      bytes += (0..<4).map { UInt8(truncatingIfNeeded: crc >> ($0 * 8)) }
      bytes += [
        UInt8(truncatingIfNeeded: piece.count), UInt8(truncatingIfNeeded: piece.count >> 8),
      ]
      bytes += [type] + piece
      isFirst = false
    } while !rest.isEmpty
  }

  /// A history record; values are JSON.
  static func record(_ row: [(String, String)]) -> [UInt8] {
    let items = row.flatMap { field(1, field(2, Array($0.utf8)) + field(16, Array($1.utf8))) }
    return field(2, items)
  }

  private static func field(_ number: Int, _ data: [UInt8]) -> [UInt8] {
    varint(number << 3 | 2) + varint(data.count) + data
  }

  private static func varint(_ value: Int) -> [UInt8] {
    var (value, bytes) = (value, [UInt8]())
    while value > 127 {
      bytes.append(UInt8(truncatingIfNeeded: value) | 0x80)
      value >>= 7
    }
    return bytes + [UInt8(truncatingIfNeeded: value)]
  }
}
