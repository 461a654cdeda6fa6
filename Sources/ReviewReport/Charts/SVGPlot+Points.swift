import ReviewCore

/// The points, by their roles, and the Pareto front.
extension SVGPlot {
  // More points than this are drawn smaller, and only those with a role are obstacles for labels.
  private static let crowd = 150

  private static let order: [ChartRole] = [.usual, .candidate, .runnerUp, .excluded, .chosen]

  mutating func drawPoints() {
    let shown = plot.points.compactMap { point in
      place(point.x, point.y).map { (point: point, x: $0.x, y: $0.y) }
    }
    if plot.joinsFront {
      var pen = SVGPen()
      let front = shown.filter(\.point.isOnFront).sorted { ($0.x, $0.y) < ($1.x, $1.y) }
      for item in front { pen.draw(to: (item.x, item.y)) }
      if !pen.data.isEmpty { canvas.path(pen.data, "front") }
    }
    let isCrowd = shown.count > Self.crowd
    for role in Self.order {
      for item in shown where item.point.role == role {
        let title = role == .usual && isCrowd ? nil : self.title(of: item.point)
        if let group = item.point.group {
          draw(item.point, of: group, item.x, item.y, title: title)
        } else {
          draw(
            role, item.x, item.y, isOnFront: item.point.isOnFront && role == .usual,
            isCrowd: isCrowd, title: title)
        }
        if role != .usual || !isCrowd {
          let radius = role == .chosen ? 10.0 : 5
          placer.occupy(
            LabelBox(
              left: item.x - radius, top: item.y - radius, width: 2 * radius, height: 2 * radius))
        }
      }
    }
  }

  private func title(of point: Plot.Point) -> String {
    let place =
      "\(NumberText.general(point.x, digits: 4)), \(NumberText.general(point.y, digits: 4))"
    return point.label.map { "\($0): \(place)" } ?? place
  }

  /// The sign of a role; shapes differ, so that no colour is needed.
  mutating func draw(
    _ role: ChartRole, _ x: Double, _ y: Double, isOnFront: Bool = false, isCrowd: Bool = false,
    title: String? = nil
  ) {
    func cross(_ size: Double) -> String {
      let (left, right) = (SVGCanvas.number(x - size), SVGCanvas.number(x + size))
      let (top, bottom) = (SVGCanvas.number(y - size), SVGCanvas.number(y + size))
      return "M\(left) \(top)L\(right) \(bottom)M\(left) \(bottom)L\(right) \(top)"
    }
    let small = isCrowd ? 2.6 : 4.2
    switch role {
    case .usual:
      canvas.circle(
        x, y, radius: small,
        isOnFront ? "usual front-point" : isCrowd ? "crowd" : "usual", title: title)
    case .candidate: canvas.circle(x, y, radius: small + 0.4, "candidate", title: title)
    case .runnerUp:
      let data =
        "M\(SVGCanvas.number(x)) \(SVGCanvas.number(y - 6.5))l6.5 6.5l-6.5 6.5l-6.5 -6.5Z"
      canvas.path(data, "runner-up", title: title)
    case .excluded:
      canvas.circle(x, y, radius: 6, "usual excluded", title: title)
      canvas.path(cross(3), "excluded")
    case .chosen:
      canvas.circle(x, y, radius: 9, "ring")
      canvas.circle(x, y, radius: 5.2, "chosen", title: title)
    }
  }

  /// What was chosen gets its room first, and is drawn last, over everything.
  mutating func labelPoints() {
    // Among very many points a name at every tenth tells nothing.
    let isCrowd = plot.points.count > Self.crowd
    var labels: [(text: String, box: LabelBox, kind: String)] = []
    for role in Self.order.reversed() where !isCrowd || (role != .usual && role != .candidate) {
      for isOnFront in [true, false] {
        for point in plot.points where point.role == role && point.isOnFront == isOnFront {
          if let label = label(point) { labels.append(label) }
        }
      }
    }
    for label in labels.reversed() {
      canvas.text(label.text, label.box.left, label.box.top + 11, label.kind)
    }
  }

  private mutating func label(
    _ point: Plot.Point
  ) -> (text: String, box: LabelBox, kind: String)? {
    guard let label = point.label, !label.isEmpty, let place = place(point.x, point.y) else {
      return nil
    }
    let isChosen = point.role == .chosen
    let text = LabelWidth.fitted(PrintableText.escapedControls(label), into: 160)
    let width = LabelWidth.of(text) * (isChosen ? 1.06 : 1)
    let distance = isChosen ? 13.0 : point.role == .usual ? 7 : 9
    let places = LabelPlacer.around(
      place.x, place.y, width: width, height: 14, distance: distance)
    // What was chosen is named, whatever stands there.
    guard let box = placer.firstFree(places) ?? (isChosen ? places.first : nil) else {
      return nil
    }
    let kind =
      isChosen
      ? "chosen-label halo" : point.role == .usual ? "tick halo" : "strong halo"
    return (text, box, kind)
  }
}
