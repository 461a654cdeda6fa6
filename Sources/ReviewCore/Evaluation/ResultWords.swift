/// One line of what people said, as screens and subcommands show it.
package struct ResultLine: Equatable, Sendable {
  package enum Kind: Equatable, Sendable {
    case heading, text, first, good, remark, warning
  }

  package let text: String
  package let kind: Kind

  package init(_ text: String, _ kind: Kind) {
    self.text = text
    self.kind = kind
  }
}

/// Words for what people said of the checkpoints of a run; control characters escaped.
package struct ResultWords: Sendable {
  private let results: HumanResults
  private let run: Run
  private let first: String?

  /// - Parameter first: the block whose group stands above the others.
  package init(_ results: HumanResults, of run: Run, first: String? = nil) {
    self.results = results
    self.run = run
    self.first = first
  }

  /// By question and rendering, never of two renderings together.
  package var lines: [ResultLine] {
    let inColumns = results.inColumns
    var lines: [ResultLine] = []
    let isFirst: (JudgementGroup) -> Bool = { group in
      group.raters.contains { $0.block.id == first }
    }
    for group in results.groups.filter(isFirst) + results.groups.filter({ !isFirst($0) }) {
      if !lines.isEmpty { lines.append(ResultLine("", .text)) }
      lines += self.lines(of: group, isInColumn: inColumns.contains(group))
    }
    return lines.isEmpty ? [ResultLine("no block is over yet", .remark)] : lines
  }

  private func lines(of group: JudgementGroup, isInColumn: Bool) -> [ResultLine] {
    let raters = group.countedRaters.count
    var lines = [
      ResultLine(Self.title(of: group), .heading),
      ResultLine(
        "  n \(group.answers), \(raters) rater\(raters == 1 ? "" : "s"): "
          + PrintableText.singleLine(group.rendering.words)
          + (group.exposure.map { ", for \($0) ms" } ?? ""), .remark),
    ]
    let width = group.checkpoints.map { label(of: $0).count }.max() ?? 0
    for judgement in group.checkpoints {
      let name = label(of: judgement)
      let padding = String(repeating: " ", count: width - name.count)
      lines.append(
        ResultLine(
          "  \(name)\(padding)  \(Self.words(of: judgement, in: group))",
          judgement.position == group.leader ? .first : .text))
    }
    lines += verdict(of: group)
    for rater in group.raters { lines += Self.lines(of: rater) }
    for rater in group.open {
      lines.append(
        ResultLine(
          "  \(PrintableText.singleLine(rater.reviewer)): \(rater.answered) of "
            + "\(rater.block.mostTrials) answered, not over: not counted", .remark))
    }
    if !isInColumn, group.column != nil, !group.checkpoints.isEmpty {
      lines.append(
        ResultLine(
          "  counted by itself: another rendering has more answers and is in the table", .remark))
    }
    return lines
  }

  /// `2afc`, `likert diversity`.
  package static func title(of group: JudgementGroup) -> String {
    let topic = group.topic == group.kind.usualTopic ? "" : " \(group.topic)"
    return PrintableText.singleLine("\(group.kind.rawValue)\(topic)")
  }

  private func label(of judgement: CheckpointJudgement) -> String {
    PrintableText.singleLine(
      run.index(of: judgement.position).map { run.label(of: $0) }
        ?? "\(judgement.position.words) (gone)")
  }

  /// `0.25 (0.10 to 0.49)`; `-` where there is none.
  package static func interval(_ estimate: HumanEstimate?, places: Int = 2) -> String {
    guard let estimate else { return "-" }
    func text(_ value: Double) -> String { NumberText.fixed(value, places: places) }
    return "\(text(estimate.value)) (\(text(estimate.low)) to \(text(estimate.high)))"
  }

  /// The numbers of one checkpoint.
  package static func words(
    of judgement: CheckpointJudgement, in group: JudgementGroup
  ) -> String {
    func short(_ value: Double) -> String { NumberText.general(value, digits: 3) }
    switch group.kind {
    case .twoAFC:
      let p = judgement.pValue.map { ", p \(NumberText.general($0, digits: 2))" } ?? ""
      return "taken for real \(judgement.fooled) of \(judgement.answers): "
        + "\(interval(judgement.fooling))\(p)"
    case .likert:
      let levels = judgement.levels.map(String.init).joined(separator: " ")
      let middle = judgement.median.map { "median \(short($0))" } ?? "no median"
      let spread = judgement.quartiles.map { " (\(short($0.low)) to \(short($0.high)))" } ?? ""
      return "\(middle)\(spread), mean \(interval(judgement.mean)), levels \(levels)"
    case .pairwise:
      let elo = judgement.elo.map { ", Elo \(NumberText.fixed($0, places: 0))" } ?? ""
      return "strength \(interval(judgement.strength)), \(judgement.wins) won "
        + "\(judgement.ties) tied \(judgement.losses) lost\(elo)"
    }
  }

  private func verdict(of group: JudgementGroup) -> [ResultLine] {
    var lines: [ResultLine] = []
    if let leader = group.leader {
      let others = group.inseparable.map(\.words).joined(separator: ", ")
      lines.append(
        ResultLine(
          PrintableText.singleLine(
            others.isEmpty
              ? "  first: \(leader.words), told apart from every other"
              : "  first: \(leader.words), not separable from \(others)"),
          others.isEmpty ? .good : .warning))
    }
    if group.hasSeveralFirst {
      lines.append(ResultLine("  nobody is first: several have the largest number", .remark))
    }
    if let remark = group.remark {
      lines.append(ResultLine("  \(PrintableText.singleLine(remark))", .warning))
    }
    return lines
  }

  private static func lines(of rater: RaterRecord) -> [ResultLine] {
    let name = PrintableText.singleLine(rater.reviewer)
    var lines = [ResultLine("  \(name): \(words(of: rater))", .remark)]
    if let exclusion = rater.exclusion {
      lines.append(
        ResultLine("    left out by the rule stated beforehand: \(exclusion)", .warning))
    }
    return lines
  }

  /// How a rater answered, without who it was and whether it counts.
  package static func words(of rater: RaterRecord) -> String {
    var parts = ["\(rater.answered) of \(rater.block.mostTrials) answered"]
    if rater.ending == .met { parts[0] += ", over by its stopping rule" }
    if rater.ending == .ended { parts[0] += ", ended by the rater" }
    if rater.checks > 0 { parts.append("checks \(rater.checksPassed)/\(rater.checks)") }
    if rater.repetitions > 0 {
      parts.append("repeats alike \(rater.consistent)/\(rater.repetitions)")
    }
    if rater.sided > 0 {
      let p = rater.sidePValue.map { " (p \(NumberText.general($0, digits: 2)))" } ?? ""
      parts.append("left \(rater.leftSided)/\(rater.sided)\(p)")
    }
    if let time = rater.medianMilliseconds { parts.append("median \(time) ms") }
    if let fatigue = rater.fatigue { parts.append(fatigue) }
    return parts.joined(separator: ", ")
  }
}
