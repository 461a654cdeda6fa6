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
      let lines = comparisonLines(panel.checkpoint, width: width)
      let style = theme[isFocused ? .cursor : isWinner ? .winner : .heading]
      if isFocused {
        surface.fill(Rect(x: x, y: layout.body.y, width: width, height: 1), style: style)
      }
      for (offset, line) in lines.prefix(panel.area.y - layout.body.y).enumerated() {
        surface.put(
          (offset == 0 && isFocused ? ">" : " ") + line, x: x, y: layout.body.y + offset,
          style: offset == 0 ? style : theme[.text], limit: width)
      }
      drawTiles(panel, of: layout, into: &surface)
      guard x > 0 else { continue }
      for row in layout.body.y..<layout.body.y + layout.body.height {
        surface.put(frameCharacter("│", "|"), x: x - 1, y: row, style: theme[.frame])
      }
    }
    guard let comparison, comparison.items.count > layout.panels.count else { return }
    let count = " \(comparison.focus + 1)/\(comparison.items.count) "
    surface.put(
      count, x: width - TextWidth.of(count), y: 0, style: theme[.title])
  }

  /// How many lines the headings of a comparison need, at most so many.
  func comparisonHeading(_ comparison: Comparison, _ columnWidth: Int, most: Int) -> Int {
    let needed = comparison.items.map {
      comparisonLines($0.checkpoint, width: columnWidth).count
    }
    return min(most, needed.max() ?? 2)
  }

  /// `*epoch 030 selected`, then `quality 0.71`, `diversity 0.75`, `keep` and the rest in as few
  /// lines as they need; no name or number is broken.
  private func comparisonLines(_ checkpoint: Int, width: Int) -> [String] {
    let position = run.position(of: checkpoint)
    let mark = review.mark(Target(position))
    var first = run.label(of: checkpoint)
    if checkpoint == table.selected {
      first = "*\(first) selected"
    } else if checkpoint == table.runnerUp {
      first += " runner-up"
    } else {
      first += " \(table.statuses[checkpoint].rawValue)"
    }
    if overrideWords(at: checkpoint) != nil { first = "!\(first), chosen" }
    if let family = run.checkpoints[checkpoint].member.flatMap({ run.members[$0].run.family }) {
      first += ", \(family.title)"
    }
    var parts = run.displayOrder.prefix(4).map { column in
      "\(PrintableText.singleLine(run.columns[column].metric.name)) "
        + run.metricText(column, at: checkpoint)
    }
    if mark.verdict != .undecided { parts.append(mark.verdict.rawValue) }
    let rating = ratingText(at: checkpoint)
    if !rating.isEmpty { parts.append("rated \(rating)") }
    let failures = failureText(at: checkpoint)
    if !failures.isEmpty { parts.append(failures) }
    var lines = [TextWidth.fitted(first, to: width - 1)]
    switch view {
    case .samples, .nearest, .blind: break
    case .difference(let reference):
      parts.insert(
        checkpoint == reference
          ? "as it is" : "less \(run.position(of: reference).words)", at: 0)
    case .spread:
      if sampleCount(at: checkpoint) == 1 {
        parts.insert("one sample", at: 0)
      } else if let deviation = deviations[checkpoint] {
        parts.insert("deviation \(NumberText.fixed(deviation.value, places: 3))", at: 0)
      }
    }
    var line = ""
    for part in parts {
      let joined = line.isEmpty ? part : "\(line) \(part)"
      if line.isEmpty || TextWidth.of(joined) <= width - 1 {
        line = joined
      } else {
        lines.append(line)
        line = part
      }
    }
    if !line.isEmpty { lines.append(TextWidth.fitted(line, to: width - 1)) }
    return lines
  }
}
