import ReviewCore
import TerminalSurface

extension FrontState {
  /// Below the chart: the thresholds, the line of that under the cursor, and what it says exactly.
  func drawThreshold(
    _ chart: ParetoChart, _ layout: ParetoLayout, into surface: inout Surface
  ) {
    let chartWidth = layout.plot.x + layout.plot.width + 1
    guard let line = chart.line else {
      surface.put(
        TextWidth.fitted(
          "the rule has no threshold that could be moved", to: chartWidth - 1), x: 0,
        y: layout.interval, style: theme[.dim])
      return
    }
    if let row = layout.threshold { drawThresholds(chart, row, chartWidth, into: &surface) }
    if let row = layout.strip {
      let strip = ThresholdStrip(
        line, here: chart.here, now: chart.value(of: chart.view.focus), width: chartWidth
      ) { winner in winner.map { pointName(of: $0) } ?? "none" }
      draw(strip, line, chart, row, layout.bounds, into: &surface)
    }
    let words = intervalWords(chart, line)
    let lead = layout.threshold == nil ? chart.clause(of: chart.view.focus) + ": " : ""
    let choices = [lead + words.long, words.long, lead + words.short, words.short]
    let all = choices.first { TextWidth.of($0) < chartWidth } ?? words.short
    surface.put(
      TextWidth.fitted(all, to: chartWidth - 1), x: 0, y: layout.interval, style: theme[.message])
  }

  /// All thresholds, that under the cursor in brackets.
  private func drawThresholds(
    _ chart: ParetoChart, _ row: Int, _ width: Int, into surface: inout Surface
  ) {
    func words(_ place: Int, isShort: Bool) -> String {
      let isFocused = place == chart.view.focus
      let parts = chart.groups[place].members.map(\.part.rawValue)
      var facts = ["candidate", "where"].filter { parts.contains($0) && !(isShort && !isFocused) }
      if chart.view.moved[place] != nil {
        facts.insert("was \(chart.groups[place].members[0].literal.text)", at: 0)
      }
      let text =
        chart.clause(of: place) + (facts.isEmpty ? "" : " (\(facts.joined(separator: ", ")))")
      return isFocused ? "[\(text)]" : " \(text) "
    }
    let count = chart.groups.count
    func fits(_ words: [String]) -> Bool {
      words.reduce(0) { $0 + TextWidth.of($1) + 1 } < width
    }
    var all = chart.groups.indices.map { words($0, isShort: false) }
    if !fits(all) { all = chart.groups.indices.map { words($0, isShort: true) } }
    // From the first one on, or from that under the cursor where they do not all fit.
    let isFitting = fits(all)
    var x = 0
    for offset in 0..<count {
      let place = isFitting ? offset : (chart.view.focus + offset) % count
      guard x < width - 4 else { break }
      x +=
        surface.put(
          TextWidth.fitted(all[place], to: width - 1 - x), x: x, y: row,
          style: theme[place == chart.view.focus ? .key : .dim]) + 1
    }
  }

  private func draw(
    _ strip: ThresholdStrip, _ line: ThresholdLine, _ chart: ParetoChart, _ row: Int,
    _ boundsRow: Int?, into surface: inout Surface
  ) {
    let here = chart.here
    for (place, part) in strip.parts.enumerated() {
      let isHere = part.stretch == here
      let style = theme[isHere ? .winner : .text]
      if isHere {
        surface.put(
          String(repeating: "=", count: part.columns.count), x: part.columns.lowerBound, y: row,
          style: style)
      }
      let label = " \(part.label) "
      surface.put(
        label, x: part.columns.lowerBound + (part.columns.count - label.utf8.count) / 2, y: row,
        style: style)
      if isHere {
        surface.put("[", x: part.columns.lowerBound - 1, y: row, style: style)
        surface.put("]", x: part.columns.upperBound, y: row, style: style)
      } else if place > 0, strip.parts[place - 1].stretch != here {
        surface.put("|", x: part.columns.lowerBound - 1, y: row, style: theme[.frame])
      }
    }
    if let last = strip.parts.last?.columns.upperBound, strip.hasMoreAbove {
      surface.put(">", x: last + 1, y: row, style: theme[.frame])
    }
    if strip.hasMoreBelow { surface.put("<", x: 0, y: row, style: theme[.frame]) }
    guard let boundsRow else { return }
    // The threshold first, then what else there is room for.
    let value = NumberText.general(chart.value(of: chart.view.focus), digits: 4)
    let isRight = strip.caret + value.utf8.count + 3 < width
    let start = isRight ? strip.caret : strip.caret - value.utf8.count - 1
    surface.put(
      isRight ? "^ \(value)" : "\(value) ^", x: start, y: boundsRow, style: theme[.key])
    var taken = [start - 2..<start + value.utf8.count + 4]
    for part in strip.parts.dropFirst() {
      guard let value = line.stretches[part.stretch].lower else { continue }
      let words = NumberText.general(value, digits: 4)
      let start = max(0, part.columns.lowerBound - 1 - words.utf8.count / 2)
      let columns = start..<start + words.utf8.count
      guard columns.upperBound < width, !taken.contains(where: { $0.overlaps(columns) }) else {
        continue
      }
      surface.put(words, x: start, y: boundsRow, style: theme[.dim])
      taken.append(start - 1..<columns.upperBound + 1)
    }
  }

  /// `same choice in (0.48, 0.6], beyond: epoch 60 / epoch 10`, and that in fewer words.
  private func intervalWords(
    _ chart: ParetoChart, _ line: ThresholdLine
  ) -> (long: String, short: String) {
    let here = chart.here
    let stretch = line.stretches[here]
    guard line.stretches.count > 1 else {
      let words = "same choice wherever it stands"
      let isOfSelection = chart.focused?.isOfSelection == true
      return (isOfSelection ? words : "\(words): it is of the candidates alone", words)
    }
    func end(_ place: Int) -> (long: String, short: String)? {
      guard line.stretches.indices.contains(place) else { return nil }
      let winner = line.stretches[place].winner
      return (
        winner.map { run.position(of: $0).words } ?? "none",
        winner.map { pointName(of: $0) } ?? "none"
      )
    }
    let low = stretch.lower.map { NumberText.shortest($0) } ?? "-inf"
    let high = stretch.upper.map { NumberText.shortest($0) } ?? "inf"
    let interval =
      (stretch.includesLower ? "[" : "(") + low + ", " + high + (stretch.includesUpper ? "]" : ")")
    switch (end(here - 1), end(here + 1)) {
    case (let below?, let above?):
      return (
        "same choice in \(interval), beyond: \(below.long) / \(above.long)",
        "same in \(interval), beyond \(below.short) / \(above.short)"
      )
    case (let below?, nil):
      return (
        "same choice in \(interval), below: \(below.long)",
        "same in \(interval), below \(below.short)"
      )
    case (nil, let above?):
      return (
        "same choice in \(interval), above: \(above.long)",
        "same in \(interval), above \(above.short)"
      )
    case (nil, nil): return ("same choice in \(interval)", "same in \(interval)")
    }
  }
}
