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
    var requests: [PictureRequest] = []
    if let (columns, rows, samples) = layout.pictures, !samples.isEmpty {
      let near = (0...Self.ahead).map { $0 * direction } + (1...Self.behind).map { -$0 * direction }
      for checkpoint in near.map({ place.checkpoint + $0 }) {
        guard let needed = samplesToShow(samples, of: checkpoint) else { continue }
        let isMissing = !pictures.hasAll(
          needed, of: checkpoint, columns: columns, rows: rows, settled: false)
        if isMissing {
          requests.append(request(checkpoint, needed, columns, rows, .instant))
        }
      }
      if requests.isEmpty, let needed = samplesToShow(samples, of: place.checkpoint) {
        let isUnsettled = !pictures.hasAll(
          needed, of: place.checkpoint, columns: columns, rows: rows, settled: true)
        if isUnsettled { requests.append(request(place.checkpoint, needed, columns, rows, .best)) }
      }
    }
    guard requests != wanted else { return [] }
    wanted = requests
    return [.render(requests)]
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
