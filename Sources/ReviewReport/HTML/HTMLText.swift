import ReviewCore

/// Words of a report as content of an element.
enum HTMLText {
  static func spans(_ spans: [Span]) -> String {
    spans.map { span in
      switch span {
      case .text(let words): return MarkupText.lines(words)
      case .code(let code): return "<code>\(MarkupText.escaped(code))</code>"
      case .strong(let inner): return "<strong>\(self.spans(inner))</strong>"
      }
    }.joined()
  }

  static func list(_ items: [(item: [Span], inner: [[Span]])]) -> String {
    let elements = items.map { item, inner in
      let below = inner.isEmpty ? "" : list(inner.map { (item: $0, inner: []) })
      return "<li>\(spans(item))\(below)</li>\n"
    }.joined()
    return "<ul>\n\(elements)</ul>\n"
  }

  static func lines(_ lines: [String]) -> String {
    "<pre><code>\(lines.map(MarkupText.escaped).joined(separator: "\n"))</code></pre>\n"
  }
}
