/// A value with its 95% interval; kept to ten digits, so that processors which round otherwise agree.
package struct HumanEstimate: Hashable, Sendable {
  package let value: Double
  package let low: Double
  package let high: Double

  package init(_ value: Double, low: Double, high: Double) {
    self.value = NumberText.agreed(value)
    self.low = NumberText.agreed(low)
    self.high = NumberText.agreed(high)
  }
}

/// What raters said of one checkpoint.
package struct CheckpointJudgement: Equatable, Sendable {
  package let position: Position
  /// Answers that count: trials with it, or its ratings; without those that were skipped.
  package var answers = 0
  /// 2AFC: how often it was taken for real, of `answers`.
  package var fooled = 0
  /// 2AFC: that part, 0...1, with its Wilson interval; 0.5 where nobody can tell.
  package var fooling: HumanEstimate?
  /// 2AFC: exact, two-sided, against one half.
  package var pValue: Double?
  /// Ratings by level, 1 first: five counts; empty for other kinds.
  package var levels: [Int] = []
  package var median: Double?
  /// First and third quartile, linear between ranks.
  package var quartiles: (low: Double, high: Double)?
  /// Of ratings, with the interval of Student's t.
  package var mean: HumanEstimate?
  package var wins = 0
  package var ties = 0
  package var losses = 0
  /// Pairs: the natural logarithm of the Bradley-Terry strength, mean 0 over all that were compared.
  package var strength: HumanEstimate?
  /// Pairs: a view alone, as it depends on the order of the answers.
  package var elo: Double?

  package init(_ position: Position) { self.position = position }

  package static func == (left: CheckpointJudgement, right: CheckpointJudgement) -> Bool {
    left.position == right.position && left.answers == right.answers && left.fooled == right.fooled
      && left.fooling == right.fooling && left.pValue == right.pValue
      && left.levels == right.levels && left.median == right.median
      && left.quartiles?.low == right.quartiles?.low
      && left.quartiles?.high == right.quartiles?.high && left.mean == right.mean
      && left.wins == right.wins && left.ties == right.ties && left.losses == right.losses
      && left.strength == right.strength && left.elo == right.elo
  }
}

/// How one rater answered one block.
package struct RaterRecord: Equatable, Sendable {
  package let reviewer: String
  package let block: EvaluationBlock
  package var ending: EvaluationAct.Ending?
  /// Trials with an answer, those that were skipped among them.
  package var answered = 0
  package var skipped = 0
  package var checksPassed = 0
  package var checks = 0
  /// Repetitions that were answered as the first time; of a rating, at most one level apart.
  package var consistent = 0
  package var repetitions = 0
  /// Questions answered with a side, and how many of them with the left one.
  package var sided = 0
  package var leftSided = 0
  /// Exact, two-sided, of `leftSided` against one half.
  package var sidePValue: Double?
  package var medianMilliseconds: Int?
  /// What tells that the rater tired; nil where nothing does.
  package var fatigue: String?
  /// Which clause of the block's own rule leaves the rater out; nil where none does.
  package var exclusion: String?

  package init(_ record: BlockRecord) {
    reviewer = record.reviewer
    block = record.block
    ending = record.ending
    answered = record.answers.count
    skipped = record.answers.values.count { $0.answer == .skipped }
  }
}

/// Answers that may be counted together: of one kind, one question, one rendering and one exposure.
package struct JudgementGroup: Equatable, Sendable {
  package let kind: EvaluationKind
  package let topic: String
  package let rendering: TrialRendering
  package let exposure: Int?
  /// Every block that was over, with its rater; those that are left out among them.
  package var raters: [RaterRecord] = []
  /// Blocks that are still open: counted nowhere.
  package var open: [RaterRecord] = []
  /// Answers to questions that count; repetitions tell of the raters alone.
  package var answers = 0
  /// In the order of the run.
  package var checkpoints: [CheckpointJudgement] = []
  /// Why there are no strengths, or what weakens them.
  package var remark: String?
  /// The one that people put first; nil where nothing can be said.
  package var leader: Position?
  /// Those that the leader cannot be told from: the interval of their difference holds 0.
  package var inseparable: [Position] = []

  package init(
    kind: EvaluationKind, topic: String, rendering: TrialRendering, exposure: Int?
  ) {
    self.kind = kind
    self.topic = topic
    self.rendering = rendering
    self.exposure = exposure
  }

  /// Whether there are numbers and several are the largest, so that nobody comes first.
  package var hasSeveralFirst: Bool {
    leader == nil && checkpoints.contains { estimate(of: $0) != nil }
  }

  package func judgement(of position: Position) -> CheckpointJudgement? {
    checkpoints.first { $0.position == position }
  }

  /// Raters whose answers count, each once, by name.
  package var countedRaters: [String] {
    Array(Set(raters.filter { $0.exclusion == nil }.map(\.reviewer))).sorted()
  }

  /// The column that its values stand in: `human.fooling`, `human.strength`, `human.realism`,
  /// `human.diversity`; nil for a question of one's own.
  package var column: String? {
    switch kind {
    case .twoAFC: return "human.fooling"
    case .pairwise: return topic == kind.usualTopic ? "human.strength" : nil
    case .likert:
      return [EvaluationKind.realism, EvaluationKind.diversity].contains(topic)
        ? "human.\(topic)" : nil
    }
  }

  /// The number that the column has of a checkpoint, with its interval.
  package func estimate(of judgement: CheckpointJudgement) -> HumanEstimate? {
    switch kind {
    case .twoAFC: return judgement.fooling
    case .pairwise: return judgement.strength
    case .likert: return judgement.mean
    }
  }
}

/// Everything that people said in trials.
package struct HumanResults: Equatable, Sendable {
  /// By kind, question, then rendering; of what could stand in one column the first has most answers and is
  /// the one that does.
  package var groups: [JudgementGroup]

  package init(groups: [JudgementGroup] = []) { self.groups = groups }

  package var isEmpty: Bool { groups.isEmpty }

  /// The groups that stand in columns: of each column one, never two renderings together.
  package var inColumns: [JudgementGroup] {
    var seen: Set<String> = []
    return groups.filter { group in
      guard let column = group.column, !group.checkpoints.isEmpty else { return false }
      return seen.insert(column).inserted
    }
  }
}
