/// Every metric there is, in the order of its page.
package enum MetricRegistry {
  package static let all: [RegisteredMetric] = [
    UniqueRatio.metric, NearDuplicates.metric, PairwiseDistance.metric,
    StructuralSimilarity.metric, VendiScore.metric, ModeCoverage.metric, ClassCoverage.metric,
    BinDifference.metric, PictureQuality.metric, PerceptualHash.metric, FrechetDistance.metric,
    KernelDistance.metric, PrecisionRecall.metric, InceptionScore.metric, NearestAudit.metric,
    CopyTest.metric, LatentUse.metric, StabilityMetric.metric,
  ]

  package static func metric(named name: String) -> RegisteredMetric? {
    all.first { $0.card.name == name }
  }
}
