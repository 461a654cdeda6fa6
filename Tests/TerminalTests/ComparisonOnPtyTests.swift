import Foundation
import Testing

/// Several runs in one sitting of the built program: whose journal keeps what.
@Suite(.serialized) struct ComparisonOnPtyTests {
  /// Copies of sample runs beside each other.
  private func runs(_ names: [String]) throws -> (RunCopy, folder: String) {
    let first = try RunCopy(names[0])
    let folder = URL(fileURLWithPath: first.path).deletingLastPathComponent()
    for name in names.dropFirst() {
      let copy = folder.appendingPathComponent(name)
      try FileManager.default.copyItem(
        at: RunCopy.project.appendingPathComponent("sample-runs/\(name)"), to: copy)
      try? FileManager.default.removeItem(atPath: copy.path + "/review")
    }
    return (first, folder.path)
  }

  private func text(_ path: String) -> String {
    (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
  }

  private func open(
    _ folder: String, columns: Int = 140, rows: Int = 34
  ) throws -> PtySession {
    let session = try PtySession(
      [folder, "--reviewer", "ann"], columns: columns, rows: rows, environment: [:], state: nil)
    try session.wait("the catalogue") { $0.line(0).contains("2 runs") }
    session.send("c")
    try session.wait("both in one table") { $0.line(0).contains("2 runs, 21 checkpoints") }
    return session
  }

  @Test func actsLandWhereTheyBelong() throws {
    let (run, folder) = try runs(["vae", "gan"])
    let session = try open(folder)
    // The GAN comes first: the runs of a folder stand by their names.
    session.send("gtb")
    try session.wait(forText: "saved: blurry on gan-digits, epoch 1")
    session.send(":sort run\rGp")
    try session.wait(forText: "saved: keep vae-digits, epoch 60")
    session.send("*")
    try session.wait("the winner") { $0.line(33).isEmpty == false && $0.line(0).contains("GAN") }
    session.send("E")
    session.send("sharp enough\r")
    try session.wait(forText: "saved: ")
    session.send("R\u{1B}OB\u{15}max quality\r")
    try session.wait(forText: "rule: gan-digits, epoch 60")
    session.send("Gx")
    try session.wait(forText: "saved: reject vae-digits, epoch 60")
    session.send("u")
    try session.wait(forText: "taken back: reject")
    try session.quit()

    let gan = text("\(folder)/gan/review/ann.jsonl")
    let vae = text("\(folder)/vae/review/ann.jsonl")
    let own = text("\(folder)/review/ann.jsonl")
    #expect(gan.contains("\"blurry\"") && !gan.contains("\"run\"") && !gan.contains("\"verdict\""))
    #expect(vae.contains("\"keep\"") && vae.contains("\"undo\"") && !vae.contains("\"run\""))
    #expect(own.contains("\"select\"") && own.contains("\"run\":\"gan-digits\""))
    #expect(own.contains("\"rule\"") && !own.contains("\"tag\""))
    for journal in [gan, vae] {
      #expect(!journal.contains("\"rule\"") && !journal.contains("select"))
    }

    // Alone, each has what was said of it, and nothing of the comparison's.
    let log = try run.run(["log", "\(folder)/vae"])
    #expect(log.output.contains("verdict\tepoch=60\t-\tkeep"))
    let table = try run.run(["table", "\(folder)/gan", "--reviewer", "ann"])
    #expect(table.output.hasSuffix("selected_epoch: 30\n"))
    let alone = try PtySession(
      ["\(folder)/vae", "--reviewer", "ann"], columns: 100, rows: 30, environment: [:], state: nil)
    try alone.wait("what was kept is kept") { session in
      session.lines.contains { $0.contains("060") && $0.contains("keep") }
    }
    try alone.quit()

    // And the comparison has it again, with its rule and its choice.
    let again = try open(folder)
    try again.wait("all of it") { session in
      session.line(0).contains("rule: gan-digits, epoch 60")
        && session.line(0).contains("override: gan-digits, epoch 30")
        && session.lines.contains { $0.contains("vae-digits") && $0.contains("keep") }
    }
    again.send("u")
    try again.wait(forText: "taken back: ")
    try again.quit()
  }

  @Test func oneRunThatIsHeldElsewhereIsNamedAndTheOthersAreSaved() throws {
    let (run, folder) = try runs(["vae", "gan"])
    let other = try PtySession.review(run)
    let session = try open(folder)
    try session.wait("it is said at once") { session in
      session.lines.contains { $0.contains("another sitting of ann") }
    }
    session.send("gp")
    try session.wait(forText: "saved: keep gan-digits, epoch 1")
    session.send(":sort run\rG")
    try session.wait("the last of the VAE") { $0.line(0).contains("VAE") }
    session.send("x")
    try session.wait("it is refused by name") { session in
      session.lines.contains { $0.contains("another sitting of ann") && $0.contains("vae") }
    }
    #expect(!session.lines.contains { $0.contains("saved: reject") })
    try session.quit()
    try other.quit()
    #expect(text("\(folder)/gan/review/ann.jsonl").contains("\"keep\""))
    #expect(!text("\(folder)/vae/review/ann.jsonl").contains("\"reject\""))
  }

  @Test func oneOfThemGrowsWhileBothAreFollowed() throws {
    let (run, folder) = try runs(["vae", "gan"])
    defer { withExtendedLifetime(run) {} }
    let session = try open(folder)
    session.send(":sort run\rF")
    try session.wait(forText: "following")
    session.send("G")
    try session.wait("the last of the VAE") { $0.line(0).contains("VAE") }
    let picture = try Data(
      contentsOf: URL(fileURLWithPath: "\(folder)/gan/samples/fake_samples_epoch_060.png"))
    try picture.write(
      to: URL(fileURLWithPath: "\(folder)/gan/samples/fake_samples_epoch_070.png"))
    try session.wait("a new checkpoint of the other run") { session in
      session.line(0).contains("+1 new") && session.line(0).contains("VAE")
    }
    session.send("\\")
    try session.quit()
  }

  @Test func settingsStepOnTheBuiltProgram() throws {
    let run = try RunCopy("digits-ar")
    let session = try PtySession.review(run, columns: 140, rows: 34)
    try session.wait(forText: "temperature 1, 4 of 5")
    session.send("<")
    try session.wait(forText: "temperature 0.8, 3 of 5")
    session.send("jp")
    try session.wait(forText: "saved: keep epoch 2 at temperature 0.8")
    session.send("*")
    try session.wait(forText: "temperature 0.6, 2 of 5")
    try session.quit()
    #expect(run.text("review/ann.jsonl").contains("\"setting\":\"temperature=0.8\""))
  }
}
