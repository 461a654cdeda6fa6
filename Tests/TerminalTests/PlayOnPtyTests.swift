import Foundation
import Testing

/// Checkpoints that go by on their own, on the built program.
@Suite(.serialized) struct PlayOnPtyTests {
  @Test func itPlaysStopsAndTagsWhatIsSeen() throws {
    let run = try RunCopy("gan")
    let session = try PtySession.review(run, columns: 100, rows: 30)
    session.send("\r:play 20\r")
    for epoch in ["005", "020", "050", "005"] {
      try session.wait("epoch \(epoch) goes by") { $0.line(1).hasPrefix("epoch \(epoch)") }
    }
    session.send("z")
    try session.wait(forText: "stopped at epoch")
    let heading = session.line(1)
    session.send("tb")
    try session.wait(forText: "saved: blurry on epoch")
    #expect(session.line(1).hasPrefix(heading.prefix(9)))
    try session.quit()
    let log = try run.run(["log", run.path])
    let epoch = Int(heading.dropFirst(6).prefix(3)) ?? -1
    #expect(log.output.contains("epoch=\(epoch)\tsample=0\tblurry"))
  }

  /// The terminal's answers that come late are no keys.
  @Test func answersAreNoKeys() throws {
    let run = try RunCopy("gan")
    let session = try PtySession.review(run)
    session.send("f:play 30\r")
    try session.wait(forText: "playing 30 a second")
    session.send("\u{1B}[0n\u{1B}[0n\u{1B}[0n")
    session.send("z")
    try session.wait(forText: "stopped at epoch")
    session.send("\u{1B}[0n")
    session.send(":nonsense\r")
    try session.wait(forText: "nonsense")
    #expect(!session.lines.contains { $0.contains("means nothing here") })
    try session.quit()
  }
}
