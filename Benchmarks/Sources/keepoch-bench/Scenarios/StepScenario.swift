/// Stepping through checkpoints on one screen, in three paces, and all at once.
struct StepScenario {
  let name: String
  let run: String
  let look: Look
  let size: ScreenSize
  /// Keys that lead to the screen.
  let keys: [String]
  var hasPictures = true
  /// Nil where no budget is set for this size.
  let budget: Budget?

  /// Runs it in one sitting.
  func measure(_ bench: Bench) throws(Failure) -> [ResultRow] {
    let session = try bench.open(run, look, size, keys: keys + look.keys)
    var stepper = Stepper(session, hasPictures: hasPictures)
    _ = stepper.step(bench.count(3, quick: 1), .single)
    let single = stepper.step(bench.count(24, quick: 4), .single)
    let held = stepper.step(bench.count(200, quick: 12), .held)
    let eager = stepper.step(bench.count(200, quick: 20), .eager)
    // An odd count never ends where it began, not even in a run that is turned around in.
    let burst = stepper.burst(99)
    try bench.quit(session, name)
    let title = "\(name), \(look.rawValue), \(size)"
    return [
      row("\(title): one key, full frame", single, isFull: true),
      row("\(title): one key, settled", single, isFull: false),
      row("\(title): held key, full frame", held, isFull: true),
      row("\(title): held key, last in 33 ms", held, isFull: false),
      row("\(title): eager keys, full frame", eager, isFull: true),
      ResultRow(
        name: "\(title): 99 keys at once, settled",
        values: Distribution(burst.last.map { [$0] } ?? []),
        bytes: Distribution([Double(burst.bytes)]), remark: "\(burst.frames) frames"),
    ]
  }

  private func row(_ name: String, _ reactions: [Reaction], isFull: Bool) -> ResultRow {
    let answered = reactions.filter { $0.full != nil }
    let values = answered.compactMap { isFull ? $0.full : $0.last }
    let bytes = answered.map { Double(isFull ? $0.fullBytes : $0.bytes) }
    var remarks: [String] = []
    if isFull {
      let early = answered.count { $0.hadDots }
      if early > 0 { remarks.append("\(early) after a frame with dots") }
    } else {
      let frames = answered.reduce(0) { $0 + $1.frames }
      remarks.append("\(Decimals.text(Double(frames) / Double(max(1, answered.count)), 1)) frames")
    }
    let missing = reactions.count - answered.count
    if missing > 0 { remarks.append("\(missing) of \(reactions.count) keys without a full frame") }
    return ResultRow(
      name: name, values: Distribution(values), bytes: Distribution(bytes),
      budget: isFull ? budget : nil,
      remark: remarks.joined(separator: ", "))
  }
}
