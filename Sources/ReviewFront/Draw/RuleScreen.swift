import ReviewCore
import TerminalSurface

extension FrontState {
  /// The rule editor: three lines, an error under its column, and what the rule would say.
  func drawRule(_ edit: RuleEdit, into surface: inout Surface) {
    let inner = max(1, min(width - 4, 96))
    let box = Rect(
      x: (width - inner - 4) / 2, y: max(1, height - 13), width: inner + 4, height: 11)
    surface.fill(box)
    drawFrame(box, title: "rule", into: &surface)
    let lead = 11
    let room = max(1, inner - lead)
    for part in RuleEdit.Part.allCases {
      let y = box.y + 1 + part.rawValue * 2
      let isFocused = part == edit.focus
      surface.put(
        (isFocused ? ">" : " ") + part.title, x: box.x + 2, y: y,
        style: theme[isFocused ? .key : .dim])
      let line = edit[part]
      let start = isFocused ? line.start(fitting: room) : 0
      surface.put(
        String(line.characters[start...]), x: box.x + 2 + lead, y: y, limit: room)
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
    var row = box.y + 7
    for (text, role) in ruleLines(edit) {
      for line in TextWidth.wrapped(text, to: inner) where row < box.y + box.height - 1 {
        surface.put(line, x: box.x + 2, y: row, style: theme[role])
        row += 1
      }
    }
  }

  private func ruleLines(_ edit: RuleEdit) -> [(String, Role)] {
    switch edit.preview {
    case .ownRule:
      return [("nothing written: the run's own rule counts again", .message)]
    case .error(let part, let column, let message):
      return [("! \(part.title), column \(column): \(message)", .error)]
    case .judged(let candidates, let eligible, let selected):
      let count = run.checkpoints.count
      let now = selected.map { run.position(of: $0).words } ?? "none"
      let before = table.selected.map { run.position(of: $0).words } ?? "none"
      let change = selected == table.selected ? "as before" : "before: \(before)"
      return [
        ("\(candidates) of \(count) are candidates, \(eligible) may be selected", .message),
        ("selects \(now) (\(change))", selected == table.selected ? .text : .winner),
      ]
    }
  }
}
