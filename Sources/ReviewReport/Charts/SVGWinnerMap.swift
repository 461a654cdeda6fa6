import ReviewCore

/// Draws who is chosen while two thresholds move: areas by winner, and a cross where they stand now.
struct SVGWinnerMap {
  private static let mostNamed = 14
  private static let legendWidth = 192.0

  private let map: WinnerMap
  private let cells: [[Int]]
  private var canvas: SVGCanvas
  private let frame: AxisFrame

  static func draw(
    _ map: WinnerMap, into canvas: SVGCanvas
  ) -> (canvas: SVGCanvas, height: Double) {
    guard var drawing = SVGWinnerMap(map, canvas: canvas) else {
      var canvas = canvas
      canvas.text("no values to draw", 12, 30, "tick")
      return (canvas, 50)
    }
    drawing.frame.draw(xTitle: map.xTitle, yTitle: map.yTitle, into: &drawing.canvas)
    drawing.drawCells()
    drawing.drawNow()
    let legend = drawing.drawLegend()
    return (drawing.canvas, max(legend, drawing.frame.area.bottom + 48))
  }

  /// Nil when there is no cell to draw.
  private init?(_ map: WinnerMap, canvas: SVGCanvas) {
    let (columns, rows) = (map.xEdges.count - 1, map.yEdges.count - 1)
    guard columns > 0, rows > 0, let x = Self.scale(map.xEdges), let y = Self.scale(map.yEdges)
    else { return nil }
    self.map = map
    self.canvas = canvas
    // What is no place of a winner, or outside of the edges, is not drawn.
    cells = map.cells.prefix(rows).map { row in
      row.prefix(columns).map { map.winners.indices.contains($0) ? $0 : -1 }
    }
    let height = 320.0
    let left = AxisFrame.left(
      of: y.ticks(wanted: AxisFrame.wantedTicks(height: height)), hasTitle: true)
    let area = LabelBox(
      left: left, top: 14, width: SVGCanvas.width - left - Self.legendWidth - 24, height: height)
    frame = AxisFrame(area: area, x: x, y: y)
  }

  /// Edges without end are drawn at the last finite one.
  private static func scale(_ edges: [Double]) -> AxisScale? {
    var range = AxisRange()
    for edge in edges { range.add(edge) }
    return range.padded(by: 0).map { AxisScale($0) }
  }

  private mutating func drawCells() {
    let regions = WinnerRegions(cells).regions.filter { $0.winner >= 0 }
    for winner in map.winners.indices {
      let data = regions.filter { $0.winner == winner }.map { region in
        let box = box(region.columns, region.rows)
        return "M\(SVGCanvas.number(box.left)) \(SVGCanvas.number(box.top))"
          + "h\(SVGCanvas.number(box.width))v\(SVGCanvas.number(box.height))"
          + "h\(SVGCanvas.number(-box.width))Z"
      }.joined()
      if !data.isEmpty { canvas.path(data, pattern: pattern(of: winner)) }
    }
    drawBorders()
    for winner in map.winners.indices { label(winner, regions.filter { $0.winner == winner }) }
  }

  /// Rows count from below.
  private func box(_ columns: Range<Int>, _ rows: Range<Int>) -> LabelBox {
    let left = frame.x.clamped(map.xEdges[columns.lowerBound])
    let top = frame.y.clamped(map.yEdges[rows.upperBound])
    return LabelBox(
      left: left, top: top, width: frame.x.clamped(map.xEdges[columns.upperBound]) - left,
      height: frame.y.clamped(map.yEdges[rows.lowerBound]) - top)
  }

  private func pattern(of winner: Int) -> Int {
    if winner == map.choice { return ChartPattern.choice }
    if map.winners[winner] == "none" { return ChartPattern.none }
    return ChartPattern.winner(winner)
  }

  private mutating func drawBorders() {
    func winner(_ row: Int, _ column: Int) -> Int? {
      guard cells.indices.contains(row), cells[row].indices.contains(column) else { return nil }
      return cells[row][column]
    }
    var (plain, chosen) = ("", "")
    func add(_ one: Int?, _ other: Int?, _ data: String) {
      guard one != other, one != nil || other != nil else { return }
      let isChoice = map.choice != nil && (one == map.choice || other == map.choice)
      if isChoice { chosen += data } else { plain += data }
    }
    for row in 0...cells.count {
      for column in 0..<(map.xEdges.count - 1) {
        let box = box(
          column..<column + 1, min(row, cells.count - 1)..<min(row, cells.count - 1) + 1)
        let y = row < cells.count ? box.bottom : box.top
        add(
          winner(row, column), winner(row - 1, column),
          "M\(SVGCanvas.number(box.left)) \(SVGCanvas.number(y))"
            + "H\(SVGCanvas.number(box.right))")
        guard row < cells.count else { continue }
        let edge = "V\(SVGCanvas.number(box.bottom))"
        add(
          winner(row, column), winner(row, column - 1),
          "M\(SVGCanvas.number(box.left)) \(SVGCanvas.number(box.top))" + edge)
        if column == map.xEdges.count - 2 {
          add(
            winner(row, column), nil,
            "M\(SVGCanvas.number(box.right)) \(SVGCanvas.number(box.top))" + edge)
        }
      }
    }
    if !plain.isEmpty { canvas.path(plain, "edge") }
    if !chosen.isEmpty { canvas.path(chosen, "edge-chosen") }
  }

  /// In the largest of its areas that has room.
  private mutating func label(_ winner: Int, _ regions: [WinnerRegions.Region]) {
    let text = LabelWidth.fitted(PrintableText.escapedControls(map.winners[winner]), into: 150)
    let width = LabelWidth.of(text) + 10
    let boxes = regions.map { box($0.columns, $0.rows) }.filter {
      $0.width >= width && $0.height >= 18
    }
    let best = boxes.indices.max { (boxes[$0].area, -$0) < (boxes[$1].area, -$1) }
    guard let best else { return }
    canvas.text(
      text, boxes[best].left + boxes[best].width / 2, boxes[best].top + boxes[best].height / 2 + 4,
      winner == map.choice ? "chosen-label halo" : "strong halo", anchor: .middle)
  }

  private mutating func drawNow() {
    guard let x = frame.x.place(map.now.x), let y = frame.y.place(map.now.y),
      frame.x.range.contains(map.now.x), frame.y.range.contains(map.now.y)
    else { return }
    drawCross(x, y)
  }

  private mutating func drawCross(_ x: Double, _ y: Double) {
    for (kind, reach) in [("now-halo", 9.5), ("now", 9)] {
      canvas.line(x - reach, y, x + reach, y, kind)
      canvas.line(x, y - reach, x, y + reach, kind)
    }
  }

  /// Where the legend ends.
  private mutating func drawLegend() -> Double {
    let left = frame.area.right + 20
    var y = frame.area.top + 12
    drawCross(left + 11, y - 4)
    let (x, now) = (map.now.x, map.now.y)
    let words =
      "now \(AxisScale.short(NumberText.general(x, digits: 4))), "
      + AxisScale.short(NumberText.general(now, digits: 4))
    canvas.text(words, left + 30, y, "strong")
    // The largest first: with many winners, those that matter are named.
    let counts = map.winners.indices.map { winner in
      cells.reduce(0) { $0 + $1.count { $0 == winner } }
    }
    let order = map.winners.indices.filter { counts[$0] > 0 || $0 == map.choice }.sorted {
      ($0 == map.choice ? 0 : 1, -counts[$0], $0) < ($1 == map.choice ? 0 : 1, -counts[$1], $1)
    }
    for winner in order.prefix(Self.mostNamed) {
      y += 22
      let swatch = LabelBox(left: left, top: y - 12, width: 22, height: 16)
      canvas.rectangle(swatch, pattern: pattern(of: winner))
      canvas.rectangle(swatch, winner == map.choice ? "edge-chosen" : "outline")
      canvas.text(
        LabelWidth.fitted(
          PrintableText.escapedControls(map.winners[winner]), into: Self.legendWidth - 34),
        left + 30, y, winner == map.choice ? "chosen-label" : "")
    }
    if order.count > Self.mostNamed {
      y += 22
      canvas.text("and \(order.count - Self.mostNamed) more", left + 30, y, "tick")
    }
    return y + 16
  }
}
