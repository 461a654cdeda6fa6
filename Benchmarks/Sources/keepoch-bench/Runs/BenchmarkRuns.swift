import FoundationEssentials

/// The runs that are measured, all in the workplace, so that no journal lands in a real one.
struct BenchmarkRuns: Sendable {
  /// 1,000 checkpoints with 64 samples each.
  let many: String
  /// 100,000 checkpoints, a table alone.
  let long: String
  /// A copy of the real run.
  let real: String

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
    real = try workplace.folder("real")
    try Self.copy(samples, to: "\(real)/samples")
    let parent = "\(samples)/.."
    for name in Self.names(in: parent) {
      let isText = [".csv", ".tsv", ".toml", ".jsonl", ".png"].contains { name.hasSuffix($0) }
      if isText { try Self.copy("\(parent)/\(name)", to: "\(real)/\(name)") }
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
