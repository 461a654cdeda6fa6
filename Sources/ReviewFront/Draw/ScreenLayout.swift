import ReviewCore
package import TerminalSurface

/// Where things stand on the screen, for a size, a depth and a run.
package struct ScreenLayout: Equatable, Sendable {
  /// Samples of one checkpoint in one place.
  package struct Panel: Equatable, Sendable {
    /// The checkpoint's place in the run.
    package let checkpoint: Int
    package let area: Rect
    /// Places of the samples that are shown, or slots; of a spread 0 is the mean and 1 the deviation.
    package let samples: Range<Int>
    /// What is shown of them.
    package let view: SampleView
    /// Of a comparison: its column among all that are compared.
    package let item: Int
    /// Whether `samples` are slots, in which samples stand as they are arranged.
    package var isBySlot = false
  }

  /// The rows between the title and the status line.
  package let body: Rect
  /// The header of the table and its rows; empty below the table's depth.
  package let table: Rect
  /// Lines of the table's header.
  package let headerHeight: Int
  package let tileWidth: Int
  package let tileHeight: Int
  package let gridColumns: Int
  package let gridRows: Int
  /// One, or one a column of a comparison; none where there is no room for samples.
  package let panels: [Panel]
  /// The one that the keys are about; nil where there is none.
  package let focus: Int?

  /// Where the samples under the cursor are drawn.
  package var samples: Rect { focusedPanel?.area ?? Rect(x: 0, y: 0, width: 0, height: 0) }
  /// Places of the samples on the screen, or their slots.
  package var shownSamples: Range<Int> { focusedPanel?.samples ?? 0..<0 }

  /// The comparison's column that the keys are about; 0 without one.
  var focusedItem: Int { focusedPanel?.item ?? 0 }

  var focusedPanel: Panel? { focus.map { panels[$0] } }

  /// Rows of checkpoints that fit.
  package var tableRows: Int { max(0, table.height - headerHeight) }

  package static let leastWidth = 40
  package static let leastHeight = 12
  /// From this width on the samples stand beside the table.
  static let wide = 110
  static let infoWidth = 34
  /// From this height on the table has a line of sparklines.
  static let sparkHeight = 9
  /// The least width of a column of a comparison.
  static let leastColumn = 19
}

extension FrontState {
  package var layout: ScreenLayout {
    let body = Rect(x: 0, y: 1, width: width, height: height - 3)
    if let comparison { return comparisonLayout(comparison, body) }
    if let strip, showsStrip { return stripLayout(strip, body) }
    switch place.depth {
    case .table: return tableLayout(body)
    case .grid:
      let area = Rect(x: 0, y: body.y + 1, width: body.width, height: body.height - 1)
      return layout(body, table: .empty, area: area, top: gridTop)
    case .sample: return sampleLayout(body)
    }
  }

  /// Keeps the cursor on the screen.
  mutating func scroll() {
    let layout = self.layout
    let rows = max(1, layout.tableRows)
    let row = order.row(of: place.checkpoint) ?? 0
    if row < tableTop { tableTop = row }
    if row >= tableTop + rows { tableTop = row - rows + 1 }
    tableTop = max(0, min(tableTop, order.count - rows))
    if showsStrip { scrollStrip() }
    guard place.depth == .grid, !showsStrip else { return }
    let columns = max(1, layout.gridColumns)
    let visible = max(1, layout.gridRows)
    let line = cursorSlot / columns
    if line < gridTop { gridTop = line }
    if line >= gridTop + visible { gridTop = line - visible + 1 }
    let all = (max(1, sampleCount) + columns - 1) / columns
    gridTop = max(0, min(gridTop, max(0, all - visible)))
  }

  private func tableLayout(_ body: Rect) -> ScreenLayout {
    guard hasPictures else { return layout(body, table: body, area: .empty, top: 0) }
    if width >= ScreenLayout.wide {
      let tableWidth = min(tableWidthWanted, max(58, width * 45 / 100))
      let table = Rect(x: 0, y: body.y, width: tableWidth, height: body.height)
      let area = Rect(
        x: tableWidth + 2, y: body.y + 1, width: width - tableWidth - 2, height: body.height - 1)
      return layout(body, table: table, area: area, top: nil)
    }
    let tileHeight = tileSize(fitting: width, body.height / 2).height + 1
    // A short table leaves its room to further rows of samples; one that grows must not push them.
    let wanted = isFollowing ? body.height / 2 : max(6, min(order.count + 2, body.height / 2))
    let stripHeight = max(1, (body.height - 1 - wanted) / tileHeight) * tileHeight + 1
    guard body.height >= stripHeight + 6 else {
      return layout(body, table: body, area: .empty, top: 0)
    }
    let table = Rect(x: 0, y: body.y, width: width, height: body.height - stripHeight)
    let area = Rect(
      x: 0, y: body.y + table.height + 1, width: width, height: stripHeight - 1)
    return layout(body, table: table, area: area, top: nil)
  }

  private var tableWidthWanted: Int {
    3 + TableColumn.columns(of: self).reduce(0) { $0 + $1.width + 1 } + 24
  }

  /// - Parameter top: the first row of samples; nil pages to the cursor.
  private func layout(_ body: Rect, table: Rect, area: Rect, top: Int?) -> ScreenLayout {
    let header = table.height >= ScreenLayout.sparkHeight && !run.columns.isEmpty ? 2 : 1
    guard area.width > 3, area.height > 2 else {
      return ScreenLayout(
        body: body, table: table, headerHeight: header, tileWidth: 0, tileHeight: 0, gridColumns: 1,
        gridRows: 0, panels: [], focus: nil)
    }
    let grid = tiles(in: area, top: top)
    let panel = ScreenLayout.Panel(
      checkpoint: place.checkpoint, area: area, samples: grid.range(of: tileCount), view: view,
      item: 0, isBySlot: view != .spread && view != .nearest)
    return ScreenLayout(
      body: body, table: table, headerHeight: header, tileWidth: grid.width,
      tileHeight: grid.height, gridColumns: grid.columns, gridRows: grid.rows, panels: [panel],
      focus: 0)
  }

  private struct Tiles {
    let width: Int
    let height: Int
    let columns: Int
    let rows: Int
    let first: Int

    func range(of count: Int) -> Range<Int> {
      let start = min(first, count)
      return start..<max(start, min(count, first + columns * rows))
    }
  }

  /// How many tiles the checkpoint under the cursor has.
  private var tileCount: Int {
    switch view {
    case .spread: return min(2, 2 * sampleCount)
    case .nearest: return 2 * sampleCount
    case .samples, .difference, .blind: return sampleCount
    }
  }

  private func tiles(in area: Rect, top: Int?) -> Tiles {
    if view == .spread { return pairOfTiles(in: area, first: 0) }
    if view == .nearest { return pairOfTiles(in: area, first: 2 * place.sample) }
    let size = tileSize(in: area)
    let columns = max(1, (area.width + 1) / (size.width + 1))
    let rows = max(1, area.height / (size.height + 1))
    return Tiles(
      width: size.width, height: size.height, columns: columns, rows: rows,
      first: (top ?? cursorSlot / (columns * rows) * rows) * columns)
  }

  /// Two tiles, side by side or one above the other, whichever leaves them larger.
  private func pairOfTiles(in area: Rect, first: Int) -> Tiles {
    let beside = largestSize(fitting: (area.width - 1) / 2, area.height - 1)
    let above = largestSize(fitting: area.width, area.height / 2 - 1)
    return beside.width >= above.width
      ? Tiles(width: beside.width, height: beside.height, columns: 2, rows: 1, first: first)
      : Tiles(width: above.width, height: above.height, columns: 1, rows: 2, first: first)
  }

  /// The reviewer's size; until one is chosen, the largest at which all samples are on the screen.
  private func tileSize(in area: Rect) -> (width: Int, height: Int) {
    guard !isTileChosen else { return tileSize(fitting: area.width, area.height - 1) }
    if mostSamples == 1 { return largestSize(fitting: area.width, area.height - 1) }
    for wanted in TileSize.widths[(TileSize.usual + 1)...].reversed() {
      let columns = (area.width + 1) / (wanted + 1)
      let rows = area.height / (cellRows(for: wanted) + 1)
      if columns * rows >= mostSamples { return (wanted, cellRows(for: wanted)) }
    }
    return tileSize(fitting: area.width, area.height - 1)
  }

  /// The reviewer's size, or the next smaller one that fits.
  func tileSize(fitting width: Int, _ height: Int) -> (width: Int, height: Int) {
    for wanted in TileSize.widths[...tile].reversed() {
      let rows = cellRows(for: wanted)
      if wanted <= width, rows <= height { return (wanted, rows) }
    }
    return largestSize(fitting: width, height)
  }

  func largestSize(fitting width: Int, _ height: Int) -> (width: Int, height: Int) {
    let wide = Double(height * sampleShape.width) / preferences.cellAspect
    let columns = max(1, min(width, Int(wide / Double(max(1, sampleShape.height)))))
    return (columns, max(1, min(height, cellRows(for: columns))))
  }

  /// So many that a sample is as high as it should be in cells of the terminal's shape.
  func cellRows(for columns: Int) -> Int {
    let (width, height) = sampleShape
    let rows = Double(columns * height) * preferences.cellAspect / Double(max(1, width))
    return max(1, Int(rows + 0.5))
  }

  private func sampleLayout(_ body: Rect) -> ScreenLayout {
    let info = width >= 72 ? ScreenLayout.infoWidth : 0
    if view == .spread || view == .nearest {
      let area = Rect(
        x: 0, y: body.y, width: max(1, width - info - (info > 0 ? 2 : 0)), height: body.height)
      return layout(body, table: .empty, area: area, top: 0)
    }
    let size = largestSize(
      fitting: max(1, width - info - (info > 0 ? 2 : 0)), body.height)
    let sample = place.sample
    let panel = ScreenLayout.Panel(
      checkpoint: place.checkpoint,
      area: Rect(x: 0, y: body.y, width: size.width, height: size.height),
      samples: sample < sampleCount ? sample..<sample + 1 : 0..<0, view: view, item: 0)
    return ScreenLayout(
      body: body, table: .empty, headerHeight: 0, tileWidth: size.width, tileHeight: size.height,
      gridColumns: 1, gridRows: 1, panels: [panel], focus: 0)
  }

  /// Columns of equal width; as many as fit, those about the cursor's.
  private func comparisonLayout(_ comparison: Comparison, _ body: Rect) -> ScreenLayout {
    let all = comparison.items.count
    let shown = max(1, min(all, (width + 1) / (ScreenLayout.leastColumn + 1)))
    let start = max(0, min(comparison.focus - shown / 2, all - shown))
    let columnWidth = (width - (shown - 1)) / shown
    let heading = comparisonHeading(comparison, columnWidth, most: max(2, body.height / 3))
    let area = Rect(
      x: 0, y: body.y + heading, width: columnWidth, height: body.height - heading)
    let isSingle = view != .spread && (comparison.isOfSamples || place.depth == .sample)
    let size = largestSize(fitting: area.width, area.height - 1)
    let grid =
      isSingle
      ? Tiles(width: size.width, height: size.height, columns: 1, rows: 1, first: place.sample)
      : tiles(in: area, top: nil)
    let panels = (start..<start + shown).map { item -> ScreenLayout.Panel in
      let (checkpoint, sample) = (comparison.items[item].checkpoint, comparison.items[item].sample)
      let count = sampleCount(at: checkpoint)
      let one = sample ?? place.sample
      let samples =
        isSingle
        ? (one < count ? one..<one + 1 : 0..<0)
        : grid.range(of: view == .spread ? min(2, 2 * count) : count)
      // What the others are compared with is shown as it is.
      let isReference = view == .difference(from: checkpoint)
      var place = area
      place.x = (item - start) * (columnWidth + 1)
      return ScreenLayout.Panel(
        checkpoint: checkpoint, area: place, samples: samples,
        view: isReference ? .samples : view, item: item)
    }
    return ScreenLayout(
      body: body, table: .empty, headerHeight: 0, tileWidth: grid.width, tileHeight: grid.height,
      gridColumns: grid.columns, gridRows: grid.rows, panels: panels,
      focus: comparison.focus - start)
  }
}

extension Rect {
  fileprivate static let empty = Rect(x: 0, y: 0, width: 0, height: 0)
}
