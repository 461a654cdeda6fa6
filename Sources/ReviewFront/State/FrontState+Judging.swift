import ReviewCore

extension FrontState {
  /// Brings up to date what follows from the review; after every act.
  mutating func reviewChanged() {
    indexTags()
    let force =
      rule.origin == .commandLine ? nil : try? RuleInForce(run: run, reviewer: review.ruleText)
    guard rule.rule.readsReviews || (force.map { $0 != rule } ?? false) else { return }
    let facts = RuleFacts(run: run, reviews: [review] + otherReviews)
    // A rule that cannot be evaluated any more leaves the last judgement standing.
    guard let evaluator = try? RuleEvaluator((force ?? rule).rule, facts: facts) else { return }
    rule = force ?? rule
    self.evaluator = evaluator
    table = CheckpointTable(judging: evaluator)
    explain()
  }

  mutating func explain() { explanation = evaluator.explanation(of: place.checkpoint, in: table) }

  mutating func indexTags() {
    var index: [Position: [String: Int]] = [:]
    for (target, mark) in review.marks {
      guard let position = target.position else { continue }
      for tag in mark.tags.keys { index[position, default: [:]][tag, default: 0] += 1 }
    }
    tagIndex = index
  }
}
