import ReviewCore
import ReviewFront
import RunFormats
import SampleMetrics

/// Reads the samples of a checkpoint and compares them, without those that are held out from the
/// choice and those that cannot be read.
struct SurveyReader {
  let run: Run

  /// - Parameter progress: gets the share that is done, 0...1.
  /// - Throws: `RunWarning` where the samples cannot be read, `MetricFailure` where they cannot be compared.
  func answer(
    _ request: SurveyRequest, _ effort: Effort, progress: (Double) -> Void
  ) throws -> SurveyAnswer {
    guard self.run.checkpoints.indices.contains(request.checkpoint),
      let source = self.run.checkpoints[request.checkpoint].samples
    else { throw RunWarning(.leftOut, "this checkpoint has no samples") }
    let run = self.run.origin(of: request.checkpoint).run
    let set = try SampleReader(run: run).samples(source)
    if effort.isCancelled { throw MetricFailure.cancelled }
    let isHeldOut = set.indices.map { run.holdsSeedsOut && run.isHeldOut($0) }
    let places = (0..<set.count).filter { set.failures[$0] == nil && !isHeldOut[$0] }
    switch request {
    case .overview(_, let nearness):
      var overview = try SampleSurvey.overview(
        of: table(of: set, places), seeds: places.map { set.indices[$0] },
        nearness: Double(nearness), effort, progress: progress)
      overview.failureCount = set.failures.count
      overview.heldOutCount = isHeldOut.indices.count {
        isHeldOut[$0] && set.failures[$0] == nil
      }
      return .overview(overview)
    case .order(let checkpoint, let number):
      let found = try numbers(number, of: set, places, at: checkpoint, effort, progress)
      var all = [Double](repeating: .nan, count: set.count)
      for (row, place) in places.enumerated() { all[place] = found[row] }
      return .order(SampleOrder(all, highestFirst: number == .sharpness))
    }
  }

  /// One a place; NaN where there is none.
  private func numbers(
    _ number: SampleNumber, of set: SampleSet, _ places: [Int], at checkpoint: Int,
    _ effort: Effort, _ progress: (Double) -> Void
  ) throws(MetricFailure) -> [Double] {
    switch number {
    case .sharpness:
      return try SampleSurvey.sharpness(
        of: table(of: set, places), PictureSize(width: set.width, height: set.height), effort)
    case .nearest:
      return try SampleSurvey.nearest(of: table(of: set, places), effort, progress: progress)
    case .nearestReal:
      let evidence = run.measures?.checkpoints[checkpoint]?.evidence ?? []
      var distances: [Int: Double] = [:]
      for one in evidence where one.kind == .nearestReal { distances[one.sample] = one.number }
      return places.map { distances[set.indices[$0]] ?? .nan }
    case .seed, .tag: return places.map(Double.init)
    }
  }

  private func table(of set: SampleSet, _ places: [Int]) -> NumberTable {
    let size = set.width * set.height
    let pixels =
      places.count == set.count
      ? set.pixels : places.flatMap { set.pixels[$0 * size..<($0 + 1) * size] }
    return NumberTable(rowCount: places.count, columnCount: size, values: .bytes(pixels))
  }
}
