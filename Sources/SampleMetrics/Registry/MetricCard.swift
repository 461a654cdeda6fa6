package import ReviewCore

/// What a metric is, as its page of the documentation tells.
package struct MetricCard: Sendable {
  /// As `measure --metric` names it; of the values it gives, the first part.
  package let name: String
  package let title: String
  /// What it is worked out from.
  package let reads: [MetricInput]
  /// The values it gives, the most telling first.
  package let values: [MetricValueCard]
  /// In words and symbols that a terminal shows.
  package let formula: String
  /// Samples, and reference rows, below which it is refused.
  package let minimumCount: String
  /// Who defined it, and whose conventions are followed.
  package let source: String
  /// What it does not see.
  package let pitfalls: String
  /// Rises when a value may come out otherwise than before.
  package let version: Int

  package init(
    name: String, title: String, reads: [MetricInput], values: [MetricValueCard], formula: String,
    minimumCount: String, source: String, pitfalls: String, version: Int = 1
  ) {
    self.name = name
    self.title = title
    self.reads = reads
    self.values = values
    self.formula = formula
    self.minimumCount = minimumCount
    self.source = source
    self.pitfalls = pitfalls
    self.version = version
  }
}

/// One value of a metric.
package struct MetricValueCard: Sendable {
  package let name: String
  package let range: String
  /// Nil where neither way is better by itself.
  package let direction: Metric.Direction?
  package let meaning: String

  package init(_ name: String, _ range: String, _ direction: Metric.Direction?, _ meaning: String) {
    self.name = name
    self.range = range
    self.direction = direction
    self.meaning = meaning
  }
}

/// What a metric can be worked out from.
package enum MetricInput: String, CaseIterable, Sendable {
  case pictures
  case points
  case features
  case classProbabilities = "class probabilities"
  case latents
  case reference
  case referenceLabels = "reference labels"
  case testReference = "real pictures not trained on"
  case modes
  case series = "a metric or series over checkpoints"
}

/// A metric of the registry.
package struct RegisteredMetric: Sendable {
  package let card: MetricCard
  package let evaluate: @Sendable (MetricCall, Effort) throws(MetricFailure) -> MetricAnswer

  init(
    _ card: MetricCard,
    _ evaluate: @escaping @Sendable (MetricCall, Effort) throws(MetricFailure) -> MetricAnswer
  ) {
    self.card = card
    self.evaluate = evaluate
  }
}
