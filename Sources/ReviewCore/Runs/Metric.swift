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
