import ReviewCore

@testable import ReviewReport

/// A number between 0 and 1 that looks like chance and is the same every time (SplitMix64).
func noise(_ place: Int) -> Double {
  var mixed = UInt64(place) &* 0x9E37_79B9_7F4A_7C15
  mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
  mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
  return Double((mixed ^ (mixed >> 31)) >> 11) * 0x1p-53
}

/// One chart of each kind, with the same words wherever anybody's words can stand.
func charts(saying words: String) -> [Chart] {
  var scatter = Plot(title: words, xTitle: words, yTitle: words)
  scatter.points = [
    Plot.Point(x: 0.8, y: 0.2, role: .usual, label: words, isOnFront: true),
    Plot.Point(x: 0.63, y: 0.62, role: .candidate, label: words, isOnFront: true),
    Plot.Point(x: 0.61, y: 0.66, role: .runnerUp, label: words, isOnFront: true),
    Plot.Point(x: 0.6, y: 0.68, role: .chosen, label: words, isOnFront: true),
    Plot.Point(x: 0.48, y: 0.75, role: .excluded, label: words, isOnFront: false),
  ]
  scatter.joinsFront = true
  scatter.limits = [
    Plot.Limit(isVertical: true, value: 0.55, label: words, excluded: .below),
    Plot.Limit(isVertical: false, value: 0.6, label: words),
  ]
  var lines = Plot(title: words, xTitle: words, yTitle: "value")
  lines.lines = (0..<3).map { order in
    Plot.Line(
      name: words, points: (0..<50).map { (Double($0), noise($0 + order * 50) + Double(order)) })
  }
  lines.marks = [
    Plot.Mark(x: 10, label: words, isAlarm: true), Plot.Mark(x: 30, label: words, isAlarm: false),
  ]
  let strip = Strip(
    clause: words, now: 0.55,
    stretches: [
      Strip.Stretch(lower: nil, upper: 0.48, winner: words, isChoice: false),
      Strip.Stretch(lower: 0.48, upper: 0.6, winner: words, isChoice: true),
      Strip.Stretch(lower: 0.6, upper: nil, winner: "none", isChoice: false),
    ])
  let map = WinnerMap(
    xTitle: words, yTitle: words, xEdges: [0, 0.5, 1], yEdges: [0, 0.5, 1],
    cells: [[0, 1], [2, 1]], winners: ["none", words, words], choice: 1, now: (x: 0.7, y: 0.6))
  return [.plot(scatter), .plot(lines), .strips([strip]), .map(map)]
}

/// The document of a report with a section of charts and pictures behind the others.
func document(
  _ report: Report, chartsSaying words: String, picturesSaying caption: String
) -> ReportDocument {
  var document = ReportDocument(report)
  let blocks = charts(saying: words).enumerated().map {
    ReportBlock.chart($0.element, name: "chart-\($0.offset)", words: words, lines: [words])
  }
  let image = GrayImage(width: 2, height: 2, pixels: [0, 80, 160, 255])
  let row = PictureSheet.Row(title: caption, pictures: [image, image], captions: [caption, "x"])
  document.section(
    .runs, "Charts",
    blocks + [
      .pictures(PictureSheet(name: "sheet", words: caption, rows: [row])),
      .heading([.text(caption)]), .caution([.text(caption)]), .list([[.text(caption)]]),
      .subList([[.text(caption)]]),
      .paragraph([.code(caption), .strong([.text(caption)]), .text(" behind")]),
    ])
  return document
}
