import Foundation
import Glibc
import ReviewCore
import ReviewReport
import Testing

@testable import RunFormats

/// Event files written record by record, for what no library writes on purpose: restarts, damage,
/// files that grow, and the index that is kept of them.
@Suite struct EventFileTests {
  private static let name = "events.out.tfevents.1767323045.trainer.1.0"

  // MARK: Writing

  private func varint(_ value: Int64) -> [UInt8] {
    var (rest, result) = (UInt64(bitPattern: value), [UInt8]())
    repeat {
      result.append(UInt8(rest & 0x7F) | (rest > 0x7F ? 0x80 : 0))
      rest >>= 7
    } while rest > 0
    return result
  }

  private func field(_ number: Int, _ content: [UInt8]) -> [UInt8] {
    [UInt8(number << 3 | 2)] + varint(Int64(content.count)) + content
  }

  /// CRC-32C bit by bit, as its definition has it.
  private func checksum(_ bytes: [UInt8]) -> UInt32 {
    var crc = ~UInt32(0)
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0x82F6_3B78 : crc >> 1 }
    }
    crc = ~crc
    return (crc >> 15 | crc << 17) &+ 0xA282_EAD8
  }

  private func little<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
    withUnsafeBytes(of: number.littleEndian) { Array($0) }
  }

  private func record(_ data: [UInt8]) -> [UInt8] {
    let length = little(UInt64(data.count))
    return length + little(checksum(length)) + data + little(checksum(data))
  }

  private func event(step: Int64, time: Double = 1, _ value: [UInt8]) -> [UInt8] {
    record(
      [0x09] + little(time.bitPattern) + [0x10] + varint(step) + field(5, field(1, value)))
  }

  private func scalar(
    _ tag: String, _ step: Int64, _ value: Float, time: Double = 1
  ) -> [UInt8] {
    event(step: step, time: time, field(1, Array(tag.utf8)) + [0x15] + little(value.bitPattern))
  }

  private func image(_ tag: String, _ step: Int64, _ seed: UInt64, time: Double = 1) -> [UInt8] {
    let picture = PNGWriterBytes.grid(seed: seed)
    return event(
      step: step, time: time, field(1, Array(tag.utf8)) + field(4, field(4, picture)))
  }

  /// As `add_text` writes it, or any other plugin.
  private func text(_ tag: String, _ text: String, plugin: String = "text") -> [UInt8] {
    event(
      step: 0,
      field(1, Array(tag.utf8)) + field(8, [0x08, 7] + field(8, Array(text.utf8)))
        + field(9, field(1, field(1, Array(plugin.utf8)))))
  }

  private func run(_ files: [String: [UInt8]]) throws -> (Scratch, Run) {
    let scratch = try Scratch()
    for (name, bytes) in files { try scratch.write("run/\(name)", bytes) }
    return (
      scratch, try RunOpener.open("\(scratch.path)/run", cacheFolder: "\(scratch.path)/cache")
    )
  }

  private func points(_ run: Run, _ name: String) -> [[Double]] {
    guard let series = run.series.first(where: { $0.name == name }) else { return [] }
    return zip(series.positions, series.values).map { [$0, $1] }
  }

  // MARK: Tests

  @Test func bothChecksumsAgree() {
    var dice = SplitMix64(seed: 5)
    for length in [0, 1, 7, 8, 9, 63, 64, 1000] {
      let bytes = (0..<length).map { _ in UInt8(truncatingIfNeeded: dice.next()) }
      #expect(
        EventScanner.checksums(of: bytes).hardware == EventScanner.checksums(of: bytes).portable)
    }
    // The check value of CRC-32C.
    #expect(EventScanner.checksums(of: Array("123456789".utf8)).hardware == 0xE306_9283)
  }

  @Test func theLaterFileCountsWhereBothTellTheSameSteps() throws {
    var (old, new): ([UInt8], [UInt8]) = ([], [])
    for step in 0...4 { old += scalar("loss", Int64(step * 10), Float(step), time: 1) }
    for step in 2...3 { new += scalar("loss", Int64(step * 10 + 1), Float(step + 100), time: 2) }
    let (_, run) = try run(["\(Self.name)": old, "\(Self.name).v2": new])
    // 21 to 31 is told again; what lies before and behind it stays.
    #expect(points(run, "loss") == [[0, 0], [10, 1], [20, 2], [21, 102], [31, 103], [40, 4]])
    #expect(run.warnings.map(\.code) == [.restart])
    #expect(
      run.warnings[0].path == "\(Self.name).v2" && run.warnings[0].message.contains("step 21"))
  }

  @Test func aSecondOpeningReadsTheIndexAndAGrownFileFromItsOldEnd() throws {
    // More than the size from which on an index is kept.
    let first = (0..<9000).flatMap { scalar("loss", Int64($0), Float($0)) }
    let (scratch, run) = try run([Self.name: first])
    let file = "\(scratch.path)/run/\(Self.name)"
    let index = try #require(
      try FileManager.default.contentsOfDirectory(atPath: "\(scratch.path)/cache/events").first)
    #expect(run.series[0].count == 9000)
    func again() throws -> Run {
      try RunOpener.open("\(scratch.path)/run", cacheFolder: "\(scratch.path)/cache")
    }
    #expect(try again().series == run.series)
    // With the same size and time the file is not looked into: what it says now is not noticed.
    let handle = try #require(FileHandle(forUpdatingAtPath: file))
    var status = stat()
    #expect(stat(file, &status) == 0)
    try handle.seek(toOffset: 100_000)
    try handle.write(contentsOf: [0xFF])
    let times = [status.st_atim, status.st_mtim]
    #expect(utimensat(AT_FDCWD, file, times, 0) == 0)
    #expect(try again().warnings.isEmpty)
    // Grown, it is read on from its old end, so the damage before it stays unseen.
    try handle.seekToEnd()
    try handle.write(contentsOf: scalar("loss", 9000, 7) + scalar("fid", 9000, 3).dropLast(2))
    var grown = try again()
    #expect(grown.warnings.isEmpty && grown.series.map(\.count) == [9001])
    #expect(grown.reading.contains { $0.contains("no whole record yet") })
    try handle.write(contentsOf: scalar("fid", 9000, 3).suffix(2))
    grown = try again()
    #expect(grown.series.map(\.count) == [9001, 1] && grown.series[1].values[0] == 3)
    // Without the index the damage is found.
    try FileManager.default.removeItem(atPath: "\(scratch.path)/cache/events/\(index)")
    let fresh = try again()
    #expect(fresh.warnings.map(\.code) == [.badRecord] && fresh.series[0].count == 9000)
    try handle.close()
  }

  @Test func damagedIndexesAreMadeAnew() throws {
    let bytes = (0..<9000).flatMap { scalar("loss", Int64($0), Float($0)) }
    let (scratch, run) = try run([Self.name: bytes])
    let folder = "\(scratch.path)/cache/events"
    let name = try #require(try FileManager.default.contentsOfDirectory(atPath: folder).first)
    let whole = [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)")))
    for length in [0, 7, 31, 40, 200, whole.count / 2, whole.count - 1] {
      try Data(whole[..<length]).write(
        to: URL(fileURLWithPath: "\(folder)/\(name)"), options: .atomic)
      let again = try RunOpener.open(run.path, cacheFolder: "\(scratch.path)/cache")
      #expect(again.series == run.series)
    }
    for place in [3, 9, 17, 33, 100] {
      var broken = whole
      broken[place] ^= 0x10
      try Data(broken).write(
        to: URL(fileURLWithPath: "\(folder)/\(name)"), options: .atomic)
      let again = try RunOpener.open(run.path, cacheFolder: "\(scratch.path)/cache")
      #expect(again.series == run.series)
    }
  }

  @Test func anIndexThatIsCutWhileItIsOpenEndsNothing() throws {
    let bytes = (0..<9000).flatMap { scalar("loss", Int64($0), Float($0)) }
    let (scratch, _) = try run([Self.name: bytes])
    let run = try RunOpener.open("\(scratch.path)/run", cacheFolder: "\(scratch.path)/cache")
    let folder = "\(scratch.path)/cache/events"
    let name = try #require(try FileManager.default.contentsOfDirectory(atPath: folder).first)
    #expect(truncate("\(folder)/\(name)", 100) == 0)
    let series = run.series[0]
    // What was looked at before may still be in memory; the rest is no number.
    #expect(series.count == 9000 && series.values[4000].isNaN)
    #expect(series.extent(of: 3000..<3100).gapCount == 100 && series.places(upTo: 50) <= 9000)
  }

  @Test func picturesThatCannotBeReadLeaveTheNumbers() throws {
    var bytes: [UInt8] = []
    for step in [100, 200] {
      let broken = field(1, Array("samples".utf8)) + field(4, field(4, Array("no picture".utf8)))
      bytes += event(step: Int64(step), broken) + scalar("fid", Int64(step), Float(step))
    }
    let (_, run) = try run([Self.name: bytes])
    #expect(run.columns.map(\.values) == [[100, 200]])
    #expect(!run.warnings.isEmpty && run.warnings.allSatisfy { $0.code == .badImage })
  }

  @Test func readOnlyWritesNoIndex() throws {
    let scratch = try Scratch()
    let bytes = (0..<9000).flatMap { scalar("loss", Int64($0), Float($0)) }
    try scratch.write("run/\(Self.name)", bytes)
    _ = try RunOpener.open("\(scratch.path)/run", cacheFolder: nil)
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path) == ["run"])
  }

  @Test func damageIsSkippedRecordByRecordAndNamedWithItsPlace() throws {
    let records = (0..<6).map { scalar("loss", Int64($0), Float($0)) }
    let starts = records.indices.map { place in records[..<place].reduce(0) { $0 + $1.count } }
    func damaged(_ place: Int) throws -> Run {
      var bytes = records.flatMap { $0 }
      bytes[place] ^= 0x40
      let (scratch, run) = try self.run([Self.name: bytes])
      return withExtendedLifetime(scratch) { run }
    }
    // In the data, in the length, in the checksum of the length.
    for (place, offset) in [(starts[2] + 20, starts[2]), (starts[3], starts[3])] {
      let run = try damaged(place)
      #expect(run.warnings.map(\.code) == [.badRecord] && run.warnings[0].offset == offset)
      #expect(run.series[0].count == 5)
    }
    let mended = try damaged(starts[4] + 9)
    #expect(mended.warnings.map(\.offset) == [starts[4]] && mended.series[0].count == 6)
  }

  @Test func tornTailsAreNotYetThere() throws {
    let bytes = scalar("loss", 0, 1) + scalar("loss", 1, 2) + scalar("loss", 2, 3)
    let whole = scalar("loss", 0, 1).count
    for length in 2 * whole..<3 * whole {
      let (_, run) = try run([Self.name: Array(bytes[..<length])])
      #expect(run.warnings.isEmpty && run.series[0].count == 2)
    }
  }

  @Test func picturesOfOneTagAndANumberAreOneSet() throws {
    var bytes: [UInt8] = []
    for step in [100, 200] {
      for sample in 0..<12 {
        bytes += image("generated/image/\(sample)", Int64(step), UInt64(step + sample))
      }
    }
    let (scratch, run) = try run([Self.name: bytes])
    defer { withExtendedLifetime(scratch) {} }
    #expect(run.format == .tensorboard && run.checkpoints.map { $0.step?.value } == [100, 200])
    #expect(run.checkpoints.map { $0.samples?.count } == [12, 12])
    let sets = try run.checkpoints.map {
      try SampleReader(run: run).samples(try #require($0.samples))
    }
    #expect(sets[0].image(at: 11).pixels == PNGWriterBytes.pixels(seed: 111))
    #expect(sets[1].image(at: 2).pixels == PNGWriterBytes.pixels(seed: 202))
  }

  @Test func aDeclaredTagAndAxisOverruleTheGuess() throws {
    var bytes: [UInt8] = []
    for step in 1...3 {
      bytes += image("samples", Int64(step), UInt64(step))
      bytes += image("ema", Int64(step), UInt64(step + 50))
    }
    let (scratch, guessed) = try run([Self.name: bytes])
    #expect(guessed.axis == .step && guessed.samplesPattern == "events:samples@{step}")
    #expect(guessed.reading.contains { $0.contains("samples = \"events:ema@{step}\"") })
    try scratch.write("run/keepoch.toml", "samples = \"events:ema@{epoch}\"\n")
    let run = try RunOpener.open("\(scratch.path)/run")
    #expect(run.axis == .epoch && run.warnings.allSatisfy { $0.code == .gridUnsure })
    let set = try SampleReader(run: run).samples(try #require(run.checkpoints[0].samples))
    #expect(set.pixels == PNGWriterBytes.pixels(seed: 51))
  }

  @Test func scalarsLoggedAtTheCheckpointsAreTheirMetrics() throws {
    var bytes: [UInt8] = []
    for step in 0...300 { bytes += scalar("loss", Int64(step), Float(step)) }
    for step in [100, 200, 300] {
      bytes += image("samples", Int64(step), UInt64(step)) + scalar("eval/fid", Int64(step), 9)
    }
    let (_, run) = try run([Self.name: bytes])
    #expect(run.columns.map(\.metric.name) == ["eval/fid"])
    #expect(run.columns[0].values == [9, 9, 9] && run.series.map(\.count) == [301, 3])
  }

  /// Lightning logs pictures by `current_epoch` where a script says so, and scalars by step.
  @Test(arguments: [false, true])
  func picturesByEpochBesideAScalarEpoch(_ hasPlainSteps: Bool) throws {
    var bytes = scalar("hp_metric", 0, -1)
    for epoch in 0..<4 {
      for step in [10 * epoch + 4, 10 * epoch + 9] {
        bytes += scalar("train_loss", Int64(step), 1) + scalar("epoch", Int64(step), Float(epoch))
      }
      bytes += scalar("val_quality", Int64(10 * epoch + 9), Float(epoch) / 10)
      bytes += scalar("val_fid", Int64(10 * epoch + 7), Float(epoch))
      bytes += image("generated", Int64(epoch), UInt64(epoch))
    }
    if hasPlainSteps { bytes += scalar("lr", 1, 1) + scalar("lr", 2, 1) }
    let (_, run) = try run([Self.name: bytes])
    #expect(run.axis == (hasPlainSteps ? .step : .epoch))
    guard !hasPlainSteps else { return }
    #expect(run.checkpoints.map { $0.epoch?.value } == [0, 1, 2, 3])
    #expect(run.checkpoints.map { $0.step?.value } == [9, 19, 29, 39])
    #expect(run.columns.map(\.metric.name) == ["val_quality", "val_fid"])
    #expect(run.column(named: "val_fid")?.values == [0, 1, 2, 3])
    #expect(run.reading.contains { $0.contains("the epochs of the scalar epoch") })
  }

  @Test func textsThatAreAConfigurationAreSettings() throws {
    let table = "|param|value|\n|-|-|\n|latent_dim|16|\n|use_ema|True|\n|`model`|VAE|"
    let bytes =
      scalar("loss", 1, 1) + scalar("loss", 2, 1)
      + text("hyperparameters/text_summary", table)
      + text("args/text_summary", #"{"lr": 0.01, "opt": {"betas": [0.9, 0.99]}}"#)
      + text("config", "```\nseed: 7\ndata:\n  name: mnist\n```\n")
      + text("params", "batch: 32, depth: 4")
      + text("cli_args", "Namespace(dims=(1, 2), data='a, b', resume=None)")
      + text("notes/text_summary", "seed: 8\nwhat: I thought")
      + text("broken/config", "{\"lr\": ")
      + event(
        step: 1,
        field(1, Array("weights".utf8)) + field(5, [1, 2, 3]))
    let (_, run) = try run([Self.name: bytes])
    let known = Dictionary(uniqueKeysWithValues: run.settings.map { ($0.name, $0) })
    #expect(run.settings.count == 12)
    #expect(known["depth"]?.value == .number(4) && known["resume"]?.value == SettingValue.none)
    #expect(known["dims"]?.value == .text("(1, 2)") && known["data"]?.value == .text("a, b"))
    #expect(known["latent_dim"]?.value == .number(16) && run.latentShape == [16])
    #expect(known["use_ema"]?.value == .bool(true) && run.family == .vae)
    #expect(known["opt.betas"]?.value == .list([.number(0.9), .number(0.99)]))
    #expect(known["data.name"]?.value == .text("mnist") && known["seed"]?.value == .number(7))
    #expect(known["lr"]?.origin == "\(Self.name), text args")
    #expect(run.reading.contains("set aside: 2 tags of text: notes, broken/config"))
    #expect(run.reading.contains("set aside: 1 tag of histograms, sounds and the like: weights"))
  }

  @Test func whatIsToldTwiceIsListedOnce() throws {
    let scratch = try Scratch()
    var bytes: [UInt8] = []
    for step in 1...9 {
      bytes += scalar("loss", Int64(step), Float(step) / 10)
      bytes += scalar("epoch", Int64(step), Float(step / 3))
      bytes += scalar("kl", Int64(step), 1)
    }
    bytes += text("args", #"{"lr": 0.01, "seed": 1}"#)
    try scratch.write(Self.name, bytes)
    try scratch.write("config.json", #"{"lr": 0.01, "seed": 2}"#)
    try scratch.write(
      "train_log.csv", "step,loss,kl\n" + (1...9).map { "\($0),0.\($0),2\n" }.joined())
    try scratch.write("metrics.csv", "step,fid\n3,5\n6,4\n")
    let run = try RunOpener.open(scratch.path)
    #expect(run.settings.map(\.name) == ["lr", "seed", "seed"])
    #expect(run.settings[0].origin == "config.json")
    #expect(run.series.map(\.name).sorted() == ["kl", "kl", "loss"])
  }

  @Test func realPicturesOfATagAreTheReference() throws {
    var bytes: [UInt8] = []
    for step in [10, 20] {
      bytes += image("samples", Int64(step), UInt64(step))
      bytes += image("real_samples", Int64(step), UInt64(step + 1))
      bytes += image("real_vs_fake", Int64(step), UInt64(step + 2))
    }
    let (scratch, run) = try run([Self.name: bytes])
    let reference = try #require(run.reference)
    let place = try #require(run.checkpoints.last?.samples)
    guard case .grid(let sample, _) = place, case .grid(let real, let layout) = reference else {
      Issue.record("both are pictures")
      return
    }
    // Written right behind the samples of the last step.
    #expect(real.path == sample.path && layout != nil)
    #expect((real.part?.lowerBound ?? 0) > (sample.part?.upperBound ?? 0))
    _ = try SampleReader(run: run).samples(reference)
    #expect(scratch.path.isEmpty == false)
    #expect(
      run.reading.contains { $0.hasPrefix("real_samples: real images, by the tag; those of") })
    #expect(run.warnings.map(\.code) == [.gridUnsure])
  }

  @Test func howFarARangeReachesIsTheSameByBlocksAndOneByOne() throws {
    var dice = SplitMix64(seed: 8)
    let values = (0..<9000).map { place in
      place % 700 == 3 ? Float.nan : Float(dice.next(below: 100_000)) / 7
    }
    let bytes = values.enumerated().flatMap { scalar("loss", Int64($0.offset), $0.element) }
    let (_, run) = try run([Self.name: bytes])
    let series = run.series[0]
    let plain = Series(
      name: "loss", axis: .step, positions: (0..<9000).map(Double.init),
      values: values.map(Double.init))
    for _ in 0..<50 {
      let start = Int(dice.next(below: 9000))
      let range = start..<min(9000, start + Int(dice.next(below: 3000)))
      #expect(series.extent(of: range) == plain.extent(of: range))
    }
    #expect(series.extent(of: 0..<9000).gapCount == 13)
  }
}

/// A picture of a seed as PNG.
private enum PNGWriterBytes {
  static func pixels(seed: UInt64) -> [UInt8] {
    var dice = SplitMix64(seed: seed)
    return (0..<13 * 11).map { _ in UInt8(truncatingIfNeeded: dice.next()) }
  }

  static func grid(seed: UInt64) -> [UInt8] {
    PNGWriter.bytes(of: GrayImage(width: 13, height: 11, pixels: pixels(seed: seed)))
  }
}
