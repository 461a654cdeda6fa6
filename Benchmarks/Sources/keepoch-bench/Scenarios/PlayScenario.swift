/// Checkpoints that play at 30 a second, before a terminal that says that a frame is through after some time.
struct PlayScenario {
  let run: String
  let look: Look
  /// Milliseconds from a frame to its receipt, as over a network.
  let way: Double

  private static let receipt = "\u{1B}[0n"

  /// Counts the time from frame to frame, and their bytes.
  func measure(_ bench: Bench) throws(Failure) -> [ResultRow] {
    let name =
      "playing 30 a second, \(look.rawValue), \(ScreenSize.large), receipts after \(Int(way)) ms"
    let session = try bench.open(run, look, .large, keys: ["\r"] + look.keys)
    session.send(":play 30\r")
    // The first frames measure the way.
    var owed: [Double] = []
    _ = play(session, for: 1000, &owed)
    let length = Double(bench.count(4000, quick: 1000))
    let frames = play(session, for: length, &owed)
    session.send("z")
    try bench.quit(session, name)
    let gaps = zip(frames, frames.dropFirst()).map { $1.time - $0.time }
    return [
      ResultRow(
        name: "\(name): from frame to frame", values: Distribution(gaps),
        bytes: Distribution(frames.map(\.bytes)),
        remark: "\(Decimals.text(Double(frames.count) * 1000 / length, 1)) frames a second")
    ]
  }

  private func play(
    _ session: PseudoTerminal, for length: Double, _ owed: inout [Double]
  ) -> [(time: Double, bytes: Double)] {
    var frames: [(time: Double, bytes: Double)] = []
    let end = Stopwatch.now + length
    while Stopwatch.now < end {
      while let due = owed.first, due <= Stopwatch.now {
        owed.removeFirst()
        session.send(Self.receipt)
      }
      let heard = session.listen(quiet: nil, until: Stopwatch.now + 1) { _ in true }
      var before = 0
      for frame in heard.frames {
        frames.append((frame.time, Double(frame.bytesSoFar - before)))
        before = frame.bytesSoFar
      }
      for _ in 0..<heard.questions { owed.append(Stopwatch.now + way) }
    }
    return frames
  }
}
