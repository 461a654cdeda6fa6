/// What people are asked.
package enum EvaluationKind: String, CaseIterable, Sendable {
  /// Which of two pictures is the real one.
  case twoAFC = "2afc"
  /// A rating of one picture, or of one set, from 1 to 5.
  case likert
  /// Which of two checkpoints' pictures is better, with ties.
  case pairwise
}
