import ReviewCore

/// Draws, threshold by threshold, who is chosen where.
struct SVGStrips {
  private static let left = 14.0
  private static let barHeight = 28.0
  private static let width = SVGCanvas.width - 2 * left

  private var canvas: SVGCanvas

  static func draw(
    _ strips: [Strip], into canvas: SVGCanvas
  ) -> (canvas: SVGCanvas, height: Double) {
    var drawing = SVGStrips(canvas: canvas)
    var top = 8.0
    for strip in strips { top = drawing.draw(strip, top: top) + 12 }
    return (drawing.canvas, max(24, top))
  }

  /// Where the strip ends.
  private mutating func draw(_ strip: Strip, top: Double) -> Double {
    let scale = Self.scale(of: strip)
    let clause = PrintableText.escapedControls(strip.clause)
    canvas.text(
      LabelWidth.fitted(clause, into: Self.width, size: 13, isCode: true), Self.left, top + 14,
      "code strong")
    let bar = top + 42
    let now = scale.place(strip.now)
    for stretch in strip.stretches { draw(stretch, scale, now: now, top: bar) }
    canvas.rectangle(
      LabelBox(left: Self.left, top: bar, width: Self.width, height: Self.barHeight), "outline")
    drawNow(strip, scale, top: bar)
    labelEnds(strip, scale, top: bar + Self.barHeight + 15)
    return bar + Self.barHeight + 20
  }

  private static func scale(of strip: Strip) -> AxisScale {
    var range = AxisRange()
    range.add(strip.now)
    for stretch in strip.stretches {
      for bound in [stretch.lower, stretch.upper] { if let bound { range.add(bound) } }
    }
    var scale = AxisScale(range.padded(by: 0) ?? 0...1)
    let hasOpenEnd = strip.stretches.contains { $0.lower == nil || $0.upper == nil }
    let room = hasOpenEnd ? 0.12 * width : 6
    (scale.start, scale.end) = (left + room, left + width - room)
    return scale
  }

  private static func edges(_ stretch: Strip.Stretch, _ scale: AxisScale) -> (Double, Double) {
    let first = stretch.lower.flatMap(scale.place) ?? left
    let last = stretch.upper.flatMap(scale.place) ?? left + width
    return (min(first, last), max(first, last))
  }

  private mutating func draw(
    _ stretch: Strip.Stretch, _ scale: AxisScale, now: Double?, top: Double
  ) {
    let (first, last) = Self.edges(stretch, scale)
    // One value alone is a stretch of no length; the choice is seen all the same.
    let width = stretch.isChoice ? max(2, last - first) : last - first
    guard width > 0.4 else { return }
    let box = LabelBox(left: first, top: top, width: width, height: Self.barHeight)
    let winner = PrintableText.escapedControls(stretch.winner)
    if stretch.isChoice {
      canvas.rectangle(box, "stretch-chosen", title: winner)
    } else if winner == "none" {
      canvas.rectangle(box, pattern: ChartPattern.none, title: winner)
      canvas.rectangle(box, "outline")
    } else {
      canvas.rectangle(box, "stretch", title: winner)
    }
    // `30` where `epoch 30` has no room.
    let short = winner.split(separator: " ").last.map(String.init) ?? winner
    // Beside the line of the value as it is now, where that goes through.
    let parts: [(left: Double, right: Double)]
    if let now, now > first, now < first + width {
      let (left, right) = ((first, now - 4), (now + 4, first + width))
      parts = now - first > width / 2 ? [left, right] : [right, left]
    } else {
      parts = [(first, first + width)]
    }
    let places = [winner, short].flatMap { text in parts.map { (text: text, part: $0) } }
    let fit = places.first {
      LabelWidth.of($0.text) * 1.08 + 8 <= $0.part.right - $0.part.left
    }
    guard let fit else { return }
    canvas.text(
      fit.text, (fit.part.left + fit.part.right) / 2, top + 18,
      stretch.isChoice ? "on-chosen" : winner == "none" ? "tick halo" : "",
      anchor: .middle)
  }

  /// A pointer above the bar, a line through it, and the value.
  private mutating func drawNow(_ strip: Strip, _ scale: AxisScale, top: Double) {
    guard let x = scale.place(strip.now) else { return }
    let bottom = top + Self.barHeight
    canvas.line(x, top, x, bottom, "now-halo")
    canvas.line(x, top - 3, x, bottom + 3, "now")
    canvas.path(
      "M\(SVGCanvas.number(x - 5)) \(SVGCanvas.number(top - 9))h10l-5 7Z", "now-sign")
    let text = "now \(AxisScale.short(NumberText.general(strip.now, digits: 6)))"
    let half = LabelWidth.of(text) / 2
    let middle = min(max(Self.left + half, x), Self.left + Self.width - half)
    canvas.text(text, middle, top - 13, "strong", anchor: .middle)
  }

  /// The ends of the choice before those of the others.
  private mutating func labelEnds(_ strip: Strip, _ scale: AxisScale, top: Double) {
    var ends: [(value: Double, isChoice: Bool)] = []
    for stretch in strip.stretches {
      for bound in [stretch.lower, stretch.upper].compactMap({ $0 }) where bound.isFinite {
        ends.append((bound, stretch.isChoice))
      }
    }
    var placer = LabelPlacer(
      bounds: LabelBox(left: 0, top: top - 20, width: SVGCanvas.width, height: 40))
    for isChoice in [true, false] {
      for end in ends where end.isChoice == isChoice {
        guard let x = scale.place(end.value) else { continue }
        let text = AxisScale.short(NumberText.general(end.value, digits: 4))
        let width = LabelWidth.of(text) + 6
        let box = LabelBox(left: x - width / 2, top: top - 10, width: width, height: 12)
        guard placer.firstFree([box]) != nil else { continue }
        canvas.text(text, x, top, isChoice ? "strong" : "tick", anchor: .middle)
      }
    }
    // Where an end of a stretch stands so near that both would run together, the end is the one.
    for (isOpen, text, isRight) in [
      (strip.stretches.first.map { $0.lower == nil } ?? false, "← lower", false),
      (strip.stretches.last.map { $0.upper == nil } ?? false, "higher →", true),
    ] where isOpen {
      let width = LabelWidth.of(text) + 4
      let left = isRight ? Self.left + Self.width - width : Self.left
      let box = LabelBox(left: left - 4, top: top - 10, width: width + 4, height: 12)
      guard placer.firstFree([box]) != nil else { continue }
      canvas.text(
        text, isRight ? Self.left + Self.width : left, top, "tick", anchor: isRight ? .end : .start)
    }
  }
}
