package import ReviewCore

/// What else proves the choice: the words of why, the front, alarms and the evidence.
extension JSONReport {
  static func proof(of report: Report) -> [(key: String, value: JSONText)] {
    let run = report.run
    return [
      ("why", why(report)), ("whyTheBestLost", (report.evidence.whyTheBestLost?.plain).json),
      ("pareto", front(report)),
      (
        "alarms",
        .array(
          report.evidence.alarmRecord.items.map { item in
            .object(
              places(item.alarm.index, in: run) + [
                ("alarm", .string(item.alarm.kind.rawValue)),
                ("evidence", .string(item.alarm.evidence)),
                ("samples", .array(item.alarm.samples.map { .integer($0) })),
                ("accepted", .array(item.accepted.map { .string($0) })),
                ("refused", .array(item.refused.map { .string($0) })),
              ])
          })
      ), ("computed", computed(report)), ("evidence", checklist(report.checklist)),
    ]
  }

  /// The metrics that were computed, with their standard errors; null where none was.
  private static func computed(_ report: Report) -> JSONText {
    let run = report.run
    guard run.measures != nil else { return .null }
    return .array(
      run.columns.filter { $0.metric.origin == .computed }.map { column in
        .object([
          ("name", .string(column.metric.name)),
          ("explanation", .string(column.metric.explanation ?? "")),
          (
            "standardErrors",
            .array(
              run.checkpoints.indices.map { column.error(at: $0).map { .number($0) } ?? .null })
          ),
        ])
      })
  }

  /// The reviewers' own words, else those that follow from the numbers; one paragraph a text.
  private static func why(_ report: Report) -> JSONText {
    let remarks = report.remarks(about: .why)
    guard !remarks.isEmpty else {
      return .array([
        .object([
          ("reviewer", .null),
          ("text", .array(report.evidence.draftOfWhy.map { .string($0.plain) })),
        ])
      ])
    }
    return .array(
      remarks.map { remark in
        .object([
          ("reviewer", .string(remark.reviewer)), ("text", .array([.string(remark.text)])),
        ])
      })
  }

  private static func front(_ report: Report) -> JSONText {
    let run = report.run
    guard let columns = run.weighedColumns else { return .null }
    let front = ParetoFront(of: run, x: columns.x, y: columns.y)
    func place(_ index: Int) -> JSONText { .number(run.axisValue(of: index).value) }
    let isOfSeveral = !run.members.isEmpty || !run.samplingSettings.isEmpty
    let members = front.members.sorted()
    // Bare numbers do not tell runs and settings apart.
    let inFull: [(key: String, value: JSONText)] =
      isOfSeveral
      ? [
        ("frontPlaces", .array(members.map { .object(places($0, in: run)) })),
        ("kneePlace", front.knee.map { .object(places($0, in: run)) } ?? .null),
      ] : []
    return .object(
      [
        ("x", .string(run.columns[columns.x].metric.name)),
        ("y", .string(run.columns[columns.y].metric.name)),
        ("front", .array(members.map(place))),
        ("knee", front.knee.map(place) ?? .null),
      ] + inFull + [
        (
          "dominated",
          .array(
            run.checkpoints.indices.compactMap { index in
              front.dominator(of: index).map { dominator in
                .object(
                  places(index, in: run) + [("by", place(dominator))]
                    + origin("by", dominator, in: run))
              }
            })
        )
      ])
  }

  /// As `keepoch check --json` has it, too.
  package static func checklist(_ checklist: EvidenceChecklist) -> JSONText {
    .object([
      ("complete", .bool(checklist.isComplete)),
      (
        "items",
        .array(
          checklist.items.map { item in
            .object([
              ("item", .string(item.subject.rawValue)), ("there", .bool(item.isThere)),
              ("detail", .string(item.detail)), ("remedy", item.remedy.json),
            ])
          })
      ),
      (
        "offers",
        .array(
          checklist.offers.map { offer in
            .object([
              ("tag", .string(offer.tag)), ("action", .string(offer.action)),
              ("source", .string(offer.source)),
            ])
          })
      ),
    ])
  }
}

extension String? {
  fileprivate var json: JSONText { map { .string($0) } ?? .null }
}
