package import ReviewCore
import Synchronization

/// The real data that all checkpoints of a run are measured against, with what is worked out of it once.
package final class MeasureReference: Sendable {
  package let pictures: NumberTable?
  package let points: NumberTable?
  package let features: [String: NumberTable]
  package let labels: [Int]?
  /// Real samples that were not trained on.
  package let test: NumberTable?
  package let modes: ModeTable?
  private let worked = Mutex(Worked())

  private struct Worked {
    var frechet: [FeatureSpace: FrechetDistance.Side] = [:]
    var neighbours: [FeatureSpace: PrecisionRecall.Side] = [:]
    var kernel: [FeatureSpace: (rows: KernelDistance.Rows, sums: (all: Double, diagonal: Double))] =
      [:]
    var audit: NearestAudit.Side?
    var axes: [Int: PrincipalComponents] = [:]
    /// Of the pictures: what both balls and the audit ask for.
    var own: OwnNeighbours?
    var bins: (centres: NumberTable, shares: [Double])?
    var testDistances: [Double]?
  }

  package init(
    pictures: NumberTable? = nil, points: NumberTable? = nil, features: [String: NumberTable] = [:],
    labels: [Int]? = nil, test: NumberTable? = nil, modes: ModeTable? = nil
  ) {
    self.pictures = pictures
    self.points = points
    self.features = features
    self.labels = labels
    self.test = test
    self.modes = modes
  }

  /// The samples themselves.
  var samples: NumberTable? { pictures ?? points }

  /// The rows in a space; nil where there are none.
  func table(in space: FeatureSpace, _ effort: Effort) throws(MetricFailure) -> NumberTable? {
    switch space {
    case .pixels: return pictures
    case .points: return points
    case .given(let name): return features[name]
    case .principal(let count):
      guard let pictures else { return nil }
      return try axes(count, effort).projected(pictures, effort)
    }
  }

  func axes(_ count: Int, _ effort: Effort) throws(MetricFailure) -> PrincipalComponents {
    if let known = worked.withLock({ $0.axes[count] }) { return known }
    guard let pictures else { throw .unfit("there is no reference set") }
    let made = try PrincipalComponents(of: pictures, count: count, effort)
    worked.withLock { $0.axes[count] = made }
    return made
  }

  private func wanted(
    _ space: FeatureSpace, _ effort: Effort
  ) throws(MetricFailure) -> NumberTable {
    guard let table = try table(in: space, effort) else {
      throw .unfit("the reference has no \(space.name)")
    }
    return table
  }

  func frechet(
    _ space: FeatureSpace, _ effort: Effort
  ) throws(MetricFailure) -> FrechetDistance.Side {
    if let known = worked.withLock({ $0.frechet[space] }) { return known }
    let made = try FrechetDistance.Side(try wanted(space, effort), "reference", effort)
    worked.withLock { $0.frechet[space] = made }
    return made
  }

  func neighbours(
    _ space: FeatureSpace, _ effort: Effort
  ) throws(MetricFailure) -> PrecisionRecall.Side {
    if let known = worked.withLock({ $0.neighbours[space] }) { return known }
    let k = MetricOptions().neighbours
    let table = try wanted(space, effort)
    let made: PrecisionRecall.Side
    if space == .pixels, table.rowCount > k, let own = try ownNeighbours(effort) {
      made = PrecisionRecall.Side(table, radii: own.kth)
    } else {
      made = try PrecisionRecall.Side(table, k, "reference", effort)
    }
    worked.withLock { $0.neighbours[space] = made }
    return made
  }

  /// Nil for what is too small or too wide for it.
  private func ownNeighbours(_ effort: Effort) throws(MetricFailure) -> OwnNeighbours? {
    if let known = worked.withLock({ $0.own }) { return known }
    let k = MetricOptions().neighbours
    guard let pictures, pictures.rowCount > k, pictures.columnCount <= ByteRows.widest else {
      return nil
    }
    let made = try OwnNeighbours(of: pictures, k: k, effort)
    worked.withLock { $0.own = made }
    return made
  }

  func kernel(
    _ space: FeatureSpace, _ effort: Effort
  ) throws(MetricFailure) -> (rows: KernelDistance.Rows, sums: (all: Double, diagonal: Double)) {
    if let known = worked.withLock({ $0.kernel[space] }) { return known }
    try effort.openLinearAlgebra()
    let table = try wanted(space, effort)
    try table.checkFinite("reference")
    let rows = KernelDistance.Rows(table)
    let made = (rows: rows, sums: try KernelDistance.ownSums(rows, effort))
    worked.withLock { $0.kernel[space] = made }
    return made
  }

  func audit(_ effort: Effort) throws(MetricFailure) -> NearestAudit.Side {
    if let known = worked.withLock({ $0.audit }) { return known }
    guard let samples else { throw .unfit("there is no reference set") }
    let made: NearestAudit.Side
    if pictures != nil, let own = try ownNeighbours(effort) {
      made = NearestAudit.Side(samples, distances: own.nearest.map { $0.squareRoot() })
    } else {
      made = try NearestAudit.Side(samples, effort)
    }
    worked.withLock { $0.audit = made }
    return made
  }

  fileprivate var auditDistances: [Double]? { worked.withLock { $0.audit?.distances } }

  func bins(
    _ effort: Effort
  ) throws(MetricFailure) -> (centres: NumberTable, shares: [Double]) {
    if let known = worked.withLock({ $0.bins }) { return known }
    guard let samples else { throw .unfit("there is no reference set") }
    let centres = try KMeans.centres(of: samples, count: BinDifference.bins, effort)
    let made = (centres: centres, shares: BinDifference.shares(samples, centres))
    worked.withLock { $0.bins = made }
    return made
  }

  /// Distances of the test rows to the nearest training row.
  func testDistances(_ effort: Effort) throws(MetricFailure) -> [Double]? {
    if let known = worked.withLock({ $0.testDistances }) { return known }
    guard let samples, let test else { return nil }
    guard test.columnCount == samples.columnCount else {
      throw .unfit(
        "the real samples not trained on have \(test.columnCount) numbers each, those of the reference "
          + "\(samples.columnCount)")
    }
    try test.checkFinite("test")
    try samples.checkFinite("reference")
    let made = try Neighbours.nearest(of: test, in: samples, effort)
      .map { $0.squared.squareRoot() }
    worked.withLock { $0.testDistances = made }
    return made
  }
}

extension MeasureReference {
  /// The median distance of a real sample to its nearest other, once the audit asked for it; nil else.
  package var typicalDistance: Double? { auditDistances.map { Statistics.median($0) } }
}
