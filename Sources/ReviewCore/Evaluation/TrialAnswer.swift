/// What a rater said to a trial.
package enum TrialAnswer: Hashable, Sendable {
  case choice(Trial.Side)
  /// Neither side; of pairs alone.
  case tie
  /// 1...5.
  case rating(Int)
  /// Nothing could be said.
  case skipped

  /// `left`, `right`, `tie`, `1`...`5`, `skip`.
  package var text: String {
    switch self {
    case .choice(let side): return side.rawValue
    case .tie: return "tie"
    case .rating(let rating): return String(rating)
    case .skipped: return "skip"
    }
  }

  package init?(_ text: String) {
    if let side = Trial.Side(rawValue: text) {
      self = .choice(side)
    } else if let rating = Int(text), (1...5).contains(rating), text.utf8.count == 1 {
      self = .rating(rating)
    } else if text == "tie" {
      self = .tie
    } else if text == "skip" {
      self = .skipped
    } else {
      return nil
    }
  }

  /// Whether it answers a question of that kind.
  package func fits(_ kind: EvaluationKind) -> Bool {
    switch self {
    case .choice: return kind.hasSides
    case .tie: return kind == .pairwise
    case .rating: return kind == .likert
    case .skipped: return true
    }
  }
}
