package import ReviewCore

extension Run {
  /// Puts what people judged into columns, anew: what they said in trials, then how far reviewers agree.
  ///
  /// - Complexity: as of `HumanResults` and, for several reviewers, of what they judged.
  package mutating func takeJudgements(of reviews: [Review]) {
    let said = HumanResults(of: reviews, in: self).columns(in: self)
    let agreement = ReviewerAgreement.column(of: reviews, in: self)
    let hasSome = columns.contains { $0.metric.origin == .judged }
    guard !said.isEmpty || agreement != nil || hasSome else { return }
    take(judged: said + (agreement.map { [$0] } ?? []))
  }
}
