/// A table of a report as an element that scrolls sideways where it is too wide.
struct HTMLTable {
  // A longer one may be torn apart by the end of a page.
  private static let fewRows = 12
  // A column of cells no longer than this is never broken.
  private static let shortCell = 24
  // As many characters as stand side by side on paper.
  private static let paperColumns = 120

  let header: [[Span]]
  let rows: [[[Span]]]

  var element: String {
    let kinds = header.indices.map(kind)
    let marks = marksRows
    var text = "<div class=\"scroll\" role=\"group\" aria-label=\"table\" tabindex=\"0\">\n"
    let classes = [rows.count <= Self.fewRows ? "few" : nil, isWide ? "wide" : nil]
      .compactMap { $0 }
    text += classes.isEmpty ? "<table>\n" : "<table class=\"\(classes.joined(separator: " "))\">\n"
    text += "<thead>\n<tr>"
    for (spans, kind) in zip(header, kinds) {
      // A header without words is no header.
      let name = spans.allSatisfy { $0 == .text("") } ? "td" : "th"
      let scope = name == "th" ? " scope=\"col\"" : ""
      text += "<\(name)\(scope)\(kind)>\(HTMLText.spans(spans))</\(name)>"
    }
    text += "</tr>\n</thead>\n<tbody>\n"
    for row in rows {
      let isMarked = marks && Self.words(row.first) != ""
      text += isMarked ? "<tr class=\"marked\">" : "<tr>"
      for (place, spans) in row.prefix(kinds.count).enumerated() {
        let kind = marks && place == 0 ? " class=\"mark short\"" : kinds[place]
        text += "<td\(kind)>\(HTMLText.spans(spans))</td>"
      }
      text += "</tr>\n"
    }
    return text + "</tbody>\n</table>\n</div>\n"
  }

  /// Whether the first column, without a name, says something of some rows and nothing of others.
  private var marksRows: Bool {
    guard Self.words(header.first) == "" else { return false }
    let marked = rows.count { Self.words($0.first) != "" }
    return marked > 0 && marked < rows.count
  }

  /// How a column stands: numbers to the right, short words unbroken.
  private func kind(_ column: Int) -> String {
    let cells = rows.compactMap { $0.indices.contains(column) ? Self.words($0[column]) : nil }
    let values = cells.filter { $0 != "" && $0 != "-" }
    if !values.isEmpty, values.allSatisfy({ Double($0) != nil }) { return " class=\"value\"" }
    return " class=\"\(cells.allSatisfy { $0.count <= Self.shortCell } ? "short" : "long")\""
  }

  /// Whether paper needs smaller letters for it.
  private var isWide: Bool {
    let widths = header.indices.map { column in
      let cells = rows.map { $0.indices.contains(column) ? Self.words($0[column]).count : 0 }
      let longestWord = Self.words(header[column]).split(separator: " ").map(\.count).max() ?? 0
      return 2 + max(longestWord, min(Self.shortCell, cells.max() ?? 0))
    }
    return widths.reduce(0, +) > Self.paperColumns
  }

  private static func words(_ spans: [Span]?) -> String {
    (spans ?? []).map { span in
      switch span {
      case .text(let words), .code(let words): return words
      case .strong(let inner): return words(inner)
      }
    }.joined()
  }
}
