import Foundation
import ReviewCore
import Testing

@testable import RunFormats

/// Runs that trackers keep: W&B, MLflow, trackio; Aim is refused.
@Suite struct TrackerTests {
  private static let sources = projectFolder("Tests/RunFormatsTests/Fixtures/sources")
  private static let expected = projectFolder("Tests/RunFormatsTests/Fixtures/expected")

  /// What the libraries read back, by the fixture's name.
  private func expectation(_ name: String) throws -> [JSONValue] {
    let bytes = try FileBytes.read("\(Self.expected)/\(name).json")
    return try #require(try JSONReader.value(in: bytes)["runs"]?.array)
  }

  private func compare(_ run: Run, _ wanted: JSONValue) throws {
    let rows = try #require(wanted["checkpoints"]?.array)
    try #require(run.checkpoints.count == rows.count)
    let reader = SampleReader(run: run)
    for (index, row) in rows.enumerated() {
      #expect(run.checkpoints[index].step?.value == row["step"]?.number)
      for member in row["metrics"]?.object?.members ?? [] {
        let found = run.metric(member.key, at: index)
        if member.value.string == "NaN" {
          #expect(found?.isNaN == true)
        } else {
          #expect(found == member.value.number)
        }
      }
      let samples = try reader.samples(try #require(run.checkpoints[index].samples))
      let sums = (0..<4).map { Digest.sha256(samples.image(at: $0).pixels) }
      #expect(sums == row["samples"]?["sha256"]?.array?.map(\.string))
      #expect(Double(samples.count) == row["samples"]?["count"]?.number)
    }
    for one in wanted["series"]?.array ?? [] {
      let series = try #require(run.series.first { $0.name == one["name"]?.string })
      #expect(Double(series.count) == one["points"]?.number)
      #expect(series.values.last == one["last"]?["value"]?.number)
    }
    if wanted["family"] != nil { #expect(run.family == .vae && run.latentShape == [24]) }
  }

  @Test(arguments: ["wandb-offline", "wandb-list", "mlflow-files", "mlflow-sqlite", "trackio"])
  func fixtures(_ name: String) throws {
    let run = try RunOpener.open("\(Self.sources)/\(name)")
    try compare(run, expectation(name)[0])
    #expect(run.warnings.isEmpty)
    #expect(run.format.rawValue == name.prefix { $0 != "-" })
  }

  @Test(arguments: [
    "wandb-offline/wandb", "wandb-offline/wandb/offline-run-20260102_030405-single0001",
    "wandb-offline/wandb/offline-run-20260102_030405-single0001/run-single0001.wandb",
    "mlflow-files/mlruns", "mlflow-files/mlruns/124795057781223205",
    "mlflow-files/mlruns/124795057781223205/986e86cb0ab84b67a26b7f62b1852f27",
    "mlflow-sqlite/mlflow.db", "mlflow-sqlite/mlflow.db#vae",
    "mlflow-sqlite/mlflow.db#998092253def4a38a12b2b8f30b17d0b", "trackio/digits.db",
    "trackio/digits.db#vae-1",
  ])
  func sameRunByOtherPaths(_ path: String) throws {
    let name = String(path.prefix { $0 != "/" })
    try compare(RunOpener.open("\(Self.sources)/\(path)"), expectation(name)[0])
  }

  @Test func aDatabaseOpensUnderOneName() throws {
    let path = "\(Self.sources)/trackio/digits.db"
    #expect(try RunOpener.open(path).path == "\(path)#vae-1")
    #expect(try DatabaseRuns.names(in: path) == ["vae-1"])
    #expect(throws: RunError.self) { try RunOpener.open("\(path)#vae-2") }
    #expect(RunPath("\(path)#vae-1").identity == "\(FileBytes.realPath(path) ?? "")#vae-1")
  }

  @Test func oneOfSeveralIsAskedFor() throws {
    let folder = "\(Self.sources)/catalogue-wandb"
    let error = #expect(throws: RunError.self) { try RunOpener.open(folder) }
    #expect(error?.why.contains("2 runs") == true)
    #expect(error?.description.contains("offline-run-20260102_030405-twin20001") == true)
    for (number, wanted) in try expectation("catalogue-wandb").enumerated() {
      let name = "offline-run-2026010\(number + 1)_030405-twin\(number + 1)0001"
      try compare(RunOpener.open("\(folder)/wandb/\(name)"), wanted)
    }
  }

  @Test func aimIsNamed() throws {
    let error = #expect(throws: RunError.self) { try RunOpener.open("\(Self.sources)/aim") }
    #expect(error?.why.contains("Aim") == true && error?.remedy.contains("PNG grids") == true)
    let scratch = try Scratch()
    try scratch.write(".aim/VERSION", "0.4")
    try scratch.write("metrics.csv", "epoch,quality,diversity\n1,0.5,0.5\n")
    let run = try RunOpener.open(scratch.path)
    #expect(run.checkpoints.count == 1)
    #expect(run.warnings.contains { $0.code == .leftOut && $0.message.contains("Aim") })
    #expect(run.reading.first?.hasPrefix("left out: runs of Aim lie in it") == true)
  }

  @Test func linesOfMLflow() throws {
    let scratch = try Scratch()
    let meta = "experiment_id: '0'\nrun_id: abc\nrun_name: first\n"
    try scratch.write("0/abc/meta.yaml", meta + "lifecycle_stage: active\n")
    // The line of step 10 that was written later by its clock stands first.
    try scratch.write(
      "0/abc/metrics/eval/fid", "1000 9 0\n3000 7.5 10\n2000 8 10\nwhat\n4000 -inf 20\n5000 1")
    try scratch.write("0/abc/params/model/latent_dim", "16\n")
    try scratch.write("0/gone/meta.yaml", meta + "lifecycle_stage: deleted\n")
    try scratch.write("0/gone/metrics/loss", "1000 1 0\n1000 1 1\n")
    let run = try RunOpener.open(scratch.path)
    let series = try #require(run.series.first { $0.name == "eval/fid" })
    #expect(Array(series.positions) == [0, 10, 20])
    #expect(Array(series.values) == [9, 7.5, -.infinity])
    #expect(run.settings.map(\.name) == ["model.latent_dim"] && run.latentShape == [16])
    #expect(run.warnings.map(\.offset) == [31] && run.warnings[0].code == .badRecord)
    #expect(run.reading.contains { $0.contains("6 bytes at the end are no whole line yet") })
    #expect(run.reading.contains { $0.contains("0/gone, deleted") })
    #expect(run.format == .mlflow)
    // Asked for by its own path it is shown.
    let gone = try RunOpener.open("\(scratch.path)/0/gone")
    #expect(gone.warnings.contains { $0.message.contains("deleted") })
  }

  @Test func namesOfMLflowImages() throws {
    let name = try #require(MLflowRun.ImageName("a+b~c+step+40+timestamp+17+0-1-2.png"))
    #expect(name.key == "a+b/c" && name.step == 40 && name.time == 17 && !name.isThumbnail)
    let old = try #require(MLflowRun.ImageName("a#c%step%4%timestamp%17%0-1%compressed.webp"))
    #expect(old.key == "a/c" && old.isThumbnail)
    for bad in [
      "epoch_10.png", "+step+x+timestamp+1+u.png", "step+1+timestamp+1+u.png", "a+step+1",
    ] {
      #expect(MLflowRun.ImageName(Substring(bad)) == nil)
    }
  }

  @Test func epochsOfALogAreJoined() throws {
    var history = TrackedHistory()
    let record = try JSONReader.value(
      in: Array(
        """
        {"epoch": 2, "loss": "NaN", "a": {"b": 1, "c": {"_type": "histogram", "bins": [1]}},
         "_step": 7, "train/global_step": 9, "media": {"_type": "image-file", "path": "../x.png"}}
        """.utf8))
    history.add(record, key: "", step: 7, folder: "f")
    #expect(history.epochs == [7: 2])
    #expect(history.series.map(\.name) == ["loss", "a.b"])
    #expect(history.series[0].values[0].isNaN && history.series[0].epochs == [2])
    #expect(history.pictures.isEmpty && history.refusedPaths == ["../x.png"])
  }
}
