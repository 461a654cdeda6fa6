/// A named number of a checkpoint.
package struct Metric: Hashable, Sendable {
  package enum Direction: String, Sendable { case higher, lower }

  package enum Origin: String, Sendable {
    case logged, computed
    /// By people: from trials, and from what reviewers said.
    case judged
    /// No metric: what samples were drawn with, such as their temperature.
    case parameter
  }

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
    MetricName(name).direction
  }
}

/// One metric over all checkpoints of a run.
package struct MetricColumn: Equatable, Sendable {
  package var metric: Metric
  /// One value a checkpoint, in the run's order; nil where the checkpoint lacks the metric.
  package var values: [Double?]
  /// Standard errors of the values, where they are known; empty where none is.
  package var errors: [Double?]

  package init(metric: Metric, values: [Double?], errors: [Double?] = []) {
    self.metric = metric
    self.values = values
    self.errors = errors.contains { $0 != nil } ? errors : []
  }

  /// Nil where it is not known.
  package func error(at index: Int) -> Double? {
    errors.indices.contains(index) ? errors[index] : nil
  }
}
