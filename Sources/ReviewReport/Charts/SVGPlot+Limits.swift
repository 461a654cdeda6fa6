import ReviewCore

/// The limits of the rule and the marks on the x axis.
extension SVGPlot {
  /// The sides that the rule excludes, under everything else.
  mutating func drawExcluded() {
    let area = frame.area
    for limit in plot.limits {
      guard let side = limit.excluded, !limit.value.isNaN else { continue }
      var box = area
      if limit.isVertical {
        let place = frame.x.clamped(limit.value)
        box.left = side == .below ? area.left : place
        box.width = side == .below ? place - area.left : area.right - place
      } else {
        let place = frame.y.clamped(limit.value)
        box.top = side == .below ? place : area.top
        box.height = side == .below ? area.bottom - place : place - area.top
      }
      guard box.width > 0.5, box.height > 0.5 else { continue }
      canvas.rectangle(box, pattern: ChartPattern.excluded)
    }
  }

  mutating func drawLimits() {
    let area = frame.area
    for limit in plot.limits where isWithin(limit) {
      if limit.isVertical {
        let place = frame.x.clamped(limit.value)
        canvas.line(place, area.top, place, area.bottom, "limit")
      } else {
        let place = frame.y.clamped(limit.value)
        canvas.line(area.left, place, area.right, place, "limit")
      }
    }
  }

  /// Beside its line; a limit outside of the picture is named at the edge that is nearer to it.
  mutating func labelLimits() {
    let area = frame.area
    for limit in plot.limits where !limit.value.isNaN {
      var words = PrintableText.escapedControls(limit.label)
      let range = limit.isVertical ? frame.x.range : frame.y.range
      if !isWithin(limit) {
        let isAbove = limit.value > range.upperBound
        let arrow = limit.isVertical ? (isAbove ? "→" : "←") : (isAbove ? "↑" : "↓")
        words = "\(arrow) \(words)"
      }
      let text = LabelWidth.fitted(words, into: area.width * 0.6, isCode: true)
      let width = LabelWidth.of(text, isCode: true)
      let height = 16.0
      var places: [LabelBox] = []
      if limit.isVertical {
        let place = frame.x.clamped(limit.value)
        for row in 0..<8 {
          let top = area.top + 3 + Double(row) * height
          for left in [place + 5, place - 5 - width] {
            places.append(LabelBox(left: left, top: top, width: width, height: height))
          }
        }
      } else {
        let place = frame.y.clamped(limit.value)
        for left in [
          area.right - width - 5, area.left + 5, area.left + (area.width - width) / 2,
          area.left + area.width / 4 - width / 2, area.left + area.width * 3 / 4 - width / 2,
        ] {
          for top in [place - height - 3, place + 3] {
            places.append(LabelBox(left: left, top: top, width: width, height: height))
          }
        }
      }
      // A limit without its clause would say nothing: rather over something else.
      let fallback = places.first { area.holds($0) } ?? places.first
      guard let box = placer.firstFree(places) ?? fallback else { continue }
      canvas.text(text, box.left, box.top + 12, "limit-label code halo")
    }
  }

  mutating func drawMarks() {
    let area = frame.area
    var lastSign: [Bool: Double] = [:]
    for (mark, x, label) in MarkRows(plot.marks).places(frame.x, within: area) {
      canvas.line(x, area.top, x, area.bottom, mark.isAlarm ? "alarm d2" : "mark")
      if let label {
        let bottom = area.top - 18 - Double(label.row) * MarkRows.rowHeight
        canvas.text(
          label.text, label.left, bottom, mark.isAlarm ? "alarm-label strong" : "tick")
        if label.row > 0 { canvas.line(x, bottom + 3, x, area.top - 14, "leader") }
      } else if let last = lastSign[mark.isAlarm], (x - last).magnitude < 5 {
        continue
      }
      lastSign[mark.isAlarm] = x
      drawSign(x, area.top - 2, isAlarm: mark.isAlarm, title: mark.label)
    }
  }

  /// An alarm: a triangle with a call; another mark: a small pointer.
  mutating func drawSign(_ x: Double, _ bottom: Double, isAlarm: Bool, title: String? = nil) {
    func data(_ places: [(Double, Double)]) -> String {
      places.enumerated().map {
        "\($0.offset == 0 ? "M" : "L")\(SVGCanvas.number($0.element.0)) "
          + SVGCanvas.number($0.element.1)
      }.joined()
    }
    if isAlarm {
      canvas.path(
        data([(x - 6.5, bottom), (x + 6.5, bottom), (x, bottom - 12)]) + "Z", "alarm-sign",
        title: title)
      canvas.path(
        data([(x, bottom - 8), (x, bottom - 4.5)])
          + "M\(SVGCanvas.number(x)) \(SVGCanvas.number(bottom - 1.9))h0", "alarm-call")
    } else {
      canvas.path(
        data([(x - 3.5, bottom - 5), (x + 3.5, bottom - 5), (x, bottom + 1)]) + "Z", "mark-sign",
        title: title)
    }
  }

  private func isWithin(_ limit: Plot.Limit) -> Bool {
    (limit.isVertical ? frame.x.range : frame.y.range).contains(limit.value)
  }
}
