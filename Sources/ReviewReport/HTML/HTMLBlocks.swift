/// Writes the blocks of a report as elements of a page.
struct HTMLBlocks {
  private var chartCount = 0

  mutating func section(_ section: ReportSection) -> String {
    let id = "section-\(section.number)"
    let isDecision = section.number == 1
    var text = "<section id=\"\(id)\" aria-labelledby=\"\(id)-title\""
    text += isDecision ? " class=\"decision\">\n" : ">\n"
    text += "<h2 id=\"\(id)-title\"><span class=\"number\">\(section.number).</span> "
    text += "\(MarkupText.escaped(section.title))</h2>\n"
    var isFirst = isDecision
    for part in HTMLParts.of(section.blocks) {
      switch part {
      case .block(let block):
        text += element(block, isLead: isFirst)
        isFirst = false
      case .items(let items): text += HTMLText.list(items)
      case .cards(let cards):
        text += "<div class=\"cards\">\n"
        for card in cards {
          text += "<article class=\"card\">\n"
          for block in card { text += element(block) }
          text += "</article>\n"
        }
        text += "</div>\n"
      }
    }
    return text + "</section>\n"
  }

  private mutating func element(_ block: ReportBlock, isLead: Bool = false) -> String {
    switch block {
    case .paragraph(let spans):
      return "<p\(isLead ? " class=\"lead\"" : "")>\(HTMLText.spans(spans))</p>\n"
    case .caution(let spans):
      return "<div class=\"notice\" role=\"note\"><span class=\"sign\" aria-hidden=\"true\">"
        + "\u{26A0}\u{FE0E}</span><p>\(HTMLText.spans(spans))</p></div>\n"
    case .heading(let spans): return "<h3>\(HTMLText.spans(spans))</h3>\n"
    case .table(let header, let rows): return HTMLTable(header: header, rows: rows).element
    case .list(let items), .subList(let items):
      return HTMLText.list(items.map { (item: $0, inner: []) })
    case .lines(let lines, _): return HTMLText.lines(lines)
    case .pictures(let sheet): return HTMLPictures.element(sheet)
    case .chart(let chart, let name, let words, let lines):
      chartCount += 1
      let mark = "chart-\(chartCount)-\(MarkupText.name(name))"
      return "<figure class=\"diagram\">\n"
        + SVGChart.element(chart, mark: mark, words: words)
        + "<figcaption>\(MarkupText.lines(words))</figcaption>\n"
        + "<details><summary>The same as text</summary>\(HTMLText.lines(lines))</details>\n"
        + "</figure>\n"
    }
  }
}
