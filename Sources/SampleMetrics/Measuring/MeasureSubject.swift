package import ReviewCore

/// Everything that the numbers of one checkpoint are worked out from.
package struct MeasureSubject: Sendable {
  /// The seed index of each row of the samples.
  package var seeds: [Int]
  /// 8-bit pictures, one a row.
  package var pictures: NumberTable?
  package var size: PictureSize?
  /// (n,2).
  package var points: NumberTable?
  /// By the name of the features.
  package var features: [(name: String, table: NumberTable)] = []
  package var probabilities: [(name: String, table: NumberTable)] = []
  package var latentMeans: NumberTable?
  package var latentLogVariances: NumberTable?

  package init(
    seeds: [Int] = [], pictures: NumberTable? = nil, size: PictureSize? = nil,
    points: NumberTable? = nil
  ) {
    self.seeds = seeds
    self.pictures = pictures
    self.size = size
    self.points = points
  }

  /// Pictures or points: the samples themselves.
  var samples: NumberTable? { pictures ?? points }

  package var isEmpty: Bool {
    samples == nil && features.isEmpty && probabilities.isEmpty && latentMeans == nil
  }
}
