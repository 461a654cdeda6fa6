import Foundation
import ReviewCore
import RunFormats
import Testing

/// Two files that tell the same metric of the same checkpoints.
@Suite struct ConflictTests {
  private func open(_ files: [(name: String, text: String)]) throws -> (Scratch, Run) {
    let scratch = try Scratch()
    for (index, file) in files.enumerated() {
      try scratch.write(file.name, file.text)
      // Those that come later are newer.
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSince1970: 1_700_000_000 + Double(index))],
        ofItemAtPath: "\(scratch.path)/\(file.name)")
    }
    return (scratch, try RunOpener.open(scratch.path))
  }

  private static let right = "epoch,quality,diversity\n1,.1,.9\n2,.7,.8\n"
  private static let wrong = "epoch,quality,diversity\n1,.5,.9\n2,.3,.3\n"

  @Test(arguments: [
    ("metrics.csv", "results_old.csv", "says it is old"),
    ("scores.csv", "metrics_v2.csv", "says it is old"),
    ("eval_scores.csv", "backup/metrics.csv", "says it is old"),
    ("scores_a.csv", "eval/metrics.csv", "nearer"),
    ("metrics.csv", "metrics_full.csv", "no more"),
  ])
  func theBetterNameCounts(_ good: String, _ bad: String, _ why: String) throws {
    let (_, run) = try open([(good, Self.right), (bad, Self.wrong)])
    #expect(run.column(named: "quality")?.values == [0.1, 0.7])
    #expect(run.column(named: "diversity")?.values == [0.9, 0.8])
    let warning = try #require(run.warnings.first)
    #expect(run.warnings.count == 1 && warning.code == .conflict && warning.path == bad)
    #expect(
      warning.message.contains(
        "it and \(good) give different values of quality at 2 checkpoints, diversity at 1 "
          + "checkpoint; \(good) counts"))
    #expect(warning.message.contains(why))
  }

  @Test func elseTheNewerFileCounts() throws {
    let (_, run) = try open([("scores_b.csv", Self.wrong), ("scores_a.csv", Self.right)])
    #expect(run.column(named: "quality")?.values == [0.1, 0.7])
    #expect(run.warnings.map(\.code) == [.conflict])
    #expect(run.warnings[0].message.contains("newer"))
  }

  @Test func equalValuesAreNoConflict() throws {
    let (_, run) = try open([
      ("metrics.csv", Self.right), ("results_old.csv", Self.right),
      ("scores.csv", "epoch,quality,fid\n1,0.10000000149,5\n2,0.69999998807907,6\n"),
    ])
    #expect(run.warnings.isEmpty && run.columns.count == 3)
  }

  @Test func whatOnlyTheOldFileHasIsKept() throws {
    let (_, run) = try open([
      ("metrics.csv", "epoch,fid\n2,5\n"), ("metrics_old.csv", "epoch,fid,kid\n1,9,1\n2,6,2\n"),
    ])
    #expect(run.column(named: "fid")?.values == [9, 5])
    #expect(run.column(named: "kid")?.values == [1, 2])
    #expect(run.warnings.count == 1 && run.warnings[0].message.contains("fid at 1 checkpoint;"))
  }
}
