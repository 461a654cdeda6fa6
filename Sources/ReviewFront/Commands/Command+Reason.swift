import ReviewCore

extension FrontState {
  /// Why a command cannot be used now; nil when it can.
  package func reason(against command: Command) -> String? {
    switch command {
    case .nextSample, .previousSample, .rowDown, .rowUp, .firstSample, .lastSample:
      return sampleCount == 0 ? noSamples : nil
    case .closer:
      if place.depth == .sample { return "this is as close as it gets" }
      return sampleCount == 0 ? noSamples : nil
    case .keep, .reject, .undecided, .tag, .note, .select, .rate1, .rate2, .rate3, .rate4, .rate5,
      .rateOff:
      return readOnlyReason.map { "nothing can be written: \($0)" }
    case .repeatTag:
      if let readOnlyReason { return "nothing can be written: \(readOnlyReason)" }
      return lastTag == nil ? "no tag yet to repeat; t and a letter tags" : nil
    case .undo:
      if let readOnlyReason { return "nothing can be written: \(readOnlyReason)" }
      return review.nextUndo == nil ? "nothing to take back" : nil
    case .redo:
      if let readOnlyReason { return "nothing can be written: \(readOnlyReason)" }
      return review.nextRedo == nil ? "nothing was taken back" : nil
    case .warnings: return warningLines.isEmpty ? "there are no warnings" : nil
    case .winner:
      return table.selected == nil ? "the rule selects none" : nil
    case .invert, .renderer, .larger, .smaller, .resetPicture:
      return hasPictures ? nil : "this run has no pictures"
    case .report:
      return readOnlyReason == "--read-only" ? "nothing is written with --read-only" : nil
    default: return nil
    }
  }

  private var noSamples: String {
    problems[place.checkpoint] ?? "\(position.words) has no samples"
  }
}
