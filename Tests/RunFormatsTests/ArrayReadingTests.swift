import Foundation
import ReviewCore
import RunFormats
import Testing

@Suite struct ArrayReadingTests {
  static let read = ArrayFixture.all.read
  static let refused = ArrayFixture.all.refused

  @Test func allCasesAreThere() {
    #expect(Self.read.count == 197 && Self.refused.count == 32)
  }

  @Test(arguments: ArrayReadingTests.read)
  func grayAndDigestsAreWhatNumpyComputes(_ item: ArrayFixture.Read) throws {
    let scratch = try Scratch()
    try scratch.write("samples_epoch_1.\(item.extension)", [UInt8](item.file))
    let run = try RunOpener.open(scratch.path)
    #expect(run.format == .arrays)
    let source = try #require(run.checkpoints.first?.samples)
    #expect(
      source
        == .array(
          ArrayPlace(path: "samples_epoch_1.\(item.extension)", member: item.member),
          layout: layout(source)))
    #expect(source.count == item.count)
    #expect(source.sampleSize ?? (0, 0) == (item.width, item.height))
    #expect((run.valueRange != nil) == item.asks)
    let set = try SampleReader(run: run).samples(source)
    #expect(set.count == item.count && set.width == item.width && set.height == item.height)
    #expect(set.pixels == [UInt8](item.gray))
    let settled = try #require(RangeFinder.settle(run, cacheFolder: nil))
    if item.asks {
      #expect(run.valueRange.map { [$0.lo, $0.hi] } == item.range)
      #expect(settled.range.map { [$0.lo, $0.hi] } == item.range)
    } else {
      #expect(settled.range == nil && settled.warnings.isEmpty)
    }
    #expect(try SampleReader(run: run).digests(of: [0, 999], in: source) == [item.stored, nil])
    #expect(run.reading.contains { $0.contains(item.dtype) })
  }

  private func layout(_ source: SampleSource) -> ArrayLayout? {
    if case .array(_, let layout) = source { layout } else { nil }
  }

  @Test(arguments: ArrayReadingTests.refused)
  func whatIsNoArrayOfSamplesIsRefusedWithItsReason(_ item: ArrayFixture.Refused) throws {
    let scratch = try Scratch()
    let name = "samples_epoch_1.\(item.extension)"
    try scratch.write(name, [UInt8](item.file))
    do {
      _ = try SampleReader.pictures(at: "\(scratch.path)/\(name)")
      Issue.record("\(item.name) was read")
    } catch {
      #expect(error.code == .badArray && error.message.contains(item.why), "\(error.message)")
    }
    // Beside a table the run opens, and does not stumble over it.
    try scratch.write("metrics.csv", "epoch,quality\n1,0.5\n")
    #expect(try RunOpener.open(scratch.path).checkpoints.count == 1)
  }

  /// One of each kind: plain, big-endian, Fortran, stored and deflated members, zip64.
  private static let broken = ["<f2-C-1", ">f8-F-3", "?-C-2", "npz-savez-compressed", "npz-zip64"]

  @Test(arguments: ArrayReadingTests.broken)
  func everyTruncationEndsInAnError(_ name: String) throws {
    let item = try #require(Self.read.first { $0.name == name })
    let scratch = try Scratch()
    let whole = [UInt8](item.file)
    for length in 0..<whole.count {
      try scratch.write("x.\(item.extension)", Array(whole[..<length]))
      #expect(throws: RunWarning.self, "\(length)") {
        try SampleReader.pictures(at: "\(scratch.path)/x.\(item.extension)")
      }
    }
  }

  @Test(arguments: ArrayReadingTests.broken)
  func mutationsNeverTrap(_ name: String) throws {
    let item = try #require(Self.read.first { $0.name == name })
    var dice = SplitMix64(seed: 12)
    let scratch = try Scratch()
    let whole = [UInt8](item.file)
    let path = "\(scratch.path)/samples_epoch_1.\(item.extension)"
    try scratch.write("metrics.csv", "epoch,quality\n1,0.5\n")
    var refused = 0
    for round in 0..<400 {
      var bytes = whole
      for _ in 0...dice.next(below: 3) {
        let place = Int(dice.next(below: UInt64(whole.count)))
        if round % 2 == 0 {
          bytes[place] ^= 1 << UInt8(dice.next(below: 8))
        } else {
          bytes[place] = dice.next(below: 3) == 0 ? 0xFF : UInt8(dice.next(below: 256))
        }
      }
      try scratch.write("samples_epoch_1.\(item.extension)", bytes)
      if (try? SampleReader.pictures(at: path)) == nil { refused += 1 }
      if round % 8 == 0, let run = try? RunOpener.open(scratch.path) {
        _ = RangeFinder.settle(run, cacheFolder: nil)
      }
    }
    #expect(refused > 50)
  }

  @Test func aMemberThatPromisesTooMuchIsRefusedBeforeMemoryIsTaken() throws {
    let item = try #require(Self.read.first { $0.name == "npz-savez-compressed" })
    var bytes = [UInt8](item.file)
    // The last entry of the directory is that of the samples; its size becomes 0.9 GiB.
    let mark: [UInt8] = [0x50, 0x4B, 0x01, 0x02]
    let place = try #require(
      bytes.indices.last { bytes[$0...].starts(with: mark) })
    bytes.replaceSubrange(place + 24..<place + 28, with: [0, 0, 0, 0x39])
    let scratch = try Scratch()
    try scratch.write("x.npz", bytes)
    #expect(throws: RunWarning.self) { try SampleReader.pictures(at: "\(scratch.path)/x.npz") }
  }
}
