import Foundation
import Glibc
import Testing

/// A day's work in one sitting, and whether the screen and the journal tell the same of it.
@Suite(.serialized) struct LongSittingTests {
  private struct Mark: Decodable {
    let tags: [String]
    let rating: Int
    let verdict: String
    let notes: [String: String]
  }

  private static let letters = [
    "mode-collapse": "m", "posterior-collapse": "p", "blurry": "b", "noise": "n",
    "broken-structure": "s", "memorised": "o", "duplicate": "d", "artefact": "a",
    "off-target": "f", "bias": "i",
  ]
  // The order in which a label shows them.
  private static let order = Array("mpbnsodafi")

  /// The journal as a program that shares no line with ours folds it.
  private func folded(_ journal: String) throws -> [String: Mark] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("fold_journal.py").path
    process.arguments = ["python3", script, journal]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "python3 folds the journal")
    return try JSONDecoder().decode([String: Mark].self, from: data)
  }

  @Test func twoHundredSamplesTaggedRatedAndUndone() throws {
    let run = try RunCopy("gan")
    // 64 samples and their labels fit on one screen.
    let session = try PtySession(
      [run.path, "--reviewer", "ann"], columns: 200, rows: 60)
    try session.wait("the first frame") { $0.line(0).contains("checkpoints") }
    var dice: UInt64 = 11
    func roll(_ sides: Int) -> Int {
      dice = dice &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(dice >> 33) % sides
    }
    let letters = Array("mpbnsodafi")
    session.send("\r")
    var (tagged, rated) = (0, 0)
    let epochs = [1, 2, 5, 10]
    for place in epochs.indices {
      session.send("^")
      for sample in 0..<50 {
        session.send("t\(letters[roll(letters.count)])")
        tagged += 1
        if roll(3) == 0 { session.send(".\(roll(2) == 0 ? "." : "")") }
        // The rating goes on to the next sample.
        session.send("\(1 + roll(5))")
        rated += 1
        if sample % 10 == 9 {
          try session.wait("sample \(sample + 1)") { session in
            session.lines.contains { $0.contains("[\(sample + 1)]") }
          }
        }
      }
      if place + 1 < epochs.count { session.send("j") }
    }
    #expect(tagged == 200 && rated == 200)
    for _ in 0..<60 { session.send("u") }
    for _ in 0..<25 { session.send("\u{12}") }
    session.send("p;the end of it\r")
    try session.wait(forText: "saved: note on epoch")
    // Each checkpoint's labels, read off the screen.
    var shown: [String: String] = [:]
    session.send("g")
    for (place, epoch) in epochs.enumerated() {
      try session.wait("epoch \(epoch)") { session in
        session.line(1).contains(
          "epoch \(String(repeating: "0", count: 3 - "\(epoch)".count))\(epoch)")
          && session.lines.contains {
            $0.hasPrefix(" 52 ") && $0.contains(" 63") || $0.contains("[63]")
          }
      }
      for row in stride(from: 2, to: 58, by: 8) {
        let line = Array(session.line(row))
        for start in stride(from: 0, to: line.count, by: 15) {
          let words = String(line[start..<min(start + 14, line.count)])
            .replacingOccurrences(of: "[", with: " ").replacingOccurrences(of: "]", with: " ")
            .split(separator: " ").map(String.init)
          guard let sample = words.first.flatMap({ Int($0) }) else { continue }
          shown["\(epoch)/\(sample)"] = words.dropFirst().joined(separator: " ")
        }
      }
      if place + 1 < epochs.count { session.send("j") }
    }
    session.send("Q")
    #expect(try session.exitCode() == 0)
    #expect(shown.count == 4 * 64)

    let marks = try folded(run.path + "/review/ann.jsonl")
    for epoch in epochs {
      for sample in 0..<64 {
        let place = "\(epoch)/\(sample)"
        let mark = marks[place]
        var words: [String] = []
        if let rating = mark?.rating, rating > 0 { words.append("\(rating)/5") }
        let tags = (mark?.tags ?? []).compactMap { Self.letters[$0]?.first }
        if !tags.isEmpty { words.append(String(Self.order.filter(tags.contains))) }
        if mark?.notes["general"]?.isEmpty == false { words.append("\"") }
        #expect(shown[place] == words.joined(separator: " "), "\(place)")
      }
    }
    #expect(marks.values.count { $0.rating > 0 } >= 150)
    #expect(marks.values.contains { $0.verdict == "keep" })
  }
}
