package import ReviewCore

/// A report as Markdown, with the pictures that lie beside it.
package struct MarkdownReport {
  /// The last line of every report; what tells our own files from others.
  package static let signature = "<!-- written by Keepoch, report 1 -->"
  /// The pictures' folder, beside the report.
  package static let pictureFolder = "report-files"

  private let pictureMark: String
  private var pictures: [(name: String, image: GrayImage)] = []
  private var output = ""

  /// The text, and each picture under its name in `pictureFolder`.
  ///
  /// - Parameter pictureMark: before the pictures' names, so that two reports keep theirs apart.
  package static func write(
    _ report: Report, pictureMark: String = ""
  ) -> (text: String, pictures: [(name: String, image: GrayImage)]) {
    var writer = MarkdownReport(pictureMark: pictureMark)
    writer.write(ReportDocument(report))
    return (writer.output, writer.pictures)
  }

  private init(pictureMark: String) { self.pictureMark = pictureMark }

  private mutating func write(_ document: ReportDocument) {
    output += "# Review note: \(MarkdownText.escaped(document.title))\n"
    for section in document.sections {
      output += "\n## \(section.number). \(section.title)\n"
      for block in section.blocks { write(block) }
    }
    output += "\n\(Self.signature)\n"
  }

  private mutating func write(_ block: ReportBlock) {
    switch block {
    case .subList(let items):
      for item in items { output += "  - \(text(item))\n" }
      return
    default: output += "\n"
    }
    switch block {
    case .paragraph(let spans): output += "\(text(spans))\n"
    case .caution(let spans): output += "> \(text(spans))\n"
    case .heading(let spans): output += "### \(text(spans))\n"
    case .table(let header, let rows):
      output += MarkdownText.row(header.map(text))
      output += MarkdownText.row(Array(repeating: "---", count: header.count))
      for row in rows { output += MarkdownText.row(row.map(text)) }
    case .list(let items): for item in items { output += "- \(text(item))\n" }
    case .lines(let lines, let language): output += MarkdownText.block(lines, language: language)
    case .pictures(let sheet):
      guard let image = ContactSheet.image(sheet.rows.map(\.pictures)) else { return }
      let name = "\(pictureMark)\(sheet.name).png"
      pictures.append((name, image))
      output += MarkdownText.block(sheet.lines, language: "text")
      output += "\n![\(sheet.words)](\(Self.pictureFolder)/\(name))\n"
    case .chart(_, _, _, let lines): output += MarkdownText.block(lines, language: "text")
    case .subList: break
    }
  }

  private func text(_ spans: [Span]) -> String {
    spans.map { span in
      switch span {
      // A line break of HTML keeps list items and table cells whole.
      case .text(let words):
        return words.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
          .map { MarkdownText.escaped(String($0)) }.joined(separator: "<br>")
      case .code(let code): return MarkdownText.code(code)
      case .strong(let inner): return "**\(text(inner))**"
      }
    }.joined()
  }
}
