/// A stretch of a section that is one element of a page.
enum HTMLParts {
  case block(ReportBlock)
  /// A list, with the items under some of its items.
  case items([(item: [Span], inner: [[Span]])])
  /// Headings with words and one picture each, side by side.
  case cards([[ReportBlock]])

  static func of(_ blocks: [ReportBlock]) -> [HTMLParts] {
    var parts: [HTMLParts] = []
    var rest = blocks[...]
    while let block = rest.first {
      if let card = card(rest) {
        rest = rest.dropFirst(card.count)
        if case .cards(let cards) = parts.last {
          parts[parts.count - 1] = .cards(cards + [card])
        } else {
          parts.append(.cards([card]))
        }
        continue
      }
      rest = rest.dropFirst()
      switch block {
      case .list(let items): parts.append(.items(items.map { ($0, []) }))
      case .subList(let inner):
        guard case .items(var items) = parts.last, let last = items.indices.last else {
          parts.append(.items(inner.map { ($0, []) }))
          continue
        }
        items[last].inner += inner
        parts[parts.count - 1] = .items(items)
      default: parts.append(.block(block))
      }
    }
    return parts
  }

  /// A heading, paragraphs and one small picture at the start of some blocks; nil where there are
  /// others.
  private static func card(_ blocks: ArraySlice<ReportBlock>) -> [ReportBlock]? {
    guard case .heading = blocks.first else { return nil }
    let end = blocks.dropFirst().firstIndex {
      if case .paragraph = $0 { return false }
      return true
    }
    guard let end, case .pictures(let sheet) = blocks[end],
      sheet.rows.count == 1, sheet.rows[0].pictures.count == 1
    else { return nil }
    return Array(blocks[...end])
  }
}
