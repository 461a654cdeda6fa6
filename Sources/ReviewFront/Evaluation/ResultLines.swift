import HumanEvaluation
import ReviewCore
import TerminalSurface

extension FrontState {
  /// What came of all blocks that are over: by question and rendering, never of two renderings together.
  var resultLines: [(String, Role)] {
    let results = HumanResults(of: [review] + otherReviews, in: run)
    var lines: [(String, Role)] = []
    for group in results.groups {
      if !lines.isEmpty { lines.append(("", .text)) }
      lines += self.lines(of: group, isInColumn: results.inColumns.contains(group))
    }
    return lines.isEmpty ? [("no block is over yet", .dim)] : lines
  }

  private func lines(of group: JudgementGroup, isInColumn: Bool) -> [(String, Role)] {
    let topic = group.topic == group.kind.usualTopic ? "" : " \(group.topic)"
    var lines: [(String, Role)] = [
      (PrintableText.singleLine("\(group.kind.rawValue)\(topic)"), .heading),
      (
        "  n \(group.answers), \(group.countedRaters.count) "
          + "rater\(group.countedRaters.count == 1 ? "" : "s"): "
          + "\(PrintableText.singleLine(group.rendering.words))"
          + (group.exposure.map { ", for \($0) ms" } ?? ""), .dim
      ),
    ]
    let best = group.leader
    let width = group.checkpoints.map { TextWidth.of(label(of: $0)) }.max() ?? 0
    for judgement in group.checkpoints {
      let name = TextWidth.padded(label(of: judgement), to: width)
      lines.append(
        (
          "  \(name)  \(words(of: judgement, in: group))",
          judgement.position == best ? .winner : .text
        ))
    }
    lines += verdict(of: group)
    for rater in group.raters { lines += self.lines(of: rater) }
    for rater in group.open {
      lines.append(
        (
          "  \(PrintableText.singleLine(rater.reviewer)): \(rater.answered) of "
            + "\(rater.block.mostTrials) answered, not over: not counted", .dim
        ))
    }
    if !isInColumn, group.column != nil, !group.checkpoints.isEmpty {
      lines.append(
        ("  counted by itself: another rendering has more answers and is in the table", .dim))
    }
    return lines
  }

  private func label(of judgement: CheckpointJudgement) -> String {
    PrintableText.singleLine(
      run.index(of: judgement.position).map { run.label(of: $0) }
        ?? "\(judgement.position.words) (gone)")
  }

  private func words(of judgement: CheckpointJudgement, in group: JudgementGroup) -> String {
    func interval(_ estimate: HumanEstimate?, places: Int) -> String {
      guard let estimate else { return "-" }
      func text(_ value: Double) -> String { NumberText.fixed(value, places: places) }
      return "\(text(estimate.value)) [\(text(estimate.low)), \(text(estimate.high))]"
    }
    switch group.kind {
    case .twoAFC:
      let p = judgement.pValue.map { ", p \(NumberText.general($0, digits: 2))" } ?? ""
      return "taken for real \(judgement.fooled) of \(judgement.answers): "
        + "\(interval(judgement.fooling, places: 2))\(p)"
    case .likert:
      let levels = judgement.levels.map(String.init).joined(separator: " ")
      let middle = judgement.median.map { "median \(NumberText.general($0, digits: 3))" } ?? ""
      let spread =
        judgement.quartiles.map {
          " (\(NumberText.general($0.low, digits: 3)) to \(NumberText.general($0.high, digits: 3)))"
        } ?? ""
      return "\(middle)\(spread), mean \(interval(judgement.mean, places: 2)), levels \(levels)"
    case .pairwise:
      let elo = judgement.elo.map { ", Elo \(NumberText.fixed($0, places: 0))" } ?? ""
      return "strength \(interval(judgement.strength, places: 2)), \(judgement.wins) won "
        + "\(judgement.ties) tied \(judgement.losses) lost\(elo)"
    }
  }

  private func verdict(of group: JudgementGroup) -> [(String, Role)] {
    var lines: [(String, Role)] = []
    if let leader = group.leader {
      let others = group.inseparable.map(\.words).joined(separator: ", ")
      lines.append(
        (
          others.isEmpty
            ? "  first: \(leader.words), told apart from every other"
            : "  first: \(leader.words), not separable from \(others)",
          others.isEmpty ? .keep : .warning
        ))
    }
    if let remark = group.remark {
      lines.append(("  \(PrintableText.singleLine(remark))", .warning))
    }
    return lines
  }

  private func lines(of rater: RaterRecord) -> [(String, Role)] {
    var parts = ["\(rater.answered) of \(rater.block.mostTrials) answered"]
    if rater.checks > 0 { parts.append("checks \(rater.checksPassed)/\(rater.checks)") }
    if rater.repetitions > 0 {
      parts.append("repeats alike \(rater.consistent)/\(rater.repetitions)")
    }
    if rater.sided > 0 { parts.append("left \(rater.leftSided)/\(rater.sided)") }
    if let time = rater.medianMilliseconds { parts.append("median \(time) ms") }
    if let fatigue = rater.fatigue { parts.append(fatigue) }
    let name = PrintableText.singleLine(rater.reviewer)
    var lines: [(String, Role)] = [("  \(name): \(parts.joined(separator: ", "))", .dim)]
    if let exclusion = rater.exclusion {
      lines.append(("    left out by the rule stated beforehand: \(exclusion)", .warning))
    }
    return lines
  }
}
