/// When a block is over before all of its trials are asked.
package enum StoppingRule: Hashable, Sendable {
  /// After the last trial.
  case whole
  /// As soon as the 95% interval of every checkpoint is at most so far from its middle: of parts 0...0.5,
  /// of a rating's mean in levels, of log strengths in their own unit.
  case precise(Double)
  /// As soon as the answer is decided, with at most this chance of a wrong one however often one looks:
  /// 0 < error < 1.
  case decided(error: Double)

  /// `whole`, `precision 0.1`, `decided 0.05`.
  package var text: String {
    switch self {
    case .whole: return "whole"
    case .precise(let half): return "precision \(NumberText.shortest(half))"
    case .decided(let error): return "decided \(NumberText.shortest(error))"
    }
  }

  /// - Returns: nil for what is no such rule.
  package init?(_ text: String) {
    let words = text.split(separator: " ").map(String.init)
    if words == ["whole"] {
      self = .whole
      return
    }
    guard words.count == 2, let number = Double(words[1]), number > 0, number.isFinite else {
      return nil
    }
    switch words[0] {
    case "precision": self = .precise(number)
    case "decided" where number < 1: self = .decided(error: number)
    default: return nil
    }
  }

  /// As a rater and a report read it.
  package var words: String {
    switch self {
    case .whole: return "all trials are asked"
    case .precise(let half):
      return "ends once every 95% interval is within \(NumberText.shortest(half))"
    case .decided(let error):
      return "ends once it is decided, with a chance of error of at most "
        + "\(NumberText.shortest(error * 100))%"
    }
  }
}
