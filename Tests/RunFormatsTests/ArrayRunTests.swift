import Foundation
import ReviewCore
import ReviewReport
import RunFormats
import Testing

/// Runs whose samples lie in arrays.
@Suite struct ArrayRunTests {
  private func png(_ seed: UInt64) -> [UInt8] {
    PNGWriter.bytes(of: grid(columns: 8, rows: 2, size: 28, padding: 2, seed: seed))
  }

  private func fixture(_ name: String) throws -> [UInt8] {
    [UInt8](try #require(ArrayFixture.all.read.first { $0.name == name }).file)
  }

  @Test func picturesOrArrays() throws {
    let scratch = try Scratch()
    for epoch in 1...2 {
      try scratch.write("arrays/epoch_\(epoch).npz", fixture("npz-savez"))
      try scratch.write("pictures/epoch_\(epoch).png", png(UInt64(epoch)))
    }
    var run = try RunOpener.open(scratch.path)
    #expect(run.format == .arrays && run.reading.contains { $0.contains("pictures/epoch_1.png") })
    try scratch.write("pictures/epoch_3.png", png(3))
    run = try RunOpener.open(scratch.path)
    #expect(run.format == .imageGrids && run.checkpoints.count == 3)
    #expect(run.reading.contains { $0.contains("left out") && $0.contains("arrays/epoch_1.npz") })
    try scratch.write(
      "keepoch.toml", "samples = \"arrays/epoch_{epoch}.npz\"\narray = \"samples\"\n")
    run = try RunOpener.open(scratch.path)
    #expect(run.format == .arrays && run.checkpoints.count == 2 && run.warnings.isEmpty)
    try scratch.write("keepoch.toml", "array = \"nope\"\nsamples = \"arrays/epoch_{epoch}.npz\"\n")
    run = try RunOpener.open(scratch.path)
    #expect(run.warnings.map(\.code) == [.badSetting])
    #expect(run.warnings[0].message.contains("samples is taken"))
  }

  @Test func whatIsNumberedByChanceIsNoWarning() throws {
    let scratch = try Scratch()
    try scratch.write("metrics.csv", "epoch,quality\n1,0.5\n2,0.6\n")
    let vector = try #require(ArrayFixture.all.refused.first { $0.name == "vector" })
    try scratch.write("fid_cifar10.npy", [UInt8](vector.file))
    let run = try RunOpener.open(scratch.path)
    #expect(run.format == .table && run.warnings.isEmpty && run.checkpoints.count == 2)
    #expect(run.reading.contains { $0.contains("fid_cifar#.npy") })
  }

  /// An `.npy` of little-endian 32-bit floats.
  private func npy(_ values: [Float], shape: String) -> [UInt8] {
    let header = "{'descr': '<f4', 'fortran_order': False, 'shape': \(shape), }"
    let padded = header + String(repeating: " ", count: 117 - header.utf8.count) + "\n"
    var bytes: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(padded.utf8)
    for value in values {
      withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes += $0 }
    }
    return bytes
  }

  @Test func pointsOfAPlaneAreADensityPictureInOneFrameForTheWholeRun() throws {
    let scratch = try Scratch()
    try scratch.write("points_epoch_1.npy", npy([0, 0, 1, 1, 0, 0, .nan, 0], shape: "(4, 2)"))
    try scratch.write("points_epoch_2.npy", npy([-1, -3, 0, 0], shape: "(2, 2)"))
    var run = try RunOpener.open(scratch.path)
    let settled = try #require(RangeFinder.settle(run, cacheFolder: "\(scratch.path)/cache"))
    #expect(RangeFinder.settle(run, cacheFolder: "\(scratch.path)/cache") == settled)
    run.take(settled)
    #expect(run.pointFrame == PointFrame(x: -1...1, y: -3...1) && run.valueRange == nil)
    let source = try #require(run.checkpoints[0].samples)
    let set = try SampleReader(run: run).samples(source)
    #expect(set.count == 1 && set.width == 64 && set.height == 64)
    // (1,1) is the upper right corner; (0,0) is in the middle across and 3/4 up, twice.
    let lit = set.pixels.indices.filter { set.pixels[$0] > 0 }
    #expect(lit == [63, 16 * 64 + 32])
    #expect(set.pixels[lit[1]] == 255 && SampleReader(run: run).pointBytes(source)?.count == 32)
  }

  @Test func filesOfOtherShapesAreReadAsTheyAre() throws {
    let scratch = try Scratch()
    for (epoch, name) in ["u1-3x25-C", "u1-2x1x6x5-F", "u1-6x5x3-C"].enumerated() {
      try scratch.write("samples_epoch_\(epoch).npy", try fixture(name))
    }
    let run = try RunOpener.open(scratch.path)
    let reader = SampleReader(run: run)
    let sources = run.checkpoints.compactMap(\.samples)
    #expect(sources.map { reader.count(of: $0) } == [3, 2, 1])
    let sets = try sources.map { try reader.samples($0) }
    #expect(sets.map(\.count) == [3, 2, 1] && sets.map(\.width) == [5, 5, 5])
  }

  @Test func oneBadFileIsAWarning() throws {
    let scratch = try Scratch()
    let good = try fixture("npz-savez")
    try scratch.write("epoch_1.npz", Array(good.dropLast(9)))
    for epoch in 2...5 { try scratch.write("epoch_\(epoch).npz", good) }
    let run = try RunOpener.open(scratch.path)
    #expect(run.checkpoints.count == 5 && run.checkpoints[0].samples?.count == 4)
    #expect(run.warnings.map(\.code) == [.badArray] && run.warnings[0].path == "epoch_1.npz")
    #expect(throws: run.warnings[0]) {
      try SampleReader(run: run).samples(try #require(run.checkpoints[0].samples))
    }
    for epoch in 2...5 { try scratch.write("epoch_\(epoch).npz", Array(good.prefix(50))) }
    do {
      _ = try RunOpener.open(scratch.path)
      Issue.record("a run of broken arrays opened")
    } catch {
      #expect(error.why.contains("none of its 5 arrays can be read"))
    }
  }

  @Test func theDeclarationKnowsArraysAndHeldOutSeeds() {
    let text = """
      array = "x"
      held_out = [50, 48, 48]
      value_range = [-1.0, 1]
      """
    let read = KeepochTOML.read(Array(text.utf8), path: "keepoch.toml")
    #expect(read.warnings.isEmpty)
    #expect(read.declaration.arrayName == "x" && read.declaration.heldOutSeeds == [48, 50])
    for bad in [
      "held_out = 4", "held_out = [-1]", "held_out = [\"a\"]", "array = 3",
      "value_range = [-inf, inf]", "value_range = [0, \"1\", 2]",
    ] {
      let read = KeepochTOML.read(Array(bad.utf8), path: "keepoch.toml")
      #expect(read.warnings.map(\.code) == [.badSetting], "\(bad)")
      #expect(read.declaration == RunDeclaration())
    }
  }

  @Test(arguments: [
    "a \"b\" \\ [x] #1", "tab\tand\nline", "two\u{7F}\u{85}\u{2028}\u{202E}", "{epoch}",
    "emoji 😀 é",
    "'single'", "=key.dots",
  ])
  func theDraftGivesTheSameRunWhateverTheNames(_ word: String) throws {
    let scratch = try Scratch()
    let folder = "run \(word)"
    for epoch in [1, 5, 10] {
      try scratch.write("\(folder)/\(word)/s \(word) epoch_\(epoch).png", png(UInt64(epoch)))
    }
    try scratch.write("\(folder)/real \(word).png", png(99))
    let quoted = word.replacingOccurrences(of: "\"", with: "\"\"")
    try scratch.write("\(folder)/metrics.csv", "epoch,\"\(quoted)\",loss\n1,0.1,3\n5,nan,2\n")
    let path = "\(scratch.path)/\(folder)"
    let run = try RunOpener.open(path)
    let text = ManifestDraft.text(run: run, rule: try RuleInForce(run: run).rule)
    let read = KeepochTOML.read(Array(text.utf8), path: "keepoch.toml")
    #expect(read.warnings.isEmpty, "\(text)")
    #expect(read.declaration.name == folder)
    #expect(read.declaration.referencePath == "real \(word).png")
    #expect(read.declaration.samplesPattern != nil || word == "{epoch}")
    try scratch.write("\(folder)/keepoch.toml", text)
    let again = try RunOpener.open(path)
    #expect(again.checkpoints.map(\.samples?.path) == run.checkpoints.map(\.samples?.path))
    #expect(again.checkpoints.map(\.samples?.count) == run.checkpoints.map(\.samples?.count))
    #expect(again.columns.map(\.metric) == run.columns.map(\.metric))
    #expect(again.reference?.path == run.reference?.path && again.name == run.name)
    #expect(try RuleInForce(run: again).rule == RuleInForce(run: run).rule)
  }

  @Test func aDraftThatWouldChangeTheRunIsLeftToThePerson() throws {
    let scratch = try Scratch()
    for epoch in [1, 2] { try scratch.write("epoch_\(epoch).png", png(UInt64(epoch))) }
    // Of other size and layout than the samples, so that [grid] does not hold for it.
    try scratch.write(
      "real.png",
      PNGWriter.bytes(of: grid(columns: 3, rows: 3, size: 28, padding: 2, seed: 4)))
    let run = try RunOpener.open(scratch.path)
    let text = ManifestDraft.text(run: run, rule: try RuleInForce(run: run).rule)
    #expect(text.contains("would be read differently"))
    try scratch.write("keepoch.toml", text)
    let again = try RunOpener.open(scratch.path)
    #expect(again.reference?.count == 9 && again.checkpoints[0].samples?.count == 16)
  }

  @Test func aThousandFilesOpenByThreeHeaders() throws {
    let scratch = try Scratch()
    let good = try fixture("npz-savez")
    for epoch in 1...1000 { try scratch.write("s/epoch_\(epoch).npz", epoch % 7 == 0 ? [] : good) }
    let run = try RunOpener.open(scratch.path)
    // Of the broken ones none is among the first, middle and last.
    #expect(run.checkpoints.count == 1000 && run.warnings.isEmpty)
  }

  /// Of one packed array that holds all checkpoints.
  @Test func keepingWhatIsUnpackedChangesNothing() throws {
    let run = try RunOpener.open(projectFolder("Tests/RunFormatsTests/Fixtures/sources/npz-ENHW"))
    let reader = SampleReader(run: run)
    let sources = run.checkpoints.compactMap(\.samples)
    #expect(sources.count > 1)
    var kept: UnpackedArray?
    for source in sources {
      let set = try reader.samples(source, keeping: &kept)
      #expect(set.pixels == (try reader.samples(source).pixels))
      #expect(kept != nil)
    }
  }
}
