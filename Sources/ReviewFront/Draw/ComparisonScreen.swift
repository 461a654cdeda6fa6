import ReviewCore
import TerminalSurface

extension FrontState {
  /// The compared side by side: the same seeds in the same places of every column.
  func drawComparison(into surface: inout Surface) {
    let layout = self.layout
    for panel in layout.panels {
      let (x, width) = (panel.area.x, panel.area.width)
      let isFocused = panel.item == layout.focusedItem
      let isWinner = panel.checkpoint == table.selected
      let lines = comparisonLines(panel.checkpoint)
      let style = theme[isFocused ? .cursor : isWinner ? .winner : .heading]
      if isFocused {
        surface.fill(Rect(x: x, y: layout.body.y, width: width, height: 1), style: style)
      }
      surface.put(
        TextWidth.fitted((isFocused ? ">" : " ") + lines.0, to: width), x: x, y: layout.body.y,
        style: style)
      surface.put(
        TextWidth.fitted(" " + lines.1, to: width), x: x, y: layout.body.y + 1, style: theme[.text])
      drawTiles(panel, of: layout, into: &surface)
      guard x > 0 else { continue }
      for row in layout.body.y..<layout.body.y + layout.body.height {
        surface.put(frameCharacter("│", "|"), x: x - 1, y: row, style: theme[.frame])
      }
    }
    guard let comparison, comparison.items.count > layout.panels.count else { return }
    let count = " \(comparison.focus + 1)/\(comparison.items.count) "
    surface.put(
      count, x: width - TextWidth.of(count), y: layout.body.y, style: theme[.warning])
  }

  /// `*epoch 030 selected keep 4` and `quality 0.71 diversity 0.75 m3`.
  private func comparisonLines(_ checkpoint: Int) -> (String, String) {
    let position = run.position(of: checkpoint)
    let mark = review.mark(Target(position))
    var first = ["\(run.axis.rawValue) \(run.axisValue(of: checkpoint).padded)"]
    if checkpoint == table.selected {
      first[0] = "*" + first[0]
      first.append("selected")
    } else if checkpoint == table.runnerUp {
      first.append("runner-up")
    } else {
      first.append(table.statuses[checkpoint].rawValue)
    }
    if mark.verdict != .undecided { first.append(mark.verdict.rawValue) }
    let rating = ratingText(at: checkpoint)
    if !rating.isEmpty { first.append("rated \(rating)") }
    var second = run.displayOrder.prefix(4).map { column in
      "\(PrintableText.singleLine(run.columns[column].metric.name)) "
        + run.metricText(column, at: checkpoint)
    }
    let failures = failureText(at: checkpoint)
    if !failures.isEmpty { second.append(failures) }
    return (first.joined(separator: " "), second.joined(separator: " "))
  }
}
