import TerminalSurface

/// Where the parts of the chart of two metrics stand.
struct ParetoLayout {
  let heading: Int
  let plot: Rect
  /// The row of the x axis; nil where the axis' name has a row of its own below it.
  let axis: Int
  let axisName: Int?
  /// Rows for what is to be said of the checkpoint under the cursor.
  let words: Range<Int>
  /// The threshold under the cursor, its line, the values on that, and the words of it.
  let threshold: Int?
  let strip: Int?
  let bounds: Int?
  let interval: Int
  /// The checkpoints beside the chart; empty where there is no room.
  let table: Rect

  static let tableWidth = 48
}

extension FrontState {
  func paretoLayout(hasThreshold: Bool) -> ParetoLayout {
    let last = height - 3
    let isSmall = height < 18
    let isWide = width >= ScreenLayout.wide
    let chartWidth = isWide ? width - ParetoLayout.tableWidth - 2 : width
    // From below: what is said of the threshold, of the checkpoint, the axis, and the rest is plot.
    var row = last
    let interval = row
    var strip: Int?
    var bounds: Int?
    var threshold: Int?
    if hasThreshold {
      if !isSmall {
        bounds = row - 1
        row -= 1
      }
      strip = row - 1
      row -= 1
      if !isSmall {
        threshold = row - 1
        row -= 1
      }
    }
    let wordRows = isSmall || chartWidth >= 100 ? 1 : 2
    let words = row - wordRows..<row
    row = words.lowerBound - 1
    let axisName = isSmall ? nil : row
    if axisName != nil { row -= 1 }
    let label = width < 60 ? 6 : 9
    return ParetoLayout(
      heading: 1,
      plot: Rect(x: label + 1, y: 2, width: chartWidth - label - 2, height: row - 2), axis: row,
      axisName: axisName, words: words, threshold: threshold, strip: strip, bounds: bounds,
      interval: interval,
      table: isWide
        ? Rect(
          x: chartWidth + 2, y: 1, width: width - chartWidth - 2, height: last)
        : Rect(x: 0, y: 0, width: 0, height: 0))
  }
}
