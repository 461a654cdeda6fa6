import Foundation
import Glibc
import Testing

/// Configuration, themes, terminals and the mouse, on the built program.
@Suite(.serialized) struct LooksOnPtyTests {
  private func open(
    _ run: RunCopy, columns: Int = 80, rows: Int = 24, environment: [String: String] = [:],
    configuration: String? = nil, arguments: [String] = []
  ) throws -> PtySession {
    var environment = environment
    if let configuration {
      let folder = run.path + "-config/keepoch"
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try configuration.write(
        toFile: folder + "/config.toml", atomically: true, encoding: .utf8)
      environment["XDG_CONFIG_HOME"] = run.path + "-config"
    }
    return try PtySession.review(
      run, columns: columns, rows: rows, environment: environment, arguments: arguments)
  }

  @Test func theConfigurationBindsKeysAndNamesItsWrongLines() throws {
    let run = try RunCopy("gan")
    let session = try open(
      run, columns: 200, rows: 50,
      configuration: """
        reviewer = "zoe"
        theme = "no-such-theme"
        auto_advance = false
        colour = "red"
        this line is not TOML
        [keys]
        keep = ["F5", "b"]
        reject = "Hyper-X"
        quit = "Ctrl-Q"
        fly = "f"
        [tags]
        ghost = "g"
        blurry = "k"
        noise = "too long"
        """)
    #expect(session.line(0).hasSuffix("zoe (stays)"))
    session.send(":warnings\r")
    try session.wait("every wrong line") { session in
      let text = session.lines.joined(separator: " ")
      return [
        "line 2: no such theme", "line 4: colour", "line 5: column", "line 8:", "line 10: fly",
        "line 14: noise",
      ]
      .allSatisfy(text.contains)
    }
    session.send("q")
    session.send("b")
    try session.wait(forText: "saved: keep epoch 1")
    session.send("p")
    try session.wait(forText: "p means nothing here")
    session.send("\u{1B}[15~")
    try session.wait(forText: "unchanged: keep epoch 1")
    // What was bound wrongly keeps the key it had.
    session.send("x")
    try session.wait(forText: "saved: reject epoch 1")
    session.send("tg")
    try session.wait(forText: "saved: ghost on epoch 1")
    session.send("tk")
    try session.wait(forText: "saved: blurry on epoch 1")
    session.send("?")
    try session.wait(forText: "F5 b")
    session.send("q")
    try session.quit("\u{11}")
    #expect(run.text("review/zoe.jsonl").contains("\"tag\":\"ghost\""))
    let log = try run.run(
      ["tag", run.path, "--epoch", "2", "ghost"],
      environment: ["XDG_CONFIG_HOME": run.path + "-config"])
    #expect(log.code == 0 && log.output.contains("ghost"))
    try? FileManager.default.removeItem(atPath: run.path + "-config")
  }

  @Test(arguments: ["default", "light", "monochrome", "high-contrast", "dusk", "paper"])
  func everyThemeShowsTheSame(_ theme: String) throws {
    let run = try RunCopy("gan")
    let plain = try open(run, environment: ["NO_COLOR": "1"])
    try plain.wait("samples") { $0.lines.contains { $0.contains("samples 0-") } }
    let session = try open(run, arguments: ["--theme", theme, "--read-only"])
    try session.wait("samples") { $0.lines.contains { $0.contains("samples 0-") } }
    // Words and signs are the same; on a light ground pictures are drawn with dark ink.
    for row in 1...12 { #expect(session.line(row) == plain.line(row)) }
    #expect(session.hasColor == (theme != "monochrome"))
    session.send("Q")
    plain.send("Q")
    #expect(try session.exitCode() == 0)
    #expect(try plain.exitCode() == 0)
  }

  /// A reviewer's own settings are no matter of the run's report.
  @Test func theReportIsTheSameFromTheScreenAndWithoutIt() throws {
    let run = try RunCopy("diffusion")
    let text = run.text("keepoch.toml").replacingOccurrences(
      of: "value_range", with: "# value_range")
    try text.write(toFile: run.path + "/keepoch.toml", atomically: true, encoding: .utf8)
    let session = try open(run, configuration: "colour = 1\n")
    session.send("Gtb\r llTm")
    try session.wait(forText: "saved: ")
    // Longer than a glance, so that samples were judged before the export too.
    usleep(400_000)
    session.send("qom")
    try session.wait(forText: "report written")
    try session.quit()
    let shown = run.text("review/report.md")
    let answer = try run.run(["report", run.path])
    #expect(answer.code == 0)
    let plain = run.text("review/report.md")
    #expect(!shown.contains("colour"))
    // What is on the screen at the end counts as looked at only after the export.
    func lines(_ text: String) -> [Substring] {
      text.split(separator: "\n").filter { !$0.contains("looked at") }
    }
    #expect(lines(shown) == lines(plain))
    try? FileManager.default.removeItem(atPath: run.path + "-config")
  }

  @Test func anotherThemeInTheSameSitting() throws {
    let run = try RunCopy("gan")
    let session = try open(run)
    session.send(":theme pa\t\r")
    try session.wait(forText: "theme paper")
    session.send(":theme nothing\r")
    try session.wait(forText: "! no such theme: nothing")
    try session.quit()
  }

  /// The terminal answers a question for its background; a light one gets the light theme.
  @Test func aLightGroundIsFoundOut() throws {
    let run = try RunCopy("gan")
    let session = try open(run)
    #expect(String(decoding: session.output, as: UTF8.self).contains("\u{1B}]11;?"))
    session.send("\u{1B}]11;rgb:ffff/f0f0/d0d0\u{7}")
    try session.wait(forText: "theme light")
    try session.quit()
    let dark = try open(run)
    dark.send("\u{1B}]11;rgb:1010/1010/1010\u{1B}\\")
    dark.send(":theme paper\rj")
    try dark.wait(forText: "epoch 2: not")
    dark.send(":theme paper\r")
    try dark.wait(forText: "theme paper")
    dark.send(":theme light\r")
    try dark.wait(forText: "theme light")
    try dark.quit()
    let chosen = try open(run, arguments: ["--theme", "dusk"])
    #expect(!String(decoding: chosen.output, as: UTF8.self).contains("\u{1B}]11;?"))
    try chosen.quit()
    let told = try open(run, environment: ["COLORFGBG": "0;15"])
    #expect(!String(decoding: told.output, as: UTF8.self).contains("\u{1B}]11;?"))
    try told.quit()
  }

  @Test(arguments: [
    ("vt100", 0), ("xterm-mono", 0), ("linux", 8), ("screen", 8), ("tmux", 8),
    ("xterm-16color", 16), ("tmux-256color", 256), ("screen-256color", 256), ("xterm-direct", 8),
  ])
  func everyTerminalShowsWhatMatters(_ term: String, _ colors: Int) throws {
    let run = try RunCopy("gan")
    for theme in ["default", "dusk"] {
      let session = try open(
        run, environment: ["TERM": term], arguments: ["--theme", theme, "--read-only"])
      try session.wait("samples") { $0.lines.contains { $0.contains("samples 0-") } }
      #expect(session.lines.contains { $0.hasPrefix(" * 030") })
      #expect(session.hasColor == (colors > 0))
      session.send("wq\r")
      try session.wait("the samples") { $0.line(1).contains("epoch 001") }
      session.send("Q")
      #expect(try session.exitCode() == 0)
      #expect(session.leftBehind == [])
    }
  }

  @Test func everyScreenInPlainASCII() throws {
    let run = try RunCopy("gan")
    let session = try open(run, environment: ["LC_ALL": "C", "LANG": "C"])
    for (keys, words) in [
      ("L", "training log"), ("\rq", "diversity"), ("qP{", "what if"), ("P", "whom the rule"),
      ("\u{1B}", "as they were"), ("qq*c", "runner-up"), ("qR", "candidates"),
      ("\u{1B}", "the rule stays"), ("?", "keys"), ("q", "winner"),
    ] {
      session.send(keys)
      try session.wait(forText: words)
    }
    #expect(session.output.allSatisfy { $0 < 0x80 })
    try session.quit()
  }

  @Test func theMouseChoosesAndIsNeverNeeded() throws {
    let run = try RunCopy("gan")
    let session = try open(run)
    func click(_ column: Int, _ row: Int) {
      session.send("\u{1B}[<0;\(column + 1);\(row + 1)M\u{1B}[<0;\(column + 1);\(row + 1)m")
    }
    click(10, 7)
    try session.wait(forText: "epoch 15: not selected")
    session.send("\u{1B}[<65;4;4M\u{1B}[<65;4;4M\u{1B}[<64;4;4M")
    try session.wait(forText: "epoch 20: not selected")
    click(20, 17)
    try session.wait(forText: "[1]")
    click(20, 17)
    try session.wait("closer") { $0.line(1).contains("epoch 020") }
    // In two pieces, as a slow line brings it.
    session.send("\u{1B}[<6")
    usleep(10_000)
    session.send("5;4;4M")
    try session.wait("stepped on") { $0.line(1).contains("epoch 025") }
    try session.quit()
    let without = try open(run, configuration: "mouse = false\n")
    #expect(!String(decoding: without.output, as: UTF8.self).contains("\u{1B}[?1000h"))
    try without.quit()
    try? FileManager.default.removeItem(atPath: run.path + "-config")
  }

  @Test func belowTheLeastSizeItSaysSoAndWaits() throws {
    let run = try RunCopy("gan")
    let session = try PtySession([run.path], columns: 39, rows: 11)
    try session.wait(forText: "Keepoch needs 40x12")
    session.send("j")
    usleep(200_000)
    session.resize(columns: 40, rows: 12)
    // What was pressed while nothing could be seen has done nothing.
    try session.wait("the table") { $0.lines.contains { $0.hasPrefix(">  001") } }
    try session.quit()
  }
}
