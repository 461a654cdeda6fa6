/// A named number of a checkpoint.
package struct Metric: Hashable, Sendable {
  package enum Direction: String, Sendable { case higher, lower }

  package enum Origin: String, Sendable { case logged, computed }

  package let name: String
  /// Which way is better; nil when nobody said and the name does not tell.
  package var direction: Direction?
  package var origin: Origin
  package var explanation: String?

  package init(
    name: String, direction: Direction? = nil, origin: Origin = .logged, explanation: String? = nil
  ) {
    self.name = name
    self.direction = direction ?? Self.knownDirection(of: name)
    self.origin = origin
    self.explanation = explanation
  }

  /// The direction that the field agrees on for a metric of this name.
  package static func knownDirection(of name: String) -> Direction? {
    let plain = name.lowercased()
    let higher = [
      "quality", "diversity", "precision", "recall", "density", "coverage", "inception_score",
      "accuracy", "acc", "psnr", "ssim", "vendi", "fidelity", "realism", "elbo",
    ]
    let lower = [
      "fid", "kid", "loss", "mse", "mae", "rmse", "nll", "bpd", "perplexity", "val_loss",
      "train_loss", "lpips", "frechet", "mmd",
    ]
    if higher.contains(plain) { return .higher }
    if lower.contains(plain) || plain.hasSuffix("loss") || plain.hasPrefix("fid") { return .lower }
    return nil
  }
}

/// One metric over all checkpoints of a run.
package struct MetricColumn: Equatable, Sendable {
  package var metric: Metric
  /// One value a checkpoint, in the run's order; nil where the checkpoint lacks the metric.
  package var values: [Double?]

  package init(metric: Metric, values: [Double?]) {
    self.metric = metric
    self.values = values
  }
}

/// A scalar of the training log over steps or epochs.
package struct Series: Equatable, Sendable {
  package let name: String
  package let axis: Axis
  /// Ascending, as many as `values`.
  package let positions: [Double]
  package let values: [Double]
  /// Of a series over steps, the epoch of each point where the log says it.
  package let epochs: [Double]?

  package init(
    name: String, axis: Axis, positions: [Double], values: [Double], epochs: [Double]? = nil
  ) {
    precondition(positions.count == values.count && (epochs?.count ?? values.count) == values.count)
    self.name = name
    self.axis = axis
    self.positions = positions
    self.values = values
    self.epochs = epochs
  }

  /// The last point at or before a checkpoint; nil when there is none, or no way to tell.
  ///
  /// - Complexity: O(log n) on the series' own axis, else O(n).
  package func place(of checkpoint: Checkpoint) -> Int? {
    if let value = checkpoint.value(on: axis)?.value {
      var low = 0
      var high = positions.count
      while low < high {
        let middle = (low + high) / 2
        if positions[middle] <= value { low = middle + 1 } else { high = middle }
      }
      return low > 0 ? low - 1 : nil
    }
    guard let epoch = checkpoint.epoch?.value, let epochs else { return nil }
    return epochs.lastIndex { $0 <= epoch }
  }
}
