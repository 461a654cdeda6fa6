/// What runs are compared along.
package enum Timeline: String, CaseIterable, Sendable {
  case epoch
  case step
  /// Training samples that the model has seen.
  case samples
  /// Seconds of training.
  case time
  /// As good as each other, however long it took.
  case quality

  package var words: String {
    switch self {
    case .epoch: return "epoch"
    case .step: return "step"
    case .samples: return "samples seen"
    case .time: return "training time"
    case .quality: return "equal quality"
    }
  }
}

/// Where every checkpoint stands on a timeline.
package struct Moments: Sendable {
  package let timeline: Timeline
  /// One a checkpoint; nil where nothing tells.
  package let values: [Double?]
  private let run: [Int]

  /// - Complexity: O(n log m) in checkpoints and points of a log.
  package init(of run: Run, on timeline: Timeline) {
    self.timeline = timeline
    self.run = run.checkpoints.map { $0.member ?? 0 }
    let owners = run.members.isEmpty ? [run] : run.members.map(\.run)
    let clocks = owners.map { Clock(of: $0, on: timeline) }
    let quality = run.qualityColumn
    let sign = quality.flatMap { run.columns[$0].metric.direction } == .lower ? -1.0 : 1
    values = run.checkpoints.enumerated().map { index, checkpoint in
      if timeline == .quality {
        return quality.flatMap { run.columns[$0].values[index] }.flatMap {
          $0.isFinite ? $0 * sign : nil
        }
      }
      let start = checkpoint.member.map { run.members[$0].rows.lowerBound } ?? 0
      return clocks[checkpoint.member ?? 0].moment(of: checkpoint, at: index - start)
    }
  }

  /// Of one run, the last checkpoint at or before a moment; of several at the same moment the last, but
  /// where they are as good as each other, the first.
  ///
  /// - Complexity: O(rows).
  package func latest(among rows: some Sequence<Int>, upTo moment: Double) -> Int? {
    var best: (index: Int, moment: Double)?
    for index in rows {
      guard let own = values[index], own <= moment else { continue }
      if best.map({ own > $0.moment || (own == $0.moment && timeline != .quality) }) ?? true {
        best = (index, own)
      }
    }
    return best?.index
  }

  /// Whether every run has a place on it.
  package var isKnown: Bool {
    Set(zip(run, values).compactMap { $1 == nil ? nil : $0 }) == Set(run)
  }

  /// Tells the moments of one run.
  private struct Clock {
    private enum Source {
      case own
      case column([Double?], factor: Double, start: Double)
      case series(Series, factor: Double, start: Double)
      case steps(times: Double)
      case epochs(times: Double)
      case none
    }

    private let timeline: Timeline
    private let source: Source
    /// A series over steps that tells the step of an epoch.
    private let stepped: Series?

    // Lower case, without what stands before the last `/`; the factor makes seconds of it.
    private static let times: [String: Double] = [
      "wall_time": 1, "walltime": 1, "time": 1, "elapsed": 1, "elapsed_time": 1, "time_elapsed": 1,
      "seconds": 1, "elapsed_seconds": 1, "runtime": 1, "_runtime": 1, "train_runtime": 1,
      "minutes": 60, "elapsed_minutes": 60, "hours": 3600, "elapsed_hours": 3600,
      "timestamp": 1, "_timestamp": 1,
    ]
    private static let counts: [String: Double] = [
      "samples_seen": 1, "images_seen": 1, "examples_seen": 1, "num_samples": 1,
      "n_samples_seen": 1,
      "nimg": 1, "kimg": 1000, "mimg": 1_000_000,
    ]
    private static let batchSizes: Set = [
      "batch_size", "batchsize", "train_batch_size", "bs", "batch",
    ]
    // Seconds since 1970 are larger, seconds of a training never.
    private static let sinceEpoch = 1e9

    init(of run: Run, on timeline: Timeline) {
      self.timeline = timeline
      stepped = run.series.first { $0.axis == .step && $0.epochs != nil }
      switch timeline {
      case .epoch, .step, .quality: source = .own
      case .time: source = Self.found(Self.times, in: run) ?? Self.clock(of: run) ?? .none
      case .samples:
        if let found = Self.found(Self.counts, in: run) {
          source = found
        } else if let size = run.declaration.samplesPerEpoch {
          source = .epochs(times: size)
        } else if let size = Self.batchSize(of: run) {
          source = .steps(times: size)
        } else {
          source = .none
        }
      }
    }

    private static func plain(_ name: String) -> String {
      (name.split(separator: "/").last.map(String.init) ?? name).lowercased()
    }

    private static func found(_ names: [String: Double], in run: Run) -> Source? {
      for column in run.columns {
        guard let factor = names[plain(column.metric.name)] else { continue }
        let start = column.values.lazy.compactMap { $0 }.first ?? 0
        return .column(column.values, factor: factor, start: start > sinceEpoch ? start : 0)
      }
      for series in run.series {
        guard let factor = names[plain(series.name)], series.count > 0 else { continue }
        let start = series.values[0]
        return .series(series, factor: factor, start: start > sinceEpoch ? start : 0)
      }
      return nil
    }

    private static func clock(of run: Run) -> Source? {
      guard let clock = run.clock, let start = clock.values.first else { return nil }
      return .series(clock, factor: 1, start: start)
    }

    private static func batchSize(of run: Run) -> Double? {
      for setting in run.settings {
        let key = setting.name.lowercased().split(separator: ".").last.map(String.init) ?? ""
        if batchSizes.contains(key), case .number(let size) = setting.value, size > 0 {
          return size
        }
      }
      return nil
    }

    private func step(of checkpoint: Checkpoint) -> Double? {
      checkpoint.step?.value
        ?? stepped.flatMap { series in series.place(of: checkpoint).map { series.positions[$0] } }
    }

    func moment(of checkpoint: Checkpoint, at index: Int) -> Double? {
      switch source {
      case .none: return nil
      case .own: return timeline == .epoch ? checkpoint.epoch?.value : step(of: checkpoint)
      case .column(let values, let factor, let start):
        return values[index].map { ($0 - start) * factor }
      case .series(let series, let factor, let start):
        return series.place(of: checkpoint).map { (series.values[$0] - start) * factor }
      case .steps(let size): return step(of: checkpoint).map { $0 * size }
      case .epochs(let size): return checkpoint.epoch.map { $0.value * size }
      }
    }
  }
}
