/// What an array that a training script wrote beside the samples says of them.
package enum ArrayRole: String, CaseIterable, Sendable {
  /// (n,d): one row of features a sample.
  case features
  /// (n,c): for each sample the probabilities of c classes.
  case classProbabilities = "class-probabilities"
  /// (n,d): the means of the encoder's posteriors.
  case latentMean = "latent-mean"
  /// (n,d): the logarithms of the posteriors' variances.
  case latentLogVariance = "latent-log-variance"
}

/// One kind of array over the checkpoints of a run.
package struct GivenArray: Equatable, Sendable {
  package let role: ArrayRole
  /// What tells it from others of its role, such as the network that the features are of.
  package let name: String
  /// One a checkpoint, in the run's order; nil where the checkpoint has none.
  package var places: [ArrayPlace?]
  /// The same of the reference set.
  package var reference: ArrayPlace?

  package init(
    role: ArrayRole, name: String, places: [ArrayPlace?], reference: ArrayPlace? = nil
  ) {
    self.role = role
    self.name = name
    self.places = places
    self.reference = reference
  }
}

/// The modes that points of a plane, or features, should lie around.
package struct ModeTable: Equatable, Sendable {
  /// (m,d): one row a mode.
  package let centres: NumberTable
  /// The standard deviation of each mode along every axis, above 0.
  package let deviation: Double

  package init(centres: NumberTable, deviation: Double) {
    self.centres = centres
    self.deviation = deviation
  }
}
