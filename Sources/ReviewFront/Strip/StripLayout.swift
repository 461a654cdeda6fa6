import ReviewCore
import TerminalSurface

/// How many seeds and checkpoints a film strip shows, and how large.
struct StripShape: Equatable {
  let tileWidth: Int
  let tileHeight: Int
  /// Checkpoints across.
  let columns: Int
  /// Seeds down.
  let rows: Int
  /// Cells at the left for the seeds' numbers.
  let gutter: Int

  /// Lines above the pictures: the facts of the checkpoint, and the heads of the columns.
  static let heading = 2
  /// As large as leaves room for so many at once, where there is.
  static let wantedColumns = 6
  static let wantedRows = 4
}

extension FrontState {
  /// Whether the film strip is what the screen shows.
  var showsStrip: Bool { strip != nil && comparison == nil && place.depth != .sample }

  func stripShape(_ strip: FilmStrip, _ body: Rect) -> StripShape {
    let count = max(1, strip.rowCount(mostSamples: mostSamples))
    let gutter = max(4, String(strip.seed(ofRow: count - 1)).utf8.count + 2)
    let (width, height) = (max(1, body.width - gutter), max(2, body.height - StripShape.heading))
    func shape(_ size: (width: Int, height: Int)) -> StripShape {
      StripShape(
        tileWidth: size.width, tileHeight: size.height,
        columns: max(1, (width + 1) / (size.width + 1)), rows: max(1, height / (size.height + 1)),
        gutter: gutter)
    }
    if isTileChosen { return shape(tileSize(fitting: width, height - 1)) }
    for wanted in TileSize.widths.dropFirst().reversed() {
      let found = shape((wanted, cellRows(for: wanted)))
      if found.tileHeight < height, found.columns >= min(StripShape.wantedColumns, order.count),
        found.rows >= min(StripShape.wantedRows, count)
      {
        return found
      }
    }
    let least = TileSize.widths[0]
    return cellRows(for: least) < height
      ? shape((least, cellRows(for: least))) : shape(largestSize(fitting: width, height - 1))
  }

  func stripLayout(_ strip: FilmStrip, _ body: Rect) -> ScreenLayout {
    let shape = stripShape(strip, body)
    let rows =
      strip
      .top..<min(
        strip.rowCount(mostSamples: mostSamples), strip.top + shape.rows)
    let shown = strip.left..<min(order.count, strip.left + shape.columns)
    let panels = shown.map { row -> ScreenLayout.Panel in
      let area = Rect(
        x: shape.gutter + (row - strip.left) * (shape.tileWidth + 1),
        y: body.y + StripShape.heading, width: shape.tileWidth,
        height: body.height - StripShape.heading)
      return ScreenLayout.Panel(
        checkpoint: order[row], area: area, samples: places(of: rows, at: order[row]),
        view: strippedView, item: row - strip.left)
    }
    return ScreenLayout(
      body: body, table: Rect(x: 0, y: 0, width: 0, height: 0), headerHeight: 0,
      tileWidth: shape.tileWidth, tileHeight: shape.tileHeight, gridColumns: 1,
      gridRows: shape.rows, panels: panels,
      focus: panels.firstIndex { $0.checkpoint == place.checkpoint })
  }

  /// A strip shows samples, or what they are less of.
  private var strippedView: SampleView {
    if case .difference = view { return view }
    return .samples
  }

  /// From the first to the last place that holds a seed of these rows.
  private func places(of rows: Range<Int>, at checkpoint: Int) -> Range<Int> {
    let places = rows.compactMap { stripPlace(inRow: $0, at: checkpoint) }
    guard let first = places.first, let last = places.last else { return 0..<0 }
    return first..<last + 1
  }

  /// Where a checkpoint has the seed of a row; nil where it lacks it.
  func stripPlace(inRow row: Int, at checkpoint: Int) -> Int? {
    guard let strip, row < strip.rowCount(mostSamples: mostSamples) else { return nil }
    return samplePlace(ofSeed: strip.seed(ofRow: row), at: checkpoint)
  }

  /// The row of the strip that the cursor is in.
  var stripRow: Int { strip?.row(ofSeed: seed) ?? 0 }

  /// Keeps the cursor's row and column on the screen.
  mutating func scrollStrip() {
    guard var strip else { return }
    let shape = stripShape(strip, layout.body)
    // By half a screen, so that for most steps every picture keeps its cells.
    func scrolled(_ first: Int, to place: Int, shown: Int, of all: Int) -> Int {
      let isInSight = (first..<first + shown).contains(place)
      return max(0, min(isInSight ? first : place - shown / 2, all - shown))
    }
    strip.left = scrolled(
      strip.left, to: order.row(of: place.checkpoint) ?? 0, shown: shape.columns, of: order.count)
    strip.top = scrolled(
      strip.top, to: stripRow, shown: shape.rows, of: strip.rowCount(mostSamples: mostSamples))
    self.strip = strip
  }
}
