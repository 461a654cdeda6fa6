import ReviewCore

/// Draws a plot: axes, limits, marks, lines, points, and labels where there is room.
struct SVGPlot {
  let plot: Plot
  var canvas: SVGCanvas
  var frame: AxisFrame
  var placer: LabelPlacer
  /// The lines with a label at their end.
  let labelledLines: Int

  private static let lineRoom = 16.0

  /// Elements, and how high the picture gets.
  static func draw(_ plot: Plot, into canvas: SVGCanvas) -> (canvas: SVGCanvas, height: Double) {
    var canvas = canvas
    canvas.text(
      LabelWidth.fitted(plot.title, into: SVGCanvas.width - 24, size: 16), 12, 24, "name")
    guard let (x, y) = scales(of: plot) else {
      canvas.text("no values to draw", 12, 56, "tick")
      return (canvas, 76)
    }
    var drawing = SVGPlot(plot, x: x, y: y, canvas: canvas)
    drawing.drawExcluded()
    drawing.frame.draw(xTitle: plot.xTitle, yTitle: plot.yTitle, into: &drawing.canvas)
    drawing.drawLimits()
    drawing.drawMarks()
    drawing.drawLines()
    drawing.joinGroups()
    drawing.drawPoints()
    drawing.labelLimits()
    drawing.labelPoints()
    let bottom = drawing.drawLegend(
      top: drawing.frame.area.bottom + AxisFrame.depth(hasTitle: !plot.xTitle.isEmpty))
    return (drawing.canvas, bottom + 10)
  }

  private init(_ plot: Plot, x: AxisScale, y: AxisScale, canvas: SVGCanvas) {
    self.plot = plot
    self.canvas = canvas
    let height = plot.points.isEmpty ? 230.0 : 320
    let top = 44 + MarkRows(plot.marks).height
    let ticks = y.ticks(wanted: AxisFrame.wantedTicks(height: height))
    let left = AxisFrame.left(of: ticks, hasTitle: !plot.yTitle.isEmpty)
    let needsNames = plot.lines.count > 1 || plot.lines.first.map { $0.name != plot.yTitle } == true
    labelledLines = needsNames ? min(plot.lines.count, Int(height / Self.lineRoom)) : 0
    let widest = plot.lines.prefix(labelledLines).map {
      LabelWidth.of(PrintableText.escapedControls($0.name))
    }.max()
    let right = widest.map { min(150, $0) + 26 } ?? 18
    let area = LabelBox(
      left: left, top: top, width: SVGCanvas.width - left - right, height: height)
    frame = AxisFrame(area: area, x: x, y: y)
    placer = LabelPlacer(bounds: area)
  }

  /// Nil when no value has a place.
  private static func scales(of plot: Plot) -> (AxisScale, AxisScale)? {
    var x = AxisRange()
    var y = AxisRange(isLogarithmic: plot.isLogarithmic)
    func add(_ values: (x: Double, y: Double)) {
      guard isShown(values, in: plot) else { return }
      x.add(values.x)
      y.add(values.y)
    }
    for point in plot.points { add((point.x, point.y)) }
    for line in plot.lines { for values in line.points { add(values) } }
    for limit in plot.limits {
      if limit.isVertical { x.addIfNear(limit.value) } else { y.addIfNear(limit.value) }
    }
    if x.padded(by: 0) != nil, y.padded(by: 0) != nil {
      for mark in plot.marks { x.addIfNear(mark.x) }
    }
    guard let xRange = x.padded(by: plot.points.isEmpty ? 0.01 : 0.06),
      let yRange = y.padded(by: 0.07)
    else { return nil }
    return (AxisScale(xRange), AxisScale(yRange, isLogarithmic: plot.isLogarithmic))
  }

  private static func isShown(_ values: (x: Double, y: Double), in plot: Plot) -> Bool {
    values.x.isFinite && values.y.isFinite && (!plot.isLogarithmic || values.y > 0)
  }

  /// Nil for what has no place in the picture.
  func place(_ x: Double, _ y: Double) -> (x: Double, y: Double)? {
    guard let x = frame.x.place(x), let y = frame.y.place(y) else { return nil }
    return (x, y)
  }

  private mutating func drawLines() {
    for (order, line) in plot.lines.enumerated() {
      let style = line.style ?? order
      let kind = "l\(style % ChartPalette.series.count) d\(style % ChartStyle.dashes.count)"
      let places = line.points.map { place($0.x, $0.y) }
      let data = LineEnvelope.path(places)
      guard !data.isEmpty else { continue }
      canvas.path(data, kind, title: line.name)
    }
    labelLines()
  }

  /// At the right edge, each as near to the end of its line as the others let it.
  private mutating func labelLines() {
    var ends: [(order: Int, x: Double, y: Double, label: Double)] = []
    for (order, line) in plot.lines.prefix(labelledLines).enumerated() {
      guard let end = line.points.last(where: { place($0.x, $0.y) != nil }),
        let place = place(end.x, end.y)
      else { continue }
      ends.append((order, place.x, place.y, place.y))
    }
    ends.sort { ($0.y, $0.order) < ($1.y, $1.order) }
    for index in ends.indices.dropFirst() {
      ends[index].label = max(ends[index].label, ends[index - 1].label + Self.lineRoom)
    }
    var lowest = frame.area.bottom + 4
    for index in ends.indices.reversed() {
      ends[index].label = min(ends[index].label, lowest)
      lowest = ends[index].label - Self.lineRoom
    }
    let left = frame.area.right + 12
    for end in ends {
      let name = PrintableText.escapedControls(plot.lines[end.order].name)
      if end.x < frame.area.right - 8 || (end.label - end.y).magnitude > 5 {
        canvas.line(end.x + 2, end.y, left - 3, end.label, "leader")
      }
      canvas.text(
        LabelWidth.fitted(name, into: SVGCanvas.width - left - 4), left, end.label + 4,
        "l\((plot.lines[end.order].style ?? end.order) % ChartPalette.series.count)-label")
    }
  }
}
