import ReviewCore
import TerminalSurface

extension FrontState {
  /// The alarms, one a line, the one under the cursor with all its words.
  func drawAlarms(_ row: Int, into surface: inout Surface) {
    guard let record = alarmRecord else { return }
    let details = alarmDetails(of: record, row)
    let visible = max(1, height - 5)
    let below = details.reduce(0) {
      $0 + max(1, TextWidth.wrapped($1.0, to: max(1, width - 4)).count)
    }
    // The one under the cursor is there on any screen, its neighbours and words as far as there is room.
    let shown = min(record.items.count, max(min(3, visible), visible - below))
    let first = max(0, min(row - shown / 2, record.items.count - shown))
    var lines = (first..<first + shown).map { place -> (String, Role) in
      let item = record.items[place]
      return (
        TextWidth.fitted(
          PrintableText.singleLine(alarmLine(of: item, isUnderCursor: place == row)),
          to: max(1, width - 4)),
        place == row ? .cursor : item.isAnswered ? .dim : .warning
      )
    }
    lines += details
    let title = "alarms: suggestions, none is applied by itself"
    drawBox(
      shown < record.items.count ? "\(title), \(row + 1)/\(record.items.count)" : title, lines,
      top: 0, isAtBottom: true, into: &surface)
  }

  /// `> + 030 modes lost: ...`: the cursor, what was answered, the checkpoint, the alarm.
  private func alarmLine(of item: AlarmRecord.Item, isUnderCursor: Bool) -> String {
    let answer =
      item.refused.isEmpty
      ? (item.accepted.isEmpty ? "?" : "+") : item.accepted.isEmpty ? "-" : "±"
    let sign = !abilities.isUTF8 && answer == "±" ? "+-" : answer
    let index = item.alarm.index
    let epoch =
      run.members.isEmpty && !hasSettings
      ? TextWidth.padded(run.axisValue(of: index).padded, to: axisWidth) : pointName(of: index)
    return "\(isUnderCursor ? ">" : " ") \(sign) \(epoch) \(item.alarm.sentence)"
  }

  /// All words of an alarm, what accepting it does, who answered it, and how often alarms were right.
  private func alarmDetails(of record: AlarmRecord, _ row: Int) -> [(String, Role)] {
    var lines: [(String, Role)] = [("", .text)]
    if record.items.indices.contains(row) {
      let item = record.items[row]
      lines.append((PrintableText.singleLine(item.alarm.evidence), .text))
      if let tag = item.alarm.kind.tag {
        let count = item.alarm.samples.count
        let on = count == 0 ? "the checkpoint" : count == 1 ? "1 sample" : "\(count) samples"
        lines.append(("y puts \(tag) on \(on)", .dim))
      }
      let names = item.accepted.map { "\($0) +" } + item.refused.map { "\($0) -" }
      if !names.isEmpty {
        lines.append((PrintableText.singleLine(names.joined(separator: ", ")), .dim))
      }
    }
    return lines + [(record.words, .message)]
  }
}
