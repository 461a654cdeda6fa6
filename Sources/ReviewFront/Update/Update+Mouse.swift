import ReviewCore
import TerminalSurface

extension FrontState {
  /// A click goes to what stands there; on what the cursor is on already, it looks closer.
  mutating func click(column: Int, row: Int) -> [Effect] {
    if row == height - 1 {
      for hint in hints where hint.columns.contains(column) { return perform(hint.command) }
      return []
    }
    let layout = self.layout
    let first = layout.table.y + layout.headerHeight
    if column < layout.table.width, (first..<layout.table.y + layout.table.height).contains(row) {
      let line = tableTop + row - first
      guard line < order.count else { return [] }
      pane = .table
      if order[line] == place.checkpoint { return perform(.closer) }
      return go(to: order[line])
    }
    for panel in layout.panels {
      guard let sample = sample(at: column, row, in: panel, of: layout) else { continue }
      let isHere =
        panel.checkpoint == place.checkpoint && sample == place.sample && isOnSamples
      if let comparison, comparison.items.indices.contains(panel.item) { focus(panel.item) }
      if showsStrip { _ = go(to: panel.checkpoint) }
      if isHere { return perform(.closer) }
      place.sample = sample
      if place.depth == .table { pane = .samples }
      return []
    }
    return []
  }

  private func sample(
    at column: Int, _ row: Int, in panel: ScreenLayout.Panel, of layout: ScreenLayout
  ) -> Int? {
    let (x, y) = (column - panel.area.x, row - panel.area.y)
    guard x >= 0, y >= 0, x < panel.area.width, y < panel.area.height, layout.tileWidth > 0 else {
      return nil
    }
    if place.depth == .sample, panel.view == .nearest { return place.sample }
    if place.depth == .sample || comparison?.isOfSamples == true { return panel.samples.first }
    let (tileColumn, tileRow) = (x / (layout.tileWidth + 1), y / (layout.tileHeight + 1))
    if panel.view == .nearest { return place.sample }
    guard tileColumn < layout.gridColumns, tileRow < layout.gridRows else { return nil }
    if let strip, showsStrip {
      return stripPlace(inRow: strip.top + tileRow, at: panel.checkpoint)
    }
    let places = places(in: panel)
    let offset = tileRow * layout.gridColumns + tileColumn
    return offset < places.count ? places[offset] : nil
  }
}
