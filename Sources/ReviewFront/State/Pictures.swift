package import GlyphRendering

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

  package init(
    request: PictureRequest, grids: [GlyphGrid], sampleCount: Int, sampleWidth: Int,
    sampleHeight: Int
  ) {
    self.request = request
    self.grids = grids
    self.sampleCount = sampleCount
    self.sampleWidth = sampleWidth
    self.sampleHeight = sampleHeight
  }
}

/// The rendered samples at hand, bounded in cells; the farthest from the cursor go first.
package struct Pictures: Equatable, Sendable {
  private var grids: [PictureKey: GlyphGrid] = [:]
  /// Rendered in one pass; the best rendering is still to come.
  private var instant: Set<PictureKey> = []
  private var cellCount = 0

  // 8 bytes a cell: about 6 MB.
  private static let mostCells = 800_000

  package init() {}

  package subscript(key: PictureKey) -> GlyphGrid? { grids[key] }

  /// Whether a picture is at hand in the best quality.
  package func isSettled(_ key: PictureKey) -> Bool { grids[key] != nil && !instant.contains(key) }

  package mutating func removeAll() { self = Pictures() }

  package mutating func add(_ batch: PictureBatch, cursor: Int) {
    for (offset, grid) in batch.grids.enumerated() {
      let key = PictureKey(
        checkpoint: batch.request.checkpoint, sample: batch.request.samples.lowerBound + offset,
        columns: batch.request.columns, rows: batch.request.rows)
      if let old = grids.updateValue(grid, forKey: key) { cellCount -= old.cells.count }
      cellCount += grid.cells.count
      if batch.request.settings.quality == .instant {
        instant.insert(key)
      } else {
        instant.remove(key)
      }
    }
    guard cellCount > Self.mostCells else { return }
    let distances = Set(grids.keys.map { abs($0.checkpoint - cursor) }).sorted(by: >)
    for distance in distances where cellCount > Self.mostCells * 3 / 4 && distance > 0 {
      for key in grids.keys where abs(key.checkpoint - cursor) == distance {
        if let old = grids.removeValue(forKey: key) { cellCount -= old.cells.count }
        instant.remove(key)
      }
    }
  }
}
