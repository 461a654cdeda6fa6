import ReviewCore

/// What the signs of a plot mean, below it.
extension SVGPlot {
  private enum Item {
    case role(ChartRole, String)
    case front
    case excluded
    case alarm
    case line(Int)
    case group(Int)

    var words: String {
      switch self {
      case .role(_, let words): return words
      case .front: return "Pareto front"
      case .excluded: return "excluded by the rule"
      case .alarm: return "alarm"
      case .line, .group: return ""
      }
    }
  }

  private static let names: [(ChartRole, String)] = [
    (.chosen, "chosen"), (.candidate, "candidate"), (.runnerUp, "runner-up"),
    (.excluded, "best of the excluded"), (.usual, "other"),
  ]

  private var items: [Item] {
    let names: [(ChartRole, String)] =
      plot.groups.isEmpty ? Self.names : [(.chosen, "chosen"), (.usual, "open: no candidate")]
    let grouped = plot.groups.indices.filter { group in
      plot.points.contains { $0.group == group && place($0.x, $0.y) != nil }
    }
    var items = grouped.map(Item.group)
    items += names.filter { role, _ in
      plot.points.contains { $0.role == role && place($0.x, $0.y) != nil }
    }
    .map { Item.role($0, $1) }
    if plot.joinsFront, plot.points.count(where: \.isOnFront) > 1 { items.append(.front) }
    if plot.limits.contains(where: { $0.excluded != nil }) { items.append(.excluded) }
    if plot.marks.contains(where: \.isAlarm) { items.append(.alarm) }
    if plot.lines.count > labelledLines, plot.lines.count > 1 {
      items += (labelledLines..<plot.lines.count).map(Item.line)
    }
    return items
  }

  /// Where the legend ends.
  mutating func drawLegend(top: Double) -> Double {
    let left = frame.area.left
    var (x, y) = (left, top + 16)
    let items = self.items
    guard !items.isEmpty else { return top }
    for item in items {
      let room = SVGCanvas.width - left - 60
      var words = item.words
      switch item {
      case .line(let order): words = PrintableText.escapedControls(plot.lines[order].name)
      case .group(let group): words = PrintableText.escapedControls(plot.groups[group].name)
      default: break
      }
      words = LabelWidth.fitted(words, into: room)
      let width = 26 + LabelWidth.of(words) + 18
      if x > left, x + width > SVGCanvas.width - 4 { (x, y) = (left, y + 19) }
      draw(item, x, y)
      canvas.text(words, x + 26, y, "tick")
      x += width
    }
    return y + 6
  }

  private mutating func draw(_ item: Item, _ x: Double, _ y: Double) {
    let middle = y - 4
    switch item {
    case .role(let role, _): draw(role, x + 11, middle)
    case .front: canvas.line(x, middle, x + 20, middle, "front")
    case .excluded:
      canvas.rectangle(
        LabelBox(left: x, top: y - 11, width: 20, height: 14), pattern: ChartPattern.excluded)
    case .alarm: drawSign(x + 11, y + 1, isAlarm: true)
    case .line(let order):
      let style = plot.lines[order].style ?? order
      canvas.line(
        x, middle, x + 20, middle,
        "l\(style % ChartPalette.series.count) d\(style % ChartStyle.dashes.count)")
    case .group(let group):
      if plot.joinsGroups { canvas.line(x, middle, x + 22, middle, kindOfLine(group)) }
      drawSign(of: group, x + 11, middle, isOpen: false)
    }
  }
}
