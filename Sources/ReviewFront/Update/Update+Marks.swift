import ReviewCore

extension FrontState {
  // MARK: Marks

  /// Marks the thing under the cursor, or takes its mark off, and goes on.
  mutating func markAndGoOn() {
    let target = self.target
    if marked.remove(target) == nil { marked.insert(target) }
    let sign = marked.contains(target) ? "marked" : "no longer marked"
    message = Message(.info, "\(sign): \(words(of: target)); \(marked.count) in all")
    if let comparison {
      if comparison.isOfSamples, comparison.focus + 1 < comparison.items.count {
        focus(comparison.focus + 1)
      }
      return
    }
    if target.sample != nil {
      if let next = samplePlace(inSlot: cursorSlot + 1, of: place.checkpoint) {
        place.sample = next
      }
    } else if let next = neighbour(in: order) {
      _ = go(to: next)
    }
  }

  /// The marked things in the order of the run.
  private var markedInOrder: [Target] {
    marked.map { target in
      (row: target.position.flatMap { run.index(of: $0) } ?? run.checkpoints.count, target: target)
    }.sorted { ($0.row, $0.target.sample ?? -1) < ($1.row, $1.target.sample ?? -1) }
      .map(\.target)
  }

  /// One act for each marked thing that does not bear the tag; if all bear it, it goes off all.
  mutating func tagMarked(_ tag: String) -> [Effect] {
    let targets = markedInOrder
    let without = targets.filter { review.mark($0).tags[tag] == nil }
    let isOn = !without.isEmpty
    return batch(
      (isOn ? without : targets).map { .tag($0, tag: tag, isOn: isOn, digest: nil) },
      words: "\(tag) \(isOn ? "on" : "off") \((isOn ? without : targets).count) marked")
  }

  // MARK: Several acts as one

  mutating func batch(_ acts: [ReviewAct], words: String) -> [Effect] {
    guard acts.count > 1 else { return acts.first.map { record($0) } ?? [] }
    pendingBatch = Batch(of: acts.count, words: words)
    return flushSeen() + acts.map { .record($0) }
  }

  /// Takes back the last act, or all acts that were one to the reviewer.
  mutating func undo() -> [Effect] {
    guard let last = review.undoable.last else { return [] }
    guard let batch = batches.last(where: { $0.contains(last) }) else {
      return record(.undo(of: last))
    }
    let sequences = review.undoable.reversed().prefix { batch.contains($0) }
    return startBatch(of: Array(sequences), words: "taken back: \(sequences.count) acts at once")
  }

  mutating func redo() -> [Effect] {
    guard let last = review.redoable.last, let first = original(of: last) else { return [] }
    guard let batch = batches.last(where: { $0.contains(first) }) else {
      return record(.undo(of: last))
    }
    let sequences = review.redoable.reversed().prefix {
      original(of: $0).map(batch.contains) ?? false
    }
    return startBatch(of: Array(sequences), words: "done again: \(sequences.count) acts at once")
  }

  private func original(of undo: Int) -> Int? {
    guard case .undo(let of)? = review.event(undo)?.act else { return nil }
    return of
  }

  private mutating func startBatch(of sequences: [Int], words: String) -> [Effect] {
    pendingBatch = Batch(of: sequences.count, words: words)
    return flushSeen() + sequences.map { .record(.undo(of: $0)) }
  }

  /// Takes in one act of several; the last one brings the rest up to date.
  ///
  /// - Returns: whether nothing more is to be done for this one.
  mutating func collect(_ event: ReviewEvent, _ undone: ReviewEvent?) -> Bool {
    guard var batch = pendingBatch else { return false }
    batch.left -= 1
    batch.saved += 1
    if event.act.isUndoable { batch.sequences.insert(event.sequence) }
    pendingBatch = batch
    guard batch.left == 0 else { return true }
    finishBatch()
    guard batch.refusal == nil else { return true }
    if let undone, case .undo(let of) = undone.act, let first = review.event(of) {
      show(first.act)
    } else if let act = undone?.act {
      show(act)
    }
    message = Message(.saved, undone == nil ? "saved: \(batch.words)" : batch.words)
    return true
  }

  /// Takes in that one act of several is not on disk.
  ///
  /// - Returns: whether it was of several.
  mutating func refuseOfBatch(_ reason: String) -> Bool {
    guard var batch = pendingBatch else { return false }
    batch.left -= 1
    batch.refusal = reason
    pendingBatch = batch
    if batch.left == 0 { finishBatch() }
    return true
  }

  private mutating func finishBatch() {
    guard let batch = pendingBatch else { return }
    pendingBatch = nil
    if !batch.sequences.isEmpty { batches.append(batch.sequences) }
    reviewChanged()
    if let refusal = batch.refusal {
      message = Message(.error, "only \(batch.saved) of \(batch.all) are saved: \(refusal)")
    }
  }

  // MARK: Side by side

  /// What `c` would show: everything marked; one marked thing beside this one; else this checkpoint
  /// beside the rule's winner, and the winner beside the runner-up. Nil when there is no second.
  var comparisonItems: [Comparison.Item]? {
    let samples = markedInOrder.compactMap { target -> Comparison.Item? in
      guard let position = target.position, let index = run.index(of: position) else { return nil }
      return Comparison.Item(
        checkpoint: index,
        sample: target.sample.flatMap { samplePlace(ofSeed: $0, at: index) })
    }
    // A checkpoint among them makes all of them checkpoints.
    let areSamples = !samples.isEmpty && samples.allSatisfy { $0.sample != nil }
    var items: [Comparison.Item] = []
    func add(_ item: Comparison.Item) {
      let item = areSamples ? item : Comparison.Item(checkpoint: item.checkpoint)
      if !items.contains(item) { items.append(item) }
    }
    samples.forEach { add($0) }
    if items.count < 2 {
      add(
        Comparison.Item(
          checkpoint: place.checkpoint, sample: areSamples ? place.sample : nil))
    }
    if items.count < 2, !areSamples {
      if let selected = table.selected { add(Comparison.Item(checkpoint: selected)) }
      if items.count < 2, let second = table.runnerUp { add(Comparison.Item(checkpoint: second)) }
    }
    return items.count > 1 ? items : nil
  }

  mutating func compare() {
    guard comparison == nil else {
      leaveComparison()
      return
    }
    // Two marks or more say what is compared; else runs are, where there are several.
    if marked.count < 2, compareRuns() { return }
    guard let items = comparisonItems else {
      message = Message(
        .warning,
        "no other run has a checkpoint at or before this \(timeline.words); "
          + "\(keyMap.name(of: .mark)) marks what to compare")
      return
    }
    let origin = place
    if place.depth == .table { place.depth = .grid }
    place.sample = min(place.sample, max(0, sampleCount - 1))
    comparison = Comparison(items: items, origin: origin)
    let here = items.firstIndex {
      $0.checkpoint == place.checkpoint && ($0.sample ?? place.sample) == place.sample
    }
    focus(here ?? 0)
  }

  mutating func focus(_ item: Int) {
    guard var comparison, comparison.items.indices.contains(item) else { return }
    comparison.focus = item
    self.comparison = comparison
    _ = go(to: comparison.items[item].checkpoint)
    if let sample = comparison.items[item].sample { place.sample = sample }
  }

  /// Back to the depth of before; the cursor stays on what it was on in the comparison.
  mutating func leaveComparison() {
    guard let comparison else { return }
    place.depth = comparison.origin.depth
    self.comparison = nil
  }
}

/// Acts on their way to the disk that are one to the reviewer.
struct Batch: Equatable, Sendable {
  let all: Int
  var left: Int
  var saved = 0
  let words: String
  var sequences: Set<Int> = []
  /// Why at least one of them is not on disk.
  var refusal: String?

  init(of count: Int, words: String) {
    all = count
    left = count
    self.words = words
  }
}
