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
    message = wayBack
  }

  mutating func toggleSpread() {
    view = view == .spread ? .samples : .spread
    message = view == .samples ? Message(.info, "the samples as they are") : wayBack
  }

  /// The sample beside the nearest real one.
  mutating func toggleNearest() {
    view = view == .nearest ? .samples : .nearest
    message = view == .samples ? Message(.info, "the samples as they are") : wayBack
  }

  /// `nearest real 812 at 263, 0.41 of the usual`; nil where nobody looked.
  func nearestWords(ofSeed seed: Int, at checkpoint: Int) -> String? {
    guard let found = run.measures?.checkpoints[checkpoint]?.nearestReal(to: seed) else {
      return nil
    }
    let typical = run.measures?.typicalRealDistance.flatMap { $0 > 0 ? $0 : nil }
    let share = typical.map {
      ", \(NumberText.general(found.number / $0, digits: 2)) of the usual"
    }
    return
      "nearest real \(found.other) at \(NumberText.general(found.number, digits: 4))\(share ?? "")"
  }

  /// `real 812 at 263`, as a label.
  func realLabel(ofSample place: Int, at checkpoint: Int) -> String {
    let seed = seed(at: place, of: checkpoint)
    guard let found = run.measures?.checkpoints[checkpoint]?.nearestReal(to: seed) else {
      return "not measured"
    }
    return "real \(found.other) at \(NumberText.general(found.number, digits: 4))"
  }

  func realWords(ofSample place: Int, at checkpoint: Int) -> String {
    nearestWords(ofSeed: seed(at: place, of: checkpoint), at: checkpoint) ?? "not measured"
  }

  private var wayBack: Message {
    Message(.info, "\(keyMap.name(of: .back)) goes back to the samples as they are")
  }

  /// What the checkpoint under the cursor is compared with: in a comparison the first column, else the
  /// first marked, the rule's winner, the runner-up, or the one before.
  var differenceReference: Int? {
    if let comparison {
      let all = comparison.items.map(\.checkpoint)
      return all.contains { $0 != all[0] && run.sharesSeeds($0, all[0]) } ? all[0] : nil
    }
    let markedFirst = run.checkpoints.indices.filter { index in
      marked.contains { $0.position == run.position(of: index) }
    }
    let before = order.row(of: place.checkpoint).flatMap { row in
      row > 0 ? order[row - 1] : row + 1 < order.count ? order[row + 1] : nil
    }
    let candidates = markedFirst + [table.selected, table.runnerUp, before].compactMap { $0 }
    return candidates.first {
      $0 != place.checkpoint && run.checkpoints[$0].samples != nil
        && run.sharesSeeds($0, place.checkpoint)
    }
  }

  /// Why a difference of two runs would be one of other latents; nil where there is one run.
  var unmatchedSeeds: String? {
    run.members.isEmpty
      ? nil
      : "the seeds of these runs are not declared the same (seeds = \"NAME\" in their keepoch.toml)"
  }

  /// What stands in place of the samples, for the line above them; nil when they are as they are.
  var viewWords: String? {
    switch view {
    case .samples, .blind: return nil
    case .difference(let reference):
      let from = run.position(of: reference).words
      return reference == place.checkpoint && comparison == nil
        ? "is what the others are taken less of" : "less \(from): \(differenceLegend)"
    case .spread: return "mean and \(deviationWords(at: place.checkpoint)) (0 alike, 0.5 most)"
    case .nearest: return realWords(ofSample: place.sample, at: place.checkpoint)
    }
  }

  /// The same where there is little room.
  var shortViewWords: String? {
    switch view {
    case .samples, .blind: return nil
    case .difference(let reference):
      return reference == place.checkpoint
        ? "is the one taken away" : "less \(run.position(of: reference).words)"
    case .spread: return deviationWords(at: place.checkpoint)
    case .nearest: return realWords(ofSample: place.sample, at: place.checkpoint)
    }
  }

  /// How to read a difference.
  var differenceLegend: String {
    if DifferenceRenderer(settings).isInSigns { return ". alike, + * # @ brighter, - = o O darker" }
    return settings.isInverted
      ? "middle gray alike, black brighter, white darker"
      : "middle gray alike, white brighter, black darker"
  }

  /// `deviation 0.148 of 64 samples`, in parts of the range from black to white.
  func deviationWords(at checkpoint: Int) -> String {
    if sampleCount(at: checkpoint) == 1 { return "one sample alone has no deviation" }
    guard let deviation = deviations[checkpoint] else { return "deviation" }
    let all = sampleCount(at: checkpoint)
    let count =
      deviation.count == all ? "\(all) samples" : "\(deviation.count) of \(all) samples"
    return "deviation \(NumberText.fixed(deviation.value, places: 3)) of \(count)"
  }
}
