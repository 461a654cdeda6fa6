import Foundation
import Testing

/// Blind trials on the built program.
@Suite(.serialized) struct EvaluationOnPtyTests {
  private struct Line: Decodable {
    struct Place: Decodable {
      let real: [Int]?
      let scrambled: Bool?
    }
    struct Trial: Decodable {
      let number: Int
      let left: Place
      let right: Place?
      let check: String?

      /// The key of a rater who knows.
      var key: String {
        let isLeft = check.map { $0 == "left" } ?? (left.real != nil)
        return isLeft ? "\u{1b}[D" : "\u{1b}[C"
      }
    }
    let event: String
    let trials: [Trial]?
    let number: Int?
    let answer: String?
    let ending: String?
  }

  private func lines(_ run: RunCopy) throws -> [Line] {
    try run.text("review/ann.jsonl").split(separator: "\n").map {
      try JSONDecoder().decode(Line.self, from: Data($0.utf8))
    }
  }

  /// 40 trials with the power cut in the middle: none is lost, none is asked twice, and nothing that the rater
  /// can see gives an answer away.
  @Test func fortyTrialsSurviveAKill() throws {
    let run = try RunCopy("vae")
    let state = NSTemporaryDirectory() + "keepoch-eval-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: state) }
    var session = try PtySession.review(run, state: state)
    // A hand that is quicker than any rater's is not left out here.
    session.send(":eval 2afc 40 rule=checks>=0.75\r")
    try session.wait(forText: "2afc: before it begins")
    var start = session.output.count
    session.send("\r")
    let cut = 18
    var number = 1
    while number <= 40 {
      try session.wait("trial \(number)") { session in
        session.line(0).hasPrefix(" 2afc | trial \(number) of 40") && isShown(session)
      }
      let known = try lines(run)
      let trials = try #require(known.compactMap(\.trials).first)
      // Everything before this trial is on disk, and nothing of it.
      #expect(known.compactMap(\.number) == Array(1..<number))
      if number == cut {
        session.send(trials[number - 1].key)
        kill(session.process, SIGKILL)
        #expect(try session.exitCode() == 128 + SIGKILL)
        tellsNothing(session.sent(since: start))
        // The key may have come before the end, or not; what is on disk is what counts.
        let saved = try lines(run).compactMap(\.number)
        #expect(saved == Array(1..<number) || saved == Array(1...number))
        number = saved.count + 1
        session = try PtySession.review(run, state: state)
        session.send(":eval 2afc\r")
        start = session.output.count
        continue
      }
      session.send(trials[number - 1].key)
      number += 1
    }
    try session.wait(forText: "what people said")
    // All frames before the one that tells.
    let frames = session.sent(since: start).components(separatedBy: "\u{1b}[?2026h")
    tellsNothing(
      frames.prefix { !$0.contains("what people") }.joined())
    try session.wait(forText: "taken for real 0 of")
    try session.quit()

    let all = try lines(run)
    #expect(all.compactMap(\.number) == Array(1...40))
    #expect(all.last { $0.event != "seen" }?.ending == "complete")
    #expect(all.count { $0.event == "block" } == 1)
    // No file is named after what was shown.
    let names = try FileManager.default.contentsOfDirectory(atPath: run.path + "/review").sorted()
    #expect(names == ["ann.jsonl"])
  }

  /// Pictures have many lines; that they are on their way, one.
  private func isShown(_ session: PtySession) -> Bool {
    session.lines[3..<22].count { $0.contains { $0 != " " } } > 3
  }

  /// No checkpoint, no run, no number of a metric; and no title of the terminal.
  private func tellsNothing(_ output: String) {
    for telling in ["epoch", "vae-digits", "quality", "diversity", "real_samples", "samples_"] {
      let isTold = output.contains(telling)
      #expect(!isTold, "\(telling) was on the screen")
    }
    let setsTitle = output.contains("\u{1b}]")
    #expect(!setsTitle)
  }

  /// Without colours and Unicode, and at the least size: what fits is asked, what does not is said.
  @Test func plainAndSmallTerminals() throws {
    let run = try RunCopy("gan")
    let plain = try PtySession.review(
      run, environment: ["LANG": "C", "LC_ALL": "C", "TERM": "vt100"])
    plain.send(":eval pairwise 6\r")
    try plain.wait(forText: "pairwise: before it begins")
    plain.send("\r")
    try plain.wait("its pictures") {
      $0.line(0).contains("trial 1 of 6") && isShown($0)
    }
    plain.send("=")
    try plain.wait(forText: "trial 2 of 6")
    plain.resize(columns: 40, rows: 12)
    try plain.wait(forText: "make the terminal")
    plain.resize(columns: 80, rows: 24)
    try plain.wait("the trial again") { $0.lines.contains { $0.contains("<- left") } }
    plain.send("q")
    try plain.wait(forText: "paused after 1 of 6")
    try plain.quit()
  }
}
