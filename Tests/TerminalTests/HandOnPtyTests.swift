import Foundation
import Testing

/// What a reviewer's hand expects of one run, on the built program.
@Suite(.serialized) struct HandOnPtyTests {
  @Test func sortFilterAndSearch() throws {
    let run = try RunCopy("gan")
    let session = try PtySession.review(run)
    session.send("sg")
    try session.wait("the best quality first") { $0.line(3).hasPrefix(">  060") }
    session.send("S:sort epoch\rg")
    try session.wait("in the run's order") { $0.line(3).contains("001") }
    session.send("&quality>0.6 div")
    try session.wait(forText: "column 16: expected a comparison")
    session.send("ersity>0.5")
    try session.wait("live counts") { $0.line(22) == "4 of 11" }
    session.send("\r")
    try session.wait("the filter in the title") {
      $0.line(0).contains("&quality>0.6 diversity>0.5")
    }
    session.send("gx")
    // The rejected one still matches; the next one is under the cursor.
    try session.wait("the next one") { $0.lines.contains { $0.hasPrefix(">  020") } }
    session.send("&\u{15}undecided\rx")
    try session.wait("saved, and on to the next") { session in
      session.line(23).contains("saved: reject epoch 20")
        && session.lines.contains { $0.hasPrefix(">  025") }
        && !session.lines.contains { $0.hasPrefix("   020") }
    }
    session.send("\\/frozen\r")
    try session.wait(forText: "epoch 40: not selected")
    session.send("n")
    try session.wait(forText: "epoch 50: not selected")
    session.send("N")
    try session.wait(forText: "epoch 40: not selected")
    try session.quit()
  }

  @Test func marksTagsAndSideBySide() throws {
    let run = try RunCopy("gan")
    let session = try PtySession.review(run, columns: 120, rows: 40)
    session.send("G\r  l Tm")
    try session.wait(forText: "saved: mode-collapse on 3 marked")
    session.send("u")
    try session.wait(forText: "taken back: 3 acts at once")
    session.send("\u{12}")
    try session.wait(forText: "done again: 3 acts at once")
    session.send(":clear-marks\rq*c")
    try session.wait("winner and runner-up") {
      $0.line(1).contains(">*epoch 030 selected") && $0.line(1).contains("epoch 025 runner-up")
    }
    session.send("^lll")
    try session.wait(forText: "[3]")
    session.send("\rj4")
    try session.wait(forText: "saved: 4 for epoch 25 sample 3")
    session.send("qq")
    try session.wait("the table again") { $0.line(1).contains("quality diversity") }
    try session.quit()
    let log = try run.run(["log", run.path])
    #expect(log.output.components(separatedBy: "\tmode-collapse\n").count == 4)
  }

  @Test func oneKeyDecidesAndMovesUntilItIsToldToStay() throws {
    let run = try RunCopy("gan")
    let session = try PtySession.review(run)
    session.send("p")
    try session.wait(forText: "saved: keep epoch 1")
    try session.wait("on the next") { $0.lines.contains { $0.hasPrefix(">  002") } }
    session.send("a")
    try session.wait(forText: "stays")
    session.send("3")
    try session.wait(forText: "saved: 3 for epoch 2")
    #expect(session.lines.contains { $0.hasPrefix(">  002") })
    session.send("\t")
    try session.wait(forText: "keys here")
    session.send("llta")
    try session.wait(forText: "saved: artefact on epoch 2 sample 2")
    try session.quit()
  }

  @Test func notesInTheEditorAndTheReasonOfAChoice() throws {
    let run = try RunCopy("gan")
    let editor = run.path + "/../editor.sh"
    try
      "#!/bin/sh\n{ echo 'two lines'; echo 'of words'; cat \"$1\"; } > \"$1.new\"; mv \"$1.new\" \"$1\"\n"
      .write(toFile: editor, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: editor)
    let session = try PtySession.review(run, environment: ["EDITOR": editor])
    session.send("*\re")
    try session.wait(forText: "saved: note on epoch 30 sample 0")
    session.send(";")
    try session.wait(forText: "several lines")
    session.send("qEsofter strokes\r")
    try session.wait(forText: "saved: epoch 30 selected")
    try session.quit()
    #expect(run.text("review/ann.jsonl").contains("\"text\":\"two lines\\nof words\""))
    #expect(run.text("review/ann.jsonl").contains("\"reason\":\"softer strokes\""))
    let failing = try PtySession.review(run, environment: ["EDITOR": "false"])
    failing.send("e")
    try failing.wait(forText: "! the editor \"false\" ended with 1; the note is as it was")
    try failing.quit()
  }

  @Test func copiedByTheTerminalAndIntoAFile() throws {
    let run = try RunCopy("gan")
    let state = run.path + "-state"
    defer { try? FileManager.default.removeItem(atPath: state) }
    let session = try PtySession.review(run, columns: 120, state: state)
    session.send("*y")
    try session.wait(forText: "copied the line (OSC 52), and to")
    func clipboard() -> String? {
      let text = String(decoding: session.output, as: UTF8.self)
      guard let start = text.range(of: "\u{1B}]52;c;", options: .backwards)?.upperBound,
        let end = text[start...].firstIndex(of: "\u{7}")
      else { return nil }
      return Data(base64Encoded: String(text[start..<end])).map {
        String(decoding: $0, as: UTF8.self)
      }
    }
    let copied = state + "/s/keepoch/copied.txt"
    #expect(clipboard()?.hasPrefix("gan-digits  epoch 030  quality 0.71") == true)
    #expect(try String(contentsOfFile: copied, encoding: .utf8) == (clipboard() ?? "") + "\n")
    session.send("Y")
    try session.wait(forText: "copied the report")
    #expect(clipboard()?.hasPrefix("# Review note: gan-digits") == true)
    #expect(try String(contentsOfFile: copied, encoding: .utf8) == clipboard())
    try session.quit()
  }

  @Test func theCommandLineCompletesAndRemembers() throws {
    let run = try RunCopy("gan")
    let state = run.path + "-state"
    defer { try? FileManager.default.removeItem(atPath: state) }
    let session = try PtySession.review(run, state: state)
    session.send(":ta")
    session.send("\t")
    try session.wait(forText: "tag  tag-marked")
    session.send(" mode\t\r")
    try session.wait(forText: "saved: mode-collapse on epoch 1")
    session.send(":epoch 40\r")
    try session.wait(forText: "epoch 40: not selected")
    try session.quit()
    let again = try PtySession.review(run, state: state)
    again.send("g:\u{1B}[A")
    try again.wait("the last line of the last sitting") { $0.line(23) == ":epoch 40" }
    again.send("\u{1B}[A\r")
    try again.wait(forText: "saved: mode-collapse off epoch 1")
    try again.quit()
  }

  @Test func theRuleIsWrittenOnTheScreen() throws {
    let run = try RunCopy("gan")
    let session = try PtySession.review(run, columns: 100, rows: 30)
    session.send("R")
    try session.wait(forText: "4 of 11 are candidates, 4 may be selected")
    session.send("\t\u{05}\u{7F}\u{7F}45")
    try session.wait(forText: "selects epoch 40 (before: epoch 30)")
    session.send(" and nothing > 1")
    try session.wait("the error under its column") { session in
      guard let row = session.lines.firstIndex(where: { $0.contains("nothing > 1") }),
        let word = session.line(row).range(of: "nothing")
      else { return false }
      let column = session.line(row).distance(
        from: session.line(row).startIndex, to: word.lowerBound)
      let mark = session.line(row + 1)
      return mark.firstIndex(of: "^").map { mark.distance(from: mark.startIndex, to: $0) } == column
    }
    session.send(String(repeating: "\u{7F}", count: 16) + "\r")
    try session.wait(forText: "saved: a rule, which selects epoch 40")
    #expect(session.line(0).contains("rule: epoch 40"))
    try session.quit()
    let table = try run.run(["table", run.path, "--reviewer", "ann"])
    #expect(table.output.hasSuffix("selected_epoch: 40\n"))
  }

  @Test func theTrainingLogIsAChart() throws {
    let run = try RunCopy("gan")
    let session = try PtySession.review(run, columns: 120, rows: 40)
    // Sparklines of both metrics stand under their names.
    #expect(session.line(2).contains("█"))
    session.send("*L")
    try session.wait(forText: ">quality 0.7117 at epoch 30")
    session.send("ll")
    try session.wait(forText: ">loss_d 1.223 at step 4800")
    session.send("jl")
    try session.wait(forText: ">loss_g")
    #expect(session.line(1).contains("epoch 40"))
    session.send("\r")
    try session.wait("one series alone") { session in
      !session.lines.contains { $0.contains("loss_d") }
        && session.lines.contains { $0.contains("⣀") || $0.contains("⠤") }
    }
    session.send("qq")
    try session.wait("the table") { $0.line(1).contains("quality") }
    try session.quit()
  }

  @Test func aRunWithoutMetricsByRatingAlone() throws {
    let run = try RunCopy("gan")
    try FileManager.default.removeItem(atPath: run.path + "/metrics.csv")
    try FileManager.default.removeItem(atPath: run.path + "/keepoch.toml")
    let session = try PtySession.review(run)
    #expect(session.line(0).contains("rule: none"))
    session.send("1342")
    try session.wait(forText: "saved: 2 for epoch 10")
    #expect(session.line(0).contains("rule: epoch 5"))
    try session.quit()
    let table = try run.run(["table", run.path])
    #expect(table.output.hasSuffix("selected_epoch: 5\n"))
  }

  @Test func theReportInEveryFormat() throws {
    let run = try RunCopy("gan")
    let session = try PtySession.review(run)
    for (key, name) in [("m", "md"), ("j", "json"), ("c", "csv"), ("t", "txt")] {
      session.send("o")
      try session.wait(forText: "any other key goes back")
      session.send(key)
      try session.wait(forText: "report written: review/report.\(name)")
      #expect(!run.text("review/report.\(name)").isEmpty)
    }
    try "my own".write(toFile: run.path + "/review/report.csv", atomically: true, encoding: .utf8)
    session.send("oc")
    try session.wait(forText: "Overwrite review/report.csv")
    session.send("n")
    try session.wait(forText: "is left as it is")
    #expect(run.text("review/report.csv") == "my own")
    try session.quit()
  }
}
