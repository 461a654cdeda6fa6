package import ReviewCore

extension HumanResults {
  /// What people judged, as columns of a run: of each name the group that stands in it.
  ///
  /// Strengths are the maximum of the likelihood, rates and means those of the answers; errors are standard
  /// errors. A checkpoint that nobody judged has no value.
  package func columns(in run: Run) -> [MetricColumn] {
    inColumns.compactMap { group in
      guard let name = group.column else { return nil }
      var values = [Double?](repeating: nil, count: run.checkpoints.count)
      var errors = values
      for judgement in group.checkpoints {
        guard let index = run.index(of: judgement.position),
          let estimate = group.estimate(of: judgement)
        else { continue }
        values[index] = estimate.value
        errors[index] = group.standardError(of: judgement)
      }
      let metric = Metric(
        name: name, direction: .higher, origin: .judged, explanation: group.explanation)
      return MetricColumn(metric: metric, values: values, errors: errors)
    }
  }
}

extension JudgementGroup {
  /// Of the number that the column has of a checkpoint; nil where it has none.
  package func standardError(of judgement: CheckpointJudgement) -> Double? {
    switch kind {
    case .twoAFC:
      guard let rate = judgement.fooling?.value, judgement.answers > 0 else { return nil }
      return (rate * (1 - rate) / Double(judgement.answers)).squareRoot()
    case .likert:
      let summary = LikertSummary(counts: judgement.levels)
      return summary.deviation.map { $0 / Double(summary.count).squareRoot() }
    case .pairwise:
      return judgement.strength.map { ($0.high - $0.low) / (2 * Normal.z95) }
    }
  }

  /// What the number is, of how many answers and raters, and how the pictures looked.
  fileprivate var explanation: String {
    let what = JudgedMetric.known.first { $0.name == column }?.words ?? topic
    let raters = countedRaters.count
    return "\(what): \(answers) answer\(answers == 1 ? "" : "s") of "
      + "\(raters) rater\(raters == 1 ? "" : "s"), \(rendering.words)"
      + (exposure.map { ", shown for \($0) ms" } ?? "")
  }
}
