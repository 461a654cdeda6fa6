@testable import HumanEvaluation
@testable import ReviewCore

/// A rater at a block, as a journal keeps it.
struct Sitting {
  static let epochs: [Double] = [1, 10, 30, 60]
  static let positions = epochs.map { Position(.epoch, $0) }
  static let places = Dictionary(
    uniqueKeysWithValues: positions.enumerated().map { ($1, $0) })
  static let pool = TrialPool(
    members: positions.map { TrialPool.Member($0, seeds: Array(0..<32)) }, realCount: 64)
  static let run = Run(
    name: "run", path: "run", format: .arrays,
    checkpoints: epochs.map { Checkpoint(epoch: AxisValue($0)) })

  static func rendering(gamma: Double = 1) -> TrialRendering {
    TrialRendering(
      glyphs: "quadrant", model: "", color: "none", background: "none", texture: "", columns: 28,
      rows: 14, gamma: gamma, contrast: 1, isInverted: false, isLightBackground: false)
  }

  private(set) var review: Review
  private(set) var events: [ReviewEvent] = []
  let block: EvaluationBlock

  init(_ block: EvaluationBlock, reviewer: String = "ann") {
    self.block = block
    review = Review(reviewer: reviewer)
    apply(.begin(block))
  }

  var record: BlockRecord { review.blocks[0] }

  mutating func apply(_ act: EvaluationAct) {
    let sequence = review.nextSequence
    // One act a second, from noon on.
    let time =
      "2026-01-02T\(Self.two(12 + sequence / 3600)):\(Self.two(sequence / 60 % 60)):"
      + "\(Self.two(sequence % 60)).000Z"
    let event = ReviewEvent(
      sequence: sequence, time: time, reviewer: review.reviewer, act: .evaluation(act))
    review.apply(event)
    events.append(event)
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  /// Asks until the block is over, or so many answers are given.
  mutating func run(_ rater: inout SimulatedRater, atMost: Int = .max) {
    var left = atMost
    while left > 0, !record.isOver {
      if let ending = Stopping.ending(of: record) {
        apply(.end(block: block.id, ending))
        return
      }
      if record.nextTrial == nil, let trial = AdaptiveSchedule.next(record) {
        apply(.draw(block: block.id, trial))
      }
      guard let trial = record.nextTrial else { return }
      let (answer, milliseconds) = rater.answer(trial)
      apply(.answer(block: block.id, trial: trial.number, answer, milliseconds: milliseconds))
      left -= 1
    }
  }

  /// Every trial of a list, answered, without a journal, which takes most of the time.
  static func listed(_ block: EvaluationBlock, _ rater: inout SimulatedRater) -> BlockRecord {
    var record = BlockRecord(block, reviewer: "ann", begun: "2026-01-02T12:00:00.000Z")
    for trial in record.trials {
      let (answer, milliseconds) = rater.answer(trial)
      record.answer(
        trial.number, answer, milliseconds: milliseconds, time: "2026-01-02T12:00:00.000Z")
    }
    record.end(.complete)
    return record
  }

  /// A list of questions about four checkpoints, with its checks and repetitions.
  static func list(
    _ kind: EvaluationKind, seed: UInt64, questions: Int, stopping: StoppingRule = .whole,
    rule: RaterRule = RaterRule(), checks: Int = 10, repetitions: Int = 10, gamma: Double = 1
  ) throws -> EvaluationBlock {
    let plan = TrialSchedule.Plan(
      kind: kind, seed: seed, questions: questions, checks: questions * checks / 100,
      repetitions: questions * repetitions / 100)
    return EvaluationBlock(
      id: "b\(seed)", kind: kind, seed: seed, rendering: rendering(gamma: gamma), raterRule: rule,
      stopping: stopping, design: .list(try TrialSchedule(plan, pool).trials),
      checkPercent: checks, repeatPercent: repetitions)
  }

  static func adaptive(
    _ kind: EvaluationKind, _ policy: EvaluationBlock.AdaptivePolicy, seed: UInt64, most: Int,
    stopping: StoppingRule = .whole, pool: TrialPool = Sitting.pool
  ) -> EvaluationBlock {
    EvaluationBlock(
      id: "b\(seed)", kind: kind, seed: seed, rendering: rendering(), stopping: stopping,
      design: .adaptive(policy, pool, most: most))
  }
}
