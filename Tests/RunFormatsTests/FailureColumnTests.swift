import ReviewCore
import RunFormats
import Testing

/// Failure modes that a trainer wrote into a table.
@Suite struct FailureColumnTests {
  private func open(_ name: String, _ text: String) throws -> Run {
    let scratch = try Scratch()
    try scratch.write(name, text)
    return try RunOpener.open(scratch.path)
  }

  @Test(arguments: [
    ("mode collapse", ["mode-collapse"]), ("Mode_Collapse", ["mode-collapse"]),
    ("mode-collapse|blurry", ["mode-collapse", "blurry"]),
    ("blurry; off target  noise", ["blurry", "off-target", "noise"]),
    ("\"Blurry, HALO_ring, blurry\"", ["blurry", "halo_ring"]), ("none", []), ("-", []), ("", []),
    ("nan", []), ("0", []),
    (
      "posterior_collapse broken structure",
      [
        "posterior-collapse", "broken-structure",
      ]
    ),
  ])
  func tagsOfOneField(_ field: String, _ tags: [String]) throws {
    let run = try open("metrics.csv", "epoch,fid,failure_mode\n1,9,\(field)\n2,8,noise\n")
    #expect(run.checkpoints.map(\.failures) == [tags, ["noise"]])
    #expect(run.columns.map(\.metric.name) == ["fid"] && run.warnings.isEmpty)
    #expect(run.checkpoints.allSatisfy { $0.note == nil })
  }

  @Test func whatCannotBeATagIsAWarningAndTheRestCounts() throws {
    let run = try open("metrics.tsv", "epoch\tfailures\tfid\n1\tblurry, é!, 3\t9\n2\t\t8\n")
    #expect(run.checkpoints.map(\.failures) == [["blurry"], []])
    #expect(run.columns.map(\.metric.name) == ["fid"] && run.columns[0].values == [9, 8])
    #expect(run.warnings.map(\.code) == [.badTable, .badTable])
    #expect(run.warnings[0].message.contains("line 2: \"é!\" is no name of a failure mode"))
  }

  @Test func aColumnOfNumbersIsAMetricAndAnEmptyOneIsNothing() throws {
    let run = try open("metrics.csv", "epoch,fid,failure\n1,9,0\n2,8,1\n")
    #expect(run.columns.map(\.metric.name) == ["fid", "failure"])
    #expect(run.columns.last?.values == [0, 1] && run.checkpoints.allSatisfy(\.failures.isEmpty))
    let empty = try open("metrics.csv", "epoch,fid,failure\n1,9,\n2,8,none\n")
    #expect(empty.columns.map(\.metric.name) == ["fid"] && empty.warnings.isEmpty)
  }

  @Test func linesOfJSON() throws {
    let run = try open(
      "metrics.jsonl",
      """
      {"epoch": 1, "fid": 9, "failures": ["mode collapse", "blurry"]}
      {"epoch": 2, "fid": 8, "failures": null}
      {"epoch": 3, "fid": 7, "failures": "noise|off_target", "note": "later"}

      """)
    #expect(
      run.checkpoints.map(\.failures)
        == [["mode-collapse", "blurry"], [], ["noise", "off-target"]])
    #expect(run.checkpoints[2].note == "later" && run.columns.map(\.metric.name) == ["fid"])
    let numbers = try open(
      "metrics.jsonl", "{\"epoch\": 1, \"failure\": 0}\n{\"epoch\": 2, \"failure\": 1}\n")
    #expect(numbers.columns.map(\.metric.name) == ["failure"])
  }

  @Test func rowsOfOneCheckpointAreOne() throws {
    let run = try open(
      "metrics.csv", "epoch,fid,kid,failure_tag\n1,9,,blurry\n1,,3,\n2,8,,\n2,,4,noise\n")
    #expect(run.checkpoints.map(\.failures) == [["blurry"], ["noise"]])
    #expect(run.columns.map(\.values) == [[9, 8], [3, 4]] && run.warnings.isEmpty)
  }
}
