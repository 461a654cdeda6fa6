import ReviewCore

/// The best checkpoint by the objective, and why it is not selected.
package struct LostBest: Equatable, Sendable {
  /// The checkpoint's place in the run.
  let index: Int
  let words: String
}

extension FrontState {
  /// What the choice stands on, this reviewer's words as they are now.
  var evidence: Evidence {
    Evidence(run: run, reviews: [review] + otherReviews, evaluator: evaluator, table: table)
  }

  /// Counts what is there; after every act.
  mutating func countEvidence() {
    evidenceCount = EvidenceChecklist(evidence, rule: rule).items.count(where: \.isThere)
  }

  /// The checkpoint that would be exported as kept: this reviewer's choice before the rule's.
  var kept: Int? { review.override.flatMap { run.index(of: $0.position) } ?? table.selected }

  /// What the box of why says beyond the clauses, worked out when it opens.
  mutating func prepareWhy() {
    guard case .why = mode else {
      lost = nil
      return
    }
    if front == nil, let columns = run.weighedColumns {
      front = ParetoFront(of: run, x: columns.x, y: columns.y)
    }
    guard place.checkpoint == table.bestExcluded else {
      lost = nil
      return
    }
    guard lost?.index != place.checkpoint else { return }
    lost = evidence.whyTheBestLost.map { LostBest(index: place.checkpoint, words: $0.plain) }
  }

  /// Whether a sample is out of sight: held out from the choice, and this is not the choice.
  ///
  /// What confirms a choice must not be what it was made by.
  func isHidden(_ seed: Int, at checkpoint: Int) -> Bool {
    guard holdsSeedsOut, run.isHeldOut(seed, at: place.checkpoint) else { return false }
    // A difference shows the other checkpoint as well.
    if case .difference(let other) = view { return checkpoint != kept || other != kept }
    return checkpoint != kept
  }

  /// Who chose a checkpoint whatever the rule says; nil when nobody did.
  func overrideWords(at checkpoint: Int) -> String? {
    let position = run.position(of: checkpoint)
    let mine = review.override?.position == position ? ["you"] : []
    let others = otherReviews.filter { $0.override?.position == position }.map(\.reviewer)
    let names = mine + others
    return names.isEmpty
      ? nil : "! chosen by \(names.joined(separator: ", ")), whatever the rule says"
  }

  /// Why the sample under the cursor is not shown.
  var hiddenWords: String {
    let choice = kept.map { "shown at the choice alone, \(run.position(of: $0).words)" }
    return "sample \(seed) is held out from the choice; \(choice ?? "nothing is chosen yet")"
  }
}
