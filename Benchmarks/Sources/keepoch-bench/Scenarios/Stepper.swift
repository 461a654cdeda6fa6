/// Steps through the checkpoints of a session with `j`, and with `k` back from the last one.
struct Stepper {
  let session: PseudoTerminal
  private var place = 0
  private var isForward = true
  private let checkpoints: Int
  private let hasPictures: Bool

  /// - Parameters:
  ///   - session: Keepoch on its first checkpoint.
  ///   - hasPictures: whether a frame is full only with its samples.
  init(_ session: PseudoTerminal, hasPictures: Bool = true) {
    self.session = session
    self.hasPictures = hasPictures
    let words = session.screen.text(0).split(separator: " ")
    let count = words.firstIndex(of: "checkpoints").flatMap { $0 > 0 ? Int(words[$0 - 1]) : nil }
    checkpoints = count ?? 1
  }

  private mutating func nextKey() -> String {
    if place >= checkpoints - 1 { isForward = false }
    if place <= 0 { isForward = true }
    place += isForward ? 1 : -1
    return isForward ? "j" : "k"
  }

  /// Steps, one key at a time.
  mutating func step(_ keys: Int, _ pace: Pace) -> [Reaction] {
    var reactions: [Reaction] = []
    var due = Stopwatch.now
    for _ in 0..<keys {
      let before = session.screen.position
      let sent = session.send(nextKey())
      due += Pace.interval
      let heard: Heard
      switch pace {
      case .single: heard = session.listen(quiet: Pace.quiet, until: sent + Pace.patience)
      case .held: heard = session.listen(quiet: nil, until: due)
      case .eager:
        heard = session.listen(quiet: nil, until: sent + Pace.patience) { isFull($0, before) }
      }
      reactions.append(reaction(heard, sent: sent, before: before))
    }
    _ = session.listen(quiet: nil, until: Stopwatch.now + Pace.quiet)
    return reactions
  }

  /// Writes many keys at once and waits until all is quiet.
  mutating func burst(_ keys: Int) -> Reaction {
    let before = session.screen.position
    var text = ""
    for _ in 0..<keys { text += nextKey() }
    let sent = session.send(text)
    let heard = session.listen(quiet: Pace.quiet, until: sent + Pace.patience * 3)
    return reaction(heard, sent: sent, before: before)
  }

  private func isFull(_ frame: Frame, _ before: Double?) -> Bool {
    frame.position != before && (frame.hasPictures || !hasPictures)
  }

  private func reaction(_ heard: Heard, sent: Double, before: Double?) -> Reaction {
    Reaction(
      heard, sent: sent, isFull: { isFull($0, before) },
      isDots: { hasPictures && $0.position != before && !$0.hasPictures })
  }
}
