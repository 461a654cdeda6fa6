import ReviewCore

/// A report for programs, `keepoch.report/1`: the facts of the sections, none of the pictures.
package struct JSONReport {
  package static let schema = "keepoch.report/1"

  let report: Report

  /// Keys in a fixed order, so that equal reports are equal bytes.
  package static func write(_ report: Report) -> String {
    JSONReport(report: report).json.indentedText
  }

  var run: Run { report.run }

  private var json: JSONText {
    .object(
      [
        ("schema", .string(Self.schema)),
        ("run", runMember),
      ] + runs + [
        ("axis", .string(run.axis.rawValue)), ("decision", decision), ("rule", rule),
        ("checkpoints", .array(run.checkpoints.indices.map(checkpoint))), ("margins", margins),
        ("failures", .array(report.failures.map(failure))), ("notes", notes),
        ("trainingLog", .array(trainingLog)),
        ("largestFalls", .array(report.largestFalls.map(fall))),
        ("ratings", .array(report.ratings.map(rating))),
      ] + human + agreement + [
        ("coverage", coverage), ("model", model),
      ] + Self.proof(of: report) + [
        ("cautions", strings(report.cautions)), ("warnings", strings(report.warnings.map(\.line))),
        ("reviewers", strings(report.reviews.map(\.reviewer))), ("command", command),
      ])
  }

  private func strings(_ texts: [String]) -> JSONText { .array(texts.map { .string($0) }) }

  private func number(_ value: Double?) -> JSONText { value.map { .number($0) } ?? .null }

  private func place(_ index: Int?) -> JSONText {
    number(index.map { run.axisValue(of: $0).value })
  }

  private var decision: JSONText {
    let override = report.override
    let chosen: [(name: String, index: Int?)] = [
      ("kept", report.kept), ("selected", report.table.selected),
      ("runnerUp", report.table.runnerUp),
    ]
    return .object(
      chosen.map { ($0.name, place($0.index)) } + chosen.flatMap { origin($0.name, $0.index) } + [
        (
          "override",
          override.map { reviewer, override in
            .object(
              [
                (override.position.axis.rawValue, .number(override.position.value))
              ] + origin("", run.index(of: override.position)) + [
                ("reviewer", .string(reviewer)), ("reason", .string(override.reason)),
              ])
          } ?? .null
        )
      ])
  }

  private var rule: JSONText {
    .object([
      ("text", .string(report.rule.rule.text)), ("origin", .string(report.rule.origin.rawValue)),
      (
        "reviewer",
        report.rule.origin == .reviewer
          ? report.ruleReviewer.map { .string($0) } ?? .null : .null
      ),
      ("language", .integer(RuleInForce.languageVersion)),
      ("dataSha256", report.dataDigest.map { .string($0) } ?? .null),
    ])
  }

  private func checkpoint(_ index: Int) -> JSONText {
    let position = run.position(of: index)
    let verdicts = report.reviews.compactMap { review -> (key: String, value: JSONText)? in
      let verdict = review.mark(Target(position)).verdict
      return verdict == .undecided ? nil : (review.reviewer, .string(verdict.rawValue))
    }
    let tags = report.tagCounts.compactMap { tag, counts -> (key: String, value: JSONText)? in
      counts.first { $0.index == index }.map { (tag, .integer($0.count)) }
    }
    return .object(
      origin("", index) + [
        (position.axis.rawValue, place(index)),
        (
          "metrics",
          .object(
            run.displayOrder.compactMap { column in
              run.columns[column].values[index].map {
                (run.columns[column].metric.name, .number($0))
              }
            })
        ),
        ("status", .string(report.table.statuses[index].rawValue)),
        ("eligible", .bool(report.evaluator.isEligible(index))), ("verdicts", .object(verdicts)),
        ("rating", number(report.evaluator.facts.ratings[index])), ("tags", .object(tags)),
        ("note", run.checkpoints[index].note.map { .string($0) } ?? .null),
      ]
        + (run.checkpoints[index].failures.isEmpty
          ? [] : [("trainerFailures", strings(run.checkpoints[index].failures))]))
  }

  private var margins: JSONText {
    guard let selected = report.table.selected else { return .null }
    let explanation = report.evaluator.explanation(of: selected, in: report.table)
    func clause(_ part: String, _ clause: ClauseFinding) -> JSONText {
      .object([
        ("part", .string(part)), ("clause", .string(clause.text)), ("holds", .bool(clause.holds)),
        ("value", number(clause.value)), ("margin", number(clause.margin)),
      ])
    }
    let excluded = report.bestExcluded.map { index, finding -> JSONText in
      .object(
        places(index) + [
          ("clause", .string(finding.text)),
          ("value", number(finding.value)), ("margin", number(finding.margin)),
        ])
    }
    return .object([
      ("objective", .string(explanation.objective)), ("value", number(explanation.objectiveValue)),
      (
        "clauses",
        .array(
          explanation.candidateClauses.map { clause("candidate", $0) }
            + explanation.eligibilityClauses.map { clause("where", $0) })
      ),
      ("bestExcluded", excluded ?? .null), ("sweeps", Self.sweeps(report.evaluator, run: run)),
    ])
  }

  private func failure(_ failure: Report.Failure) -> JSONText {
    .object(
      places(failure.index) + [
        ("sample", .integer(failure.sample)),
        ("tags", strings(failure.tags)), ("notes", strings(failure.notes)),
        ("reviewers", strings(failure.reviewers)),
      ])
  }

  private var notes: JSONText {
    .object(
      NoteSubject.allCases.map { subject in
        (
          subject.rawValue,
          .array(
            report.remarks(about: subject).map { remark in
              .object(
                places(of: remark.target.position) + [
                  ("sample", remark.target.sample.map { .integer($0) } ?? .null),
                  ("reviewer", .string(remark.reviewer)), ("text", .string(remark.text)),
                ])
            })
        )
      })
  }

  private var trainingLog: [JSONText] {
    guard !run.members.isEmpty else { return run.series.map { series($0) } }
    return run.members.flatMap { member in
      member.run.series.map { series($0, of: member.name) }
    }
  }

  private func series(_ series: Series, of owner: String? = nil) -> JSONText {
    let summary = SeriesSummary(series)
    func point(_ point: SeriesSummary.Point?) -> JSONText {
      point.map { .object([("at", .number($0.position)), ("value", .number($0.value))]) } ?? .null
    }
    return .object(
      (owner.map { [("run", .string($0))] } ?? []) + [
        ("name", .string(series.name)), ("axis", .string(series.axis.rawValue)),
        ("points", .integer(series.values.count)), ("first", number(summary.first)),
        ("last", number(summary.last)), ("lowest", point(summary.lowest)),
        ("highest", point(summary.highest)), ("notFinite", .integer(summary.gapCount)),
      ])
  }

  private func fall(
    _ fall: (name: String, from: Int, to: Int, before: Double, after: Double)
  ) -> JSONText {
    .object(
      [
        ("metric", .string(fall.name)), ("from", place(fall.from)), ("to", place(fall.to)),
        ("before", .number(fall.before)), ("after", .number(fall.after)),
      ] + origin("", fall.from))
  }

  private func rating(_ rating: Report.Rating) -> JSONText {
    .object(
      places(rating.index) + [
        ("of", .string(rating.isOfSamples ? "samples" : "checkpoint")),
        ("values", .array(rating.values.map { .integer($0) })),
        ("median", .number(rating.quantile(0.5))), ("raters", strings(rating.raters)),
      ])
  }

  /// Nothing where nobody was asked in trials.
  private var human: [(key: String, value: JSONText)] {
    report.human.isEmpty ? [] : [("humanEvaluation", report.human.json)]
  }

  /// Nothing where fewer than two reviewed.
  private var agreement: [(key: String, value: JSONText)] {
    report.agreement.map { [("agreement", .object($0.members))] } ?? []
  }

  private var coverage: JSONText {
    let seen = report.coverage
    return .object([
      (
        "checkpoints",
        .object([
          ("seen", .integer(seen.checkpoints)), ("all", .integer(run.checkpoints.count)),
        ])
      ),
      (
        "samples",
        .object([("seen", .integer(seen.samples)), ("all", .integer(seen.allSamples))])
      ),
      (
        "heldOut",
        report.heldOut.map {
          .object([
            ("seen", .integer($0.seen)), ("all", .integer($0.seeds)),
            ("tagged", .integer($0.tagged)),
            ("confirms", .bool($0.confirms)),
          ])
        } ?? .null
      ),
    ])
  }

  private var model: JSONText { Self.model(of: report.evidence.keptRun) }

  private var command: JSONText {
    let command = report.command
    return .object(
      [
        ("line", .string(command.line)), ("exitCode", .integer(command.exitCode)),
        ("expected", .string(command.expected[0])),
      ] + (command.expected.count == 1 ? [] : [("expectedLines", strings(command.expected))]))
  }
}
