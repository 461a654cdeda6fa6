package import ReviewCore

/// A report as Markdown, with the pictures that lie beside it.
package struct MarkdownReport {
  /// The last line of every report; what tells our own files from others.
  package static let signature = "<!-- written by Keepoch, report 1 -->"
  /// The pictures' folder, beside the report.
  package static let pictureFolder = "report-files"

  private let pictureMark: String
  private let source: String
  private var pictures: [(name: String, image: GrayImage)] = []
  private var charts: [(name: String, svg: String)] = []
  private var output = ""

  /// The text, and each picture and chart under its name in `pictureFolder`.
  ///
  /// - Parameters:
  ///   - pictureMark: before the pictures' names, so that two reports keep theirs apart.
  ///   - source: the name of the report's file, which its charts carry.
  package static func write(
    _ report: Report, pictureMark: String = "", source: String = ""
  ) -> (
    text: String, pictures: [(name: String, image: GrayImage)],
    charts: [(name: String, svg: String)]
  ) {
    write(ReportDocument(report), pictureMark: pictureMark, source: source)
  }

  static func write(
    _ document: ReportDocument, pictureMark: String = "", source: String = ""
  ) -> (
    text: String, pictures: [(name: String, image: GrayImage)],
    charts: [(name: String, svg: String)]
  ) {
    var writer = MarkdownReport(pictureMark: pictureMark, source: source)
    writer.write(document)
    return (writer.output, writer.pictures, writer.charts)
  }

  /// Whether a file is a chart of ours that a report of this name shows.
  package static func isChart(_ bytes: [UInt8], of source: String) -> Bool {
    SVGChart.isFile(bytes, of: source)
  }

  private init(pictureMark: String, source: String) {
    self.pictureMark = pictureMark
    self.source = source
  }

  private mutating func write(_ document: ReportDocument) {
    output +=
      "# Review note: \(MarkdownText.heading(MarkdownText.escaped(document.title)))\n"
    for section in document.sections {
      output += "\n## \(section.number). \(section.title)\n"
      for block in section.blocks { write(block) }
    }
    output += "\n\(Self.signature)\n"
  }

  private mutating func write(_ block: ReportBlock) {
    switch block {
    case .pictures(let sheet):
      guard let image = ContactSheet.image(sheet.rows.map(\.pictures)) else { return }
      let name = "\(pictureMark)\(sheet.name).png"
      pictures.append((name, image))
      output += MarkdownBlocks.text(block) + Self.image(name, sheet.words)
    case .chart(let chart, let name, let words, _):
      let name = "\(pictureMark)\(MarkupText.name(name)).svg"
      charts.append((name, SVGChart.file(chart, words: words, source: source)))
      output += MarkdownBlocks.text(block) + Self.image(name, words)
    default: output += MarkdownBlocks.text(block)
    }
  }

  private static func image(_ name: String, _ words: String) -> String {
    "\n![\(MarkdownText.escaped(words))](\(pictureFolder)/\(name))\n"
  }
}
