import Foundation
import ReviewCore
import ReviewReport
import RunFormats
import Testing

@Suite struct RunOpenerTests {
  private func png(_ seed: UInt64, columns: Int = 8, rows: Int = 2) -> [UInt8] {
    PNGWriter.bytes(of: grid(columns: columns, rows: rows, size: 28, padding: 2, seed: seed))
  }

  private func error(_ path: String) -> RunError? {
    do {
      _ = try RunOpener.open(path)
      return nil
    } catch { return error }
  }

  @Test func gridsAndMetricsAreJoined() throws {
    let scratch = try Scratch()
    for epoch in [1, 5, 10] {
      try scratch.write("samples/fake_samples_epoch_0\(epoch).png", png(UInt64(epoch)))
    }
    try scratch.write("real_samples.png", png(99))
    try scratch.write(
      "metrics.csv", "epoch,quality,diversity,note\n1,.1,.9,a\n5,.6,.7,b\n20,.9,.1,c\n")
    try scratch.write("review/ann.jsonl", "")
    try scratch.write("review/samples_epoch_999.png", png(7))
    let run = try RunOpener.open(scratch.path)
    #expect(run.format == .imageGrids)
    #expect(run.checkpoints.map { $0.epoch?.value } == [1, 5, 10, 20])
    #expect(run.checkpoints.map { $0.samples != nil } == [true, true, true, false])
    #expect(run.checkpoints[0].samples?.count == 16)
    #expect(run.reference?.path == "real_samples.png")
    #expect(run.warnings.isEmpty)
    let set = try SampleReader(run: run).samples(try #require(run.checkpoints[1].samples))
    #expect(set.count == 16 && set.width == 28)
    let source = grid(columns: 8, rows: 2, size: 28, padding: 2, seed: 5)
    var first: [UInt8] = []
    for y in 2..<30 { first += source.pixels[y * 242 + 2..<y * 242 + 30] }
    #expect(set.image(at: 0).pixels == first)
  }

  @Test(arguments: [
    (["epoch10.png", "epoch2.png"], Axis.epoch, [2.0, 10]),
    (["10.png", "2.png"], .epoch, [2, 10]),
    (["sample-1000.png", "sample-500.png"], .step, [500, 1000]),
    (["run3_epoch_1_seed42.png", "run3_epoch_2_seed42.png"], .epoch, [1, 2]),
    (["out/step_000100.png", "out/step_000200.png"], .step, [100, 200]),
    (["images/samples_ep7.png"], .epoch, [7]),
    (
      ["sample_epoch_0.5.png", "sample_epoch_0.8.png", "sample_epoch_1.png"], .epoch, [0.5, 0.8, 1]
    ),
  ])
  func namesTellTheAxis(_ names: [String], _ axis: Axis, _ values: [Double]) throws {
    let scratch = try Scratch()
    for (place, name) in names.enumerated() { try scratch.write(name, png(UInt64(place))) }
    let run = try RunOpener.open(scratch.path)
    #expect(run.axis == axis)
    #expect(run.checkpoints.indices.map { run.axisValue(of: $0).value } == values)
  }

  @Test func oneBadFileIsAWarning() throws {
    let scratch = try Scratch()
    try scratch.write("epoch_1.png", png(1))
    try scratch.write("epoch_2.png", Array("not a picture".utf8))
    try scratch.write("epoch_3.png", Array(png(3).prefix(200)))
    try scratch.write("epoch_03.png", png(4))
    let run = try RunOpener.open(scratch.path)
    #expect(run.checkpoints.count == 3)
    #expect(run.warnings.contains { $0.code == .duplicateCheckpoint && $0.path == "epoch_3.png" })
    #expect(run.warnings.contains { $0.code == .badImage && $0.path == "epoch_2.png" })
    let reader = SampleReader(run: run)
    #expect(throws: RunWarning.self) {
      try reader.samples(try #require(run.checkpoints[1].samples))
    }
    #expect(try reader.samples(try #require(run.checkpoints[2].samples)).count == 16)
  }

  @Test func nothingToReviewIsSaidClearly() throws {
    let scratch = try Scratch()
    #expect(error(scratch.path + "/nowhere")?.why == "no such file or folder")
    #expect(error(scratch.path)?.why == "the folder is empty")
    try scratch.write("notes.txt", "hello")
    #expect(error(scratch.path)?.why.contains("no pictures or arrays with a number") == true)
    #expect(error(scratch.path + "/notes.txt")?.why.contains("epoch or step") == true)
    try scratch.write("epoch_1.png", "broken")
    try scratch.write("epoch_2.png", "")
    let broken = try #require(error(scratch.path))
    #expect(broken.why.contains("none of its 2 pictures can be decoded"))
    #expect(!broken.remedy.isEmpty && broken.place == scratch.path)
    try scratch.write("one.png", png(1))
    #expect(error(scratch.path + "/one.png")?.why.contains("one picture") == true)
  }

  @Test func linksThatLoopEnd() throws {
    let scratch = try Scratch()
    try scratch.write("epoch_1.png", png(1))
    try FileManager.default.createSymbolicLink(
      atPath: scratch.path + "/loop", withDestinationPath: scratch.path)
    try FileManager.default.createSymbolicLink(
      atPath: scratch.path + "/self.png", withDestinationPath: "self.png")
    #expect(try RunOpener.open(scratch.path).checkpoints.count == 1)
  }

  @Test func theDeclarationOverrulesGuesses() throws {
    let scratch = try Scratch()
    for epoch in [1, 2] {
      try scratch.write("a_epoch_\(epoch).png", png(UInt64(epoch)))
      try scratch.write("b/picked-\(epoch)0.png", png(UInt64(epoch + 5)))
    }
    try scratch.write(
      "keepoch.toml",
      """
      name = "my run"
      family = "GAN"
      latent_shape = [64]
      samples = "b/picked-{step}.png"
      colour = 3
      tags = ["double-loop", "bad tag"]
      [metrics.fid]
      direction = "down"
      [rule]
      select = "max step"
      """)
    let run = try RunOpener.open(scratch.path)
    #expect(run.name == "my run" && run.declaration.family == .gan)
    #expect(run.axis == .step && run.checkpoints.map { $0.step?.value } == [10, 20])
    #expect(run.declaration.tags == ["double-loop"])
    #expect(run.warnings.map(\.message).filter { $0.contains("colour") }.count == 1)
    #expect(run.warnings.filter { $0.code == .badSetting }.count == 3)
    #expect(try RuleInForce(run: run).origin == .file)
  }

  @Test func aDeclarationThatIsNotTOMLIsNamedByLine() throws {
    let scratch = try Scratch()
    try scratch.write("epoch_1.png", png(1))
    try scratch.write("keepoch.toml", "name = \"x\"\nfamily = = 3\n")
    let run = try RunOpener.open(scratch.path)
    #expect(run.warnings.contains { $0.message.contains("line 2") })
    #expect(run.checkpoints.count == 1)
  }

  @Test(arguments: ["vae", "gan", "diffusion"])
  func sampleRunsOpen(_ name: String) throws {
    let run = try RunOpener.open(projectFolder("sample-runs/\(name)"))
    #expect(run.checkpoints.count >= 8)
    #expect(run.warnings.isEmpty)
    #expect(run.declaration.family?.rawValue == name)
    #expect(run.series.isEmpty == false)
    for checkpoint in run.checkpoints {
      let set = try SampleReader(run: run).samples(try #require(checkpoint.samples))
      #expect(set.count == 64 && set.width == 28 && set.height == 28)
    }
    #expect(run.reference?.count == 64)
  }

  @Test func digestsTellValuesTypeAndShapeApart() throws {
    let scratch = try Scratch()
    try scratch.write("epoch_1.png", png(1))
    let run = try RunOpener.open(scratch.path)
    let source = try #require(run.checkpoints[0].samples)
    let digests = try SampleReader(run: run).digests(of: [0, 1, 0, 99], in: source)
    #expect(digests[0] == digests[2] && digests[0] != digests[1] && digests[3] == nil)
    #expect(digests[0]?.count == 64)
    // The digest of nothing, as published with the algorithm.
    #expect(
      Digest.sha256([]) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
  }
}
