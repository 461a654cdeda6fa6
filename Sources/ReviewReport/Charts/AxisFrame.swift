/// The two axes round an area: grid, ticks and titles.
struct AxisFrame {
  let area: LabelBox
  let x: AxisScale
  let y: AxisScale
  private let xTicks: [AxisScale.Tick]
  private let yTicks: [AxisScale.Tick]

  /// Where the area begins, when `ticks` of y and a title stand left of it.
  static func left(of ticks: [AxisScale.Tick], hasTitle: Bool) -> Double {
    let widest = ticks.map { LabelWidth.of($0.label) }.max() ?? 0
    return (hasTitle ? 34 : 12) + min(110, widest) + 8
  }

  /// How many ticks of y an area of this height has room for.
  static func wantedTicks(height: Double) -> Int { max(2, Int(height / 48)) }

  init(area: LabelBox, x: AxisScale, y: AxisScale) {
    self.area = area
    var (x, y) = (x, y)
    (x.start, x.end) = (area.left, area.right)
    (y.start, y.end) = (area.bottom, area.top)
    self.x = x
    self.y = y
    let wanted = x.ticks(wanted: max(2, Int(area.width / 64)))
    let widest = wanted.map { LabelWidth.of($0.label) }.max() ?? 0
    let room = wanted.isEmpty ? 0 : area.width / Double(wanted.count)
    // Labels of many digits: as many as stand side by side.
    xTicks =
      widest + 10 > room ? x.ticks(wanted: max(2, Int(area.width / (widest + 24)))) : wanted
    yTicks = y.ticks(wanted: Self.wantedTicks(height: area.height))
  }

  /// How far axes, labels and titles reach below the area.
  static func depth(hasTitle: Bool) -> Double { hasTitle ? 40 : 22 }

  func draw(xTitle: String, yTitle: String, into canvas: inout SVGCanvas) {
    var lastEnd = -Double.infinity
    for tick in xTicks {
      guard let place = x.place(tick.value) else { continue }
      canvas.line(place, area.top, place, area.bottom, "grid")
      let half = LabelWidth.of(tick.label) / 2
      let middle = min(place, SVGCanvas.width - half - 3)
      guard middle - half > lastEnd + 4 else { continue }
      lastEnd = middle + half
      canvas.text(tick.label, middle, area.bottom + 16, "tick", anchor: .middle)
    }
    for tick in yTicks {
      guard let place = y.place(tick.value) else { continue }
      canvas.line(area.left, place, area.right, place, "grid")
      canvas.text(tick.label, area.left - 7, place + 4, "tick", anchor: .end)
    }
    canvas.path(
      "M\(SVGCanvas.number(area.left)) \(SVGCanvas.number(area.top))"
        + "V\(SVGCanvas.number(area.bottom))H\(SVGCanvas.number(area.right))", "axis")
    if !xTitle.isEmpty {
      canvas.text(
        LabelWidth.fitted(xTitle, into: area.width), area.left + area.width / 2, area.bottom + 34,
        "title", anchor: .middle)
    }
    if !yTitle.isEmpty {
      canvas.text(
        LabelWidth.fitted(yTitle, into: area.height), 23, area.top + area.height / 2, "title",
        anchor: .middle, isUpright: true)
    }
  }
}
