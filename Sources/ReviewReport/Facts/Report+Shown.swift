import ReviewCore

/// Which samples a report shows, so that they can be decoded before it is written.
extension Report {
  // A strip of more rows is no longer seen at a glance.
  private static let mostSettings = 8
  private static let mostRuns = 12

  /// By place in the run, ascending.
  package var shown: [Int] {
    Set(beforeAtAfter + failures.map(\.index) + keptSettings + bestOfRuns).sorted()
  }

  /// The kept checkpoint under its settings, as far as there are samples; empty where it has one alone.
  package var keptSettings: [Int] {
    guard let kept, run.setting(of: kept) != nil else { return [] }
    let rows = run.settingsRows(of: kept).filter { run.checkpoints[$0].samples != nil }
    guard rows.count > 1, let place = rows.firstIndex(of: kept) else { return [] }
    let start = max(0, min(place - Self.mostSettings / 2, rows.count - Self.mostSettings))
    return Array(rows[start...].prefix(Self.mostSettings))
  }

  /// One a run that is compared: the kept checkpoint, else what the rule picks in that run alone, as far as
  /// there are samples; in the order of the runs.
  package var bestOfRuns: [Int] {
    let all = evidence.runChoices.compactMap { choice -> Int? in
      if let kept, run.members[choice.member].rows.contains(kept) { return kept }
      return choice.best
    }.filter { run.checkpoints[$0].samples != nil }
    guard all.count > Self.mostRuns else { return all }
    // The choice has to be among those that are shown.
    let others = all.filter { $0 != kept }.prefix(Self.mostRuns - 1)
    return (Array(others) + [kept].compactMap { $0 }).sorted()
  }

  /// Seeds of a checkpoint, drawn and not picked; `isReviewed`: none that is held out.
  package func drawnSamples(_ count: Int, of index: Int, isReviewed: Bool = false) -> [Int] {
    drawn(count, of: seeds(of: index, isReviewed: isReviewed))
  }

  /// As `drawnSamples`, of seeds that all of some checkpoints have.
  package func sharedSeeds(_ count: Int, of checkpoints: [Int]) -> [Int] {
    guard let first = checkpoints.first else { return [] }
    let others = checkpoints.dropFirst().map { Set(seeds(of: $0, isReviewed: true)) }
    return drawn(
      count,
      of: seeds(of: first, isReviewed: true).filter { seed in
        others.allSatisfy { $0.contains(seed) }
      })
  }

  private func seeds(of index: Int, isReviewed: Bool) -> [Int] {
    guard let source = run.checkpoints[index].samples else { return [] }
    return (0..<(source.count ?? 0)).map { source.index(at: $0) }
      .filter { !isReviewed || !run.isHeldOut($0, at: index) }
  }

  private func drawn(_ count: Int, of all: [Int]) -> [Int] {
    SeededOrder.draw(count, of: all.count, seed: Self.drawSeed).map { all[$0] }
  }
}
