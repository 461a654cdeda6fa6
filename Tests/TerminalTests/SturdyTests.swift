import Foundation
import Glibc
import Testing

/// Whatever happens around the program while it is open.
@Suite(.serialized) struct SturdyTests {
  /// In every mode, from a shell with job control: the terminal is the shell's, and `fg` brings back
  /// what was there, half-typed words and all.
  @Test func suspendedAndBroughtBackInEveryMode() throws {
    let run = try RunCopy("gan")
    let session = try PtySession(
      [], environment: ["PS1": "ready> ", "ENV": ""], command: ["/bin/sh", "-i"])
    try session.wait(forOutput: "ready>")
    session.send("\(PtySession.program) \(run.path) --reviewer ann\r")
    try session.wait("the first frame") { $0.line(0).contains("checkpoints") }
    let modes = [
      ("j", "epoch 2: not", "\u{1B}"), ("t", "tag epoch 2", "\u{1B}"),
      (";half a th", "half a th", "\u{1B}"), (":wa", ":wa", "\u{1B}"), ("/fro", "/fro", "\u{1B}"),
      ("&tag", "&tag", "\u{1B}"), ("?", "the next checkpoint", "q"), ("w", "why epoch 2", "q"),
      ("o", "Markdown", "q"), ("R", "may be selected", "\u{1B}"), ("L", "training log", "q"),
      ("P{", "what if", "\u{1B}q"),
      ("*c", "runner-up", "q"), ("\r", "[0]", ""), ("\r", "no tag; t tags it", "Q"),
    ]
    for (keys, words, leave) in modes {
      session.send(keys)
      try session.wait(forText: words)
      var before = session.output.count
      session.send("\u{1A}")
      // The shell's new prompt: what is typed before it is not for the shell.
      try session.wait(forOutput: "ready>") { $0.sent(since: before).contains("ready>") }
      #expect(!session.isOnAlternateScreen, "\(keys)")
      before = session.output.count
      session.send("echo here $((40+2))\r")
      try session.wait(forOutput: "ready>") { $0.sent(since: before).contains("here 42\r\nready>") }
      session.send("fg\r")
      try session.wait("\(keys) again") { session in
        session.isOnAlternateScreen && session.lines.contains { $0.contains(words) }
      }
      session.send(leave)
    }
    try session.wait(forOutput: "ready>") { !$0.isOnAlternateScreen }
    usleep(50_000)
    session.send("exit\r")
    #expect(try session.exitCode() == 0)
    #expect(!run.text("review/ann.jsonl").contains("half a th"))
  }

  /// One Ctrl-Z stops the editor and the program, one `fg` brings both back.
  @Test func suspendedInTheEditor() throws {
    let run = try RunCopy("gan")
    let editor = run.path + "/../editor.sh"
    try "#!/bin/sh\necho editing\nread words\necho \"$words\" > \"$1\"\n"
      .write(toFile: editor, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: editor)
    let session = try PtySession(
      [], environment: ["PS1": "ready> ", "ENV": "", "EDITOR": editor],
      command: ["/bin/sh", "-i"])
    try session.wait(forOutput: "ready>")
    session.send("\(PtySession.program) \(run.path) --reviewer ann\r")
    try session.wait("the first frame") { $0.line(0).contains("checkpoints") }
    var before = session.output.count
    session.send("e")
    try session.wait(forOutput: "editing") { $0.sent(since: before).contains("editing") }
    before = session.output.count
    session.send("\u{1A}")
    try session.wait(forOutput: "ready>") { $0.sent(since: before).contains("ready>") }
    before = session.output.count
    session.send("fg\r")
    // The shell names the job that it brings back; what is typed before that may be the shell's.
    try session.wait(forOutput: "keepoch") { $0.sent(since: before).contains("keepoch") }
    session.send("words after a pause\r")
    try session.wait(forText: "saved: note on epoch 1")
    session.send("Q")
    try session.wait(forOutput: "ready>") { !$0.isOnAlternateScreen }
    usleep(50_000)
    session.send("exit\r")
    #expect(try session.exitCode() == 0)
    #expect(run.text("review/ann.jsonl").contains("words after a pause"))
  }

  @Test func pastedTextIsOnePieceAndNoCommand() throws {
    let run = try RunCopy("gan")
    let session = try PtySession.review(run)
    session.send("\u{1B}[200~pxQ\rtb\u{1B}[201~")
    try session.wait(forText: "pasted text is no command")
    session.send(";\u{1B}[200~a line\rand Q another\u{1B}[A")
    usleep(30_000)
    session.send(" end\u{1B}[201~\r")
    try session.wait(forText: "saved: note on epoch 1")
    // A paste that never ends gives the keyboard back.
    session.send("\u{1B}[200~lost\u{3}px")
    usleep(60_000)
    session.send("\u{3}")
    usleep(60_000)
    session.send("j")
    try session.wait(forText: "epoch 2: not")
    try session.quit()
    let acts = run.text("review/ann.jsonl").split(separator: "\n").filter { !$0.contains("seen") }
    #expect(acts.count == 1 && acts[0].contains("\"a line and Q another end\""))
  }

  @Test func aStormOfSizesAndKeys() throws {
    let run = try RunCopy("gan")
    let session = try PtySession.review(run)
    var dice: UInt64 = 7
    func roll(_ sides: Int) -> Int {
      dice = dice &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(dice >> 33) % sides
    }
    let keys = [
      "j", "k", "l", "h", "\r", "\u{1B}", "s", "L", "q", "c", "R", "w", "?", "=", "+", "-",
    ]
    for round in 0..<120 {
      session.resize(columns: 1 + roll(210), rows: 1 + roll(60))
      if round % 3 == 0 { session.send(keys[roll(keys.count - 8)]) }
    }
    session.resize(columns: 80, rows: 24)
    session.send("\u{1B}\u{1B}")
    usleep(100_000)
    session.send("\u{1B}")
    try session.wait("the table at 80x24") { session in
      session.line(0).contains("gan-digits") && session.line(1).contains("quality")
    }
    try session.quit()
  }

  @Test func aRunThatVanishesWhileOpen() throws {
    let run = try RunCopy("gan")
    let session = try PtySession.review(run)
    session.send("p")
    try session.wait(forText: "saved: keep epoch 1")
    try FileManager.default.moveItem(atPath: run.path, toPath: run.path + "-away")
    // What is not on disk is not said to be.
    session.send("x")
    try session.wait(forText: "! not saved, the journal")
    #expect(!session.lines.contains { $0.contains("reject") })
    session.send("G\r")
    try session.wait("the samples cannot be read") { session in
      session.lines.contains { $0.contains("unreadable") || $0.contains("[0]") }
    }
    session.send("q;words\r")
    try session.wait("refused, and the words still there") {
      $0.line(23).contains("words") && $0.lines.contains { $0.hasPrefix("! not saved") }
    }
    try FileManager.default.moveItem(atPath: run.path + "-away", toPath: run.path)
    session.send("\r")
    try session.wait(forText: "saved: note on epoch 60")
    session.send("\u{0C}\r")
    try session.wait(forText: "[0]")
    try session.quit()
    #expect(run.text("review/ann.jsonl").contains("\"text\":\"words\""))
  }

  /// A file that may not grow stands for a disk that is full: the same error in the same place.
  @Test func noSpaceIsSaidAloudAndNothingIsLost() throws {
    let run = try RunCopy("gan")
    let session = try PtySession.review(
      run,
      command: [
        "/bin/sh", "-c",
        // In blocks of 512 bytes.
        "ulimit -f 4; exec \"\(PtySession.program)\" \"\(run.path)\" --reviewer ann",
      ])
    var saved = 0
    var isRefused = false
    for step in 0..<90 where !isRefused {
      let before = session.output.count
      session.send(String(step % 4 + 1))
      try session.wait("an answer") { session in
        session.output.count > before
          && (session.line(23).hasPrefix("saved: ") || session.line(23).hasPrefix("unchanged")
            || session.lines.contains { $0.hasPrefix("! ") })
      }
      isRefused = session.lines.contains { $0.hasPrefix("! not saved") }
      if session.line(23).hasPrefix("saved: ") { saved += 1 }
      if step % 10 == 9 { session.send("g") }
    }
    #expect(isRefused && saved > 3)
    session.send(";what I saw\r")
    try session.wait("the words are still there") {
      $0.line(23).contains("what I saw") && $0.lines.contains { $0.hasPrefix("! not saved") }
    }
    session.send("\u{1B}om")
    try session.wait("the report is refused, too, or written") {
      $0.lines.contains { $0.hasPrefix("! cannot write") || $0.contains("report written") }
    }
    try session.quit()
    let log = try run.run(["log", run.path])
    #expect(log.output.components(separatedBy: "\trate\t").count == saved + 1)
    #expect(!log.errors.contains("torn"))
  }

  /// As somebody who may only read it.
  @Test(
    .enabled(if: SturdyTests.canBeSomebodyElse, "root needs setpriv and a readable build folder"))
  func aRunThatCannotBeWrittenTo() throws {
    let run = try RunCopy("gan")
    let state = run.path + "-state"
    let parent = URL(fileURLWithPath: run.path).deletingLastPathComponent().path
    defer {
      chmod(run.path, 0o755)
      chmod(parent, 0o755)
      try? FileManager.default.removeItem(atPath: state)
    }
    try FileManager.default.createDirectory(atPath: state, withIntermediateDirectories: true)
    chmod(run.path, 0o555)
    chmod(state, 0o777)
    var command: [String] = []
    if getuid() == 0 {
      // Permissions do not hold root back.
      command = ["/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
      chmod(parent, 0o755)
    }
    let session = try PtySession.review(
      run, state: state, command: command + [PtySession.program, run.path, "--reviewer", "ann"])
    #expect(
      session.lines.contains { $0.hasPrefix("this run cannot be written to; the journal is") })
    session.send("p")
    try session.wait(forText: "saved: keep epoch 1")
    try session.quit()
    #expect(!FileManager.default.fileExists(atPath: run.path + "/review"))
    let again = try PtySession.review(
      run, state: state, command: command + [PtySession.program, run.path, "--reviewer", "ann"])
    try again.wait("it is still there") { $0.lines.contains { $0.contains(" keep") } }
    try again.quit()
    let readOnly = try PtySession([run.path, "--read-only"], state: state)
    try readOnly.wait("read-only") { $0.line(0).contains("(read-only)") }
    readOnly.send("p")
    try readOnly.wait(forText: "nothing can be written: --read-only")
    readOnly.send("y:12\r")
    try readOnly.wait(forText: "no epoch 12")
    try readOnly.quit()
    let left = FileManager.default.enumerator(atPath: state)?.compactMap { $0 as? String } ?? []
    #expect(!left.contains { $0.hasSuffix("copied.txt") || $0.hasSuffix("history") })
  }

  /// Whether a run can be opened as somebody whom permissions hold back.
  private static var canBeSomebodyElse: Bool {
    guard getuid() == 0 else { return true }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/setpriv")
    process.arguments = [
      "--reuid=65534", "--regid=65534", "--clear-groups", "test", "-x", PtySession.program,
    ]
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }
}
