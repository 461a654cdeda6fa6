import ReviewCore

/// Charts as SVG: within a page, or as a file of its own.
///
/// The same bytes for the same chart. Every word of it is text, whoever wrote it.
enum SVGChart {
  /// An element for a page that has `ChartStyle.rules` and the colours of `ChartPalette`.
  ///
  /// - Parameters:
  ///   - mark: before every id; one a chart of a page.
  ///   - words: what is seen.
  static func element(_ chart: Chart, mark: String, words: String) -> String {
    svg(chart, mark: MarkupText.name(mark), words: words, isFile: false)
  }

  /// A file that is readable on light and dark pages, since it brings its own ground.
  ///
  /// - Parameter source: the name of the report that shows it.
  static func file(_ chart: Chart, words: String, source: String) -> String {
    "\(ownMark)\(plain(source)) -->\n" + svg(chart, mark: "k", words: words, isFile: true)
  }

  /// Whether a file is a chart of ours that a report of this name shows.
  static func isFile(_ bytes: [UInt8], of source: String) -> Bool {
    bytes.starts(with: Array("\(ownMark)\(plain(source)) -->\n".utf8))
  }

  private static let ownMark = "<!-- written by Keepoch for "

  /// Letters, digits, `.`, `_`, and what else there is by its number, so that no name ends a comment
  /// and no two are the same.
  private static func plain(_ name: String) -> String {
    name.utf8.map { byte in
      let isPlain =
        (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || (byte >= 0x30 && byte <= 0x39)
        || byte == 0x2E || byte == 0x5F
      return isPlain
        ? String(UnicodeScalar(byte)) : "%" + String(byte, radix: 16, uppercase: true)
    }.joined()
  }

  private static func svg(
    _ chart: Chart, mark: String, words: String, isFile: Bool
  ) -> String {
    let empty = SVGCanvas(mark: mark)
    var ownRules = ""
    let title: String
    let drawn: (canvas: SVGCanvas, height: Double)
    switch chart {
    case .plot(let plot):
      title = plot.title
      if !plot.groups.isEmpty { ownRules = ChartStyle.groupRules }
      drawn = SVGPlot.draw(plot, into: empty)
    case .strips(let strips):
      title = "Who is chosen while one threshold moves"
      drawn = SVGStrips.draw(strips, into: empty)
    case .map(let map):
      title = "Who is chosen while two thresholds move"
      drawn = SVGWinnerMap.draw(map, into: empty)
    }
    // In a page, the words of a chart stand under those of the text, without a margin of their own.
    let margin = isFile ? 0 : 10.0
    let size =
      "\(SVGCanvas.number(SVGCanvas.width - margin)) \(SVGCanvas.number(drawn.height))"
    let sides =
      "width=\"\(SVGCanvas.number(SVGCanvas.width - margin))\" "
      + "height=\"\(SVGCanvas.number(drawn.height))\""
    let space = isFile ? " xmlns=\"http://www.w3.org/2000/svg\"" : ""
    let ground = LabelBox(left: 0, top: 0, width: SVGCanvas.width, height: drawn.height)
    var text =
      "<svg\(space) class=\"chart\" viewBox=\"\(SVGCanvas.number(margin)) 0 \(size)\" \(sides) role=\"img\" "
      + "aria-labelledby=\"\(mark)-title\" aria-describedby=\"\(mark)-words\">\n"
    text += "<title id=\"\(mark)-title\">\(MarkupText.escaped(title))</title>\n"
    text += "<desc id=\"\(mark)-words\">\(MarkupText.escaped(words))</desc>\n"
    if isFile {
      text += "<style>\n\(ChartStyle.standalone)\(ownRules)</style>\n"
      var sheet = SVGCanvas(mark: mark)
      sheet.rectangle(ground, "paper")
      text += sheet.elements
    } else if !ownRules.isEmpty {
      text += "<style>\n\(ownRules)</style>\n"
    }
    return text + drawn.canvas.definitions + drawn.canvas.elements + "</svg>\n"
  }
}
