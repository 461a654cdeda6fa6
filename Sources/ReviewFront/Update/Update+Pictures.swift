import GlyphRendering
import ReviewCore

extension FrontState {
  // How far ahead of the cursor pictures are prepared, and behind.
  private static let ahead = 8
  private static let behind = 2
  // Of those, how many in the best quality, which takes a processor some time.
  private static let settledAhead = 2
  // Below this mean gray, pictures are dark.
  private static let dark = 96.0

  /// Asks for the pictures that the screen lacks, then for those of the next steps, all in one
  /// pass; when all of them are there, for the best rendering of what is on the screen.
  mutating func wantPictures() -> [Effect] {
    if case .overview(let view) = shownMode { return wantPictures(of: view) }
    if askedBlock != nil { return want(trialRequests()) }
    let layout = self.layout
    var requests: [PictureRequest] = []
    func ask(_ checkpoint: Int, _ panel: ScreenLayout.Panel, _ quality: RenderQuality) {
      guard
        let needed = samplesToShow(
          places(in: panel, of: checkpoint), of: checkpoint, in: panel.view)
      else {
        return
      }
      let request = request(checkpoint, needed, layout, panel.view, quality)
      let isThere = pictures.hasAll(
        needed, of: checkpoint, request.tile, settled: quality == .best)
      if !isThere { requests.append(request) }
    }
    if layout.tileWidth > 0, layout.tileHeight > 0 {
      for panel in layout.panels where panel.item == layout.focusedItem {
        ask(panel.checkpoint, panel, .instant)
      }
      for panel in layout.panels where panel.item != layout.focusedItem {
        ask(panel.checkpoint, panel, .instant)
      }
      let coming = comparison == nil && !layout.shownSamples.isEmpty ? comingCheckpoints : []
      if let focused = layout.focusedPanel {
        for checkpoint in coming { ask(checkpoint, focused, .instant) }
      }
      // What moves is gone before its best rendering is there.
      if requests.isEmpty, playing == nil {
        for panel in layout.panels { ask(panel.checkpoint, panel, .best) }
        // While the reviewer looks, the next steps settle as well.
        if requests.isEmpty, let focused = layout.focusedPanel {
          for checkpoint in coming.prefix(Self.settledAhead) { ask(checkpoint, focused, .best) }
        }
      }
    }
    return want(requests)
  }

  /// The same of the overview, which has tiles of two sizes.
  private mutating func wantPictures(of view: OverviewView) -> [Effect] {
    let requests = overviewRequests(view, .instant)
    return want(requests.isEmpty ? overviewRequests(view, .best) : requests)
  }

  private mutating func want(_ requests: [PictureRequest]) -> [Effect] {
    guard requests != wanted else { return [] }
    wanted = requests
    return [.render(requests)]
  }

  /// Those that the next steps lead to, in the order of the table.
  var comingCheckpoints: [Int] {
    guard let row = order.row(of: place.checkpoint) else { return [] }
    if let strip, showsStrip {
      // What is on the screen is asked for already.
      let (left, right) = (strip.left, strip.left + layout.panels.count)
      let next = (0..<Self.ahead).map { direction > 0 ? right + $0 : left - 1 - $0 }
      return next.filter((0..<order.count).contains).map { order[$0] }
    }
    if let playing {
      let count = playing.cycle?.count ?? order.count
      let row = playing.cycle?.firstIndex(of: place.checkpoint) ?? row
      return (1...min(Self.ahead, max(1, count - 1))).compactMap { step in
        let next = row + step * playing.direction
        guard playing.loops || (0..<count).contains(next) else { return nil }
        let place = (next % count + count) % count
        return playing.cycle?[place] ?? order[place]
      }
    }
    let steps = (1...Self.ahead).map { $0 * direction } + (1...Self.behind).map { -$0 * direction }
    return steps.compactMap { (0..<order.count).contains(row + $0) ? order[row + $0] : nil }
  }

  private func request(
    _ checkpoint: Int, _ places: [Int], _ layout: ScreenLayout, _ view: SampleView,
    _ quality: RenderQuality
  ) -> PictureRequest {
    var settings = self.settings
    settings.quality = quality
    return PictureRequest(
      checkpoint: checkpoint, places: places, columns: layout.tileWidth, rows: layout.tileHeight,
      view: view, settings: settings)
  }

  /// Which of the places on the screen a checkpoint can fill; nil when none.
  func samplesToShow(
    _ samples: [Int], of checkpoint: Int, in view: SampleView
  ) -> [Int]? {
    guard run.checkpoints.indices.contains(checkpoint), problems[checkpoint] == nil,
      let source = run.checkpoints[checkpoint].samples
    else { return nil }
    if view == .spread { return samples }
    if view == .nearest {
      let all = 2 * (sampleCounts[checkpoint] ?? source.count ?? 0)
      let shown = samples.filter { $0 < all }
      return shown.isEmpty ? nil : shown
    }
    let count = sampleCounts[checkpoint] ?? source.count
    let shown = count.map { count in samples.filter { $0 < count } } ?? samples
    return shown.isEmpty ? nil : shown
  }

  /// Whether the screen lacks a picture that is on its way.
  package var isWaitingForPictures: Bool {
    wanted.first?.checkpoint == place.checkpoint && wanted.first?.settings.quality == .instant
  }

  mutating func rendered(_ batch: PictureBatch) {
    sampleCounts[batch.request.checkpoint] = batch.sampleCount
    mostSamples = max(mostSamples, batch.sampleCount)
    sampleFailures[batch.request.checkpoint] = batch.failures.isEmpty ? nil : batch.failures
    if let deviation = batch.deviation { deviations[batch.request.checkpoint] = deviation }
    // An answer that was asked for before a change of theme says nothing of the look after it.
    let isOfThisLook =
      batch.request.tile
      == PictureTile(
        columns: batch.request.columns, rows: batch.request.rows, view: .samples,
        settings: settings)
    if theme.isLight, !isInversionSettled, isOfThisLook, askedBlock == nil {
      isInversionSettled = true
      // On a light ground a dark picture is nearly all ink; strokes read better as ink themselves.
      if batch.meanLevel < Self.dark {
        self.settings.isInverted = true
        let words = "dark pictures are shown inverted on a light ground; i turns them"
        // What was said a moment ago is not talked over.
        switch message {
        case nil: message = Message(.info, words)
        case let before? where before.kind == .info:
          message = Message(.info, "\(before.text); \(words)")
        default: break
        }
        return
      }
    }
    pictures.add(batch, cursor: place.checkpoint)
    if batch.sampleWidth > 0, (batch.sampleWidth, batch.sampleHeight) != sampleShape {
      sampleShape = (batch.sampleWidth, batch.sampleHeight)
    }
  }
}
