import GlyphRendering
import ReviewCore

extension FrontState {
  mutating func toggleDifference() {
    if case .difference = view {
      view = .samples
      message = Message(.info, "the samples as they are")
      return
    }
    guard let reference = differenceReference else { return }
    view = .difference(from: reference)
  }

  mutating func toggleSpread() {
    view = view == .spread ? .samples : .spread
    if view == .samples { message = Message(.info, "the samples as they are") }
  }

  /// What the checkpoint under the cursor is compared with: in a comparison this one itself, else the
  /// first marked, the rule's winner, the runner-up, or the one before.
  var differenceReference: Int? {
    if comparison != nil { return place.checkpoint }
    let markedFirst = run.checkpoints.indices.filter { index in
      marked.contains { $0.position == run.position(of: index) }
    }
    let before = order.row(of: place.checkpoint).flatMap { row in
      row > 0 ? order[row - 1] : row + 1 < order.count ? order[row + 1] : nil
    }
    let candidates = markedFirst + [table.selected, table.runnerUp, before].compactMap { $0 }
    return candidates.first { $0 != place.checkpoint && run.checkpoints[$0].samples != nil }
  }

  /// What stands in place of the samples, for the line above them; nil when they are as they are.
  var viewWords: String? {
    switch view {
    case .samples: return nil
    case .difference(let reference):
      let from = run.position(of: reference).words
      return settings.background == .none
        ? "less \(from): . alike, + * # @ brighter, - = o O darker"
        : "less \(from): middle gray alike, white brighter, black darker"
    case .spread:
      let number = deviations[place.checkpoint].map { " \(NumberText.fixed($0, places: 3))" } ?? ""
      return "mean of all \(sampleCount) samples, and deviation\(number): 0 where all are alike"
    }
  }
}
