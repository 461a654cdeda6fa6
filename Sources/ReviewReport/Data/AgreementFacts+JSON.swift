package import ReviewCore

extension AgreementFacts {
  /// Reviewers, matters, checkpoints, disagreements, rulings and contradictions, for programs.
  package var members: [(key: String, value: JSONText)] {
    [
      ("reviewers", .array(agreement.reviewers.map { .string($0) })),
      ("matters", .array(agreement.rows.map(row))),
      (
        "checkpoints",
        .array(
          run.checkpoints.indices.compactMap { index in
            agreement.byCheckpoint[index].map { value in
              .object(JSONReport.places(index, in: run) + [("agreement", .number(value))])
            }
          })
      ),
      ("disagreements", .array(agreement.disagreements.map(disagreement))),
      ("rulings", .array(sortedRulings.map { ruling($0.point, $0.ruling) })),
      ("contradictions", .array(contradictions.map(contradiction))),
    ]
  }

  private func row(_ row: ReviewerAgreement.Row) -> JSONText {
    .object(
      matter(row.matter) + [
        ("items", .integer(row.items)), ("reviewers", .array(row.raters.map { .string($0) })),
        ("observed", coefficient(row.observed)),
        (
          "cohen",
          .array(
            row.pairs.map { pair in
              .object(
                [
                  ("reviewers", .array([.string(pair.first), .string(pair.second)])),
                  ("items", .integer(pair.items)),
                ] + parts(of: pair.kappa))
            })
        ),
        ("fleiss", row.fleiss.map(coefficient) ?? .null), ("alpha", coefficient(row.alpha)),
      ])
  }

  private func coefficient(_ one: AgreementCoefficient) -> JSONText { .object(parts(of: one)) }

  private func parts(of one: AgreementCoefficient) -> [(key: String, value: JSONText)] {
    func number(_ value: Double?) -> JSONText { value.map { .number($0) } ?? .null }
    return [
      ("value", number(one.value)), ("low", number(one.interval?.lowerBound)),
      ("high", number(one.interval?.upperBound)),
    ] + (one.remark.map { [("remark", .string($0))] } ?? [])
  }

  /// `matter`, and of a tag its name.
  private func matter(_ matter: DisputedMatter) -> [(key: String, value: JSONText)] {
    switch matter {
    case .verdict: return [("matter", .string("verdict"))]
    case .rating: return [("matter", .string("rating"))]
    case .tag(let tag): return [("matter", .string("tag")), ("tag", .string(tag))]
    }
  }

  private func places(_ index: Int, _ point: DisputedPoint) -> [(key: String, value: JSONText)] {
    JSONReport.places(index, in: run) + [
      ("sample", point.target.sample.map { .integer($0) } ?? .null)
    ] + matter(point.matter)
  }

  private func disagreement(_ one: ReviewerAgreement.Disagreement) -> JSONText {
    .object(
      places(one.index, one.point) + [
        ("said", .object(one.words.map { ($0.reviewer, .string($0.value)) })),
        ("ruling", rulings[one.point]?.value.map { .string($0) } ?? .null),
      ])
  }

  private func ruling(_ point: DisputedPoint, _ ruling: Ruling) -> JSONText {
    let index = point.target.position.flatMap { run.index(of: $0) } ?? 0
    return .object(
      places(index, point) + [
        ("value", ruling.value.map { .string($0) } ?? .null),
        ("reviewer", .string(ruling.reviewer)), ("reason", .string(ruling.reason)),
        ("time", .string(ruling.time)),
      ])
  }

  private func contradiction(_ one: Contradiction) -> JSONText {
    var members =
      JSONReport.places(one.index, in: run) + [
        ("kind", .string(one.name)), ("words", .string(one.words)),
        ("distance", .number(one.distance)),
        ("reviewers", .array(one.reviewers.map { .string($0) })), ("ruled", .bool(one.isRuled)),
      ]
    if case .order(let places) = one.kind {
      members += [
        ("metric", .string(places.metric)), ("people", .string(places.people ?? "ratings")),
        ("placeByMetric", .number(places.byMetric)), ("placeByPeople", .number(places.byPeople)),
        ("count", .integer(places.count)),
        (
          "against",
          .array(places.against.map { .object(JSONReport.places($0, in: run)) })
        ),
      ]
    }
    return .object(members)
  }
}
