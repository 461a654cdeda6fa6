package import GlyphRendering
package import TerminalSurface

/// Which rendering of which sample.
package struct PictureKey: Hashable, Sendable {
  /// The checkpoint's place in the run.
  package let checkpoint: Int
  /// The sample's place in its set.
  package let sample: Int
  package let columns: Int
  package let rows: Int

  package init(checkpoint: Int, sample: Int, columns: Int, rows: Int) {
    self.checkpoint = checkpoint
    self.sample = sample
    self.columns = columns
    self.rows = rows
  }
}

/// Samples of one checkpoint to be rendered at one size.
package struct PictureRequest: Hashable, Sendable {
  package let checkpoint: Int
  package let samples: Range<Int>
  package let columns: Int
  package let rows: Int
  package let settings: PictureSettings
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

  package init(
    request: PictureRequest, grids: [GlyphGrid], sampleCount: Int, sampleWidth: Int,
    sampleHeight: Int, meanLevel: Double = 128
  ) {
    self.request = request
    self.grids = grids
    self.sampleCount = sampleCount
    self.sampleWidth = sampleWidth
    self.sampleHeight = sampleHeight
    self.meanLevel = meanLevel
  }
}

/// The rendered samples at hand, bounded in cells; the checkpoints farthest from the cursor go first.
package struct Pictures: Sendable {
  private struct Picture {
    /// As the screen takes them, row by row.
    let cells: [Cell]
    /// Rendered in one pass; the best rendering is still to come.
    let isInstant: Bool
  }

  private struct Tile: Hashable {
    let columns: Int
    let rows: Int
  }

  private struct Shelf {
    var tiles: [Tile: [Int: Picture]] = [:]
    var cellCount = 0
  }

  /// By checkpoint, so that a step looks in one place and an eviction takes one away.
  private var shelves: [Int: Shelf] = [:]
  private var cellCount = 0

  // 12 bytes a cell: about 8 MB.
  private static let mostCells = 650_000

  package init() {}

  package subscript(key: PictureKey) -> [Cell]? {
    shelves[key.checkpoint]?.tiles[Tile(columns: key.columns, rows: key.rows)]?[key.sample]?.cells
  }

  /// Whether all samples of a range are at hand, in the best quality if that is asked for.
  func hasAll(
    _ samples: Range<Int>, of checkpoint: Int, columns: Int, rows: Int, settled: Bool
  ) -> Bool {
    guard let pictures = shelves[checkpoint]?.tiles[Tile(columns: columns, rows: rows)] else {
      return samples.isEmpty
    }
    return samples.allSatisfy { sample in
      guard let picture = pictures[sample] else { return false }
      return !settled || !picture.isInstant
    }
  }

  package mutating func removeAll() { self = Pictures() }

  package mutating func add(_ batch: PictureBatch, cursor: Int) {
    let request = batch.request
    let tile = Tile(columns: request.columns, rows: request.rows)
    var added = 0
    for (offset, grid) in batch.grids.enumerated() {
      let picture = Picture(
        cells: grid.cells.map(Self.cell), isInstant: request.settings.quality == .instant)
      let old = shelves[request.checkpoint, default: Shelf()].tiles[tile, default: [:]]
        .updateValue(picture, forKey: request.samples.lowerBound + offset)
      added += picture.cells.count - (old?.cells.count ?? 0)
    }
    shelves[request.checkpoint]?.cellCount += added
    cellCount += added
    guard cellCount > Self.mostCells else { return }
    for checkpoint in shelves.keys.sorted(by: { abs($0 - cursor) > abs($1 - cursor) })
    where cellCount > Self.mostCells * 3 / 4 && checkpoint != cursor {
      cellCount -= shelves.removeValue(forKey: checkpoint)?.cellCount ?? 0
    }
  }

  private static func cell(_ cell: GlyphCell) -> Cell {
    Cell(
      code: cell.scalar.value,
      style: CellStyle(
        foreground: cell.foreground.map { Int16(Palette256.index(ofGray: $0)) } ?? -1,
        background: cell.background.map { Int16(Palette256.index(ofGray: $0)) } ?? -1))
  }
}
