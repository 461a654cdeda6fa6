import ReviewCore
import TerminalSurface

extension FrontState {
  /// The rule editor: three lines, an error under its column, and what the rule would say.
  func drawRule(_ edit: RuleEdit, into surface: inout Surface) {
    let inner = max(1, min(width - 4, 96))
    let words = ruleLines(edit).flatMap { text, role in
      TextWidth.wrapped(text, to: inner).map { ($0, role) }
    }
    // On low screens a line below a part is only there for the sign of an error.
    let isLow = height < 20
    let errorPart: RuleEdit.Part? =
      if case .error(let part, _, _) = edit.preview { part } else { nil }
    func offset(of part: RuleEdit.Part) -> Int {
      guard isLow else { return part.rawValue * 2 }
      return part.rawValue + (errorPart.map { $0.rawValue < part.rawValue ? 1 : 0 } ?? 0)
    }
    let fixed = isLow ? RuleEdit.Part.allCases.count + (errorPart == nil ? 0 : 1) : 6
    let boxHeight = min(height - 3, isLow ? fixed + 2 + words.count : max(11, 8 + words.count))
    let box = Rect(
      x: (width - inner - 4) / 2, y: max(1, height - 2 - boxHeight), width: inner + 4,
      height: boxHeight)
    surface.fill(box)
    drawFrame(box, title: "rule", into: &surface)
    let lead = 11
    let room = max(1, inner - lead)
    for part in RuleEdit.Part.allCases {
      let y = box.y + 1 + offset(of: part)
      let isFocused = part == edit.focus
      surface.put(
        (isFocused ? ">" : " ") + part.title, x: box.x + 2, y: y,
        style: theme[isFocused ? .key : .dim])
      let line = edit[part]
      let start = isFocused ? line.start(fitting: room) : 0
      surface.put(
        String(line.characters[start...]), x: box.x + 2 + lead, y: y, limit: room)
      // What is out of sight on either side is told of, as everywhere.
      if start > 0 { surface.put("~", x: box.x + 1 + lead, y: y, style: theme[.dim]) }
      if line.width(of: start..<line.characters.count) > room {
        surface.put("~", x: box.x + 2 + lead + room, y: y, style: theme[.dim])
      }
      if isFocused {
        surface.cursor = (y, box.x + 2 + lead + line.width(of: start..<line.place))
      }
      guard case .error(part, let column, _) = edit.preview else { continue }
      // Behind the last character where something is missing there.
      let place = min(max(column - 1, start), line.characters.count)
      let offset = line.width(of: start..<place)
      if offset < room {
        surface.put("^", x: box.x + 2 + lead + offset, y: y + 1, style: theme[.error])
      }
    }
    var row = box.y + 1 + fixed
    for (line, role) in words where row < box.y + box.height - 1 {
      surface.put(line, x: box.x + 2, y: row, style: theme[role])
      row += 1
    }
  }

  private func ruleLines(_ edit: RuleEdit) -> [(String, Role)] {
    switch edit.preview {
    case .ownRule:
      return [("nothing written: the run's own rule counts again", .message)]
    case .error(let part, let column, let message):
      return completionLine(edit) + [("! \(part.title), column \(column): \(message)", .error)]
    case .judged(let tally):
      let count = run.checkpoints.count
      let now = tally.selected.map { run.position(of: $0).words } ?? "none"
      let before = table.selected.map { run.position(of: $0).words } ?? "none"
      let isSame = tally.selected == table.selected
      var lines: [(String, Role)] = [
        (
          "selects \(now) (\(isSame ? "as before" : "before: \(before)"))",
          isSame ? .text : .winner
        ),
        (
          "\(tally.candidateCount) of \(count) are candidates, \(tally.eligibleCount) may be selected",
          .message
        ),
      ]
      for clause in tally.clauses {
        let isOneOfSome = tally.clauses.count { $0.part == clause.part } > 1
        let alone = clause.alone > 0 && isOneOfSome ? ", \(clause.alone) by it alone" : ""
        lines.append(
          (
            "\(clause.part.rawValue): \(PrintableText.singleLine(clause.text)) excludes "
              + "\(clause.excluded) of \(count)\(alone)", .dim
          ))
      }
      if tally.withoutValue > 0 {
        lines.append(("\(tally.withoutValue) have no value for what is selected by", .warning))
      }
      if let preset = edit.preset {
        lines.insert(("preset \(preset.rawValue): \(preset.title)", .key), at: 0)
      }
      return completionLine(edit) + lines
    }
  }

  /// What Tab would write, while a word is begun.
  private func completionLine(_ edit: RuleEdit) -> [(String, Role)] {
    let found = completion(edit)
    let choices = edit.offered?.choices ?? found.choices
    guard edit.offered != nil || !found.typed.isEmpty || found.isInParentheses, !choices.isEmpty
    else { return [] }
    return [("Tab: " + choices.map(PrintableText.singleLine).joined(separator: "  "), .key)]
  }
}
