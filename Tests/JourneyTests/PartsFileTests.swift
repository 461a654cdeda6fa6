import Foundation
import ReviewCore
import SampleMetrics
import Testing

@testable import keepoch

/// Pieces of the work, written on one machine and read on another.
@Suite struct PartsFileTests {
  private static let size = PictureSize(width: 5, height: 4)

  private static func pictures(_ count: Int, _ seed: UInt64) -> NumberTable {
    var generator = SplitMix64(seed: seed)
    return NumberTable(
      rowCount: count, columnCount: 20,
      values: .bytes((0..<count * 20).map { _ in UInt8(truncatingIfNeeded: generator.next()) }))
  }

  private static func subject(_ count: Int) -> MeasureSubject {
    var subject = MeasureSubject(
      seeds: (0..<count).map { $0 * 3 }, pictures: pictures(count, 1), size: size)
    var generator = SplitMix64(seed: 7)
    subject.latentMeans = NumberTable(
      rowCount: 12, columnCount: 3,
      values: .double((0..<36).map { _ in Double(generator.next() >> 40) / Double(1 << 23) - 1 }))
    subject.latentLogVariances = subject.latentMeans
    return subject
  }

  private func scratch() -> String {
    NSTemporaryDirectory() + "keepoch-parts-\(UUID().uuidString)"
  }

  @Test func piecesGoThroughAFileToTheLastBit() throws {
    let subject = Self.subject(2100)
    let reference = MeasureReference(
      pictures: Self.pictures(250, 2), test: Self.pictures(30, 3))
    let plan = MeasurePlan(for: subject, reference)
    let meter = CheckpointMeter(plan: plan, reference: reference)
    let effort = Effort(threads: 2)
    let whole = try meter.measures(of: subject, effort)
    let folder = scratch()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let tasks = meter.tasks(for: subject)
    #expect(tasks.count == 5)
    var paths: [String] = []
    for shard in 1...3 {
      var file = PartsFile(
        shard: shard, of: 3, run: "lab \"x\"\n", plan: plan.versionedNames, reference: "abc")
      file.digests = [0: "of the samples"]
      for (place, task) in tasks.enumerated() where place % 3 == shard - 1 {
        file.parts.append((0, task, try meter.part(task, of: subject, effort)))
      }
      file.parts.append((4, MeasureTask(step: .balls, space: "a b", block: 7), .failure("é\n")))
      paths.append("\(folder)/\(PartsFile.name(shard, of: 3))")
      try file.write(to: paths[shard - 1])
      let read = try PartsFile(path: paths[shard - 1])
      #expect(read.shard == shard && read.shardCount == 3 && read.run == "lab \"x\"\n")
      #expect(read.plan == plan.versionedNames && read.reference == "abc")
      #expect(read.digests == [0: "of the samples"])
      #expect(read.parts.map(\.checkpoint) == file.parts.map(\.checkpoint))
      #expect(read.parts.map(\.task) == file.parts.map(\.task))
      #expect(read.parts.map(\.part) == file.parts.map(\.part))
    }
    var parts: [MeasureTask: MeasurePart] = [:]
    for path in paths.reversed() {
      for (checkpoint, task, part) in try PartsFile(path: path).parts where checkpoint == 0 {
        parts[task] = part
      }
    }
    #expect(try meter.finish(subject, effort) { parts[$0] } == whole)
  }

  /// Numbers at the ends of what a file can hold.
  @Test func numbersKeepTheirBits() throws {
    let folder = scratch()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var file = PartsFile(shard: 1, of: 1, run: "r", plan: [], reference: "")
    let numbers = [0.1, -0.0, .infinity, -.infinity, Double.leastNonzeroMagnitude, 1e308]
    file.parts = [
      (
        0, MeasureTask(step: .moments, space: "x"),
        .arrays(wholes: [.min, -1, .max], numbers: numbers)
      ),
      (1, MeasureTask(step: .nearest), .arrays(wholes: [], numbers: [])),
      (
        2, MeasureTask(step: .whole),
        .measures(
          CheckpointMeasures(
            values: [
              MeasuredValue(name: "a", value: .infinity),
              MeasuredValue(name: "b", value: 0.25, standardError: 1e-9),
            ], evidence: [SampleEvidence(.copyOf, sample: 3, other: 1)],
            remarks: ["a \"remark\""]))
      ),
    ]
    try file.write(to: folder + "/1.parts")
    let read = try PartsFile(path: folder + "/1.parts")
    #expect(read.parts.map(\.part) == file.parts.map(\.part))
    guard case .arrays(_, let found) = read.parts[0].part else {
      Issue.record("no arrays")
      return
    }
    #expect(found.map(\.bitPattern) == numbers.map(\.bitPattern))
    // Cut anywhere it is refused.
    let bytes = try Data(contentsOf: URL(fileURLWithPath: folder + "/1.parts"))
    for length in 0..<bytes.count {
      try bytes.prefix(length).write(to: URL(fileURLWithPath: folder + "/2.parts"))
      #expect(throws: RunError.self, "\(length) bytes") { try PartsFile(path: folder + "/2.parts") }
    }
  }
}
