import ReviewCore

/// What several reviewers agree on, where they do not, and what was ruled.
extension ReportDocument {
  // The journals hold them all; more than this is a list nobody reads.
  private static let mostListed = 20

  mutating func addReviewers() {
    guard let facts = report.agreement else { return }
    let agreement = facts.agreement
    var blocks: [ReportBlock] = [
      .paragraph([
        "\(agreement.reviewers.count) reviewers: \(agreement.reviewers.joined(separator: ", "))."
      ])
    ]
    if !agreement.rows.isEmpty {
      blocks += [coefficients(facts), .paragraph([.text(AgreementFacts.words)])]
    }
    let remarks = facts.remarks
    if !remarks.isEmpty { blocks.append(.list(remarks.map { [.text($0)] })) }
    blocks += pairs(facts)
    blocks.append(.heading([.text(facts.disagreementWords.capitalisedFirst)]))
    blocks += listed(
      agreement.disagreements.map { one in
        let ruling = facts.rulings[one.point]?.value.map { "; \($0) counts" } ?? ""
        return "\(words(one.point)): \(one.said)\(ruling)"
      })
    let rulings = facts.sortedRulings
    if !rulings.isEmpty {
      blocks.append(.heading(["What was ruled"]))
      blocks += listed(
        rulings.map { point, ruling in
          let reason = ruling.reason.isEmpty ? "no reason given" : ruling.reason
          return "\(words(point)): \(ruling.value ?? "-"), ruled by \(ruling.reviewer): \(reason)"
        })
    }
    if !facts.contradictions.isEmpty {
      blocks.append(.heading(["Where people and numbers disagree"]))
      blocks += listed(facts.contradictions.map { "\(words($0.index)): \($0.words)" })
    }
    section(.reviewers, "Reviewers", blocks)
  }

  private func words(_ point: DisputedPoint) -> String {
    "\(words(point.target)), \(point.matter.words)"
  }

  private func listed(_ lines: [String]) -> [ReportBlock] {
    guard !lines.isEmpty else { return [] }
    let more = lines.count - Self.mostListed
    return [.list(lines.prefix(Self.mostListed).map { [.text($0)] })]
      + (more > 0
        ? [.paragraph([.text("\(more) more; "), .code("keepoch agree --all"), " lists them all."])]
        : [])
  }

  private func coefficients(_ facts: AgreementFacts) -> ReportBlock {
    let header = [
      "matter", "items", "reviewers", "agree", "Cohen's kappa", "Fleiss' kappa",
      "Krippendorff's alpha",
    ]
    let rows = facts.agreement.rows.map { row -> [[Span]] in
      [
        row.matter.words, String(row.items), String(row.raters.count), row.observed.text,
        facts.kappaText(of: row), row.fleiss?.text ?? "-", row.alpha.text,
      ].map { [.text($0)] }
    }
    return .table(header: header.map { [.text($0)] }, rows: rows)
  }

  /// Of more than two reviewers, how far each two agree.
  private func pairs(_ facts: AgreementFacts) -> [ReportBlock] {
    let rows = facts.agreement.rows.filter { $0.pairs.count > 1 }.flatMap { row in
      row.pairs.map { pair -> [[Span]] in
        [row.matter.words, pair.first, pair.second, String(pair.items), pair.kappa.text]
          .map { [.text($0)] }
      }
    }
    guard !rows.isEmpty else { return [] }
    let header = ["matter", "reviewer", "and", "items", "Cohen's kappa"]
    return [
      .heading(["Each two reviewers"]),
      .table(header: header.map { [.text($0)] }, rows: Array(rows.prefix(3 * Self.mostListed))),
    ]
      + (rows.count > 3 * Self.mostListed
        ? [.paragraph(["\(rows.count - 3 * Self.mostListed) more are in the report in JSON."])]
        : [])
  }
}

extension String {
  fileprivate var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
}
