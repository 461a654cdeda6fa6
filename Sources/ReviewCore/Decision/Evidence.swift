/// What a run, its rule and its reviewers say together: what a choice stands on.
package struct Evidence: Sendable {
  package let run: Run
  /// By name, so that the same evidence is the same whoever asks.
  package let reviews: [Review]
  package let evaluator: RuleEvaluator
  package let table: CheckpointTable

  package init(run: Run, reviews: [Review], evaluator: RuleEvaluator, table: CheckpointTable? = nil)
  {
    self.run = run
    self.reviews = reviews.sorted { $0.reviewer < $1.reviewer }
    self.evaluator = evaluator
    self.table = table ?? CheckpointTable(judging: evaluator)
  }

  /// A reviewer's own choice; the last reviewer by name that made one of this run's checkpoints.
  package var override: (reviewer: String, override: Override)? { overrides.last }

  var overrides: [(reviewer: String, override: Override)] {
    reviews.compactMap { review in
      review.override.flatMap {
        run.index(of: $0.position) == nil ? nil : (review.reviewer, $0)
      }
    }
  }

  /// Whether any reviewer chose it, whatever others chose.
  package func isChosenByReviewer(_ index: Int) -> Bool {
    overrides.contains { run.index(of: $0.override.position) == index }
  }

  /// The checkpoint to keep: a reviewer's choice before the rule's.
  package var kept: Int? {
    override.flatMap { run.index(of: $0.override.position) } ?? table.selected
  }

  /// The best checkpoint that `where` excludes, by the first objective.
  package var bestExcluded: (index: Int, clause: ClauseFinding)? {
    guard let best = table.bestExcluded else { return nil }
    let clauses = evaluator.explanation(of: best, in: table).eligibilityClauses
    return clauses.first { !$0.holds }.map { (best, $0) }
  }

  /// A journal may name samples that the run does not have.
  func isSample(_ sample: Int, of index: Int) -> Bool {
    guard let source = run.checkpoints[index].samples else { return false }
    return source.place(of: sample).map { (0..<(source.count ?? 0)).contains($0) } ?? false
  }

  package func wasSeen(_ index: Int) -> Bool {
    reviews.contains { $0.seen[run.position(of: index)]?.isEmpty == false }
  }
}
