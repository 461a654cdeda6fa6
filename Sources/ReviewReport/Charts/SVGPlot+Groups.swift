import ReviewCore

/// Points of several runs or checkpoints, told apart by their shapes and dashes as well as by colour.
extension SVGPlot {
  // As paths round the middle, of about the same weight.
  private static let shapes = [
    "m-4.4 0a4.4 4.4 0 1 0 8.8 0a4.4 4.4 0 1 0 -8.8 0Z", "m-4 -4h8v8h-8Z", "m0 -5.4l5 9h-10Z",
    "m0 -5.6l5.6 5.6l-5.6 5.6l-5.6 -5.6Z", "m0 5.4l5 -9h-10Z",
    "m-1.7 -5h3.4v3.3h3.3v3.4h-3.3v3.3h-3.4v-3.3h-3.3v-3.4h3.3Z",
  ]

  /// Colour and dashes of the line through a group.
  func kindOfLine(_ group: Int) -> String {
    plot.groups[group].isChosen
      ? "chosen-curve"
      : "l\(group % ChartPalette.series.count) d\(group % ChartStyle.dashes.count)"
  }

  mutating func drawSign(
    of group: Int, _ x: Double, _ y: Double, isOpen: Bool, title: String? = nil
  ) {
    let isChosen = plot.groups[group].isChosen
    let kind = isChosen ? "chosen-sign" : "k\(group % ChartPalette.series.count)"
    canvas.path(
      "M\(SVGCanvas.number(x)) \(SVGCanvas.number(y))\(Self.shapes[group % Self.shapes.count])",
      isOpen ? "\(kind)-open" : kind, title: title)
  }

  /// Open where it is no candidate, ringed where it is chosen.
  mutating func draw(
    _ point: Plot.Point, of group: Int, _ x: Double, _ y: Double, title: String?
  ) {
    if point.role == .chosen { canvas.circle(x, y, radius: 9, "ring") }
    let isOpen = point.role == .usual || point.role == .excluded
    drawSign(of: group, x, y, isOpen: isOpen, title: title)
  }

  /// What was chosen is drawn last.
  mutating func joinGroups() {
    guard plot.joinsGroups else { return }
    let order = plot.groups.indices.sorted {
      (plot.groups[$0].isChosen ? 1 : 0, $0) < (plot.groups[$1].isChosen ? 1 : 0, $1)
    }
    for group in order {
      var pen = SVGPen()
      for point in plot.points where point.group == group {
        if let place = place(point.x, point.y) { pen.draw(to: place) } else { pen.lift() }
      }
      guard !pen.data.isEmpty else { continue }
      canvas.path(pen.data, kindOfLine(group), title: plot.groups[group].name)
    }
  }
}
