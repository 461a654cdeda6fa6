import FoundationEssentials

/// The runs that are measured, all in the workplace, so that no journal lands in a real one.
struct BenchmarkRuns: Sendable {
  /// 1,000 checkpoints with 64 samples each.
  let many: String
  /// 100,000 checkpoints, a table alone.
  let long: String
  /// A copy of the real run.
  let real: String
  /// 1,000 checkpoints with 64 samples each in a compressed `.npz`.
  let arrays: String
  /// One event file with two million scalars and 1,000 grids of 64 samples.
  let events: String

  /// Makes them.
  ///
  /// - Parameter samples: the folder with the real sample grids.
  init(samples: String, in workplace: Workplace) throws(Failure) {
    let grids = Self.names(in: samples).filter { $0.hasSuffix(".png") }.sorted()
    guard !grids.isEmpty else { throw Failure("\(samples) has no sample grids (*.png)") }
    many = try workplace.folder("thousand")
    let target = try workplace.folder("thousand/samples")
    for epoch in 1...1000 {
      let digits = String(epoch)
      let number = String(repeating: "0", count: 4 - digits.count) + digits
      try Self.copy(
        "\(samples)/\(grids[epoch % grids.count])",
        to: "\(target)/fake_samples_epoch_\(number).png")
    }
    try workplace.write(Self.metrics(checkpoints: 1000), to: "\(many)/metrics.csv")
    long = try workplace.folder("long")
    try workplace.write(Self.metrics(checkpoints: 100_000), to: "\(long)/metrics.csv")
    arrays = try workplace.folder("arrays")
    try Self.copyArrays(beside: samples, to: try workplace.folder("arrays/samples"))
    try workplace.write(Self.metrics(checkpoints: 1000), to: "\(arrays)/metrics.csv")
    events = try workplace.folder("events")
    try EventFileMaker.write(
      "\(events)/events.out.tfevents.1767323045.trainer.1.0", checkpoints: 1000,
      scalars: 2_000_000, grids: grids.map { Self.bytes(of: "\(samples)/\($0)") })
    real = try workplace.folder("real")
    try Self.copy(samples, to: "\(real)/samples")
    let parent = "\(samples)/.."
    for name in Self.names(in: parent) {
      let isText = [".csv", ".tsv", ".toml", ".jsonl", ".png"].contains { name.hasSuffix($0) }
      if isText { try Self.copy("\(parent)/\(name)", to: "\(real)/\(name)") }
    }
  }

  private static func bytes(of file: String) -> [UInt8] {
    (try? Data(contentsOf: URL(filePath: file))).map { [UInt8]($0) } ?? []
  }

  /// The arrays of the diffusion run, in turn.
  private static func copyArrays(beside samples: String, to target: String) throws(Failure) {
    let folder = "\(samples)/../../diffusion/samples"
    let files = names(in: folder).filter { $0.hasSuffix(".npz") }.sorted()
    guard !files.isEmpty else { throw Failure("\(folder) has no arrays (*.npz)") }
    for epoch in 1...1000 {
      try copy("\(folder)/\(files[epoch % files.count])", to: "\(target)/epoch_\(epoch).npz")
    }
  }

  private static func metrics(checkpoints: Int) -> String {
    var numbers = SeededNumbers(seed: 2026)
    var text = "epoch,quality,diversity,note\n"
    for epoch in 1...checkpoints {
      let note = epoch % 10 == 0 ? "learning rate \(numbers.share())" : ""
      text += "\(epoch),\(numbers.share()),\(numbers.share()),\(note)\n"
    }
    return text
  }

  private static func names(in folder: String) -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
  }

  private static func copy(_ source: String, to target: String) throws(Failure) {
    do { try FileManager.default.copyItem(atPath: source, toPath: target) } catch {
      throw Failure("\(source) cannot be copied: \(error)")
    }
  }
}
