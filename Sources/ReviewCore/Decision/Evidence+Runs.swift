/// What the rule over several runs selects within one of them.
package struct RunChoice: Sendable {
  /// The run's place among those that are compared.
  package let member: Int
  /// The best that may be selected; nil where the rule excludes all.
  package let selected: Int?
  /// The best by the objectives of those that it excludes, and the first clause that does.
  package let bestExcluded: (index: Int, clause: ClauseFinding)?

  /// What stands for the run: its best that may be selected, else the best of the others.
  package var best: Int? { selected ?? bestExcluded?.index }
}

extension Evidence {
  /// One a run that is compared, in their order; empty for a run by itself.
  ///
  /// - Complexity: O(n) evaluations of the rule.
  package var runChoices: [RunChoice] {
    run.members.enumerated().map { member, item in
      let choice = best(among: item.rows)
      return RunChoice(
        member: member, selected: choice.selected, bestExcluded: choice.bestExcluded)
    }
  }

  /// What the rule would select of some rows alone.
  package func best(
    among rows: some Sequence<Int>
  ) -> (selected: Int?, bestExcluded: (index: Int, clause: ClauseFinding)?) {
    var best: Int?
    var excluded: Int?
    for index in rows {
      if evaluator.isEligible(index) {
        if best.map({ evaluator.isBetter(index, than: $0) }) ?? true { best = index }
      } else if evaluator.objectiveValue(0, at: index) != nil,
        excluded.map({ evaluator.isBetter(index, than: $0) }) ?? true
      {
        excluded = index
      }
    }
    let clause = excluded.flatMap { index in
      evaluator.explanation(of: index, in: table).eligibilityClauses.first { !$0.holds }
        .map { (index, $0) }
    }
    return (best, clause)
  }

  /// The run that the kept checkpoint is of; without one, or in a run by itself, all there is.
  package var keptRun: Run { kept.map { run.origin(of: $0).run } ?? run }

  /// What was looked at of some rows, by any reviewer.
  package func coverage(
    of rows: Range<Int>
  ) -> (checkpoints: Int, samples: Int, allSamples: Int) {
    var seen: [Int: Set<Int>] = [:]
    for review in reviews {
      for (position, samples) in review.seen {
        guard let index = run.index(of: position), rows.contains(index) else { continue }
        seen[index, default: []].formUnion(samples.filter { isSample($0, of: index) })
      }
    }
    let all = run.checkpoints[rows].reduce(0) { $0 + ($1.samples?.count ?? 0) }
    return (seen.count, seen.values.reduce(0) { $0 + $1.count }, all)
  }
}
