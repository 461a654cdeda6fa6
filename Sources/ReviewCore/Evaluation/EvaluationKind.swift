/// What people are asked.
package enum EvaluationKind: String, CaseIterable, Sendable {
  /// Which of two pictures is the real one: a two-alternative forced choice.
  case twoAFC = "2afc"
  /// A rating of one picture, or of one set, from 1 to 5.
  case likert
  /// Which of two checkpoints' pictures is better, with ties.
  case pairwise

  /// What is asked about where nobody said.
  package var usualTopic: String {
    switch self {
    case .twoAFC: return "real"
    case .likert: return Self.realism
    case .pairwise: return "better"
    }
  }

  package static let realism = "realism"
  package static let diversity = "diversity"

  /// Whether a trial has two sides.
  package var hasSides: Bool { self != .likert }

  /// The question as the rater reads it.
  ///
  /// - Parameter topic: `realism`, `diversity`, or the words of a question of one's own.
  package func prompt(_ topic: String) -> String {
    switch self {
    case .twoAFC: return "Which one is real?"
    case .pairwise: return topic == usualTopic ? "Which is better?" : topic
    case .likert:
      switch topic {
      case Self.realism: return "How real does it look? 1 not at all, 5 like a real one"
      case Self.diversity: return "How varied are these? 1 all alike, 5 as varied as real ones"
      default: return "\(topic) 1 not at all, 5 entirely"
      }
    }
  }
}
