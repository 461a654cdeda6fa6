package import ReviewCore

/// What a metric reads: whichever of these it asks for.
package struct MetricCall: Sendable {
  /// The samples' rows: pixels, features, points, probabilities, latent means.
  package var samples: NumberTable
  /// The reference set's rows, of the same width.
  package var reference: NumberTable?
  /// Rows of the data that were not trained on.
  package var test: NumberTable?
  /// Logarithms of variances beside latent means; or the centres of modes, bins or cells.
  package var second: NumberTable?
  /// The class of each row of the reference.
  package var labels: [Int]?
  /// Width and height of a row that is a picture.
  package var size: PictureSize?
  package var options: MetricOptions

  package init(
    samples: NumberTable, reference: NumberTable? = nil, test: NumberTable? = nil,
    second: NumberTable? = nil, labels: [Int]? = nil, size: PictureSize? = nil,
    options: MetricOptions = MetricOptions()
  ) {
    self.samples = samples
    self.reference = reference
    self.test = test
    self.second = second
    self.labels = labels
    self.size = size
    self.options = options
  }

  func wantedReference() throws(MetricFailure) -> NumberTable {
    guard let reference else { throw .unfit("there is no reference set") }
    guard reference.columnCount == samples.columnCount else {
      throw .unfit(
        "the samples have \(samples.columnCount) numbers a row, the reference \(reference.columnCount)"
      )
    }
    return reference
  }

  func wantedSecond(_ what: String) throws(MetricFailure) -> NumberTable {
    guard let second else { throw .unfit("there are no \(what)") }
    return second
  }

  func wantedSize() throws(MetricFailure) -> PictureSize {
    guard let size, size.width > 0, size.height > 0,
      size.width * size.height == samples.columnCount, samples.bytes != nil
    else { throw .unfit("the samples are no 8-bit pictures") }
    return size
  }
}

/// How a metric is taken; every default is that of its card.
package struct MetricOptions: Sendable {
  /// Neighbours, of precision, recall, density and coverage.
  package var neighbours = 5
  /// Whether a distance equal to a radius is inside.
  package var countsBorder = false
  /// The order q of the Vendi score; infinity for the largest eigenvalue alone.
  package var order = 1.0
  /// The standard deviation of a Gaussian kernel, or of a mode; nil takes the metric's own.
  package var deviation: Double?
  /// The largest distance that still counts as near.
  package var threshold: Double?
  /// Parts that the rows are split into.
  package var splits = 1
  /// Of numpy's legacy generator; nil shuffles nothing.
  package var seed: UInt32?
  /// Rows of a subset, and how many subsets.
  package var subsetSize: Int?
  package var subsetCount = 100
  /// The first prefix of the extrapolated Fréchet distance.
  package var firstPrefix = 100
  /// Whether a mean is taken by the biased estimator.
  package var isBiased = false

  package init() {}
}
