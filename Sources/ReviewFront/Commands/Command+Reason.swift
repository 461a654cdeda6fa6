import GlyphRendering
import ReviewCore

extension FrontState {
  /// Why a command cannot be used now; nil when it can.
  package func reason(against command: Command) -> String? {
    switch command {
    case .nextSample, .previousSample, .rowDown, .rowUp, .firstSample, .lastSample, .goToSample:
      return sampleCount == 0 ? noSamples : nil
    case .nextSetting, .previousSetting, .allSettings:
      return hasSettings ? nil : "samples are of one setting alone"
    case .timeline: return run.members.isEmpty ? "a timeline is for comparing several runs" : nil
    case .closer:
      return place.depth == .sample ? "this is as close as it gets" : nil
    case .keep, .reject, .undecided, .select: return readOnly
    case .tag, .note, .editNote, .rate1, .rate2, .rate3, .rate4, .rate5, .rateOff:
      return readOnly ?? noSuchSeed
    case .editRule:
      return rule.origin == .commandLine ? "the rule was given on the command line" : nil
    case .repeatTag:
      if let reason = readOnly ?? noSuchSeed { return reason }
      return lastTag == nil
        ? "no tag yet to repeat; \(keyMap.name(of: .tag)) and a letter tags" : nil
    case .tagMarked:
      if let readOnly { return readOnly }
      return marked.isEmpty ? nothingMarked : nil
    case .clearMarks: return marked.isEmpty ? nothingMarked : nil
    case .undo:
      if let readOnly { return readOnly }
      return review.nextUndo == nil ? "nothing to take back" : nil
    case .redo:
      if let readOnly { return readOnly }
      return review.nextRedo == nil ? "nothing was taken back" : nil
    case .writeWhy: return readOnly
    case .disk:
      return run.checkpoints.contains { !$0.states.isEmpty }
        ? nil : "no training state was found beside the checkpoints"
    case .warnings: return warningLines.isEmpty ? "there are no warnings" : nil
    case .winner: return table.selected == nil ? "the rule selects none" : nil
    case .nextMatch, .previousMatch:
      return searched == nil ? "nothing to look for yet; \(keyMap.name(of: .search)) searches" : nil
    case .clearFilter: return filter == nil ? "all checkpoints are shown" : nil
    case .compare:
      if comparison != nil { return nil }
      return comparisonItems == nil && !mayCompareRuns
        ? "nothing to compare with; \(keyMap.name(of: .mark)) marks" : nil
    case .darker, .lighter, .invert, .texture:
      if !hasPictures { return "this run has no pictures" }
      guard case .difference = view else { return nil }
      let isInSigns = DifferenceRenderer(settings).isInSigns
      if command == .darker || command == .lighter {
        return "a difference has no gamma; \(keyMap.name(of: .moreContrast)) makes it plainer"
      }
      return isInSigns ? "signs stay as they are; \(keyMap.name(of: .renderer)) draws in gray" : nil
    case .lessContrast, .moreContrast, .renderer, .larger, .smaller, .resetPicture:
      return hasPictures ? nil : "this run has no pictures"
    case .difference:
      if case .difference = view { return nil }
      if !hasPictures { return "this run has no pictures" }
      if let comparison, comparison.items.allSatisfy({ $0.checkpoint == place.checkpoint }) {
        return "these are samples of one checkpoint; a difference is of two"
      }
      if differenceReference == nil, let apart = unmatchedSeeds { return apart }
      return differenceReference == nil ? "no other checkpoint has samples to compare with" : nil
    case .play: return hasPictures ? nil : "this run has no pictures"
    case .blink:
      if !hasPictures { return "this run has no pictures" }
      return blinkPair == nil ? "no other checkpoint has samples to blink with" : nil
    case .filmStrip: return hasPictures ? nil : "this run has no pictures"
    case .spread:
      if showsStrip { return "a film strip shows samples alone" }
      return hasPictures ? nil : "this run has no pictures"
    case .nearest:
      if view == .nearest { return nil }
      if !hasPictures { return "this run has no pictures" }
      if comparison != nil { return "a comparison shows samples alone" }
      if showsStrip { return "a film strip shows samples alone" }
      if sampleCount == 0 { return noSamples }
      return hasNearestReal ? nil : noNearestReal
    case .overview:
      if !hasPictures { return "this run has no pictures" }
      if comparison != nil { return "an overview is of one checkpoint; a comparison shows several" }
      return sampleCount == 0 ? noSamples : nil
    case .arrange:
      if !hasPictures { return "this run has no pictures" }
      if showsStrip { return "rows of a film strip have the same seeds throughout" }
      return comparison == nil
        ? nil : "columns of a comparison have the same seeds in the same places"
    case .measure:
      return run.checkpoints.contains { $0.samples != nil } || !run.arrays.isEmpty
        ? nil : "this run has no samples to measure"
    case .agree:
      return reviewerCount < 2
        ? "agreement takes two; --reviewer NAME, or review/ of a colleague, brings another" : nil
    case .trainingLog:
      return run.series.isEmpty && run.columns.isEmpty
        ? "this run has no metrics and no training log" : nil
    case .pareto:
      guard run.weighedColumns == nil else { return nil }
      return "a chart is of two metrics; this run has \(run.columns.isEmpty ? "none" : "one")"
    case .nextPane where comparison != nil: return nil
    case .nextPane:
      if place.depth != .table || layout.panels.isEmpty { return "this screen has one pane" }
      return sampleCount == 0 ? noSamples : nil
    case .evaluate: return hasPictures ? nil : "this run has no pictures"
    case .report:
      return readOnlyReason == "--read-only" ? "nothing is written with --read-only" : nil
    default: return nil
    }
  }

  /// Whether anybody looked for the nearest real pictures.
  var hasNearestReal: Bool {
    run.measures?.checkpoints.contains { one in
      one?.evidence.contains { $0.kind == .nearestReal } ?? false
    } == true
  }

  var noNearestReal: String {
    "nobody looked for real pictures yet; :measure does, against the run's reference"
  }

  var readOnly: String? { readOnlyReason.map { "nothing can be written: \($0)" } }

  /// Among the samples an act is of one; where the epoch lacks it, it is not one of the epoch instead.
  private var noSuchSeed: String? {
    if isOnSamples, isHidden(seed, at: place.checkpoint) { return hiddenWords }
    guard place.depth != .table, view != .spread, sampleCount > 0, place.sample >= sampleCount
    else { return nil }
    return missingSeedWords(at: place.checkpoint)
  }

  private var nothingMarked: String { "nothing is marked; \(keyMap.name(of: .mark)) marks" }

  private var noSamples: String {
    problems[place.checkpoint] ?? "\(position.words) has no samples"
  }
}
