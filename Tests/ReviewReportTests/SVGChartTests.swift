import ReviewCore
import Testing

@testable import ReviewReport

/// What charts show, beyond being well-formed.
@Suite struct SVGChartTests {
  private func svg(_ chart: Chart) -> String {
    SVGChart.element(chart, mark: "c", words: "words")
  }

  private func count(_ part: String, in text: String) -> Int {
    text.split(separator: part, omittingEmptySubsequences: false).count - 1
  }

  private func line(_ values: [Double]) -> Plot {
    var plot = Plot(title: "t", xTitle: "x", yTitle: "y")
    plot.lines = [
      Plot.Line(name: "y", points: values.enumerated().map { (Double($0.offset), $0.element) })
    ]
    return plot
  }

  @Test func everyRoleHasAShapeOfItsOwnAndAPlaceInTheLegend() {
    let text = svg(charts(saying: "x")[0])
    #expect(count("class=\"ring\"", in: text) == 2 && count("class=\"chosen\"", in: text) == 2)
    #expect(count("class=\"runner-up\"", in: text) == 2)
    // A circle and a cross, in the plot and in the legend.
    #expect(count("class=\"usual excluded\"", in: text) == 2)
    for words in [
      "chosen", "candidate", "runner-up", "best of the excluded", "other", "Pareto front",
    ] {
      #expect(text.contains(">\(words)</text>"), "\(words)")
    }
    #expect(text.contains("chosen-label halo"))
  }

  @Test func aLineOfAnyLengthStaysSmallAndKeepsItsPeaks() {
    var values = (0..<100_000).map { noise($0) }
    values[70_001] = 9
    values[30_001] = -9
    let text = svg(.plot(line(values)))
    #expect(text.utf8.count < 60_000)
    let places = LineEnvelope.path(
      values.enumerated().map { (Double($0.offset) / 170, $0.element) })
    #expect(places.contains(" 9L") && places.contains(" -9L"))
    #expect(count("M", in: places) == 1)
  }

  @Test func aGapIsAGapWhateverTheLength() {
    for length in [60, 60_000] {
      let values = (0..<length).map { place -> Double in
        if place == 0 || place == length - 1 { return 5 }
        return (length / 3..<length / 2).contains(place) ? .nan : noise(place)
      }
      let places = values.enumerated().map { place, value in
        value.isFinite ? (x: Double(place) * 500 / Double(length), y: value) : nil
      }
      #expect(count("M", in: LineEnvelope.path(places)) == 2, "\(length)")
    }
    // A value between two gaps is a dot, not nothing.
    #expect(LineEnvelope.path([(1, 1), nil, (2, 2), nil, (3, 3)]) == "M1 1h0M2 2h0M3 3h0")
  }

  @Test(arguments: [
    [], [.nan], [.infinity, -.infinity], [1], [1, 1, 1], [0, 0], [-1.7e308, 1.7e308],
    [0x1p-1060, 0x1p-1059],
    [1e15, 1e15 + 1], [.infinity, 2, 3], [1e300, 1e300],
  ])
  func whateverTheValuesItIsAPicture(_ values: [Double]) {
    for isLogarithmic in [false, true] {
      var plot = line(values)
      plot.isLogarithmic = isLogarithmic
      plot.points = values.map {
        Plot.Point(x: $0, y: $0, role: .chosen, label: "1", isOnFront: true)
      }
      plot.joinsFront = true
      plot.limits = [.nan, .infinity, 0, -1e300].flatMap { value in
        [true, false].map {
          Plot.Limit(isVertical: $0, value: value, label: "l", excluded: .above)
        }
      }
      plot.marks = [.nan, 0, 1e9].map { Plot.Mark(x: $0, label: "m", isAlarm: true) }
      let text = svg(.plot(plot))
      #expect(text.hasSuffix("</svg>\n"))
      #expect(!text.contains("\"nan") && !text.contains("nan ") && !text.contains("inf "))
    }
    let strip = Strip(
      clause: "c", now: values.first ?? 0,
      stretches: values.map { Strip.Stretch(lower: $0, upper: nil, winner: "w", isChoice: true) })
    let map = WinnerMap(
      xTitle: "x", yTitle: "y", xEdges: values, yEdges: values, cells: [[0, 7], [0]],
      winners: ["a"], choice: 0, now: (.nan, 1))
    for text in [svg(.strips([strip])), svg(.map(map))] {
      #expect(!text.contains("\"nan") && !text.contains("=\"inf"))
    }
  }

  @Test func ticksStandAtStepsOfOneTwoAndFive() {
    func labels(_ range: ClosedRange<Double>, log: Bool = false, _ wanted: Int = 6) -> [String] {
      AxisScale(range, isLogarithmic: log).ticks(wanted: wanted).map(\.label)
    }
    #expect(labels(0...1) == ["0", "0.2", "0.4", "0.6", "0.8", "1.0"])
    #expect(labels(0.15...0.8) == ["0.2", "0.3", "0.4", "0.5", "0.6", "0.7", "0.8"])
    #expect(labels(-12...30) == ["-10", "-5", "0", "5", "10", "15", "20", "25", "30"])
    #expect(labels(0...100_000, 5) == ["0", "20000", "40000", "60000", "80000", "100000"])
    #expect(labels(0...3e-7, 3) == ["0", "1e-7", "2e-7", "3e-7"])
    #expect(
      labels(1e-6...1, log: true, 7) == ["1e-6", "1e-5", "0.0001", "0.001", "0.01", "0.1", "1"])
  }

  @Test func logarithmsAreThoseOfTheField() {
    for exponent in stride(from: -300, through: 300, by: 7) {
      let value = AxisScale.powerOfTen(exponent)
      #expect((AxisScale.logarithm(value) - Double(exponent)).magnitude < 1e-9)
    }
    #expect((AxisScale.logarithm(2) - 0.301_029_995_664).magnitude < 1e-9)
    #expect((AxisScale.logarithm(1.999_999) - 0.301_029_778_516).magnitude < 1e-9)
  }

  @Test func neighboursOfOneWinnerAreOneRegion() {
    let regions = WinnerRegions([[0, 0, 1], [0, 0, 1], [2, 2, 2]]).regions
    #expect(
      regions == [
        .init(winner: 0, columns: 0..<2, rows: 0..<2),
        .init(winner: 1, columns: 2..<3, rows: 0..<2),
        .init(winner: 2, columns: 0..<3, rows: 2..<3),
      ])
  }

  @Test func labelsOfPointsDoNotCoverOneAnother() throws {
    var plot = Plot(title: "t", xTitle: "x", yTitle: "y")
    plot.points = (0..<120).map {
      Plot.Point(
        x: noise($0), y: noise($0 + 500), role: $0 == 60 ? .chosen : .usual, label: "epoch \($0)",
        isOnFront: false)
    }
    let text = svg(.plot(plot))
    let labels = count(">epoch ", in: text) - count("<title>epoch ", in: text)
    #expect(labels > 15 && labels < 120)
    #expect(text.contains(">epoch 60</text>"))
  }

  @Test func thirtyWinnersLookDifferent() {
    let looks = (0..<ChartPattern.variety).map {
      ChartPattern.element(ChartPattern.winner($0), id: "")
    }
    #expect(Set(looks).count == looks.count)
  }

  @Test func aFileBringsItsColoursAndAPageHasItsOwn() throws {
    let chart = charts(saying: "x")[3]
    let file = SVGChart.file(chart, words: "w", source: "gan--digits.md")
    #expect(file.hasPrefix("<!-- written by Keepoch for gan%2D%2Ddigits.md -->\n<svg xmlns="))
    #expect(file.contains("prefers-color-scheme:dark") && file.contains("class=\"paper\""))
    #expect(!svg(chart).contains("<style>"))
    #expect(file == SVGChart.file(chart, words: "w", source: "gan--digits.md"))
    // The same chart twice in one page: no id twice.
    let page = HTMLReport.page(
      document(try sampleReport(sampleRun(), []), chartsSaying: "x", picturesSaying: "x"))
    #expect((0..<4).allSatisfy { page.contains("-chart-\($0)-title\"") })
  }

  @Test func markdownPutsTheChartBesideItsLines() throws {
    let report = try sampleReport(sampleRun(), [])
    let (text, _, files) = MarkdownReport.write(
      document(report, chartsSaying: "x", picturesSaying: "x"), pictureMark: "lab-",
      source: "lab.md")
    #expect(files.suffix(4).map(\.name) == (0..<4).map { "lab-chart-\($0).svg" })
    #expect(text.contains("```text\nx\n```\n\n![x](report-files/lab-chart-0.svg)\n"))
    #expect(files.allSatisfy { MarkdownReport.isChart(Array($0.svg.utf8), of: "lab.md") })
  }
}
