import ReviewCore

extension FrontState {
  // A picture that is longer on its way than this is shown as one that is missing.
  private static let patience = 400.0
  // Between two looks whether it has come.
  private static let look = 5.0

  /// When the front wants to hear of the time; nil while nothing goes by on its own.
  package var nextTick: Double? { nextHiding ?? playing.map { $0.start == nil ? 0 : $0.next } }

  // MARK: Beginning and ending

  mutating func play(_ playback: Playback) {
    playing = playback
    direction = playback.direction
    let rate = NumberText.general(playback.rate, digits: 3)
    let way = playback.direction < 0 ? ", backwards" : ""
    let words =
      playback.cycle == nil
      ? "playing \(rate) a second\(way)\(playback.loops ? ", round and round" : ", to the end")"
      : "blinking \(rate) a second"
    message = Message(.info, "\(words); any key stops")
  }

  /// `:play`, with a rate, `back` and `once` in any order.
  mutating func play(_ argument: String = "") {
    if comparison != nil {
      message = Message(
        .warning, "columns stand still; \(keyMap.name(of: .blink)) shows two in the same cells")
      return
    }
    var (rate, direction, loops) = (Playback.usualRate, 1, true)
    for word in argument.split(separator: " ") {
      switch word {
      case "back": direction = -1
      case "once": loops = false
      default:
        guard let number = self.rate(String(word)) else { return }
        rate = number
      }
    }
    guard order.count > 1 else {
      message = Message(.warning, "there is one checkpoint to show")
      return
    }
    var origin = order.row(of: place.checkpoint) ?? 0
    // From the end there is nothing to play but from the beginning.
    if !loops, origin == (direction > 0 ? order.count - 1 : 0) {
      origin = direction > 0 ? 0 : order.count - 1
    }
    play(
      Playback(rate: rate, direction: direction, loops: loops, cycle: nil, origin: origin))
  }

  private mutating func rate(_ word: String) -> Double? {
    if let rate = Double(word), Playback.rates.contains(rate) { return rate }
    let rates = Playback.rates
    message = Message(
      .error,
      "\"\(PrintableText.escaped(word))\" is no rate: steps a second, "
        + "\(NumberText.general(rates.lowerBound, digits: 2)) to "
        + "\(NumberText.general(rates.upperBound, digits: 2)); or back, once")
    return nil
  }

  /// Any key stops it, and what is on the screen stays.
  ///
  /// - Returns: whether stopping is all that the key does.
  mutating func stopPlaying(by command: Command?) -> Bool {
    guard playing != nil else { return false }
    playing = nil
    message = Message(.info, "stopped at \(position.words)")
    return [.play, .back, .backOrQuit, .blink].contains(command)
  }

  // MARK: Going on

  /// Goes to where the playback should be by now, once its pictures are at hand.
  mutating func tick(at time: Double) -> [Effect] {
    guard var playback = playing else { return [] }
    guard playback.start != nil else {
      playback.start = time
      playback.moved = time
      playback.next = time + playback.interval
      playing = playback
      let first = playback.cycle?[playback.origin] ?? order[min(playback.origin, order.count - 1)]
      return go(to: first)
    }
    let count = playback.cycle?.count ?? order.count
    guard let row = playback.place(at: time, among: count) else {
      playing = nil
      message = Message(.info, "played to \(position.words)")
      return go(to: order[playback.direction > 0 ? order.count - 1 : 0])
    }
    let target = playback.cycle?[row] ?? order[row]
    playback.next = playback.due(after: time)
    defer { playing = playback }
    guard target != place.checkpoint else { return [] }
    guard isAtHand(target) || time - playback.moved > Self.patience else {
      playback.next = time + Self.look
      return []
    }
    let effects = noteSeen(at: time) + go(to: target)
    direction = playback.direction
    playback.moved = time
    return effects
  }

  /// Whether the pictures that a checkpoint shows here are rendered.
  private func isAtHand(_ checkpoint: Int) -> Bool {
    let layout = self.layout
    guard !showsStrip, !mode.hidesSamples, let panel = layout.focusedPanel,
      let needed = samplesToShow(
        places(in: panel, of: checkpoint), of: checkpoint, in: panel.view)
    else { return true }
    return pictures.hasAll(
      needed, of: checkpoint, tile(of: panel, in: layout), settled: false)
  }

  // MARK: Blink

  /// Two checkpoints in the same cells: from the one to the other, and back with the same key.
  mutating func blink() -> [Effect] {
    guard let pair = blinkPair else { return [] }
    let other = pair.first { $0 != place.checkpoint } ?? pair[1]
    leaveForBlink(pair)
    let from = position.words
    let effects = go(to: other)
    blinked = pair
    message = Message(
      .info,
      "\(position.words), \(keyMap.name(of: .blink)) blinks to \(from)")
    return effects
  }

  /// `:blink` with a rate goes from one to the other on its own.
  mutating func blink(_ argument: String) {
    guard let rate = rate(argument), let pair = blinkPair else { return }
    leaveForBlink(pair)
    blinked = pair
    play(
      Playback(
        rate: rate, direction: 1, loops: true, cycle: pair,
        origin: pair.firstIndex(of: place.checkpoint) ?? 0))
  }

  private mutating func leaveForBlink(_ pair: [Int]) {
    guard comparison != nil else { return }
    leaveComparison()
    if place.depth == .table { place.depth = .grid }
  }

  /// The pair of before while the cursor is on one of it; else this one and the focus of a comparison, the
  /// first marked, the winner, the runner-up or the one before.
  var blinkPair: [Int]? {
    if comparison == nil, let blinked, blinked.contains(place.checkpoint) { return blinked }
    if let comparison {
      let others = comparison.items.map(\.checkpoint).filter { $0 != place.checkpoint }
      return others.first.map { [place.checkpoint, $0] }
    }
    return differenceReference.map { [place.checkpoint, $0] }
  }
}
