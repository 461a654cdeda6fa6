import Foundation
import Testing

/// A training script writes while a reviewer's keys come.
@Suite(.serialized) struct FollowOnPtyTests {
  /// Epochs of the sample run under the names of a run that only begins.
  private final class Training {
    let run: RunCopy
    private let pictures: [Data]
    private(set) var written = 0

    init() throws {
      run = try RunCopy("gan")
      let folder = URL(fileURLWithPath: run.path)
      let samples = folder.appendingPathComponent("samples")
      pictures = try FileManager.default.contentsOfDirectory(atPath: samples.path).sorted()
        .map { try Data(contentsOf: samples.appendingPathComponent($0)) }
      for name in ["samples", "training_log.csv", "keepoch.toml"] {
        try FileManager.default.removeItem(at: folder.appendingPathComponent(name))
      }
      try FileManager.default.createDirectory(at: samples, withIntermediateDirectories: true)
      try "epoch,quality,diversity\n".write(
        toFile: "\(run.path)/metrics.csv", atomically: false, encoding: .utf8)
    }

    private var next: String {
      "\(run.path)/samples/fake_samples_epoch_\(String(format: "%03d", written + 1)).png"
    }

    /// The first half of the next picture, as a script that is not yet done has it on disk.
    func beginPicture() throws {
      let whole = pictures[written % pictures.count]
      try whole.prefix(whole.count / 2).write(to: URL(fileURLWithPath: next))
    }

    func finish() throws {
      let whole = pictures[written % pictures.count]
      let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: next))
      try handle.seekToEnd()
      try handle.write(contentsOf: whole.suffix(whole.count - whole.count / 2))
      try handle.close()
      written += 1
      let line = "\(written),\(0.30 + 0.04 * Double(written)),\(0.90 - 0.03 * Double(written))\n"
      let log = try FileHandle(forWritingTo: URL(fileURLWithPath: "\(run.path)/metrics.csv"))
      try log.seekToEnd()
      try log.write(contentsOf: Data(line.utf8))
      try log.close()
    }

    func writeOne() throws {
      try beginPicture()
      try finish()
    }
  }

  @Test func whatIsOnTheScreenAtTheEndIsWhatIsOnDisk() throws {
    let training = try Training()
    for _ in 0..<3 { try training.writeOne() }
    let session = try PtySession.review(
      training.run, columns: 120, rows: 40, arguments: ["--reviewer", "ann", "--follow"])
    session.send("j\t")
    try session.wait("the second epoch") {
      $0.lines.contains { $0.hasPrefix("> ") && $0.contains("002") }
    }
    let row = session.lines.firstIndex { $0.hasPrefix(">") }
    for epoch in 4...10 {
      try training.beginPicture()
      session.send("l")
      try session.wait("the next seed") { session in
        session.lines.contains { $0.contains("[\(epoch - 3)]") }
      }
      try training.finish()
      try session.wait("epoch \(epoch) in the table") {
        $0.line(0).contains("\(epoch) checkpoints")
      }
      // Nothing moves under the cursor.
      #expect(session.lines.firstIndex { $0.hasPrefix(">") } == row)
      #expect(session.lines.contains { $0.hasPrefix("> ") && $0.contains("002") })
    }
    #expect(session.line(0).contains("+7 new"))
    session.send("tb")
    try session.wait(forText: "saved: blurry on epoch 2 sample 7")
    session.send("\tG")
    try session.wait("the last epoch with its pictures") { session in
      session.lines.contains { $0.hasPrefix(">") && $0.contains("010") }
        && !session.lines.contains { $0.contains("...") || $0.contains("too early") }
    }
    let table = try training.run.run(["table", training.run.path])
    let selected = table.output.split(separator: "\n").last?.split(separator: " ").last
    #expect(session.line(0).contains("rule: epoch \(selected ?? "?")"))
    for epoch in 1...10 {
      let name = String(format: "%03d", epoch)
      let onDisk = table.output.split(separator: "\n").first { $0.hasPrefix("epoch=\(name)") }
      let shown = session.lines.first { $0.dropFirst(3).hasPrefix(name) } ?? ""
      let status = onDisk?.split(separator: "=").last.map(String.init) ?? "none"
      #expect(shown.contains(status))
      for word in onDisk?.split(separator: " ").dropFirst().dropLast() ?? [] {
        #expect(shown.contains(word.split(separator: "=")[1]))
      }
    }
    try session.quit()
  }

  @Test func theBellSoundsWhenTheWinnerChanges() throws {
    let training = try Training()
    for _ in 0..<2 { try training.writeOne() }
    let session = try PtySession.review(training.run, columns: 120, rows: 40)
    session.send("F")
    try session.wait(forText: "following: what is written appears by itself")
    let before = session.output.count
    try training.writeOne()
    try session.wait(forText: "the rule selects epoch 3 now; before, epoch 2")
    #expect(session.sent(since: before).contains("\u{7}"))
    session.send("F")
    try session.wait(forText: "following no more")
    try training.writeOne()
    session.send("j")
    try session.wait("three are shown still") { $0.line(0).contains("3 checkpoints") }
    try session.quit()
  }
}
