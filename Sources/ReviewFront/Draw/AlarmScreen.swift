import ReviewCore
import TerminalSurface

extension FrontState {
  /// The alarms, one a line, the one under the cursor with all its words.
  func drawAlarms(_ row: Int, into surface: inout Surface) {
    guard let record = alarmRecord else { return }
    let visible = max(1, height - 5)
    var lines: [(String, Role)] = []
    for (place, item) in record.items.enumerated() {
      let alarm = item.alarm
      let answer =
        item.refused.isEmpty
        ? (item.accepted.isEmpty ? "?" : "+") : item.accepted.isEmpty ? "-" : "±"
      let sign = !abilities.isUTF8 && answer == "±" ? "+-" : answer
      let epoch = run.axisValue(of: alarm.index).padded
      let text =
        "\(place == row ? ">" : " ") \(sign) \(TextWidth.padded(epoch, to: axisWidth)) "
        + alarm.sentence
      lines.append(
        (
          TextWidth.fitted(PrintableText.singleLine(text), to: max(1, width - 4)),
          place == row ? .cursor : item.isAnswered ? .dim : .warning
        ))
    }
    lines.append(("", .text))
    if record.items.indices.contains(row) {
      let item = record.items[row]
      lines.append((PrintableText.singleLine(item.alarm.evidence), .text))
      if let tag = item.alarm.kind.tag {
        let count = item.alarm.samples.count
        let on = count == 0 ? "the checkpoint" : count == 1 ? "1 sample" : "\(count) samples"
        lines.append(("y puts \(tag) on \(on)", .dim))
      }
      let names = item.accepted.map { "\($0) +" } + item.refused.map { "\($0) -" }
      if !names.isEmpty { lines.append((names.joined(separator: ", "), .dim)) }
    }
    lines.append((record.words, .message))
    let bottom = lines.count
    drawBox(
      "alarms: suggestions, none is applied by itself", lines,
      top: row < bottom - visible ? max(0, row - visible + 2) : bottom, isAtBottom: true,
      into: &surface)
  }
}
