import Foundation
import ReviewCore
import ReviewReport
import RunFormats
import Testing

@Suite struct ValueRangeTests {
  /// An `.npy` of float32 as numpy writes it.
  private func npy(_ values: [Float], _ shape: String) -> [UInt8] {
    let text = "{'descr': '<f4', 'fortran_order': False, 'shape': \(shape), }"
    let header = text + String(repeating: " ", count: 117 - text.utf8.count) + "\n"
    return [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(header.utf8)
      + values.flatMap { value in withUnsafeBytes(of: value.bitPattern.littleEndian) { Array($0) } }
  }

  private func ramp(_ low: Float, _ high: Float, count: Int = 2) -> [UInt8] {
    let last = Float(count * 25 - 1)
    return npy((0..<count * 25).map { low + (high - low) * Float($0) / last }, "(\(count), 5, 5)")
  }

  private func settled(_ run: Run, _ scratch: Scratch) throws -> RangeFinder.Settled {
    try #require(RangeFinder.settle(run, cacheFolder: scratch.path + "-cache/keepoch"))
  }

  @Test(arguments: [
    (-0.05, 1.05, [0.0, 1.0]), (0, 0, [0, 1]), (-0.06, 1, [-1, 1]), (-1.05, 1.05, [-1, 1]),
    (0, 1.06, [0, 1.06]), (0, 2, [0, 2]), (0, 2.1, [0, 255]), (0, 255, [0, 255]),
    (-1, 255, [-1, 255]), (0, 255.5, [0, 255.5]), (-1.06, 1, [-1.06, 1]), (7, 7, [0, 255]),
    (300, 300, [300, 301]),
  ])
  func theLadder(_ least: Double, _ greatest: Double, _ expected: [Double]) {
    let range = ValueRange(covering: least, greatest, origin: .found)
    #expect([range.lo, range.hi] == expected)
    #expect(range.gray(of: range.lo) == 0 && range.gray(of: range.hi) == 255)
  }

  @Test func grayOfWhatNoRangeHolds() {
    let range = ValueRange(lo: -1, hi: 1, origin: .declared)
    #expect(range.gray(of: .nan) == 0 && range.gray(of: .infinity) == 255)
    #expect(range.gray(of: -.infinity) == 0 && range.gray(of: 0) == 128)
    let large = Double.greatestFiniteMagnitude
    let widest = ValueRange(lo: -large, hi: large, origin: .found)
    #expect(widest.gray(of: 0) == 128 && widest.gray(of: large) == 255)
    for odd in [
      ValueRange(lo: large, hi: large, origin: .found),
      ValueRange(lo: -.infinity, hi: .infinity, origin: .found),
    ] {
      for value in [0, 1, -1, large, -large, .nan] { _ = odd.gray(of: value) }
    }
  }

  @Test func oneRangeForTheWholeRun() throws {
    let scratch = try Scratch()
    // Seen alone, the first, middle and last would each be [0, 1].
    for (epoch, low) in [(1, 0), (2, -0.8), (3, 0), (4, 0), (5, 0)] as [(Int, Float)] {
      try scratch.write("samples_epoch_\(epoch).npy", ramp(low, 0.9))
    }
    var run = try RunOpener.open(scratch.path)
    #expect(run.valueRange == ValueRange(lo: 0, hi: 1, origin: .estimated))
    run.take(try settled(run, scratch))
    #expect(run.valueRange == ValueRange(lo: -1, hi: 1, origin: .found))
    #expect(run.warnings.isEmpty)
    let source = try #require(run.checkpoints[0].samples)
    let reader = SampleReader(run: run)
    #expect(try reader.samples(source).pixels[0] == 128)
    let estimate = ValueRange(lo: 0, hi: 1, origin: .estimated)
    #expect(try reader.replacing(range: estimate, frame: nil).samples(source).pixels[0] == 0)
    // A digest is of the stored values, whatever the range.
    let digests = try reader.digests(of: [0, 1], in: source)
    #expect(
      try reader.replacing(range: estimate, frame: nil).digests(of: [0, 1], in: source) == digests)
  }

  @Test func whatLiesOutsideAndWhatIsNoNumberIsSaidOnce() throws {
    let scratch = try Scratch()
    try scratch.write("keepoch.toml", "value_range = [-1, 1]\n")
    for epoch in 1...4 {
      try scratch.write(
        "samples_epoch_\(epoch).npy",
        npy([.nan, 2, -3, .infinity] + Array(repeating: 0, count: 21), "(1, 5, 5)"))
    }
    let run = try RunOpener.open(scratch.path)
    #expect(run.valueRange == ValueRange(lo: -1, hi: 1, origin: .declared))
    let warnings = try settled(run, scratch).warnings
    #expect(warnings.map(\.code) == [.nanPixels, .clampedValues])
    #expect(warnings.allSatisfy { $0.path == "samples_epoch_1.npy" })
    #expect(warnings[0].message.hasPrefix("4 of 100 values in 4 files"))
    #expect(warnings[1].message.hasPrefix("12 of 100 values in 4 files"))
    let set = try SampleReader(run: run).samples(try #require(run.checkpoints[0].samples))
    #expect(Array(set.pixels[..<5]) == [0, 255, 0, 255, 128])
  }

  @Test func theCacheKnowsAFileUntilItChanges() throws {
    let scratch = try Scratch()
    let folder = scratch.path + "-cache/keepoch"
    defer { try? FileManager.default.removeItem(atPath: scratch.path + "-cache") }
    for epoch in 1...3 { try scratch.write("epoch_\(epoch).npy", ramp(-1, 1)) }
    let run = try RunOpener.open(scratch.path)
    let first = try settled(run, scratch)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder + "/ranges")
    #expect(names.count == 1)
    let path = "\(folder)/ranges/\(try #require(names.first))"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    #expect(text.split(separator: "\n").count == 4)
    #expect(try settled(run, scratch) == first)
    // What the cache says counts while the file is the same, and no longer.
    let lines = text.split(separator: "\n", maxSplits: 1)
    let lie = lines[1].replacingOccurrences(
      of: String(Double(1).bitPattern, radix: 16), with: String(Double(9).bitPattern, radix: 16))
    try "\(lines[0])\n\(lie)".write(toFile: path, atomically: true, encoding: .utf8)
    #expect(try settled(run, scratch) != first)
    for epoch in 1...3 { try scratch.write("epoch_\(epoch).npy", ramp(-3, 4)) }
    #expect(try settled(run, scratch).range == ValueRange(lo: -3, hi: 4, origin: .found))
    // Nonsense in its place is as good as nothing.
    var dice = SplitMix64(seed: 3)
    for _ in 0..<60 {
      var bytes = Array(text.utf8)
      for _ in 0..<9 {
        bytes[Int(dice.next(below: UInt64(bytes.count)))] = UInt8(dice.next(below: 256))
      }
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      _ = try settled(run, scratch)
    }
    #expect(RangeFinder.settle(run, cacheFolder: "/dev/null/nowhere")?.range?.hi == 4)
    #expect(RangeFinder.settle(run, cacheFolder: nil, isCancelled: { true }) == nil)
  }

  @Test func realImagesFollowTheSamples() throws {
    let scratch = try Scratch()
    for epoch in 1...2 { try scratch.write("epoch_\(epoch).npy", ramp(-1, 1)) }
    try scratch.write("reference.npy", ramp(0, 200))
    let run = try RunOpener.open(scratch.path)
    #expect(run.reference?.path == "reference.npy" && run.checkpoints.count == 2)
    let found = try settled(run, scratch)
    #expect(found.range == ValueRange(lo: -1, hi: 1, origin: .found))
    #expect(found.warnings.map(\.path) == ["reference.npy"])
  }
}
