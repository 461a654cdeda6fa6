/// Writes the blocks of a report as Markdown that needs no file beside it.
enum MarkdownBlocks {
  /// The block with the blank line before it; pictures and charts as their lines.
  static func text(_ block: ReportBlock) -> String {
    switch block {
    case .paragraph(let spans): return "\n\(line(spans))\n"
    case .caution(let spans): return "\n> \(line(spans))\n"
    case .heading(let spans): return "\n### \(MarkdownText.heading(self.spans(spans)))\n"
    case .table(let header, let rows):
      return "\n" + MarkdownText.row(header.map(spans))
        + MarkdownText.row(Array(repeating: "---", count: header.count))
        + rows.map { MarkdownText.row($0.map(spans)) }.joined()
    case .list(let items): return "\n" + items.map { "- \(line($0))\n" }.joined()
    case .subList(let items): return items.map { "  - \(line($0))\n" }.joined()
    case .lines(let lines, let language):
      return "\n" + MarkdownText.block(lines, language: language)
    case .pictures(let sheet): return "\n" + MarkdownText.block(sheet.lines)
    case .chart(_, _, _, let lines): return "\n" + MarkdownText.block(lines)
    }
  }

  private static func line(_ spans: [Span]) -> String {
    MarkdownText.blockStart(self.spans(spans))
  }

  static func spans(_ spans: [Span]) -> String {
    spans.map { span in
      switch span {
      // A line break of HTML keeps list items and table cells whole.
      case .text(let words):
        return words.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
          .map { MarkdownText.escaped(String($0)) }.joined(separator: "<br>")
      case .code(let code): return MarkdownText.code(code)
      case .strong(let inner): return MarkdownText.strong(self.spans(inner))
      }
    }.joined()
  }
}
