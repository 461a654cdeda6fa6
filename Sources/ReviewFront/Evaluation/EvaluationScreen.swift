import HumanEvaluation
import ReviewCore
import TerminalSurface

extension FrontState {
  /// Blocks, what is going to be asked, or what came of it, in a box.
  func drawEvaluation(_ view: EvaluationView, into surface: inout Surface) {
    switch view.stage {
    case .blocks(let row):
      let lines = blockLines(row)
      drawBox(
        "human evaluation", lines, top: max(0, row - (height - 7)), isAtBottom: true,
        into: &surface)
    case .intro(let block, let top):
      drawBox(
        "\(block.kind.rawValue): before it begins", introLines(block), top: top, into: &surface)
    case .results(let top, let first):
      drawBox("what people said", resultLines(first: first), top: top, into: &surface)
    case .trial: break
    }
  }

  /// What the keys are in a box of evaluation.
  func evaluationHint(_ view: EvaluationView) -> String? {
    let back = keyMap.name(of: .backOrQuit)
    let scroll = "\(keyMap.name(of: .nextCheckpoint))/\(keyMap.name(of: .previousCheckpoint))"
    switch view.stage {
    case .blocks:
      return "\(scroll) row  Enter goes on, or results  \(keyMap.name(of: .reject)) ends it  "
        + "\(back) back"
    case .intro: return "Enter begins  any other key goes back"
    case .results: return "\(scroll) scroll  \(back) back"
    case .trial: return nil
    }
  }

  private func blockLines(_ row: Int) -> [(String, Role)] {
    var lines: [(String, Role)] = review.blocks.enumerated().map { place, record in
      let lead = place == row ? "> " : "  "
      let count = "\(record.answers.count) of \(record.block.mostTrials) answered"
      let state = record.ending.map { "over (\($0.rawValue))" } ?? "open"
      let text =
        "\(lead)\(record.block.kind.rawValue) \(record.block.topic)  \(count)  \(state)  "
        + "begun \(record.begun.prefix(10))"
      return (PrintableText.singleLine(text), place == row ? .cursor : .text)
    }
    if lines.isEmpty { lines.append(("no block of your own yet; :eval 2afc begins one", .dim)) }
    for other in otherReviews where !other.blocks.isEmpty {
      let over = other.blocks.count { $0.isOver }
      lines.append(
        (
          "  \(PrintableText.singleLine(other.reviewer)): \(other.blocks.count) "
            + "block\(other.blocks.count == 1 ? "" : "s"), \(over) over", .dim
        ))
    }
    return lines
  }

  /// The protocol, as it is stated beforehand: no checkpoint is named.
  private func introLines(_ block: EvaluationBlock) -> [(String, Role)] {
    var lines: [(String, Role)] = [
      (PrintableText.singleLine(block.prompt), .heading), ("", .text),
      (block.countWords, .text),
      ("\(block.stopping.words); seed \(block.seed)", .text),
      (
        block.exposure.map { "pictures are shown for \($0) ms" }
          ?? "take the time you need; it is kept", .text
      ),
      ("shown as \(block.rendering.words), and so until the block is over", .text),
      (
        block.raterRule == RaterRule()
          ? "every rater's answers count"
          : "a rater's answers count where \(block.raterRule.text)", .text
      ), ("", .text),
    ]
    switch block.kind {
    case .twoAFC: lines.append(("Left, Right: that one is real", .key))
    case .pairwise: lines.append(("Left, Right: that one is better; = a tie", .key))
    case .likert: lines.append(("1 to 5: the rating", .key))
    }
    lines.append(("Space skips, Backspace takes the last back, q pauses, even for days", .key))
    lines.append(("each answer is on disk before the next trial is shown", .dim))
    lines.append(("until the end nothing tells what is shown", .dim))
    return lines
  }
}

extension EvaluationBlock {
  /// `40 trials about 4 checkpoints, 4 with a known answer, 4 asked again`.
  fileprivate var countWords: String {
    switch design {
    case .list(let trials):
      let checks = trials.count { if case .check = $0.purpose { true } else { false } }
      let again = trials.count { if case .repetition = $0.purpose { true } else { false } }
      let about = Set(trials.flatMap(\.sides).compactMap(\.position)).count
      return "\(stopping == .whole ? "" : "at most ")\(trials.count) trials about "
        + "\(about) checkpoint\(about == 1 ? "" : "s"), \(checks) with a known answer, "
        + "\(again) asked again"
    case .adaptive(_, let pool, let most):
      return
        "at most \(most) trials about \(pool.members.count) checkpoints, each chosen after the "
        + "answers so far, \(checkPercent)% with a known answer, \(repeatPercent)% asked again"
    }
  }
}
