import GlyphRendering
import ReviewCore

extension FrontState {
  // How far ahead of the cursor pictures are prepared, and behind.
  private static let ahead = 8
  private static let behind = 2
  // Below this mean gray, pictures are dark.
  private static let dark = 96.0

  /// Asks for the pictures that the screen lacks, then for those of the next steps, all in one
  /// pass; when all of them are there, for the best rendering of what is on the screen.
  mutating func wantPictures() -> [Effect] {
    let layout = self.layout
    let (columns, rows) = (layout.tileWidth, layout.tileHeight)
    var requests: [PictureRequest] = []
    func ask(_ checkpoint: Int, _ samples: Range<Int>, _ quality: RenderQuality) {
      guard let needed = samplesToShow(samples, of: checkpoint) else { return }
      let isThere = pictures.hasAll(
        needed, of: checkpoint, columns: columns, rows: rows, settled: quality == .best)
      if !isThere { requests.append(request(checkpoint, needed, columns, rows, quality)) }
    }
    if columns > 0, rows > 0 {
      for panel in layout.panels where panel.item == layout.focusedItem {
        ask(panel.checkpoint, panel.samples, .instant)
      }
      for panel in layout.panels where panel.item != layout.focusedItem {
        ask(panel.checkpoint, panel.samples, .instant)
      }
      if comparison == nil, !layout.shownSamples.isEmpty {
        for checkpoint in comingCheckpoints { ask(checkpoint, layout.shownSamples, .instant) }
      }
      if requests.isEmpty {
        for panel in layout.panels { ask(panel.checkpoint, panel.samples, .best) }
      }
    }
    guard requests != wanted else { return [] }
    wanted = requests
    return [.render(requests)]
  }

  /// Those that the next steps lead to, in the order of the table.
  private var comingCheckpoints: [Int] {
    guard let row = order.row(of: place.checkpoint) else { return [] }
    let steps = (1...Self.ahead).map { $0 * direction } + (1...Self.behind).map { -$0 * direction }
    return steps.compactMap { (0..<order.count).contains(row + $0) ? order[row + $0] : nil }
  }

  private func request(
    _ checkpoint: Int, _ samples: Range<Int>, _ columns: Int, _ rows: Int, _ quality: RenderQuality
  ) -> PictureRequest {
    var settings = self.settings
    settings.quality = quality
    return PictureRequest(
      checkpoint: checkpoint, samples: samples, columns: columns, rows: rows, settings: settings)
  }

  /// Which of the places on the screen a checkpoint can fill; nil when none.
  private func samplesToShow(_ samples: Range<Int>, of checkpoint: Int) -> Range<Int>? {
    guard run.checkpoints.indices.contains(checkpoint), problems[checkpoint] == nil,
      let source = run.checkpoints[checkpoint].samples
    else { return nil }
    let count = sampleCounts[checkpoint] ?? source.count ?? samples.upperBound
    let shown = samples.clamped(to: 0..<max(0, count))
    return shown.isEmpty ? nil : shown
  }

  /// Whether the screen lacks a picture that is on its way.
  package var isWaitingForPictures: Bool {
    wanted.first?.checkpoint == place.checkpoint && wanted.first?.settings.quality == .instant
  }

  mutating func rendered(_ batch: PictureBatch) {
    var settings = batch.request.settings
    settings.quality = self.settings.quality
    guard settings == self.settings else { return }
    sampleCounts[batch.request.checkpoint] = batch.sampleCount
    if theme.isLight, !isInversionSettled {
      isInversionSettled = true
      // On a light ground a dark picture is nearly all ink; strokes read better as ink themselves.
      if batch.meanLevel < Self.dark {
        self.settings.isInverted = true
        message = Message(.info, "dark pictures are shown inverted on a light ground; i turns them")
        return
      }
    }
    pictures.add(batch, cursor: place.checkpoint)
    if batch.sampleWidth > 0, (batch.sampleWidth, batch.sampleHeight) != sampleShape {
      sampleShape = (batch.sampleWidth, batch.sampleHeight)
    }
  }
}
