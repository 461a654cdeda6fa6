import ReviewCore

extension FrontState {
  mutating func search(_ text: String) -> [Effect] {
    guard !text.isEmpty else {
      searched = nil
      message = Message(.info, "nothing to look for")
      return []
    }
    searched = text.lowercased()
    return goToMatch(direction: 1)
  }

  /// The next place whose words hold what is looked for, after the last one from the start again.
  mutating func goToMatch(direction: Int) -> [Effect] {
    guard let searched else { return [] }
    let samples = samplesThatMatch(searched)
    let row = order.row(of: place.checkpoint) ?? 0
    // Where the cursor is on a sample, the rest of this checkpoint comes first.
    if isOnSamples, let here = samples[place.checkpoint] {
      let next =
        direction > 0
        ? here.first { $0 > place.sample } : here.last { $0 < place.sample }
      if let next {
        go(toSample: next)
        return found(searched, isWrapped: false)
      }
    }
    for distance in 1...max(1, order.count) {
      let target = row + direction * distance
      let wrapped = (target % order.count + order.count) % order.count
      let checkpoint = order[wrapped]
      let hits = samples[checkpoint]
      guard hits != nil || words(at: checkpoint).contains(where: { $0.contains(searched) }) else {
        continue
      }
      if checkpoint != place.checkpoint || hits != nil {
        let effects = go(to: checkpoint)
        if let sample = direction > 0 ? hits?.first : hits?.last { go(toSample: sample) }
        return effects + found(searched, isWrapped: target != wrapped)
      }
      message = Message(.info, "\"\(PrintableText.escaped(searched))\" is only here")
      return []
    }
    message = Message(.warning, "no match for \"\(PrintableText.escaped(searched))\"")
    return []
  }

  private mutating func found(_ text: String, isWrapped: Bool) -> [Effect] {
    message = Message(
      .info, "/\(PrintableText.escaped(text))\(isWrapped ? "  (from the other end again)" : "")")
    return []
  }

  /// By checkpoint, the samples that bear the words, ascending.
  private func samplesThatMatch(_ text: String) -> [Int: [Int]] {
    var found: [Int: Set<Int>] = [:]
    for review in [review] + otherReviews {
      for (target, mark) in review.marks {
        guard let sample = target.sample, let position = target.position,
          let index = run.index(of: position),
          let sample = samplePlace(ofSeed: sample, at: index)
        else { continue }
        if Self.words(of: mark).contains(where: { $0.contains(text) }) {
          found[index, default: []].insert(sample)
        }
      }
    }
    return found.mapValues { $0.sorted() }
  }

  /// What can be found of a checkpoint, in lower case.
  private func words(at checkpoint: Int) -> [String] {
    let position = run.position(of: checkpoint)
    var words = [
      position.words, run.axisValue(of: checkpoint).padded, table.statuses[checkpoint].rawValue,
    ]
    if let note = run.checkpoints[checkpoint].note { words.append(note.lowercased()) }
    for review in [review] + otherReviews {
      words += Self.words(of: review.mark(Target(position)))
      if review.override?.position == position {
        words.append((review.override?.reason ?? "").lowercased())
      }
    }
    return words
  }

  private static func words(of mark: ReviewMark) -> [String] {
    let verdict = mark.verdict == .undecided ? [] : [mark.verdict.rawValue]
    return mark.tags.keys.map { $0.lowercased() } + mark.notes.values.map { $0.lowercased() }
      + verdict
  }
}
