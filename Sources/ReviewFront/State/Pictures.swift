package import GlyphRendering
package import ReviewCore
package import TerminalSurface

/// What is shown of a checkpoint's samples.
package enum SampleView: Hashable, Sendable {
  /// Each as it is.
  case samples
  /// Each less the same seed's of another checkpoint, by its place in the run.
  case difference(from: Int)
  /// Two pictures in place of all: their mean, and how far they differ.
  case spread
  /// The sample under the cursor beside the nearest real one: places 2s and 2s + 1 are those of sample s.
  case nearest
  /// Places in the set, or among the real pictures; what cannot be read does not say which it is.
  case blind(isReal: Bool, isScrambled: Bool)
}

/// Which renderings: a size, a look and what they are of.
package struct PictureTile: Hashable, Sendable {
  package let columns: Int
  package let rows: Int
  package let view: SampleView
  /// Of the best quality, whatever was rendered.
  let look: PictureSettings

  package init(columns: Int, rows: Int, view: SampleView, settings: PictureSettings) {
    self.columns = columns
    self.rows = rows
    self.view = view
    var look = settings
    look.quality = .best
    self.look = look
  }
}

/// Samples of one checkpoint to be rendered at one size.
package struct PictureRequest: Hashable, Sendable {
  package let checkpoint: Int
  /// Places in the set, ascending or as they are arranged; of a spread 0 is the mean and 1 the
  /// deviation; of the nearest see there.
  package let samples: [Int]
  package let columns: Int
  package let rows: Int
  package let view: SampleView
  package let settings: PictureSettings

  package init(
    checkpoint: Int, samples: Range<Int>, columns: Int, rows: Int, view: SampleView = .samples,
    settings: PictureSettings
  ) {
    self.init(
      checkpoint: checkpoint, places: Array(samples), columns: columns, rows: rows, view: view,
      settings: settings)
  }

  /// Of samples that lie wherever they do.
  package init(
    checkpoint: Int, places: [Int], columns: Int, rows: Int, view: SampleView = .samples,
    settings: PictureSettings
  ) {
    self.checkpoint = checkpoint
    self.samples = places
    self.columns = columns
    self.rows = rows
    self.view = view
    self.settings = settings
  }

  var tile: PictureTile {
    PictureTile(columns: columns, rows: rows, view: view, settings: settings)
  }
}

/// What came of a request.
package struct PictureBatch: Sendable {
  package let request: PictureRequest
  /// One a sample that the set has, from the start of the request on.
  package let grids: [GlyphGrid]
  /// How many samples the set has.
  package let sampleCount: Int
  package let sampleWidth: Int
  package let sampleHeight: Int
  /// Mean gray of the rendered samples, 0...255.
  package let meanLevel: Double
  /// Of a spread: the root of the mean variance, 0...0.5, and of how many samples it is.
  package let deviation: (value: Double, count: Int)?
  /// Why single samples of the set could not be read.
  package let failures: [RunWarning]

  package init(
    request: PictureRequest, grids: [GlyphGrid], sampleCount: Int, sampleWidth: Int,
    sampleHeight: Int, meanLevel: Double = 128, deviation: (value: Double, count: Int)? = nil,
    failures: [RunWarning] = []
  ) {
    self.request = request
    self.grids = grids
    self.sampleCount = sampleCount
    self.sampleWidth = sampleWidth
    self.sampleHeight = sampleHeight
    self.meanLevel = meanLevel
    self.deviation = deviation
    self.failures = failures
  }
}

/// The rendered samples at hand, bounded in cells; the checkpoints farthest from the cursor go first.
package struct Pictures: Sendable {
  fileprivate struct Picture {
    /// As the screen takes them, row by row.
    let cells: [Cell]
    /// Rendered in one pass; the best rendering is still to come.
    let isInstant: Bool
  }

  private struct Shelf {
    var tiles: [PictureTile: [Int: Picture]] = [:]
    var cellCount = 0
  }

  /// By checkpoint, so that a step looks in one place and an eviction takes one away.
  private var shelves: [Int: Shelf] = [:]
  private var cellCount = 0

  // 12 bytes a cell: about 8 MB.
  private static let mostCells = 650_000

  /// Colours of the terminal; from 256 on differences have two of them.
  private let colors: Int

  package init(colors: Int = 0) { self.colors = colors }

  /// The renderings of a checkpoint at a size, by place in the set.
  package func page(_ checkpoint: Int, _ tile: PictureTile) -> Page {
    Page(pictures: shelves[checkpoint]?.tiles[tile] ?? [:])
  }

  /// What is at hand for one panel of the screen.
  package struct Page {
    fileprivate let pictures: [Int: Picture]

    package subscript(sample: Int) -> [Cell]? { pictures[sample]?.cells }
  }

  /// Whether all of these samples are at hand, in the best quality if that is asked for.
  func hasAll(_ samples: [Int], of checkpoint: Int, _ tile: PictureTile, settled: Bool)
    -> Bool
  {
    guard let pictures = shelves[checkpoint]?.tiles[tile] else { return samples.isEmpty }
    return samples.allSatisfy { sample in
      guard let picture = pictures[sample] else { return false }
      return !settled || !picture.isInstant
    }
  }

  /// Those of some checkpoints.
  mutating func remove(_ checkpoints: Set<Int>) {
    for checkpoint in checkpoints {
      cellCount -= shelves.removeValue(forKey: checkpoint)?.cellCount ?? 0
    }
  }

  package mutating func removeAll() { self = Pictures(colors: colors) }

  package mutating func add(_ batch: PictureBatch, cursor: Int) {
    let request = batch.request
    let tile = request.tile
    let isInstant = request.settings.quality == .instant
    var shelf = shelves.removeValue(forKey: request.checkpoint) ?? Shelf()
    var added = 0
    for (place, grid) in zip(request.samples, batch.grids) {
      // What was prepared in the best quality is not made worse by a late answer.
      if isInstant, shelf.tiles[tile]?[place]?.isInstant == false { continue }
      let picture = Picture(
        cells: cells(grid, of: request), isInstant: isInstant)
      let old = shelf.tiles[tile, default: [:]].updateValue(picture, forKey: place)
      added += picture.cells.count - (old?.cells.count ?? 0)
    }
    shelf.cellCount += added
    shelves[request.checkpoint] = shelf
    cellCount += added
    if cellCount > Self.mostCells { makeRoom(for: tile, cursor: cursor) }
  }

  /// Gives up other sizes and looks first, then checkpoints, both from the farthest on.
  private mutating func makeRoom(for tile: PictureTile, cursor: Int) {
    let far = shelves.keys.sorted { (abs($0 - cursor), $0) > (abs($1 - cursor), $1) }
    for checkpoint in far where cellCount > Self.mostCells * 3 / 4 {
      guard var shelf = shelves[checkpoint] else { continue }
      let kept = shelf.tiles[tile]
      let left = kept?.values.reduce(0) { $0 + $1.cells.count } ?? 0
      cellCount += left - shelf.cellCount
      shelf.tiles = kept.map { [tile: $0] } ?? [:]
      shelf.cellCount = left
      shelves[checkpoint] = shelf
    }
    for checkpoint in far where cellCount > Self.mostCells * 3 / 4 && checkpoint != cursor {
      cellCount -= shelves.removeValue(forKey: checkpoint)?.cellCount ?? 0
    }
  }

  private func cells(_ grid: GlyphGrid, of request: PictureRequest) -> [Cell] {
    if case .difference = request.view, colors >= 256,
      DifferenceRenderer(request.settings).isInSigns
    {
      return grid.cells.map(Self.sign)
    }
    return grid.cells.map(Self.cell)
  }

  private static func cell(_ cell: GlyphCell) -> Cell {
    Cell(
      code: cell.scalar.value,
      style: CellStyle(
        foreground: cell.foreground.map { Int16(Palette256.index(ofGray: $0)) } ?? -1,
        background: cell.background.map { Int16(Palette256.index(ofGray: $0)) } ?? -1))
  }

  // Orange, blue and gray of the 256, told apart by all common kinds of colour blindness.
  private static let (warm, cool, zero): (Int16, Int16, Int16) = (208, 39, 244)

  private static func sign(_ cell: GlyphCell) -> Cell {
    let color =
      DifferenceRenderer.brighter.contains(cell.scalar)
      ? warm : DifferenceRenderer.darker.contains(cell.scalar) ? cool : zero
    return Cell(
      code: cell.scalar.value, style: CellStyle(foreground: color, background: -1))
  }
}
