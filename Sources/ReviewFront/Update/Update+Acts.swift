package import ReviewCore

extension FrontState {
  /// An act to be written, unless it would change nothing.
  mutating func record(_ act: ReviewAct) -> [Effect] {
    if review.isUnchanged(by: act) {
      message = Message(.info, "unchanged: \(sentence(of: act))")
      unsavedWords = nil
      advance(after: act, in: order)
      return []
    }
    return flushSeen() + [.record(act)]
  }

  mutating func toggle(_ tag: String) -> [Effect] {
    let isOn = review.mark(target).tags[tag] == nil
    // Beside the real picture the pair is the evidence, and goes with the tag.
    if isOn, tag == "memorised", view == .nearest, let seed = target.sample,
      review.mark(target).notes[.general] == nil,
      let words = nearestWords(ofSeed: seed, at: place.checkpoint)
    {
      return batch(
        [
          .tag(target, tag: tag, isOn: true, digest: nil),
          .note(target, about: .general, text: words),
        ], words: "\(tag) on \(self.words(of: target)), \(words)")
    }
    return record(.tag(target, tag: tag, isOn: isOn, digest: nil))
  }

  /// Folds an act that is on disk, and says so.
  mutating func recorded(_ event: ReviewEvent) -> [Effect] {
    if case .seen = event.act {
      review.apply(event)
      return []
    }
    unsavedWords = nil
    unsavedRule = nil
    let undone: ReviewEvent?
    if case .undo(let of) = event.act { undone = review.event(of) } else { undone = nil }
    let before = order
    review.apply(event)
    if case .evaluation(let act) = event.act { return recorded(act) }
    if collect(event, undone) { return [] }
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
      advance(after: event.act, in: before)
    }
    return [.savePlace(place)]
  }

  /// Says aloud that an act is not on disk, and goes on with the words that were typed for it.
  mutating func refused(_ act: ReviewAct, _ reason: String) {
    message = Message(.error, reason)
    // What was looked at is written with the next act that can be.
    if case .seen(let position, let samples) = act {
      unsavedSeen[position, default: []].formUnion(samples)
      return
    }
    if case .evaluation = act {
      refusedInEvaluation(reason)
      return
    }
    if refuseOfBatch(reason) { return }
    if let edit = unsavedRule {
      unsavedRule = nil
      mode = .rule(edit)
    }
    goOnTyping()
  }

  /// Opens the line again whose words came to nothing.
  mutating func goOnTyping() {
    guard let words = unsavedWords else { return }
    unsavedWords = nil
    mode = .typing(words.edit, words.purpose)
  }

  /// One key decides and moves: to the next sample after one was rated, else to the next checkpoint.
  ///
  /// - Parameter before: the order in which the act was done; an item that leaves the filter by it
  ///   is left for its neighbour there.
  private mutating func advance(after act: ReviewAct, in before: CheckpointOrder) {
    guard advances else { return }
    switch act {
    case .rate(let target, _) where target.sample != nil: advanceSample()
    case .rate, .verdict: advanceCheckpoint(in: before)
    default: break
    }
  }

  private mutating func advanceSample() {
    if let comparison, comparison.isOfSamples {
      advanceCheckpoint(in: order)
    } else if let next = samplePlace(inSlot: cursorSlot + 1, of: place.checkpoint) {
      place.sample = next
    } else {
      tellMore("the last sample")
    }
  }

  private mutating func advanceCheckpoint(in before: CheckpointOrder) {
    if let comparison {
      if comparison.focus + 1 < comparison.items.count { focus(comparison.focus + 1) }
    } else if let next = neighbour(in: before) {
      _ = go(to: next)
    } else {
      tellMore(matchesFilter(place.checkpoint) ? "the last one" : "nothing else matches the filter")
    }
  }

  /// Adds to what the message says already.
  private mutating func tellMore(_ words: String) {
    message = message.map { Message($0.kind, "\($0.text); \(words)") } ?? Message(.info, words)
  }

  /// Takes the cursor to what an act is about.
  mutating func show(_ act: ReviewAct) {
    guard let target = act.target, let position = target.position,
      let index = run.index(of: position)
    else { return }
    _ = go(to: index)
    guard let sample = target.sample else { return }
    // A journal may name a sample that this run does not have.
    go(toSample: samplePlace(ofSeed: sample, at: place.checkpoint) ?? sampleCount - 1)
    if !isOnSamples, !isInOverview, sampleCount > 0 { place.depth = .grid }
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
    case .alarm(_, let kind, let isAccepted, _):
      let title = Alarm.Kind(rawValue: kind)?.title ?? kind
      return "alarm \(isAccepted ? "accepted" : "refused"): \(title), \(target)"
    case .rule(let text):
      let selected = table.selected.map { run.position(of: $0).words } ?? "none"
      return (text.isEmpty ? "the run's own rule" : "a rule") + ", which selects \(selected)"
    case .undo(let of): return "undo of \(of)"
    case .seen: return "seen \(target)"
    case .adjudicate(let point, let value, _):
      return "\(point.matter.words) of \(target): \(value.map { "\($0) counts" } ?? "no ruling")"
    case .evaluation(let act): return act.value
    case .unknown(let name): return name
    }
  }

  // MARK: Coverage

  // Less than this and the eye has not been there.
  private static let glance = 250.0
  private static let seenBatch = 16

  /// Counts what stood on the screen long enough until now.
  mutating func noteSeen(at time: Double) -> [Effect] {
    for watched in watched where time - watched.since >= Self.glance {
      let known = review.seen[watched.position] ?? []
      let index = run.index(of: watched.position)
      let seeds = watched.samples.map { place in index.map { seed(at: place, of: $0) } ?? place }
        .filter { seed in index.map { !isHidden(seed, at: $0) } ?? true }
      let fresh = Set(seeds).subtracting(known)
      if !fresh.isEmpty || review.seen[watched.position] == nil {
        unsavedSeen[watched.position, default: []].formUnion(fresh)
      }
    }
    watched = []
    return unsavedSeen.count >= Self.seenBatch ? flushSeen() : []
  }

  mutating func flushSeen() -> [Effect] {
    defer { unsavedSeen = [:] }
    guard readOnlyReason == nil else { return [] }
    return unsavedSeen.sorted { $0.key.value < $1.key.value }.map {
      .record(.seen($0.key, samples: $0.value.sorted()))
    }
  }

  /// Remembers what is on the screen now.
  mutating func watch(from time: Double) {
    guard isLargeEnough, !mode.hidesSamples, underlay == nil else {
      watched = []
      return
    }
    let layout = self.layout
    let panels = layout.panels
    watched =
      panels.isEmpty
      ? [Watched(position: position, samples: [], since: time)]
      : panels.map {
        // Of a pair one is a sample.
        let samples =
          $0.view == .nearest
          ? Array($0.samples.lowerBound / 2..<($0.samples.upperBound + 1) / 2)
          // Where seeds are missing, a strip's places are not all on the screen.
          : showsStrip && $0.samples.count > layout.gridRows ? [] : places(in: $0)
        return Watched(position: run.position(of: $0.checkpoint), samples: samples, since: time)
      }
  }
}
