/// A checkpoint that people see otherwise than the rule or a metric does.
package struct Contradiction: Equatable, Sendable {
  package enum Kind: Equatable, Sendable {
    /// People keep it, and it is no candidate.
    case keptNoCandidate
    /// People reject it, and it is a candidate.
    case rejectedCandidate
    /// People reject it, and the rule selects it.
    case rejectedSelected
    /// A metric puts it elsewhere among the checkpoints than people do.
    case order(Places)
  }

  /// Where a metric puts a checkpoint, and where people do; 1 is the best, equal ones share the mean.
  package struct Places: Equatable, Sendable {
    package let metric: String
    /// The column of people's answers; nil for the means of their ratings.
    package let people: String?
    package let byMetric: Double
    package let byPeople: Double
    /// How many checkpoints have both.
    package let count: Int
    /// Checkpoints that the metric has on its other side than people separably do, ascending.
    package let against: [Int]

    package init(
      metric: String, people: String?, byMetric: Double, byPeople: Double, count: Int,
      against: [Int]
    ) {
      (self.metric, self.people, self.count) = (metric, people, count)
      (self.byMetric, self.byPeople, self.against) = (byMetric, byPeople, against)
    }
  }

  /// The checkpoint's place in the run.
  package let index: Int
  package let kind: Kind
  /// Whose verdict it is, by name; empty where it is everybody's answers.
  package let reviewers: [String]
  /// Whether it was ruled.
  package let isRuled: Bool

  package init(index: Int, kind: Kind, reviewers: [String] = [], isRuled: Bool = false) {
    (self.index, self.kind) = (index, kind)
    (self.reviewers, self.isRuled) = (reviewers, isRuled)
  }

  /// How far apart they are, 0...1: the whole way for a verdict, else by places.
  package var distance: Double {
    guard case .order(let places) = kind, places.count > 1 else { return 1 }
    return (places.byMetric - places.byPeople).magnitude / Double(places.count - 1)
  }

  /// A word for programs.
  package var name: String {
    switch kind {
    case .keptNoCandidate: return "kept-no-candidate"
    case .rejectedCandidate: return "rejected-candidate"
    case .rejectedSelected: return "rejected-selected"
    case .order: return "order"
    }
  }

  /// `kept by ann, and no candidate`, without the checkpoint; whole at any length.
  package var words: String {
    let names = reviewers.joined(separator: ", ")
    let by = isRuled ? "by the ruling of \(names)" : "by \(names)"
    switch kind {
    case .keptNoCandidate: return "kept \(by), and no candidate"
    case .rejectedCandidate: return "rejected \(by), and a candidate"
    case .rejectedSelected: return "rejected \(by), and the rule selects it"
    case .order(let places):
      func text(_ place: Double) -> String { NumberText.general(place, digits: 4) }
      return "\(places.metric) has it at place \(text(places.byMetric)) of \(places.count), "
        + "\(places.people ?? "people's ratings") at \(text(places.byPeople))"
    }
  }
}
