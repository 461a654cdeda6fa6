import TerminalSurface

/// Where the overview of a set stands: mean and deviation on the left, one above the other, and
/// cards of groups and pairs beside them.
struct OverviewLayout: Equatable {
  /// Pictures of mean and deviation.
  let spreadTile: (width: Int, height: Int)
  /// Pictures of samples.
  let tile: (width: Int, height: Int)
  /// Where the cards stand.
  let area: Rect
  /// Rows of a card; its pictures may be lower.
  let cardHeight: Int
  let columns: Int
  let rows: Int

  var perPage: Int { columns * rows }

  /// A card has its pictures on the left and its words beside them.
  func card(_ slot: Int) -> Rect {
    let width = (area.width - 2 * (columns - 1)) / columns
    return Rect(
      x: area.x + slot % columns * (width + 2), y: area.y + slot / columns * (cardHeight + 1),
      width: width, height: cardHeight)
  }

  static func == (left: Self, right: Self) -> Bool {
    left.spreadTile == right.spreadTile && left.tile == right.tile && left.area == right.area
      && left.cardHeight == right.cardHeight && left.columns == right.columns
      && left.rows == right.rows
  }

  // From this height of the cards on their pictures are so high.
  fileprivate static let pictureRows = 3...8
  // A pair of usual pictures, and words of a line each.
  fileprivate static let cardWidth = 56
}

extension FrontState {
  var overviewLayout: OverviewLayout {
    let top = 2
    let room = max(1, height - 3 - (top - 1))
    // Each of the two has a line of words above it.
    let spread = largestSize(fitting: max(4, width / 4), max(1, room / 2 - 1))
    let x = spread.width + 2
    let area = Rect(x: x, y: top, width: max(1, width - x), height: room)
    let rows = OverviewLayout.pictureRows
    let wanted = max(rows.lowerBound, min(rows.upperBound, (room - 2) / 3))
    let columns = max(1, (area.width + 2) / (OverviewLayout.cardWidth + 2))
    let cardWidth = (area.width - 2 * (columns - 1)) / columns
    // Two pictures leave at least as much to the words.
    let tile = largestSize(fitting: max(2, cardWidth / 4), wanted)
    return OverviewLayout(
      spreadTile: spread, tile: tile, area: area, cardHeight: wanted, columns: columns,
      rows: max(1, (room + 1) / (wanted + 1)))
  }
}
