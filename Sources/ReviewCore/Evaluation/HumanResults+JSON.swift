extension HumanResults {
  /// What subcommands and reports have of it: groups, each with its protocol, checkpoints and raters.
  package var json: JSONText {
    let shown = inColumns
    return .array(
      groups.map { group in .object(Self.members(of: group, isInColumn: shown.contains(group))) })
  }

  private static func members(
    of group: JudgementGroup, isInColumn: Bool
  ) -> [(key: String, value: JSONText)] {
    [
      ("kind", .string(group.kind.rawValue)), ("topic", .string(group.topic)),
      ("rendering", .string(group.rendering.words)),
      ("exposure", group.exposure.map { .integer($0) } ?? .null),
      ("column", isInColumn ? group.column.map { .string($0) } ?? .null : .null),
      ("answers", .integer(group.answers)),
      ("checkpoints", .array(group.checkpoints.map { json(of: $0, group) })),
      ("leader", group.leader.map { .object($0.jsonMembers) } ?? .null),
      ("notSeparableFrom", .array(group.inseparable.map { .object($0.jsonMembers) })),
      ("remark", group.remark.map { .string($0) } ?? .null),
      ("raters", .array((group.raters + group.open).map(json(of:)))),
    ]
  }

  private static func json(of estimate: HumanEstimate?) -> JSONText {
    guard let estimate else { return .null }
    return .object([
      ("value", .number(estimate.value)), ("low", .number(estimate.low)),
      ("high", .number(estimate.high)),
    ])
  }

  private static func json(of judgement: CheckpointJudgement, _ group: JudgementGroup) -> JSONText {
    var members = judgement.position.jsonMembers
    members.append(("answers", .integer(judgement.answers)))
    switch group.kind {
    case .twoAFC:
      members += [
        ("fooled", .integer(judgement.fooled)), ("fooling", json(of: judgement.fooling)),
        ("p", judgement.pValue.map { .number($0) } ?? .null),
      ]
    case .likert:
      let quartiles = judgement.quartiles.map { [JSONText.number($0.low), .number($0.high)] }
      members += [
        ("levels", .array(judgement.levels.map { .integer($0) })),
        ("median", judgement.median.map { .number($0) } ?? .null),
        ("quartiles", quartiles.map { .array($0) } ?? .null),
        ("mean", json(of: judgement.mean)),
      ]
    case .pairwise:
      members += [
        ("wins", .integer(judgement.wins)), ("ties", .integer(judgement.ties)),
        ("losses", .integer(judgement.losses)), ("strength", json(of: judgement.strength)),
        ("elo", judgement.elo.map { .number($0) } ?? .null),
      ]
    }
    return .object(members)
  }

  private static func json(of rater: RaterRecord) -> JSONText {
    func optional(_ number: Int?) -> JSONText { number.map { .integer($0) } ?? .null }
    return .object([
      ("reviewer", .string(rater.reviewer)), ("block", .string(rater.block.id)),
      ("seed", .integer(Int(rater.block.seed))), ("trials", .integer(rater.block.mostTrials)),
      ("answered", .integer(rater.answered)), ("skipped", .integer(rater.skipped)),
      ("stop", .string(rater.block.stopping.text)),
      ("raterRule", .string(rater.block.raterRule.text)),
      ("ending", rater.ending.map { .string($0.rawValue) } ?? .null),
      ("checks", .integer(rater.checks)), ("checksPassed", .integer(rater.checksPassed)),
      ("repetitions", .integer(rater.repetitions)), ("consistent", .integer(rater.consistent)),
      ("sided", .integer(rater.sided)), ("left", .integer(rater.leftSided)),
      ("sideP", rater.sidePValue.map { .number($0) } ?? .null),
      ("medianMilliseconds", optional(rater.medianMilliseconds)),
      ("fatigue", rater.fatigue.map { .string($0) } ?? .null),
      ("leftOut", rater.exclusion.map { .string($0) } ?? .null),
    ])
  }
}
