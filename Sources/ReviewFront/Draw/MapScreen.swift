import ReviewCore
import TerminalSurface

extension FrontState {
  /// Whom the rule selects wherever two thresholds stand, with a cross where they are now.
  func drawMap(
    _ map: ThresholdPlot, _ chart: ParetoChart, _ layout: ParetoLayout, into surface: inout Surface
  ) {
    let chartWidth = layout.plot.x + layout.plot.width + 1
    let clauses = [map.y, map.x].map { group in
      // Two thresholds of one metric are told apart by what they limit.
      let part = map.x.other == map.y.other ? " (\(group.members[0].part.rawValue))" : ""
      return "\(group.other.text) \(group.comparison.rawValue)\(part)"
    }
    surface.put(
      TextWidth.fitted(
        layout.axisName == nil ? "\(clauses[0]) up, \(clauses[1]) right" : "\(clauses[0]) ...",
        to: chartWidth - 1), x: 0, y: layout.heading, style: theme[.heading])
    let title = "whom the rule would select"
    if layout.axisName != nil, chartWidth > TextWidth.of(clauses[0]) + TextWidth.of(title) + 8 {
      surface.put(
        title, x: chartWidth - 1 - TextWidth.of(title), y: layout.heading, style: theme[.dim])
    }
    if let row = layout.axisName {
      let name = TextWidth.fitted("\(clauses[1]) ...", to: layout.plot.width)
      surface.put(
        name, x: layout.plot.x + (layout.plot.width - TextWidth.of(name)) / 2, y: row,
        style: theme[.heading])
    }
    for row in 0..<map.height {
      for column in 0..<map.width {
        let winner = map.winner(column, row)
        guard let code = map.sign(of: winner).unicodeScalars.first?.value else { continue }
        let role: Role =
          winner == nil ? .dim : winner?.index == chart.table.selected ? .winner : .text
        surface.fill(
          Rect(x: layout.plot.x + column, y: layout.plot.y + row, width: 1, height: 1), code,
          style: theme[role])
      }
    }
    drawAxes(layout, x: ticksOfX(map), y: ticksOfY(map), into: &surface)
    let now = now(of: map, chart)
    if let (column, row) = map.place(x: now.x, y: now.y) {
      let (x, y) = (layout.plot.x + column, layout.plot.y + row)
      surface.put("+", x: x, y: y, style: theme[.cursor])
      // A cross of three cells where that leaves the letters about it.
      if map.width / max(1, map.columns) > 2 || map.columns > 20 {
        surface.put("-", x: x - 1, y: y, style: theme[.key])
        if column + 1 < map.width { surface.put("-", x: x + 1, y: y, style: theme[.key]) }
      }
    }
    if layout.table.width == 0 {
      drawWords([shortLegend(of: map)], layout, width: chartWidth, into: &surface)
    } else {
      drawWords([mapWords(map, chart)], layout, width: chartWidth, into: &surface)
    }
  }

  /// Round values where cells are even, else where one cell ends and another winner's begins.
  private func ticksOfX(_ map: ThresholdPlot) -> [(Int, String)] {
    if map.isEvenX, let low = map.edgesX.first, let high = map.edgesX.last {
      let scale = AxisScale(range: low...high, count: map.width)
      return scale.ticks(most: map.width / 12).compactMap { value in
        scale.place(of: value).map { ($0, NumberText.general(value, digits: 4)) }
      }
    }
    return (1..<max(1, map.width)).compactMap { column in
      let cell = map.column(at: column)
      guard cell != map.column(at: column - 1) else { return nil }
      let changes = (0..<map.height).contains { row in
        map.winner(column, row) != map.winner(column - 1, row)
      }
      return changes ? (column, NumberText.general(map.edgesX[cell], digits: 4)) : nil
    }
  }

  private func ticksOfY(_ map: ThresholdPlot) -> [(Int, String)] {
    if map.isEvenY, let low = map.edgesY.first, let high = map.edgesY.last {
      let scale = AxisScale(range: low...high, count: map.height)
      return scale.ticks(most: max(2, map.height / 2)).compactMap { value in
        scale.place(of: value).map {
          (map.height - 1 - $0, NumberText.general(value, digits: 4))
        }
      }
    }
    // The value stands in the lowest row of the cell that begins with it.
    return (0..<max(0, map.height - 1)).compactMap { row in
      let cell = map.row(at: row)
      guard cell != map.row(at: row + 1) else { return nil }
      let changes = (0..<map.width).contains { column in
        map.winner(column, row) != map.winner(column, row + 1)
      }
      return changes ? (row, NumberText.general(map.edgesY[cell], digits: 4)) : nil
    }
  }

  private func now(of map: ThresholdPlot, _ chart: ParetoChart) -> (x: Double, y: Double) {
    func value(_ group: ThresholdGroup) -> Double {
      chart.groups.firstIndex(of: group).map { chart.value(of: $0) } ?? group.value
    }
    return (value(map.x), value(map.y))
  }

  /// `+ diversity >= 0.55, quality >= 0.6: epoch 30`.
  private func mapWords(_ map: ThresholdPlot, _ chart: ParetoChart) -> String {
    let now = now(of: map, chart)
    let words = [(map.x, now.x), (map.y, now.y)].map { group, value in
      "\(group.other.text) \(group.comparison.rawValue) \(NumberText.shortest(value))"
    }
    let winner = chart.table.selected.map { run.position(of: $0).words } ?? "none"
    return "+ now: \(words.joined(separator: ", ")): \(winner)"
      + (map.place(x: now.x, y: now.y) == nil ? " (beyond the map)" : "")
  }

  /// `epochs A 30, b 60; a small letter: no candidate; . none; + now`.
  private func shortLegend(of map: ThresholdPlot) -> String {
    let entries = map.entries.map { entry in
      let letter = entry.asCandidate ? Character(entry.letter.uppercased()) : entry.letter
      return "\(letter) \(pointName(of: entry.checkpoint))"
    }
    var parts = ["\(run.axis.rawValue)s \(entries.joined(separator: ", "))"]
    if map.entries.contains(where: \.asOther) { parts.append("a small letter: no candidate") }
    if map.hasMore { parts.append("# others") }
    if map.hasNone { parts.append(". none") }
    return (parts + ["+ now"]).joined(separator: "; ")
  }

  /// `A epoch 30`, `b epoch 60, no candidate`: what the letters of a map stand for.
  func legend(of map: ThresholdPlot) -> [String] {
    var lines = map.entries.map { entry -> String in
      let capital = entry.letter.uppercased()
      let words = run.position(of: entry.checkpoint).words
      if entry.asCandidate, entry.asOther {
        return "\(capital) \(words) (\(entry.letter) no candidate)"
      }
      return entry.asCandidate ? "\(capital) \(words)" : "\(entry.letter) \(words), no candidate"
    }
    if map.hasMore { lines.append("# others") }
    if map.hasNone { lines.append(". none") }
    return lines + ["+ now"]
  }
}
