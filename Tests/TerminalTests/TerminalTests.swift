import Foundation
import Glibc
import Testing

/// The built program on a pseudo-terminal in an emulator.
@Suite(.serialized) struct TerminalTests {
  @Test(arguments: [(80, 24), (200, 50)])
  func aReviewByKeysAlone(_ columns: Int, _ rows: Int) throws {
    let run = try RunCopy("gan")
    let state = run.path + "-state"
    defer { try? FileManager.default.removeItem(atPath: state) }
    do {
      let session = try PtySession.review(run, columns: columns, rows: rows, state: state)
      session.send("*\rlll")
      try session.wait(forText: "[3]")
      session.send("jjj")
      try session.wait("the collapse") { $0.line(1).contains("epoch 060") }
      session.send("tml.l.")
      try session.wait(forText: "saved: mode-collapse on epoch 60 sample 5")
      session.send(";the same nine\r")
      try session.wait(forText: "saved: note on epoch 60 sample 5")
      session.send("u")
      try session.wait(forText: "taken back: note on epoch 60 sample 5")
      session.send("\u{12}")
      try session.wait(forText: "done again: note")
      session.send("*p")
      try session.wait(forText: "saved: keep epoch 30")
      session.send("Gw")
      try session.wait(forText: "diversity >= 0.55 fails: 0.153, short by 0.397")
      session.send("qom")
      try session.wait(forText: "report written")
      session.send("Q")
      #expect(try session.exitCode() == 0)
      #expect(session.leftBehind == [])
    }
    let report = run.text("review/report.md")
    for sample in 3...5 {
      #expect(report.contains("### epoch 60, sample \(sample): mode-collapse"))
    }
    #expect(report.contains("the same nine") && report.contains("ann says keep"))
    let again = try PtySession.review(run, columns: columns, rows: rows, state: state)
    try again.wait("the cursor is where it was") {
      $0.line(1).contains("epoch 060") && $0.lines.contains { $0.contains("[5] m \"") }
    }
    again.send("Q")
    #expect(try again.exitCode() == 0)
  }

  @Test func unknownSequencesAreNoCommands() throws {
    let run = try RunCopy("gan")
    let session = try PtySession.review(run)
    session.send("\u{1B}OX\u{1B}[99;5~\u{1B}[<35;3;4M\u{1B}[1;7x\u{1B}Oj")
    session.send("j")
    try session.wait(forText: "epoch 40:")
    // The digit of a numeric keypad in its application mode.
    session.send("\u{1B}Ot")
    try session.wait(forText: "saved: 4 for epoch 40")
    session.send("\u{1B}k")
    try session.wait(forText: "epoch 40:")
    session.send("Q")
    #expect(try session.exitCode() == 0)
    let acts = run.text("review/ann.jsonl").split(separator: "\n").filter { !$0.contains("seen") }
    #expect(acts.count == 1)
  }

  @Test(arguments: [(SIGQUIT, 131), (SIGUSR1, 138), (SIGTERM, 143), (SIGHUP, 129), (SIGINT, 130)])
  func signalsRestoreTheTerminal(_ signal: Int32, _ code: Int) throws {
    let run = try RunCopy("gan")
    let session = try PtySession.review(run)
    session.send("p")
    try session.wait(forText: "saved: keep epoch 1")
    #expect(session.leftBehind.count == 3)
    kill(session.process, signal)
    #expect(try session.exitCode() == Int32(code))
    #expect(session.leftBehind == [])
    #expect(run.text("review/ann.jsonl").contains("\"verdict\":\"keep\""))
  }

  /// Nobody sends it a signal then: it is neither the session's leader nor before the terminal.
  @Test func aTerminalLostDuringANoteEndsTheSitting() throws {
    let run = try RunCopy("gan")
    let program = "\(PtySession.program) review --reviewer ann '\(run.path)'"
    let session = try PtySession(
      [], environment: ["EDITOR": "sh -c 'echo in the editor; sleep 60' editor"],
      command: ["/bin/sh", "-c", "\(program); exit 7"])
    try session.wait(forText: "epoch 1")
    session.send("e")
    try session.wait(forOutput: "in the editor")
    session.hangUp()
    #expect(try session.exitCode() == 128 + SIGHUP)
    // It holds the journal for as long as it lives.
    let deadline = Date().addingTimeInterval(20)
    var code: Int32 = 2
    while code == 2, Date() < deadline {
      code = try run.run(["keep", run.path, "--epoch", "1", "--reviewer", "ann"]).code
    }
    #expect(code == 0)
  }

  @Test(arguments: [SIGSEGV, SIGABRT, SIGILL, SIGTRAP, SIGBUS, SIGFPE])
  func aCrashRestoresTheTerminal(_ signal: Int32) throws {
    let run = try RunCopy("lab")
    let session = try PtySession.review(run)
    kill(session.process, signal)
    #expect(try session.exitCode() == 128 + signal)
    #expect(session.leftBehind == [])
  }

  @Test func nothingAcknowledgedIsLostByKill() throws {
    let run = try RunCopy("gan")
    let letters = Array("mbnsda")
    for round in 0..<8 {
      let session = try PtySession.review(run)
      session.send("\r")
      try session.wait("the samples") { $0.lines.contains { $0.contains("[0]") } }
      for step in 0...round {
        session.send("t\(letters[step % letters.count])")
        // Acknowledged is what the screen said, not what a file holds.
        try session.wait("tag \(step)") { session in
          session.lines.contains {
            $0.hasPrefix("saved: ") && $0.hasSuffix("on epoch 1 sample \(step)")
          }
        }
        session.send("l")
        try session.wait("sample \(step + 1)") { session in
          session.lines.contains { $0.contains("[\(step + 1)]") }
        }
      }
      // In the middle of the next one.
      session.send("t")
      session.send("\(letters[round % letters.count])")
      kill(session.process, SIGKILL)
      #expect(try session.exitCode() == 128 + SIGKILL)
      let log = try run.run(["log", run.path])
      #expect(log.code == 0)
      for step in 0...round { #expect(log.output.contains("\ttag\tepoch=1\tsample=\(step)\t")) }
      try? FileManager.default.removeItem(atPath: run.path + "/review")
    }
  }

  @Test func resizingKeepsThePlace() throws {
    let run = try RunCopy("gan")
    let session = try PtySession.review(run)
    session.send("*\rll")
    try session.wait(forText: "[2]")
    for (columns, rows) in [(200, 50), (40, 12), (120, 33), (80, 24)] {
      session.resize(columns: columns, rows: rows)
      try session.wait("\(columns)x\(rows)") { session in
        session.lines.contains { $0.contains("[2]") } && session.line(rows - 2).contains("sample 2")
      }
    }
    session.resize(columns: 30, rows: 8)
    try session.wait("a sentence") { $0.lines.joined(separator: " ").contains("Keepoch needs") }
    session.resize(columns: 80, rows: 24)
    try session.wait(forText: "[2]")
    session.send("Q")
    #expect(try session.exitCode() == 0)
  }

  @Test func suspendGivesTheTerminalBack() throws {
    let run = try RunCopy("gan")
    let session = try PtySession.review(run)
    session.send("j")
    try session.wait(forText: "epoch 2,")
    func count(_ sequence: String) -> Int {
      String(decoding: session.output, as: UTF8.self).components(separatedBy: sequence).count
    }
    let (taken, left) = (count("\u{1B}[?1049h"), count("\u{1B}[?1049l"))
    session.send("\u{1A}")
    // Nobody watches this session's jobs, so the stop is ignored and the screen comes back at once.
    try session.wait("the screen given back and taken again") { _ in
      count("\u{1B}[?1049h") > taken && count("\u{1B}[?1049l") > left
    }
    #expect(session.leftBehind.count == 3)
    session.send("j")
    try session.wait(forText: "epoch 5,")
    try session.quit()
  }

  @Test(arguments: [
    (["NO_COLOR": "1"], true), (["TERM": "vt100"], true), (["TERM": "linux"], false),
    (["TERM": "screen"], false), (["TERM": "xterm-mono"], true), ([:], false),
  ])
  func anyTerminalShowsTheSame(_ environment: [String: String], _ isPlain: Bool) throws {
    let run = try RunCopy("gan")
    let session = try PtySession.review(run, environment: environment)
    try session.wait("samples") { $0.lines.contains { $0.contains("samples 0-") } }
    #expect(session.lines.contains { $0.hasPrefix(" * 030") })
    #expect(session.hasColor == !isPlain)
    session.send("Q")
    #expect(try session.exitCode() == 0)
  }

  @Test(arguments: [["LC_ALL": "C", "LANG": "C"], ["LC_ALL": "xx_YY.UTF-8", "LANG": "C"]])
  func withoutUTF8ThereIsOnlyASCII(_ environment: [String: String]) throws {
    let run = try RunCopy("gan")
    let session = try PtySession.review(run, environment: environment)
    session.send("w")
    try session.wait(forText: "why epoch 1")
    #expect(session.output.allSatisfy { $0 < 0x80 })
    session.send("Q")
    session.send("Q")
    #expect(try session.exitCode() == 0)
  }

  @Test(arguments: ["dumb", "no-such-terminal"])
  func anUnusableTerminalIsNamed(_ term: String) throws {
    let run = try RunCopy("lab")
    let session = try PtySession([run.path], environment: ["TERM": term])
    #expect(try session.exitCode() == 2)
    #expect(String(decoding: session.output, as: UTF8.self).contains("\"\(term)\""))
    #expect(session.leftBehind == [])
  }

  @Test func twoSittingsOfOneReviewer() throws {
    let run = try RunCopy("lab")
    let first = try PtySession.review(run)
    let second = try PtySession.review(run)
    #expect(second.line(0).contains("read-only"))
    second.send("p")
    try second.wait(forText: "another sitting of ann holds it")
    let refused = try run.run(["keep", run.path, "--epoch", "30", "--reviewer", "ann"])
    #expect(refused.code == 2 && refused.errors.contains("holds it"))
    first.send("p")
    try first.wait(forText: "saved: keep epoch 1")
    second.send("Q")
    first.send("Q")
    #expect(try first.exitCode() == 0)
    #expect(try second.exitCode() == 0)
  }

  @Test func aBurstOfKeysIsAllTaken() throws {
    let run = try RunCopy("gan")
    let session = try PtySession.review(run)
    session.send(String(repeating: "j", count: 10) + "tb\rllltm")
    try session.wait(forText: "saved: mode-collapse on epoch 60 sample 3")
    session.send("Q")
    #expect(try session.exitCode() == 0)
    #expect(run.text("review/ann.jsonl").components(separatedBy: "\"event\":\"tag\"").count == 3)
  }
}
