/// What the name of a column, or of a key of a log, says of its values.
enum ColumnRole: Equatable {
  case epoch
  case step
  case note
  /// The time of day, the speed, the place within an epoch: no metric.
  case clock
  case metric

  private static let epochNames = [
    "epoch", "epochs", "ep", "train/epoch", "trainer/epoch", "time/epoch", "current_epoch",
    "epoch_num", "epoch_number",
  ]
  private static let stepNames = [
    "step", "steps", "global_step", "iteration", "iter", "iterations", "iters", "_step",
    "trainer/global_step", "train/global_step", "current_step", "train_step", "training_step",
    "total_timesteps", "time/total_timesteps", "misc/total_timesteps", "timesteps",
    "num_timesteps", "nupdates", "misc/nupdates", "time/iterations", "progress/kimg", "kimg",
    "misc/serial_timesteps", "serial_timesteps",
  ]
  private static let noteNames = ["note", "notes", "comment", "comments", "remark"]
  private static let failureNames: Set = [
    "failure", "failures", "failure_mode", "failure_modes", "failure_tag", "failure_tags",
  ]
  private static let clockNames: Set = [
    "time", "timestamp", "wall_time", "wall time", "datetime", "date", "timestamp_s", "_timestamp",
    "_runtime", "elapsed", "time_elapsed", "time/time_elapsed", "misc/time_elapsed", "fps",
    "time/fps", "misc/fps", "eta", "total_flos", "train_runtime", "eval_runtime",
    "train_samples_per_second", "train_steps_per_second", "eval_samples_per_second",
    "eval_steps_per_second", "progress/tick", "batch", "batch_idx", "batch_index",
  ]

  /// Lower is better; nil for what is no name of the kind. The order says which of two counts.
  static func epochRank(_ lowered: String) -> Int? { epochNames.firstIndex(of: lowered) }

  static func stepRank(_ lowered: String) -> Int? { stepNames.firstIndex(of: lowered) }

  /// Whether a column, if it holds words, names failure modes; one of numbers is a metric.
  static func namesFailures(_ lowered: String) -> Bool { failureNames.contains(lowered) }

  init(lowered name: String) {
    if Self.epochNames.contains(name) {
      self = .epoch
    } else if Self.stepNames.contains(name) {
      self = .step
    } else if Self.noteNames.contains(name) {
      self = .note
    } else if Self.clockNames.contains(name) || name.hasPrefix("timing/")
      || name.hasPrefix("resources/")
    {
      self = .clock
    } else {
      self = .metric
    }
  }

  /// How a metric is called: the two that the default rule and every table know keep one spelling.
  static func metricName(_ name: String) -> String {
    let lowered = name.lowercased()
    return lowered == "quality" || lowered == "diversity" ? lowered : name
  }

  /// The place of the column that counts epochs, and of the one that counts steps.
  static func places(in header: [String]) -> (epoch: Int?, step: Int?) {
    func best(_ rank: (String) -> Int?) -> Int? {
      header.indices.compactMap { place in rank(header[place]).map { (place, $0) } }
        .min { ($0.1, $0.0) < ($1.1, $1.0) }?.0
    }
    return (best(epochRank), best(stepRank))
  }
}
