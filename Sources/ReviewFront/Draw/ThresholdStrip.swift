import ReviewCore

/// The line of a threshold in one row: who is selected where, with room for every name.
struct ThresholdStrip {
  struct Part: Equatable {
    /// The place of the stretch on the line.
    let stretch: Int
    /// In cells of the row; a bracket or a bar stands before and behind it.
    let columns: Range<Int>
    let label: String
  }

  let parts: [Part]
  /// Where the threshold stands now.
  let caret: Int
  /// Whether there are further stretches that way.
  let hasMoreBelow: Bool
  let hasMoreAbove: Bool

  // What a stretch without end is worth beside all others.
  private static let endShare = 0.15

  init(
    _ line: ThresholdLine, here: Int, now: Double, width: Int, label: (Int?) -> String
  ) {
    let stretches = line.stretches
    func least(_ place: Int) -> Int { label(stretches[place].winner).utf8.count + 2 }
    // From the present stretch on, in both directions in turn, while there is room.
    var shown = here...here
    var taken = least(here) + 2
    // A bar at each end, or an arrow.
    let room = width - 4
    var grows = true
    while grows {
      grows = false
      for next in [shown.upperBound + 1, shown.lowerBound - 1] where stretches.indices ~= next {
        guard taken + least(next) + 1 <= room else { continue }
        taken += least(next) + 1
        shown = min(next, shown.lowerBound)...max(next, shown.upperBound)
        grows = true
      }
    }
    hasMoreBelow = shown.lowerBound > 0
    hasMoreAbove = shown.upperBound < stretches.count - 1
    let ends = shown.compactMap { stretches[$0].lower } + shown.compactMap { stretches[$0].upper }
    let (low, high) = (ends.min() ?? 0, ends.max() ?? 0)
    let span = high / 2 - low / 2
    func share(_ place: Int) -> Double {
      guard let lower = stretches[place].lower, let upper = stretches[place].upper else {
        return Self.endShare
      }
      return span > 0 ? (upper / 2 - lower / 2) / span : 0
    }
    let all = shown.reduce(0) { $0 + share($1) }
    let spare = Double(max(0, room - taken))
    var parts: [Part] = []
    var column = 2
    var given = 0.0
    for place in shown {
      let before = Int(given)
      given += all > 0 ? spare * share(place) / all : 0
      let own = least(place) + (place == here ? 2 : 0) + Int(given + 1e-9) - before
      parts.append(
        Part(
          stretch: place, columns: column..<column + own, label: label(stretches[place].winner)))
      column += own + 1
    }
    self.parts = parts
    let mine = parts[here - shown.lowerBound].columns
    caret =
      mine.lowerBound
      + Int(Self.share(of: now, in: stretches[here], span) * Double(mine.count - 1) + 0.5)
  }

  /// How far along its stretch a value lies, 0...1.
  private static func share(
    of now: Double, in stretch: ThresholdLine.Stretch, _ span: Double
  ) -> Double {
    let end = span > 0 ? span * endShare : 1
    switch (stretch.lower, stretch.upper) {
    case (let lower?, let upper?):
      return upper > lower ? min(1, max(0, (now / 2 - lower / 2) / (upper / 2 - lower / 2))) : 0.5
    case (let lower?, nil): return min(1, (now / 2 - lower / 2) / end)
    case (nil, let upper?): return max(0, 1 - (upper / 2 - now / 2) / end)
    case (nil, nil): return 0.5
    }
  }
}
