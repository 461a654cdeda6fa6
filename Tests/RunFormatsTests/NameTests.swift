import Foundation
import ReviewCore
import ReviewReport
import Testing

@testable import RunFormats

/// What names say, and what they do not.
@Suite struct NameTests {
  private static let picture = PNGWriter.bytes(
    of: grid(columns: 8, rows: 2, size: 28, padding: 2, seed: 3))

  /// A folder with a picture under each name.
  private func scratch(_ names: [String]) throws -> Scratch {
    let scratch = try Scratch()
    for name in names { try scratch.write("run/\(name)", Self.picture) }
    return scratch
  }

  private func open(_ names: [String]) throws -> Run {
    let scratch = try scratch(names)
    return try RunOpener.open("\(scratch.path)/run")
  }

  private func numbers(_ run: Run) -> [Double] {
    run.checkpoints.indices.map { run.axisValue(of: $0).value }
  }

  @Test(arguments: [
    "realnvp_epoch_", "maskgit_epoch_", "histology_epoch_", "origami_", "unrealistic_", "flossgan_",
    "inputless_", "targeted_",
  ])
  func aWordInsideOfAnotherSaysNothing(_ stem: String) throws {
    let run = try open([1, 5, 20].map { "\(stem)\($0).png" })
    #expect(numbers(run) == [1, 5, 20] && run.reference == nil)
  }

  @Test(arguments: [
    "real_samples_", "reconstruction_", "recon_", "LossCurve", "inputs_", "train_batch_",
    "interpolation_", "data/sample_",
  ])
  func picturesOfOtherThingsAreOffered(_ stem: String) throws {
    let run = try open(
      [1, 2, 3, 4].map { "\(stem)\($0).png" } + ["samples_epoch_7.png", "samples_epoch_9.png"])
    #expect(numbers(run) == [7, 9])
    let line = run.reading.first { $0.hasPrefix("left out, by the name no samples: \(stem)") }
    #expect(line?.contains("samples = \"\(stem){") == true, "\(run.reading)")
    // Alone they are refused, with the line that takes them.
    let scratch = try scratch([1, 2, 3, 4].map { "\(stem)\($0).png" })
    let error = #expect(throws: RunError.self) { try RunOpener.open("\(scratch.path)/run") }
    #expect(error?.why.contains("samples = \"\(stem){") == true)
  }

  @Test func aMeasurementIsNoEpoch() throws {
    let names = ["gen-00001-fid9.09.png", "gen-00002-fid8.33.png", "gen-00003-fid11.00.png"]
    let run = try open(names)
    #expect(numbers(run) == [1, 2, 3] && run.warnings.isEmpty)
    #expect(run.samplesPattern == "gen-{epoch}-fid*.png")
    let scratch = try scratch(names)
    try scratch.write("run/keepoch.toml", "samples = \"gen-{step}-fid*.png\"\n")
    let declared = try RunOpener.open("\(scratch.path)/run")
    #expect(declared.axis == .step && numbers(declared) == [1, 2, 3])
    #expect(try numbers(open(["ep1_loss0.25.png", "ep2_loss0.21.png"])) == [1, 2])
    #expect(try numbers(open(["e_0.5.png", "e_1.5.png"])) == [0.5, 1.5])
  }

  @Test func theDigitsOfAChecksumSayNothing() throws {
    let run = try open([
      "generated_100_45c48cce2e7d7fbdea1a.png", "generated_200_063be067008fd20a8526.png",
      "generated_300_cbdc73269ced11af929b.png",
    ])
    #expect(numbers(run) == [100, 200, 300] && run.samplesPattern?.hasSuffix("}_*.png") == true)
    #expect(try numbers(open(["face0001.png", "face0002.png"])) == [1, 2])
  }

  @Test func aNameWithTheSignOfANumberIsNotOneWithANumber() throws {
    let run = try open(["a#b1c2d3.png", "a1b#c#d#.png", "a1b#c#d4.png"])
    #expect(run.checkpoints.count == 1)
    #expect(try numbers(open(["a#b1.png", "a#b2.png", "a7b#.png"])) == [1, 2])
  }

  @Test func whatABareNumberCountsIsHabitAndATableKnowsBetter() throws {
    #expect(try open((1...10).map { "sample_\($0).png" }).axis == .epoch)
    #expect(try open((1...10).map { "sample-\($0 * 1000).png" }).axis == .step)
    #expect(try open((0...9).map { "images/\($0 * 400).png" }).axis == .step)
    #expect(try open((1...3).map { "step_\($0).png" }).axis == .step)
    #expect(try open((1...3).map { "G_\($0)0k.png" }).axis == .step)
    let scratch = try scratch((1...3).map { "sample_\($0).png" })
    try scratch.write("run/metrics.csv", "step,fid\n1,9\n2,8\n3,7\n")
    let run = try RunOpener.open("\(scratch.path)/run")
    #expect(run.axis == .step && run.columns.first?.values == [9, 8, 7])
    #expect(run.reading.contains { $0.contains("as the tables count them") })
  }

  @Test func patternsMatchWhatTheySay() throws {
    func numbers(_ pattern: String, _ name: String) -> [Double]? {
      NamePattern(pattern)?.numbers(in: name).map { [$0.number.value, Double($0.sample ?? -1)] }
    }
    #expect(numbers("a/*_{epoch}.png", "a/x_y_12.png") == [12, -1])
    #expect(numbers("a/*_{epoch}.png", "a/b/x_12.png") == nil)
    #expect(numbers("{step}/*{sample}.png", "30/seed7.png") == [30, 7])
    #expect(numbers("{epoch}_{epoch}.png", "3_3.png") == [3, -1])
    #expect(numbers("{epoch}_{epoch}.png", "3_4.png") == nil)
    #expect(numbers("é{epoch}*.png", "é1.5x.png") == [1.5, -1])
    #expect(NamePattern("*.png") == nil && NamePattern("*****{epoch}") == nil)
  }

  @Test func foldersOfProgramsAndOtherRunsAreNotThrownIn() throws {
    let scratch = try scratch((1...3).map { "samples/epoch_\($0).png" })
    try scratch.write("run/venv/pyvenv.cfg", "home = /usr\n")
    try scratch.write("run/venv/lib/python3.11/config.json", "{\"model\": \"vae\"}")
    try scratch.write("run/site-packages/x/metrics.csv", "epoch,fid\n1,3\n")
    for version in 0...1 {
      try scratch.write(
        "run/lightning_logs/version_\(version)/metrics.csv", "epoch,fid\n1,\(version)\n2,5\n")
    }
    let run = try RunOpener.open("\(scratch.path)/run")
    #expect(run.columns.isEmpty && run.family == nil && run.settings.isEmpty)
    #expect(run.reading.contains("left out: venv, a Python environment"))
    #expect(run.warnings.map(\.code) == [.leftOut])
    #expect(run.reading.first?.hasPrefix("left out: 2 runs of their own: ") == true)
    #expect(run.warnings[0].message.contains("version_0, lightning_logs/version_1"))
    // One version alone is what this very run has logged.
    try FileManager.default.removeItem(atPath: "\(scratch.path)/run/lightning_logs/version_0")
    let joined = try RunOpener.open("\(scratch.path)/run")
    #expect(joined.warnings.isEmpty && joined.columns.map(\.metric.name) == ["fid"])
  }

  @Test func runsAreToldFromPartsOfRuns() throws {
    func names(_ files: [String]) throws -> [String] {
      let scratch = try Scratch()
      for file in files {
        try scratch.write(
          "run/\(file)", file.hasSuffix("png") ? Self.picture : Array("epoch,fid\n1,2\n2,1\n".utf8))
      }
      return Catalogue.find("\(scratch.path)/run")?.entries.map(\.name) ?? []
    }
    #expect(try names(["seed1/epoch_1.png", "seed2/epoch_1.png"]) == ["seed1", "seed2"])
    #expect(try names(["a/samples/epoch_1.png", "b/samples/epoch_1.png"]) == ["a", "b"])
    #expect(
      try names(["gan/mlruns/12/ab/meta.yaml", "gan/mlruns/12/ab/metrics/fid", "vae/epoch_1.png"])
        == ["gan/mlruns/12/ab", "vae"])
    #expect(
      try names(["version_10/metrics.csv", "version_9/metrics.csv"]) == ["version_9", "version_10"])
    #expect(try names(["epoch_1/1.png", "epoch_2/1.png"]).isEmpty)
    #expect(try names(["samples/epoch_1.png", "logs/metrics.csv", "eval/results.csv"]).isEmpty)
    #expect(try names(["metrics.csv", "a/epoch_1.png", "b/epoch_1.png"]).isEmpty)
  }

  @Test func samplesBesideOtherThingsAreTheLastResort() throws {
    let run = try open([3, 5].map { "recon_and_sample_\($0).png" })
    #expect(numbers(run) == [3, 5])
    #expect(run.reading.contains { $0.contains("as there is nothing else") })
  }

  @Test func stateIsTiedByItsOwnNumberAndNeverOpened() throws {
    let scratch = try scratch((0...3).map { "samples/epoch_\($0).png" })
    for path in [
      "lightning_logs/version_2/checkpoints/last.ckpt", "checkpoints/epoch=1-step=100.ckpt",
      "checkpoint-3/model.safetensors", "samples_epoch_1.pt",
    ] {
      try scratch.write("run/\(path)", "x")
    }
    let run = try RunOpener.open("\(scratch.path)/run")
    #expect(
      run.checkpoints.map { $0.states.map(\.path) } == [
        [], ["checkpoints/epoch=1-step=100.ckpt"], [], ["checkpoint-3/model.safetensors"],
      ])
    #expect(run.warnings.map(\.code) == [.leftOut] && run.warnings[0].path == "samples_epoch_1.pt")
  }

  @Test func picturesThatAreGridsByThemselvesAreSaid() throws {
    let run = try open(
      (1...3).flatMap { epoch in (0...2).map { "epoch_\(epoch)/class_\($0).png" } })
    #expect(run.format == .singleImages && run.warnings.map(\.code) == [.gridUnsure])
    #expect(run.warnings[0].message.contains("8 x 2 samples of 28x28"))
  }

  @Test func aGridThatDoesNotFitItsDeclarationIsSaid() throws {
    let scratch = try scratch((1...3).map { "epoch_\($0).png" })
    try scratch.write("run/keepoch.toml", "[grid]\ncolumns = 3\n")
    let run = try RunOpener.open("\(scratch.path)/run")
    #expect(run.warnings.map(\.code) == [.gridMismatch])
    #expect(run.warnings[0].message.contains("columns = 3"))
  }

  @Test func linksToNowhereAreNamed() throws {
    let scratch = try Scratch()
    try scratch.write("run/.keep", "")
    try FileManager.default.createSymbolicLink(
      atPath: "\(scratch.path)/run/epoch_1.png", withDestinationPath: "/nonexistent/1.png")
    let error = #expect(throws: RunError.self) { try RunOpener.open("\(scratch.path)/run") }
    #expect(error?.why.contains("epoch_1.png, a link to nowhere") == true)
  }
}
