import ReviewCore

/// What people said in blind trials: how they were asked, what came of it, and whose answers count.
extension ReportDocument {
  /// Nothing where nobody was asked.
  func trialBlocks() -> [ReportBlock] {
    let results = report.human
    guard !results.isEmpty else { return [] }
    let shown = results.inColumns
    var blocks: [ReportBlock] = []
    for group in results.groups {
      // What is asked of one thing in two looks has two headings.
      let isOne = results.groups.count { $0.kind == group.kind && $0.topic == group.topic } == 1
      let look = isOne ? "" : " (\(group.rendering.words))"
      blocks.append(.heading([.text(Self.title(of: group) + look)]))
      blocks.append(.paragraph([.text(protocolWords(of: group))]))
      if !group.checkpoints.isEmpty { blocks.append(table(of: group)) }
      blocks += verdict(of: group)
      blocks.append(.list(raters(of: group).map { [.text($0)] }))
      if let column = group.column, !shown.contains(group), !group.checkpoints.isEmpty {
        blocks.append(
          .caution([
            "Counted by itself: another rendering has more answers and stands as ", .code(column),
            "; answers to different renderings are never put together.",
          ]))
      }
    }
    return blocks
  }

  private static func title(of group: JudgementGroup) -> String {
    switch group.kind {
    case .twoAFC: return "Two-alternative forced choice: which one is real?"
    case .pairwise:
      return "Pairs: \(group.kind.prompt(group.topic))"
    case .likert: return "Ratings: \(group.kind.prompt(group.topic))"
    }
  }

  /// How it was done, as it was stated before the first trial.
  private func protocolWords(of group: JudgementGroup) -> String {
    let blocks = group.raters + group.open
    let seeds = Set(blocks.map(\.block.seed)).sorted().map(String.init).joined(separator: ", ")
    let rules = Set(blocks.map(\.block.raterRule.text)).sorted().joined(separator: "; or ")
    let stops = Set(blocks.map(\.block.stopping.words)).sorted().joined(separator: "; or ")
    let names = group.countedRaters
    let who =
      names.isEmpty
      ? "no rater whose answers count"
      : "\(names.count) rater\(names.count == 1 ? "" : "s") (\(names.joined(separator: ", ")))"
    let time =
      group.exposure.map { "for \($0) ms" } ?? "for as long as the rater took"
    return
      "Blind, \(group.kind.hasSides ? "sides counterbalanced" : "in an order of chance"), written down "
      + "before the first trial (seed \(seeds)): "
      + "n = \(group.answers) answers of \(who). Shown \(time) as \(group.rendering.words); what was "
      + "judged is this rendering. Planned end: \(stops). A rater's answers count where \(rules). "
      + "Checks and repetitions are no answers."
  }

  private func table(of group: JudgementGroup) -> ReportBlock {
    func number(_ value: Double?) -> String {
      value.map { NumberText.general($0, digits: 3) } ?? "-"
    }
    let header: [String]
    let cells: (CheckpointJudgement) -> [String]
    switch group.kind {
    case .twoAFC:
      header = ["checkpoint", "n", "taken for real", "part (95 %)", "p of 0.5"]
      cells = {
        [
          String($0.answers), String($0.fooled), ResultWords.interval($0.fooling),
          $0.pValue.map { NumberText.general($0, digits: 2) } ?? "-",
        ]
      }
    case .likert:
      header = ["checkpoint", "n", "median", "middle half", "mean (95 %)", "1", "2", "3", "4", "5"]
      cells = {
        [
          String($0.answers), number($0.median),
          $0.quartiles.map { "\(number($0.low)) to \(number($0.high))" } ?? "-",
          ResultWords.interval($0.mean),
        ] + ($0.levels.isEmpty ? Array(repeating: "-", count: 5) : $0.levels.map(String.init))
      }
    case .pairwise:
      header = ["checkpoint", "n", "won", "tied", "lost", "log strength (95 %)", "Elo"]
      cells = {
        [
          String($0.answers), String($0.wins), String($0.ties), String($0.losses),
          ResultWords.interval($0.strength),
          $0.elo.map { NumberText.fixed($0, places: 0) } ?? "-",
        ]
      }
    }
    return .table(
      header: header.map { [.text($0)] },
      rows: group.checkpoints.map { judgement in
        let name = words(judgement.position)
        let isFirst = judgement.position == group.leader
        return [isFirst ? [.strong([.text(name)])] : [.text(name)]]
          + cells(judgement).map { [.text($0)] }
      })
  }

  private func words(_ position: Position) -> String {
    report.run.index(of: position).map { words($0) } ?? "\(position.words) (no longer in the run)"
  }

  private func verdict(of group: JudgementGroup) -> [ReportBlock] {
    var blocks: [ReportBlock] = []
    if let leader = group.leader {
      let others = group.inseparable.map { words($0) }
      blocks.append(
        others.isEmpty
          ? .paragraph([
            .strong([.text("\(words(leader)) comes first")]),
            ", told apart from every other: no interval of a difference to it holds 0.",
          ])
          : .caution([
            .text(
              "\(words(leader)) comes first, not separable from \(others.joined(separator: ", ")): "
                + "the interval of the difference holds 0.")
          ]))
    }
    if group.hasSeveralFirst {
      blocks.append(.paragraph(["Nobody comes first: several have the largest number."]))
    }
    if let remark = group.remark { blocks.append(.caution([.text(remark.sentence)])) }
    if group.kind == .pairwise, !group.checkpoints.isEmpty {
      blocks.append(
        .paragraph(["Elo is a view alone: it depends on the order of the answers."]))
    }
    return blocks
  }

  private func raters(of group: JudgementGroup) -> [String] {
    let over = group.raters.map { rater -> String in
      let words = ResultWords.words(of: rater)
      let out = rater.exclusion.map { "; left out by the rule: \($0)" } ?? ""
      return "\(rater.reviewer): \(words)\(out)."
    }
    return over
      + group.open.map {
        "\($0.reviewer): \($0.answered) of \($0.block.mostTrials) answered, the block is not over: "
          + "not counted."
      }
  }
}

extension String {
  fileprivate var sentence: String { prefix(1).uppercased() + dropFirst() + "." }
}
