import Foundation
import Testing

/// Several runs on the screen of the built program, and runs of other sources than grids.
@Suite(.serialized) struct CatalogueOnPtyTests {
  /// A folder with the four sample runs and something that is none.
  private func catalogue() throws -> RunCopy {
    let runs = try RunCopy("lab")
    let folder = URL(fileURLWithPath: runs.path).deletingLastPathComponent()
    for name in ["gan", "vae"] {
      try FileManager.default.copyItem(
        at: RunCopy.project.appendingPathComponent("sample-runs/\(name)"),
        to: folder.appendingPathComponent(name))
    }
    try FileManager.default.createSymbolicLink(
      atPath: folder.appendingPathComponent("latest").path, withDestinationPath: "gan")
    return runs
  }

  @Test func aRunIsChosenReviewedAndLeftForTheNext() throws {
    let runs = try catalogue()
    let folder = URL(fileURLWithPath: runs.path).deletingLastPathComponent().path
    let session = try PtySession(
      [folder, "--reviewer", "ann"], columns: 80, rows: 24, environment: [:], state: nil)
    try session.wait("all runs, each once, and what the rule selects in them") { session in
      session.line(0).contains("3 runs") && session.line(2).hasPrefix("> gan ")
        && session.line(2).contains("11 by epoch") && session.line(2).contains("epoch 30")
        && session.line(3).contains("4 by epoch, no samples") && session.line(4).contains("vae")
    }
    session.send("Gk")
    try session.wait("the cursor on the second") { $0.line(3).hasPrefix("> lab ") }
    session.send("p")
    try session.wait(forText: "keep needs a run; Enter opens one")
    session.send("\r")
    try session.wait("the run") { $0.line(0).contains("4 checkpoints") }
    session.send("jjp")
    try session.wait(forText: "saved: keep epoch 30")
    session.send("q")
    try session.wait("the catalogue again, with one judged") { session in
      session.line(0).contains("3 runs") && session.line(3).contains("epoch 30     1")
    }
    session.send("g\r")
    try session.wait("another run in the same terminal") { $0.line(0).contains("gan-digits") }
    session.send("Q")
    #expect(try session.exitCode() == 0)
    #expect(session.leftBehind == [])
    #expect(try runs.run(["log", runs.path]).output.contains("verdict\tepoch=30\t-\tkeep"))
  }

  @Test func runsThatAreNamedAreACatalogueToo() throws {
    let runs = try catalogue()
    let folder = URL(fileURLWithPath: runs.path).deletingLastPathComponent().path
    let session = try PtySession(
      ["\(folder)/vae", "\(folder)/nothing", runs.path], columns: 100, rows: 24, environment: [:],
      state: nil)
    try session.wait("what cannot be opened is said") { $0.line(3).contains("cannot be opened") }
    session.send("j\r")
    try session.wait(forText: "no such file or folder")
    session.send("q")
    #expect(try session.exitCode() == 0)
  }

  @Test func otherSubcommandsAskForOneOfThem() throws {
    let runs = try catalogue()
    let folder = URL(fileURLWithPath: runs.path).deletingLastPathComponent().path
    let answer = try runs.run(["table", folder])
    #expect(answer.code == 2 && answer.output.isEmpty)
    #expect(answer.errors.contains("it is a folder of 3 runs: gan, lab, vae. Give one of them"))
    let text = try runs.run(["inspect", folder])
    #expect(text.code == 0 && text.output.contains("gan-digits: image-grids"))
    #expect(text.output.contains("lab: table, 4 checkpoints by epoch"))
  }

  @Test func singlePicturesAreNamedByTheirOwnNumbers() throws {
    let run = try RunCopy("single-images", of: "Tests/RunFormatsTests/Fixtures/sources")
    let session = try PtySession.review(run)
    session.send("\rltb")
    try session.wait(forText: "saved: blurry on epoch 10 sample 2")
    session.send(":sample 6\r")
    try session.wait(forText: "[6]")
    session.send("j")
    try session.wait("the seed stays") { session in
      session.lines.contains { $0.contains("[6]") } && session.line(22).contains("sample 6")
    }
    session.send(":sample 7\r")
    try session.wait(forText: ":sample needs a number from 1 to 6")
    try session.quit()
    #expect(try run.run(["log", run.path]).output.contains("tag\tepoch=10\tsample=2\tblurry"))
  }

  @Test func anEventFileIsReviewedAndKeepsItsTags() throws {
    let run = try RunCopy("tb-torch", of: "Tests/RunFormatsTests/Fixtures/sources")
    let session = try PtySession.review(run)
    session.send("j\rtb")
    try session.wait(forText: "saved: blurry on step 200 sample 0")
    session.send("qL")
    try session.wait(forText: "loss/generator")
    session.send("q")
    try session.quit()
    let table = try run.run(["table", run.path])
    #expect(table.output.contains("step=200") && !table.errors.contains("stale"))
  }
}
