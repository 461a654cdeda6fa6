/// Something in the numbers of a run that a reviewer should look at.
package struct Alarm: Equatable, Sendable {
  package enum Kind: String, CaseIterable, Sendable {
    /// Diversity fell while quality rose.
    case possibleCollapse = "possible-collapse"
    /// A metric is NaN or without end.
    case badMetric = "bad-metric"
    /// A series of the log has its first value that is not finite.
    case badSeries = "bad-series"
  }

  /// The checkpoint's place in the run.
  package let index: Int
  package let kind: Kind
  /// What was seen, with its numbers.
  package let evidence: String

  package var title: String {
    switch kind {
    case .possibleCollapse: return "possible collapse"
    case .badMetric: return "a metric is no number"
    case .badSeries: return "the log breaks off"
    }
  }

  package var sentence: String { "\(title): \(evidence)" }

  /// Less than this part of what diversity ranges over in the run is noise.
  package static let leastFall = 0.1

  /// All alarms of a run, by checkpoint.
  ///
  /// - Complexity: O(n) in checkpoints, O(m) in points of the log.
  package static func all(of run: Run) -> [Alarm] {
    sorted(collapses(of: run) + badMetrics(of: run) + badSeries(of: run))
  }

  /// Those that the metrics alone tell, without a look at the log.
  ///
  /// - Complexity: O(n) in checkpoints.
  package static func ofMetrics(_ run: Run) -> [Alarm] {
    sorted(collapses(of: run) + badMetrics(of: run))
  }

  private static func sorted(_ alarms: [Alarm]) -> [Alarm] {
    alarms.enumerated().sorted { ($0.element.index, $0.offset) < ($1.element.index, $1.offset) }
      .map(\.element)
  }

  /// Where diversity fell, lies at least a tenth of its range below its best so far, and quality is
  /// higher than it was at that best.
  private static func collapses(of run: Run) -> [Alarm] {
    guard let quality = run.qualityColumn, let diversity = run.diversityColumn,
      quality != diversity
    else { return [] }
    func rising(_ column: Int) -> (Int) -> Double? {
      let sign = run.columns[column].metric.direction == .lower ? -1.0 : 1
      return { run.columns[column].values[$0].flatMap { $0.isFinite ? $0 * sign : nil } }
    }
    let (good, varied) = (rising(quality), rising(diversity))
    let known = run.checkpoints.indices.filter { good($0) != nil && varied($0) != nil }
    let extent = known.compactMap(varied)
    guard let low = extent.min(), let high = extent.max(), high > low else { return [] }
    var alarms: [Alarm] = []
    var best: Int?
    var last: Int?
    for index in known {
      defer { last = index }
      guard let now = varied(index) else { continue }
      guard let peak = best, let before = last, let top = varied(peak) else {
        best = index
        continue
      }
      if now >= top {
        best = index
        continue
      }
      let hasFallen = varied(before).map { now < $0 } ?? false
      let isHigher = (good(index) ?? 0) > (good(peak) ?? 0)
      guard hasFallen, isHigher, (top - now) / (high - low) >= leastFall else { continue }
      func change(_ column: Int, _ higher: String, _ lower: String) -> String {
        let metric = run.columns[column].metric
        return "\(metric.name) \(metric.direction == .lower ? lower : higher) "
          + "\(run.metricText(column, at: peak)) to \(run.metricText(column, at: index))"
      }
      alarms.append(
        Alarm(
          index: index, kind: .possibleCollapse,
          evidence: "\(change(diversity, "fell", "worsened")) while "
            + "\(change(quality, "rose", "improved")) since \(run.position(of: peak).words)"))
    }
    return alarms
  }

  private static func badMetrics(of run: Run) -> [Alarm] {
    run.columns.flatMap { column in
      column.values.indices.compactMap { index -> Alarm? in
        guard let value = column.values[index], !value.isFinite else { return nil }
        return Alarm(
          index: index, kind: .badMetric,
          evidence: "\(column.metric.name) is \(NumberText.shortest(value))")
      }
    }
  }

  private static func badSeries(of run: Run) -> [Alarm] {
    run.series.compactMap { series -> Alarm? in
      let extent = series.extent(of: 0..<series.count)
      guard extent.gapCount > 0, !run.checkpoints.isEmpty else { return nil }
      let values = series.values
      guard let place = values.indices.first(where: { !values[$0].isFinite }) else { return nil }
      let position = series.positions[place]
      let index =
        run.checkpoints.firstIndex { checkpoint in
          checkpoint.value(on: series.axis).map { $0.value >= position } ?? false
        } ?? run.checkpoints.count - 1
      return Alarm(
        index: index, kind: .badSeries,
        evidence: "\(series.name) is \(NumberText.shortest(values[place])) at "
          + "\(series.axis.rawValue) \(NumberText.shortest(position))")
    }
  }
}
