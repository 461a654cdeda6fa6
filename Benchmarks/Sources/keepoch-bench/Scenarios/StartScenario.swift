/// From the start of the process to the first frames.
struct StartScenario {
  let name: String
  let run: String
  let look: Look
  var size = ScreenSize.large
  var hasPictures = true
  let budget: Budget?
  /// Whether the run was opened before, with the same cache.
  var isKnown = false

  /// Starts it several times.
  func measure(_ bench: Bench) throws(Failure) -> [ResultRow] {
    var any: [Double] = []
    var full: [Double] = []
    var quiet: [Double] = []
    var fullBytes: [Double] = []
    var bytes: [Double] = []
    var frames = 0
    let known = isKnown ? try bench.knownEnvironment(of: run, look) : nil
    for _ in 0..<bench.count(12, quick: 3) {
      let session = try bench.start(run, look, size, environment: known)
      let heard = session.listen(quiet: Pace.quiet, until: session.start + 3000)
      if let frame = heard.frames.first { any.append(frame.time - session.start) }
      if let frame = heard.frames.first(where: { $0.hasPictures || !hasPictures }) {
        full.append(frame.time - session.start)
        fullBytes.append(Double(frame.bytesSoFar))
      }
      if let last = heard.lastByte { quiet.append(last - session.start) }
      bytes.append(Double(heard.bytes))
      frames = max(frames, heard.frames.count)
      try bench.quit(session, name)
    }
    let title = "start: \(name)\(isKnown ? ", opened before" : ""), \(look.rawValue), \(size)"
    var rows: [ResultRow] = []
    if hasPictures {
      rows.append(ResultRow(name: "\(title): first frame of any kind", values: Distribution(any)))
    }
    rows.append(
      ResultRow(
        name: "\(title): first full frame", values: Distribution(full),
        bytes: Distribution(fullBytes), budget: budget,
        remark: hasPictures ? "samples are drawn" : ""))
    rows.append(
      ResultRow(
        name: "\(title): settled", values: Distribution(quiet), bytes: Distribution(bytes),
        remark: "\(frames) frames"))
    return rows
  }
}
