/// How far the reviewers of a run agree, and where they do not; held-out seeds take no part.
package struct ReviewerAgreement: Equatable, Sendable {
  /// The ratings of one pair of reviewers beside each other.
  package struct Pair: Equatable, Sendable {
    /// By name, the first one smaller.
    package let first: String
    package let second: String
    /// What both of them judged.
    package let items: Int
    /// Cohen's kappa; of ratings with quadratic weights.
    package let kappa: AgreementCoefficient

    package init(first: String, second: String, items: Int, kappa: AgreementCoefficient) {
      (self.first, self.second) = (first, second)
      (self.items, self.kappa) = (items, kappa)
    }
  }

  /// How far they agree on one matter.
  package struct Row: Equatable, Sendable {
    package let matter: DisputedMatter
    /// What at least two reviewers judged: checkpoints, or checkpoints and samples.
    package let items: Int
    /// Who judged one of these, by name.
    package let raters: [String]
    /// The part of the pairs of reviewers that agree, mean over the items, 0...1.
    package let observed: AgreementCoefficient
    /// Of each pair with an item in common, by their names.
    package let pairs: [Pair]
    /// Nil where not every reviewer judged every item.
    package let fleiss: AgreementCoefficient?
    /// Nominal, of ratings ordinal.
    package let alpha: AgreementCoefficient

    package init(
      matter: DisputedMatter, items: Int, raters: [String], observed: AgreementCoefficient,
      pairs: [Pair], fleiss: AgreementCoefficient?, alpha: AgreementCoefficient
    ) {
      (self.matter, self.items, self.raters) = (matter, items, raters)
      (self.observed, self.pairs, self.fleiss) = (observed, pairs, fleiss)
      self.alpha = alpha
    }
  }

  /// One thing that reviewers say differently.
  package struct Disagreement: Equatable, Sendable {
    package struct Word: Equatable, Sendable {
      package let reviewer: String
      /// `keep`, `reject`; `1`...`5`; `on`, `off`.
      package let value: String

      package init(_ reviewer: String, _ value: String) {
        (self.reviewer, self.value) = (reviewer, value)
      }
    }

    /// The checkpoint's place in the run.
    package let index: Int
    /// Of a checkpoint as `Run.position(of:)` names it.
    package let point: DisputedPoint
    /// One a reviewer who judged it, by name.
    package let words: [Word]

    package init(index: Int, point: DisputedPoint, words: [Word]) {
      (self.index, self.point, self.words) = (index, point, words)
    }

    /// `ann keep, bob reject`.
    package var said: String {
      words.map { "\($0.reviewer) \($0.value)" }.joined(separator: ", ")
    }
  }

  /// Who said or looked at anything, by name.
  package let reviewers: [String]
  /// Verdicts, ratings, then tags by name, as far as anybody gave one.
  package let rows: [Row]
  /// By checkpoint, what is said of the checkpoint itself first; then by sample and matter.
  package let disagreements: [Disagreement]
  /// By checkpoint of the run: the part of the pairs of reviewers that agree, mean over what one of them
  /// marked and at least two judged, 0...1; nil where there is nothing such.
  package let byCheckpoint: [Double?]

  package init(
    reviewers: [String], rows: [Row], disagreements: [Disagreement], byCheckpoint: [Double?]
  ) {
    (self.reviewers, self.rows) = (reviewers, rows)
    (self.disagreements, self.byCheckpoint) = (disagreements, byCheckpoint)
  }

  /// Whether there is anybody to agree with.
  package var hasSeveral: Bool { reviewers.count > 1 }

  /// The run's column `agreement`; nil where no checkpoint has a value.
  package func column(in run: Run) -> MetricColumn? {
    guard byCheckpoint.count == run.checkpoints.count, byCheckpoint.contains(where: { $0 != nil })
    else { return nil }
    return MetricColumn(
      metric: Metric(
        name: Self.columnName, direction: .higher, origin: .judged,
        explanation: "the part of the pairs of reviewers that agree, mean over what they judged"),
      values: byCheckpoint)
  }

  package static let columnName = "agreement"

  /// What makes of one reviewer several, in one sentence.
  package static let remedy =
    "each reviewer keeps a journal of their own: review under another name (--reviewer NAME), or merge "
    + "the folder review/ of a colleague, by git or a shared folder"
}

extension DisputedMatter {
  /// Verdicts, ratings, then tags by name.
  package static func isInOrder(_ left: DisputedMatter, _ right: DisputedMatter) -> Bool {
    left.order < right.order
  }

  private var order: (Int, String) {
    switch self {
    case .verdict: return (0, "")
    case .rating: return (1, "")
    case .tag(let tag): return (2, tag)
    }
  }
}
