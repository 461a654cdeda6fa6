package import ReviewCore

/// Where reviewers agree and where not, as a report and `keepoch agree` tell it.
package struct AgreementFacts: Sendable {
  package let run: Run
  package let agreement: ReviewerAgreement
  /// What counts of what was ruled.
  package let rulings: [DisputedPoint: Ruling]
  /// Where people and numbers disagree.
  package let contradictions: [Contradiction]

  package init(
    run: Run, reviews: [Review], agreement: ReviewerAgreement, contradictions: [Contradiction]
  ) {
    self.run = run
    self.agreement = agreement
    self.contradictions = contradictions
    rulings = Ruling.inForce(among: reviews, in: run)
  }

  /// `3 disagreements, 1 of them ruled`.
  package var disagreementWords: String {
    let all = agreement.disagreements
    guard !all.isEmpty else { return "no disagreement" }
    let ruled = all.count { rulings[$0.point] != nil }
    return "\(all.count) disagreement\(all.count == 1 ? "" : "s")"
      + (ruled == 0 ? "" : ", \(ruled) of them ruled")
  }

  /// Everything that was ruled and counts, in the order of the run.
  package var sortedRulings: [(point: DisputedPoint, ruling: Ruling)] {
    rulings.map { (point: $0.key, ruling: $0.value) }.sorted { left, right in
      let (one, other) = (place(of: left.point), place(of: right.point))
      return one == other
        ? DisputedMatter.isInOrder(left.point.matter, right.point.matter) : one < other
    }
  }

  /// The checkpoint's place, then 0 for itself, else one more than the sample.
  private func place(of point: DisputedPoint) -> (Int, Int) {
    let index = point.target.position.flatMap { run.index(of: $0) } ?? 0
    return (index, point.target.sample.map { $0 &+ 1 } ?? 0)
  }

  /// Why a number is missing, each reason once with the matters it is of.
  package var remarks: [String] {
    var matters: [(remark: String, words: [String])] = []
    for row in agreement.rows {
      let numbers =
        [row.observed] + row.pairs.map(\.kappa) + [row.fleiss, row.alpha].compactMap { $0 }
      for remark in numbers.compactMap(\.remark) {
        let place = matters.firstIndex { $0.remark == remark } ?? matters.count
        if place == matters.count { matters.append((remark, [])) }
        if matters[place].words.last != row.matter.words {
          matters[place].words.append(row.matter.words)
        }
      }
    }
    return matters.map { "\($0.words.joined(separator: ", ")): \($0.remark)" }
  }

  /// `0.36 (0.10 to 0.60)`; of several pairs of reviewers `0.21 to 0.80, 3 pairs`.
  package func kappaText(of row: ReviewerAgreement.Row) -> String {
    guard row.pairs.count != 1 else { return row.pairs[0].kappa.text }
    let values = row.pairs.compactMap(\.kappa.value)
    guard let low = values.min(), let high = values.max() else { return "-" }
    func text(_ value: Double) -> String { NumberText.fixed(value, places: 2) }
    return "\(text(low)) to \(text(high)), \(row.pairs.count) pairs"
  }

  /// What is not said by the numbers themselves.
  package static let words =
    "Agree: the part of the pairs of reviewers that say the same, of ratings up to one level apart. "
    + "Kappa and alpha: 1 all alike, 0 as by chance; Cohen's of ratings with quadratic weights, Fleiss' where "
    + "everybody judged every item, alpha ordinal for ratings. Intervals hold 95 %, by a bootstrap over the items "
    + "with a fixed seed. Held-out seeds take no part."
}
