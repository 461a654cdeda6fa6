import Foundation
import Testing

/// The report of several runs, verified by the built program.
@Suite struct ComparisonProofTests {
  private let names = ["vae", "gan", "diffusion"]

  /// Three runs in one folder, and where they lie.
  private func runs() throws -> (lead: RunCopy, paths: [String]) {
    let lead = try RunCopy("vae")
    let folder = URL(fileURLWithPath: lead.path).deletingLastPathComponent()
    for name in names.dropFirst() {
      try FileManager.default.copyItem(
        at: RunCopy.project.appendingPathComponent("sample-runs/\(name)"),
        to: folder.appendingPathComponent(name))
    }
    return (lead, names.map { folder.path + "/" + $0 })
  }

  @Test func verifyOpensEveryRunOfTheReport() throws {
    let (lead, paths) = try runs()
    let report = lead.path + "-report.json"
    #expect(try lead.run(["report"] + paths + ["--format", "json", "-o", report]).code == 0)
    var answer = try lead.run(["verify", report])
    #expect(answer.code == 0 && answer.output.hasPrefix("same choice: epoch 30 of gan-digits\n"))
    #expect(answer.output.contains("the data are those that the report read"))
    // Another run wins.
    let metrics = paths[2] + "/metrics.csv"
    let text = try String(contentsOfFile: metrics, encoding: .utf8)
    #expect(text.contains("60,0.5987,0.7640"))
    try text.replacingOccurrences(of: "60,0.5987,0.7640", with: "60,0.7987,0.7640")
      .write(toFile: metrics, atomically: true, encoding: .utf8)
    answer = try lead.run(["verify", report])
    #expect(answer.code == 1)
    #expect(
      answer.output.hasPrefix(
        "another choice: epoch 60 of diffusion-digits, where the report has epoch 30 of gan-digits\n"
      ))
    #expect(answer.output.contains("epoch 60 of diffusion-digits: quality was 0.5987, is 0.7987"))
    let json = try lead.run(["verify", report, "--json"])
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    #expect(object["reportedRun"] as? String == "gan-digits")
    #expect(object["selectedRun"] as? String == "diffusion-digits")
    // One is gone.
    try FileManager.default.removeItem(atPath: paths[0])
    answer = try lead.run(["verify", report])
    #expect(answer.code == 2 && answer.output.isEmpty)
  }

  @Test func theCommandOfTheReportGivesWhatItExpects() throws {
    let (lead, paths) = try runs()
    let folder = URL(fileURLWithPath: lead.path).deletingLastPathComponent().path
    let report = folder + "/report.md"
    #expect(try lead.run(["report"] + paths + ["-o", report]).code == 0)
    let text = try String(contentsOfFile: report, encoding: .utf8)
    #expect(text.contains("keepoch table vae gan diffusion\n"))
    #expect(text.contains("`selected_epoch: 30` and `selected_run: gan-digits`"))
    #expect(!text.contains("unreadable") && text.contains("report-files/runs.png"))
    let table = try lead.run(["table"] + paths)
    #expect(table.code == 0 && table.output.contains("selected_run: gan-digits\n"))
    // Twice the same bytes.
    let before = try Data(contentsOf: URL(fileURLWithPath: report))
    #expect(try lead.run(["report"] + paths + ["-o", report]).code == 0)
    #expect(try Data(contentsOf: URL(fileURLWithPath: report)) == before)
  }

  @Test func aSettingIsVerifiedWithItsCheckpoint() throws {
    let run = try RunCopy("digits-ar")
    let report = run.path + "/review/report.json"
    #expect(try run.run(["report", run.path, "--format", "json"]).code == 0)
    let answer = try run.run(["verify", report])
    #expect(
      answer.code == 0
        && answer.output.hasPrefix("same choice: epoch 25 at temperature 0.6\n"))
    let changed = run.text("metrics.csv").replacingOccurrences(of: "25,0.6,", with: "25,0.65,")
    try changed.write(toFile: run.path + "/metrics.csv", atomically: true, encoding: .utf8)
    #expect(try run.run(["verify", report]).code != 0)
  }
}
