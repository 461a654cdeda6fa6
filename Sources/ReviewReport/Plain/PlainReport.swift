import ReviewCore

/// A report as plain text of at most 78 columns, for a mail or a commit message: its first line is
/// the decision, and no line is a comment to git.
package struct PlainReport {
  /// The last line of every report; what tells our own files from others.
  package static let signature = "Written by Keepoch, report 1"

  private static let width = 78
  private var output = ""

  package static func write(_ report: Report) -> String {
    write(ReportDocument(report))
  }

  static func write(_ document: ReportDocument) -> String {
    var writer = PlainReport()
    writer.output = PlainSubject(document.report).text + "\n\n"
    writer.write(document)
    // A line that begins with this sign is left out of a commit message.
    return writer.output.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.unicodeScalars.first == "#" ? " " + $0 : String($0) }.joined(separator: "\n")
  }

  private mutating func write(_ document: ReportDocument) {
    output += "Review note: \(Self.safe(document.title))\n"
    for section in document.sections {
      output += "\n\(section.number). \(section.title)\n"
      output += String(repeating: "-", count: "\(section.number). \(section.title)".count) + "\n"
      for (place, block) in section.blocks.enumerated() { write(block, isFirst: place == 0) }
    }
    output += "\n\(Self.signature)\n"
  }

  private mutating func write(_ block: ReportBlock, isFirst: Bool) {
    switch block {
    case .paragraph(let spans): add(Self.text(spans), isFirst: isFirst)
    case .caution(let spans): add(Self.text(spans), lead: "! ", isFirst: isFirst)
    case .heading(let spans): add(Self.text(spans), isFirst: isFirst)
    case .list(let items): for item in items { add(Self.text(item), lead: "- ", isFirst: true) }
    case .subList(let items):
      for item in items { add(Self.text(item), lead: "  - ", isFirst: true) }
    case .chart(_, _, _, let lines):
      for (place, line) in lines.enumerated() {
        add([Self.safe(line)], lead: "    ", isFirst: isFirst || place > 0)
      }
    case .lines, .pictures:
      let lines = Self.lines(of: block)
      if !isFirst { output += "\n" }
      for line in lines { output += line.isEmpty ? "\n" : "    \(Self.safe(line))\n" }
    case .table(let header, let rows):
      if !isFirst { output += "\n" }
      write(table: ([header] + rows).map { $0.map { Self.text($0).joined(separator: " / ") } })
    }
  }

  private static func lines(of block: ReportBlock) -> [String] {
    switch block {
    case .lines(let lines, _): return lines
    case .pictures(let sheet): return sheet.lines
    default: return []
    }
  }

  /// Lines broken at blanks; what follows the first is indented under it.
  private mutating func add(_ lines: [String], lead: String = "", isFirst: Bool) {
    if !isFirst { output += "\n" }
    // What stands after a line break of somebody's words is theirs, and cannot pass for ours.
    let indent = String(repeating: " ", count: max(2, lead.count))
    for (place, line) in lines.enumerated() {
      for (part, words) in Self.wrapped(line, to: Self.width - indent.count).enumerated() {
        let isStart = place == 0 && part == 0
        output += isStart ? lead : place == 0 ? String(indent.prefix(lead.count)) : indent
        output += words + "\n"
      }
    }
  }

  /// Columns as wide as their widest cell; a table that gets too wide becomes a list of its rows.
  private mutating func write(table: [[String]]) {
    guard let header = table.first else { return }
    let widths = header.indices.map { column in
      table.map { $0.indices.contains(column) ? $0[column].count : 0 }.max() ?? 0
    }
    if widths.reduce(0, +) + 2 * (widths.count - 1) <= Self.width {
      for row in table {
        let cells = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
        var line = cells.joined(separator: "  ")
        while line.last == " " { line.removeLast() }
        output += line + "\n"
      }
      return
    }
    for row in table.dropFirst() {
      let parts = zip(header, row).filter { !$0.1.isEmpty }
        .map { $0.0.isEmpty ? $0.1 : "\($0.0) \($0.1)" }
      add([parts.joined(separator: ", ")], lead: "- ", isFirst: true)
    }
  }

  private static func text(_ spans: [Span]) -> [String] {
    flat(spans).split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .map { safe(String($0)) }
  }

  private static func flat(_ spans: [Span]) -> String {
    spans.map { span in
      switch span {
      case .text(let words), .code(let words): return words
      case .strong(let inner): return flat(inner)
      }
    }.joined()
  }

  /// Nothing that a terminal or a mail program would take for more than text.
  private static func safe(_ text: String) -> String { PrintableText.escapedControls(text) }

  private static func wrapped(_ text: String, to width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      if line.isEmpty {
        line = String(word)
      } else if line.count + 1 + word.count <= width {
        line += " " + word
      } else {
        lines.append(line)
        line = String(word)
      }
    }
    lines.append(line)
    return lines
  }
}
