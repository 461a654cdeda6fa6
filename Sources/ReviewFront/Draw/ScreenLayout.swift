import ReviewCore
package import TerminalSurface

/// Where things stand on the screen, for a size, a depth and a run.
package struct ScreenLayout: Equatable, Sendable {
  /// The rows between the title and the status line.
  package let body: Rect
  /// The header line of the table and its rows; empty below the table's depth.
  package let table: Rect
  /// Where samples are drawn.
  package let samples: Rect
  package let tileWidth: Int
  package let tileHeight: Int
  package let gridColumns: Int
  package let gridRows: Int
  /// Places of the samples on the screen.
  package let shownSamples: Range<Int>

  /// Rows of checkpoints that fit.
  package var tableRows: Int { max(0, table.height - 1) }

  /// What pictures the screen needs; nil when there is no room for one.
  package var pictures: (columns: Int, rows: Int, samples: Range<Int>)? {
    tileWidth > 0 && tileHeight > 0 ? (tileWidth, tileHeight, shownSamples) : nil
  }

  package static let leastWidth = 40
  package static let leastHeight = 12
  /// From this width on the samples stand beside the table.
  static let wide = 110
  static let infoWidth = 34
}

extension FrontState {
  package var layout: ScreenLayout {
    let body = Rect(x: 0, y: 1, width: width, height: height - 3)
    switch place.depth {
    case .table: return tableLayout(body)
    case .grid:
      let area = Rect(x: 0, y: body.y + 1, width: body.width, height: body.height - 1)
      return layout(
        body: body, table: Rect(x: 0, y: 0, width: 0, height: 0), area: area, top: gridTop)
    case .sample: return sampleLayout(body)
    }
  }

  /// Keeps the cursor on the screen.
  mutating func scroll() {
    let rows = max(1, layout.tableRows)
    if place.checkpoint < tableTop { tableTop = place.checkpoint }
    if place.checkpoint >= tableTop + rows { tableTop = place.checkpoint - rows + 1 }
    tableTop = max(0, min(tableTop, run.checkpoints.count - rows))
    let columns = max(1, layout.gridColumns)
    let visible = max(1, layout.gridRows)
    let row = place.sample / columns
    if place.depth == .grid {
      if row < gridTop { gridTop = row }
      if row >= gridTop + visible { gridTop = row - visible + 1 }
      let all = (max(1, sampleCount) + columns - 1) / columns
      gridTop = max(0, min(gridTop, max(0, all - visible)))
    }
  }

  private func tableLayout(_ body: Rect) -> ScreenLayout {
    guard hasPictures else {
      return layout(body: body, table: body, area: Rect(x: 0, y: 0, width: 0, height: 0), top: 0)
    }
    if width >= ScreenLayout.wide {
      let tableWidth = min(tableWidthWanted, max(58, width * 45 / 100))
      let table = Rect(x: 0, y: body.y, width: tableWidth, height: body.height)
      let area = Rect(
        x: tableWidth + 2, y: body.y + 1, width: width - tableWidth - 2, height: body.height - 1)
      return layout(body: body, table: table, area: area, top: nil)
    }
    let tileHeight = tileSize(fitting: width, body.height / 2).height + 1
    // A short table leaves its room to further rows of samples.
    let wanted = max(6, min(run.checkpoints.count + 1, body.height / 2))
    let stripHeight = max(1, (body.height - 1 - wanted) / tileHeight) * tileHeight + 1
    guard body.height >= stripHeight + 6 else {
      return layout(body: body, table: body, area: Rect(x: 0, y: 0, width: 0, height: 0), top: 0)
    }
    let table = Rect(x: 0, y: body.y, width: width, height: body.height - stripHeight)
    let area = Rect(
      x: 0, y: body.y + table.height + 1, width: width, height: stripHeight - 1)
    return layout(body: body, table: table, area: area, top: nil)
  }

  private var tableWidthWanted: Int {
    2 + TableColumn.columns(of: self).reduce(0) { $0 + $1.width + 1 } + 24
  }

  /// - Parameter top: the first row of samples; nil pages to the cursor.
  private func layout(body: Rect, table: Rect, area: Rect, top: Int?) -> ScreenLayout {
    guard area.width > 3, area.height > 2 else {
      return ScreenLayout(
        body: body, table: table, samples: area, tileWidth: 0, tileHeight: 0, gridColumns: 1,
        gridRows: 0, shownSamples: 0..<0)
    }
    let size = tileSize(fitting: area.width, area.height - 1)
    let columns = max(1, (area.width + 1) / (size.width + 1))
    let rows = max(1, area.height / (size.height + 1))
    let first = (top ?? place.sample / (columns * rows) * rows) * columns
    let count = sampleCount
    let start = min(first, count)
    return ScreenLayout(
      body: body, table: table, samples: area, tileWidth: size.width, tileHeight: size.height,
      gridColumns: columns, gridRows: rows,
      shownSamples: start..<max(start, min(count, first + columns * rows)))
  }

  /// The reviewer's size, or the next smaller one that fits.
  private func tileSize(fitting width: Int, _ height: Int) -> (width: Int, height: Int) {
    for wanted in TileSize.widths[...tile].reversed() {
      let rows = cellRows(for: wanted)
      if wanted <= width, rows <= height { return (wanted, rows) }
    }
    let columns = max(1, min(width, 2 * height * sampleShape.width / max(1, sampleShape.height)))
    return (columns, max(1, min(height, cellRows(for: columns))))
  }

  /// A cell is twice as high as it is wide.
  private func cellRows(for columns: Int) -> Int {
    let (width, height) = sampleShape
    return max(1, (columns * height + width) / (2 * max(1, width)))
  }

  private func sampleLayout(_ body: Rect) -> ScreenLayout {
    let info = width >= 72 ? ScreenLayout.infoWidth : 0
    let (shapeWidth, shapeHeight) = sampleShape
    let most = max(1, width - info - (info > 0 ? 2 : 0))
    var columns = min(most, 2 * body.height * shapeWidth / max(1, shapeHeight))
    columns = max(1, columns)
    let rows = max(1, min(body.height, cellRows(for: columns)))
    let sample = min(place.sample, max(0, sampleCount - 1))
    return ScreenLayout(
      body: body, table: Rect(x: 0, y: 0, width: 0, height: 0),
      samples: Rect(x: 0, y: body.y, width: columns, height: rows), tileWidth: columns,
      tileHeight: rows, gridColumns: 1, gridRows: 1,
      shownSamples: sampleCount == 0 ? 0..<0 : sample..<sample + 1)
  }
}
