import ReviewCore

extension FrontState {
  /// Where every checkpoint stands on the timeline, worked out once.
  mutating func knownMoments() -> Moments {
    if let moments, moments.timeline == timeline { return moments }
    let found = Moments(of: run, on: timeline)
    moments = found
    return found
  }

  /// The next timeline on which every run has a place.
  mutating func nextTimeline() -> [Effect] {
    let all = Timeline.allCases
    let start = all.firstIndex(of: timeline) ?? 0
    for step in 1..<all.count {
      let next = all[(start + step) % all.count]
      if Moments(of: run, on: next).isKnown { return setTimeline(next) }
    }
    message = Message(.info, "nothing else than the \(timeline.words) is known of all runs")
    return []
  }

  mutating func setTimeline(named name: String) -> [Effect] {
    guard let next = Timeline(rawValue: name) else {
      message = Message(
        .error,
        "no timeline \"\(PrintableText.escaped(name))\"; there is "
          + Timeline.allCases.map(\.rawValue).joined(separator: ", "))
      return []
    }
    guard Moments(of: run, on: next).isKnown else {
      message = Message(.warning, "not all runs tell their \(next.words)")
      return []
    }
    return setTimeline(next)
  }

  private mutating func setTimeline(_ next: Timeline) -> [Effect] {
    timeline = next
    moments = nil
    if sorting.key == .timeline { reorder() }
    guard let comparison, comparison.isByTimeline else {
      message = Message(.info, "runs are compared along \(next.words)")
      return []
    }
    align(to: comparison.items[comparison.focus].checkpoint)
    return []
  }

  /// One column a run: the lead, and of every other run the latest at or before its moment.
  ///
  /// - Returns: nil where no other run has one.
  mutating func timelineItems(lead: Int) -> [Comparison.Item]? {
    let moments = knownMoments()
    guard let own = run.checkpoints[lead].member, let moment = moments.values[lead] else {
      return nil
    }
    let items = run.members.indices.compactMap { member -> Comparison.Item? in
      if member == own { return Comparison.Item(checkpoint: lead) }
      return moments.latest(among: rows(of: member, beside: lead), upTo: moment).map {
        Comparison.Item(checkpoint: $0)
      }
    }
    return items.count > 1 ? items : nil
  }

  /// The checkpoints of a run under the setting that is looked at beside another one's: the same, where
  /// the run has it, else that of its column so far, else its usual one.
  private func rows(of member: Int, beside lead: Int) -> [Int] {
    let (rows, held) = (run.members[member].rows, run.checkpoints[lead].setting)
    if run.checkpoints[lead].member == member {
      return rows.filter { showsAllSettings || run.checkpoints[$0].setting == held }
    }
    if let held {
      let same = rows.filter { run.checkpoints[$0].setting == held }
      if !same.isEmpty { return same }
    }
    let column = comparison?.items.first { run.checkpoints[$0.checkpoint].member == member }
    guard let column, comparison?.isByTimeline == true else {
      return rows.filter { run.checkpoints[$0].isOfUsualSetting }
    }
    let own = run.checkpoints[column.checkpoint].setting
    return rows.filter { run.checkpoints[$0].setting == own }
  }

  /// Whether `c` may have other runs to show beside the one under the cursor; cheap, since it is asked at
  /// every frame.
  var mayCompareRuns: Bool {
    run.members.count { !$0.rows.isEmpty } > 1
      && moments.map { $0.values[place.checkpoint] != nil } ?? true
  }

  /// Runs side by side at one moment; nothing where the runs have no common one.
  mutating func compareRuns() -> Bool {
    guard !run.members.isEmpty, let items = timelineItems(lead: place.checkpoint) else {
      return false
    }
    let origin = place
    if place.depth == .table { place.depth = .grid }
    place.sample = min(place.sample, max(0, sampleCount - 1))
    comparison = Comparison(
      items: items, focus: items.firstIndex { $0.checkpoint == place.checkpoint } ?? 0,
      origin: origin, isByTimeline: true)
    message = Message(.info, alignedWords)
    return true
  }

  /// Goes on along the run under the cursor; the others follow.
  mutating func stepTimeline(_ comparison: Comparison, by count: Int) -> [Effect] {
    let lead = comparison.items[comparison.focus].checkpoint
    guard let member = run.checkpoints[lead].member else { return [] }
    let rows = rows(of: member, beside: lead)
    let row = rows.firstIndex(of: lead) ?? 0
    let target = min(max(0, row + count), rows.count - 1)
    guard target != row else {
      message = Message(
        .info, count > 0 ? "this is the last checkpoint" : "this is the first checkpoint")
      return []
    }
    align(to: rows[target])
    return []
  }

  /// All columns at the moment of one checkpoint.
  mutating func align(to lead: Int) {
    guard let before = comparison else { return }
    let items = timelineItems(lead: lead) ?? [Comparison.Item(checkpoint: lead)]
    comparison = Comparison(
      items: items, focus: items.firstIndex { $0.checkpoint == lead } ?? 0, origin: before.origin,
      isByTimeline: true)
    _ = go(to: lead)
    message = Message(.info, alignedWords)
  }

  /// `at the epoch of gan-digits; @ compares along another timeline`.
  private var alignedWords: String {
    guard let comparison else { return "" }
    let all = comparison.items.map(\.checkpoint)
    let absent = run.members.indices.filter { member in
      !all.contains { run.checkpoints[$0].member == member }
    }
    var text =
      timeline == .quality
      ? "as good as \(position.words), or a little less"
      : "latest at or before the \(timeline.words)"
    if timeline == .time || timeline == .samples, let moment = moments?.values[place.checkpoint] {
      text += " \(NumberText.general(moment, digits: 6))\(timeline == .time ? " s" : "")"
    } else if timeline != .quality {
      text += " of \(position.words)"
    }
    if !absent.isEmpty {
      text += "; nothing yet of " + absent.map { run.members[$0].name }.joined(separator: ", ")
    }
    if all.contains(where: { !run.sharesSeeds($0, place.checkpoint) }) {
      text += "; seeds are not declared the same"
    }
    return text + "; \(keyMap.name(of: .timeline)) another timeline"
  }
}
