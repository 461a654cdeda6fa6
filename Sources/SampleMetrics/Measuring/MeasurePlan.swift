package import ReviewCore

/// Which numbers are worked out for every checkpoint of a run, and under which names.
package struct MeasurePlan: Equatable, Sendable {
  /// What the Fréchet and the kernel distance are taken in.
  package let distances: [FeatureSpace]
  /// What balls of neighbours are taken in.
  package let neighbours: [FeatureSpace]
  package let columns: [MeasuredColumn]
  /// What the numbers depend on beside samples and reference: `name@version`, one a column.
  package let versionedNames: [String]

  /// Rows a dimension that a covariance should have; with fewer, pixels give way to their principal components.
  private static let rowsPerDimension = 2
  private static let components = 32

  /// - Parameters:
  ///   - subject: of the first checkpoint that has samples; the others are measured alike.
  ///   - wanted: names of metrics, or of columns; nil for all.
  package init(
    for subject: MeasureSubject, _ reference: MeasureReference, wanted: Set<String>? = nil
  ) {
    var distances: [FeatureSpace] = []
    var neighbours: [FeatureSpace] = []
    for (name, _) in subject.features where reference.features[name] != nil {
      distances.append(.given(name))
      neighbours.append(.given(name))
    }
    if let pictures = subject.pictures, let real = reference.pictures,
      real.columnCount == pictures.columnCount
    {
      neighbours.append(.pixels)
      let least = min(pictures.rowCount, real.rowCount)
      if least >= Self.rowsPerDimension * pictures.columnCount {
        distances.append(.pixels)
      } else {
        // So many that the covariance has at least as many rows.
        let count = min(Self.components, least / Self.rowsPerDimension, pictures.columnCount)
        if count > 1 { distances.append(.principal(count)) }
      }
    }
    if subject.points != nil, reference.points != nil {
      distances.append(.points)
      neighbours.append(.points)
    }
    self.distances = distances
    self.neighbours = neighbours
    let all = MeasureColumns(subject, reference, distances, neighbours).columns
    let kept = all.filter { column in
      guard let wanted else { return true }
      return wanted.contains(column.name) || wanted.contains(column.metric)
        || wanted.contains(String(column.name.prefix { $0 != "[" }))
    }
    columns = kept.map {
      MeasuredColumn(name: $0.name, direction: $0.direction, explanation: $0.words)
    }
    metrics = Set(kept.map(\.metric))
    versionedNames = kept.map { "\($0.name)@\($0.version)" }
  }

  /// Of the registry, those that give a column.
  let metrics: Set<String>

  func wants(_ metric: String) -> Bool { metrics.contains(metric) }

  /// Every name that `wanted` may hold for a run like this.
  package static func names(for subject: MeasureSubject, _ reference: MeasureReference) -> [String]
  {
    let plan = MeasurePlan(for: subject, reference)
    return plan.metrics.sorted() + plan.columns.map(\.name)
  }
}
