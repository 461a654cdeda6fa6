import ReviewCore
import RunFormats
import SampleMetrics

/// The work on a run, split over machines and joined again.
struct ShardedMeasurer {
  private var measurer: RunMeasurer
  private let folder: String

  /// - Parameter folder: where the pieces lie.
  init(_ measurer: RunMeasurer, folder: String) {
    self.measurer = measurer
    self.folder = folder
  }

  var warnings: [RunWarning] { measurer.warnings }

  /// Does every Nth piece from the Ith on, and writes them; says where.
  mutating func write(
    shard: Int, of count: Int, _ report: (RunMeasurer.Progress) -> Void
  ) throws -> String {
    var reader = SubjectReader(run: measurer.run)
    let setting = try measurer.setting(&reader)
    var file = PartsFile(
      shard: shard, of: count, run: measurer.run.name, plan: setting.plan.versionedNames,
      reference: setting.referenceDigest)
    var ordinal = 0
    let indices = measurer.run.checkpoints.indices
    for index in indices {
      let subject = reader.subject(of: index).subject
      guard !subject.isEmpty else { continue }
      for task in setting.meter.tasks(for: subject) {
        defer { ordinal += 1 }
        guard ordinal % count == shard - 1 else { continue }
        if measurer.effort.isCancelled { throw MetricFailure.cancelled }
        if file.digests[index] == nil { file.digests[index] = ContentDigest.text(of: subject) }
        file.parts.append(
          (index, task, try setting.meter.part(task, of: subject, measurer.effort)))
      }
      report(RunMeasurer.Progress(done: index + 1, total: indices.count))
    }
    let path = "\(folder)/\(PartsFile.name(shard, of: count))"
    try file.write(to: path)
    return path
  }

  /// Joins all pieces of a folder to the numbers of the run.
  ///
  /// - Throws: `RunError` where pieces are missing, or are of other samples, another reference or plan.
  mutating func merge(_ report: (RunMeasurer.Progress) -> Void) throws -> RunMeasures {
    let files = try readAll()
    var reader = SubjectReader(run: measurer.run)
    let setting = try measurer.setting(&reader)
    let states = SubjectFiles(run: measurer.run)
    for (path, file) in files {
      guard file.plan == setting.plan.versionedNames else {
        throw failure(path, "its metrics are not those that are asked for now")
      }
      guard file.reference == setting.referenceDigest else {
        throw failure(path, "it was measured against another reference")
      }
    }
    var parts: [Int: [MeasureTask: MeasurePart]] = [:]
    for (_, file) in files {
      for (checkpoint, task, part) in file.parts { parts[checkpoint, default: [:]][task] = part }
    }
    let indices = measurer.run.checkpoints.indices
    var found = [CheckpointMeasures?](repeating: nil, count: indices.count)
    var known: [(state: String, digest: String)] = []
    for index in indices {
      let subject = reader.subject(of: index).subject
      guard !subject.isEmpty else { continue }
      let digest = ContentDigest.text(of: subject)
      for (path, file) in files {
        guard let own = file.digests[index] else { continue }
        guard own == digest else {
          let words = measurer.run.position(of: index).words
          throw failure(path, "the samples of \(words) were others when it was written")
        }
      }
      let own = parts[index] ?? [:]
      let missing = setting.meter.tasks(for: subject).filter { own[$0] == nil }
      if let task = missing.first {
        let words = measurer.run.position(of: index).words
        throw failure(folder, "the piece \"\(task.name)\" of \(words) is in none of the files")
      }
      let measures = try setting.meter.finish(subject, measurer.effort) { own[$0] }
      found[index] = measures
      measurer.keep(measures, Set(setting.plan.versionedNames), of: digest, setting)
      if let state = states.state(of: index) { known.append((state, digest)) }
      report(RunMeasurer.Progress(done: index + 1, total: indices.count))
    }
    measurer.finish(setting, states: known)
    return RunMeasures(
      columns: setting.plan.columns, checkpoints: found,
      typicalRealDistance: setting.reference.typicalDistance)
  }

  private func failure(_ path: String, _ why: String) -> RunError {
    RunError(
      "cannot join", place: path, why: why,
      remedy: "Run keepoch measure --shard anew for every shard, with the same options")
  }

  private func readAll() throws(RunError) -> [(path: String, file: PartsFile)] {
    let names: [String]
    do {
      names = try FileBytes.names(in: folder).files.filter { $0.hasSuffix(".parts") }.sorted()
    } catch { throw failure(folder, error.reason) }
    var files: [(path: String, file: PartsFile)] = []
    for name in names {
      files.append(("\(folder)/\(name)", try PartsFile(path: "\(folder)/\(name)")))
    }
    guard let count = files.first?.file.shardCount else {
      throw failure(folder, "it holds no pieces")
    }
    if let odd = files.first(where: { $0.file.shardCount != count }) {
      throw failure(odd.path, "it is one of \(odd.file.shardCount), others are of \(count)")
    }
    let there = Set(files.map(\.file.shard))
    let missing = (1...count).filter { !there.contains($0) }
    guard missing.isEmpty else {
      let list = missing.prefix(8).map(String.init).joined(separator: ", ")
      throw failure(folder, "of \(count) shards these are missing: \(list)")
    }
    return files
  }
}
