package import ReviewCore

extension FrontState {
  /// An act to be written, unless it would change nothing.
  mutating func record(_ act: ReviewAct) -> [Effect] {
    if review.isUnchanged(by: act) {
      message = Message(.info, "unchanged: \(sentence(of: act))")
      advance(after: act)
      return []
    }
    return flushSeen() + [.record(act)]
  }

  mutating func toggle(_ tag: String) -> [Effect] {
    let isOn = review.mark(target).tags[tag] == nil
    return record(.tag(target, tag: tag, isOn: isOn, digest: nil))
  }

  /// Folds an act that is on disk, and says so.
  mutating func recorded(_ event: ReviewEvent) -> [Effect] {
    if case .seen = event.act {
      review.apply(event)
      return []
    }
    let undone: ReviewEvent?
    if case .undo(let of) = event.act { undone = review.event(of) } else { undone = nil }
    review.apply(event)
    reviewChanged()
    if let undone {
      let isRedo = !undone.act.isUndoable
      var original = undone
      if case .undo(let of) = undone.act, let first = review.event(of) { original = first }
      show(original.act)
      message = Message(
        .saved, (isRedo ? "done again: " : "taken back: ") + sentence(of: original.act))
    } else {
      message = Message(.saved, "saved: " + sentence(of: event.act))
      advance(after: event.act)
    }
    return [.savePlace(place)]
  }

  /// One key decides and moves: to the next sample after one was rated, else to the next checkpoint.
  private mutating func advance(after act: ReviewAct) {
    guard advances else { return }
    switch act {
    case .rate(let target, let rating) where rating > 0:
      if target.sample == nil {
        _ = go(to: place.checkpoint + 1)
      } else if place.sample + 1 < sampleCount {
        place.sample += 1
      }
    case .verdict(_, let verdict) where verdict != .undecided: _ = go(to: place.checkpoint + 1)
    default: break
    }
  }

  /// Takes the cursor to what an act is about.
  private mutating func show(_ act: ReviewAct) {
    guard let target = act.target, let position = target.position,
      let index = run.index(of: position)
    else { return }
    _ = go(to: index)
    guard let sample = target.sample else { return }
    // A journal may name a sample that this run does not have.
    place.sample = max(0, min(sample, sampleCount - 1))
    if place.depth == .table, sampleCount > 0 { place.depth = .grid }
  }

  /// `tag blurry on epoch 30 sample 4`.
  package func sentence(of act: ReviewAct) -> String {
    let target = act.target.map { words(of: $0) } ?? ""
    switch act {
    case .tag(_, let tag, let isOn, _): return "\(tag) \(isOn ? "on" : "off") \(target)"
    case .note(_, let about, let text):
      let subject = about == .general ? "" : " about \(about.rawValue)"
      return text.isEmpty ? "no note\(subject) on \(target)" : "note\(subject) on \(target)"
    case .verdict(_, let verdict): return "\(verdict.rawValue) \(target)"
    case .rate(_, let rating):
      return rating == 0 ? "no rating of \(target)" : "\(rating) for \(target)"
    case .select(_, _, let isOn): return isOn ? "\(target) selected" : "selection of \(target) off"
    case .rule(let text): return text.isEmpty ? "the run's own rule" : "a rule"
    case .undo(let of): return "undo of \(of)"
    case .seen: return "seen \(target)"
    case .unknown(let name): return name
    }
  }

  // MARK: Coverage

  // Less than this and the eye has not been there.
  private static let glance = 250.0
  private static let seenBatch = 16

  /// Counts what stood on the screen long enough until now.
  mutating func noteSeen(at time: Double) -> [Effect] {
    guard let watched, time - watched.since >= Self.glance else { return [] }
    self.watched = nil
    let known = review.seen[watched.position] ?? []
    let fresh = Set(watched.samples).subtracting(known)
    guard !fresh.isEmpty || review.seen[watched.position] == nil else { return [] }
    unsavedSeen[watched.position, default: []].formUnion(fresh)
    return unsavedSeen.count >= Self.seenBatch ? flushSeen() : []
  }

  mutating func flushSeen() -> [Effect] {
    defer { unsavedSeen = [:] }
    guard readOnlyReason == nil else { return [] }
    return unsavedSeen.sorted { $0.key.value < $1.key.value }.map {
      .record(.seen($0.key, samples: $0.value.sorted()))
    }
  }

  /// Remembers what is on the screen now, if all of it is drawn.
  mutating func watch(from time: Double) {
    let shown = layout.shownSamples
    watched = Watched(position: position, samples: shown, since: time)
  }
}
