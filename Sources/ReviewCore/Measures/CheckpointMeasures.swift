/// A number that was computed from the samples of a checkpoint.
package struct MeasuredValue: Equatable, Sendable {
  /// Of the column that it stands in.
  package let name: String
  package let value: Double
  /// Of the value, where it can be had honestly; nil where not.
  package let standardError: Double?

  /// - Parameter value: kept to ten digits, so that processors which round otherwise agree.
  package init(name: String, value: Double, standardError: Double? = nil) {
    self.name = name
    self.value = NumberText.agreed(value)
    self.standardError = standardError.map(NumberText.agreed)
  }
}

/// Something that one sample shows.
package struct SampleEvidence: Hashable, Sendable {
  package enum Kind: String, CaseIterable, Sendable {
    /// `other` is the nearest picture of the reference, `number` the distance: L2 of gray values.
    case nearestReal = "nearest-real"
    /// `other` is the first sample that it equals, by seed.
    case copyOf = "copy-of"
    /// One gray all over.
    case blank
  }

  package let kind: Kind
  /// The seed.
  package let sample: Int
  package let other: Int
  package let number: Double

  package init(_ kind: Kind, sample: Int, other: Int = 0, number: Double = 0) {
    self.kind = kind
    self.sample = sample
    self.other = other
    self.number = number
  }
}

/// Numbers that are one of a kind each, such as the KL of every latent dimension.
package struct MeasuredProfile: Equatable, Sendable {
  package let name: String
  package let values: [Double]

  package init(name: String, values: [Double]) {
    self.name = name
    self.values = values
  }
}

/// What was computed of one checkpoint.
package struct CheckpointMeasures: Equatable, Sendable {
  package var values: [MeasuredValue]
  package var evidence: [SampleEvidence]
  package var profiles: [MeasuredProfile] = []
  /// What weakens the numbers, and what could not be computed and why.
  package var remarks: [String]

  package init(
    values: [MeasuredValue] = [], evidence: [SampleEvidence] = [], remarks: [String] = []
  ) {
    self.values = values
    self.evidence = evidence
    self.remarks = remarks
  }

  package func value(_ name: String) -> Double? { values.first { $0.name == name }?.value }

  /// The nearest picture of the reference to a sample; nil where nobody looked.
  package func nearestReal(to sample: Int) -> SampleEvidence? {
    evidence.first { $0.kind == .nearestReal && $0.sample == sample }
  }
}

/// A column of computed numbers.
package struct MeasuredColumn: Equatable, Sendable {
  package let name: String
  package let direction: Metric.Direction?
  /// What it is, with its version.
  package let explanation: String

  package init(name: String, direction: Metric.Direction?, explanation: String) {
    self.name = name
    self.direction = direction
    self.explanation = explanation
  }
}

/// What was computed of a run.
package struct RunMeasures: Equatable, Sendable {
  package var columns: [MeasuredColumn]
  /// One a checkpoint, in the run's order; nil where nothing was computed.
  package var checkpoints: [CheckpointMeasures?]
  /// Median distance of a real sample to its nearest other; nil where nobody looked.
  package var typicalRealDistance: Double?
  /// Where the real samples lie that it was measured against; nil for the run's own.
  package var referencePath: String?

  package init(
    columns: [MeasuredColumn], checkpoints: [CheckpointMeasures?],
    typicalRealDistance: Double? = nil, referencePath: String? = nil
  ) {
    self.columns = columns
    self.checkpoints = checkpoints
    self.typicalRealDistance = typicalRealDistance
    self.referencePath = referencePath
  }

  /// With what was worked out since; of a name that both have, the newer value counts.
  package func joined(with newer: RunMeasures) -> RunMeasures {
    let names = Set(newer.columns.map(\.name))
    var all = newer
    all.columns = newer.columns + columns.filter { !names.contains($0.name) }
    for index in all.checkpoints.indices where checkpoints.indices.contains(index) {
      guard let earlier = checkpoints[index] else { continue }
      var one = all.checkpoints[index] ?? CheckpointMeasures()
      let known = Set(one.values.map(\.name))
      one.values += earlier.values.filter { !known.contains($0.name) }
      let kinds = Set(one.evidence.map(\.kind))
      one.evidence += earlier.evidence.filter { !kinds.contains($0.kind) }
      let profiled = Set(one.profiles.map(\.name))
      one.profiles += earlier.profiles.filter { !profiled.contains($0.name) }
      all.checkpoints[index] = one
    }
    all.typicalRealDistance = newer.typicalRealDistance ?? typicalRealDistance
    return all
  }

  /// Every remark once, with how many checkpoints it is of.
  package var remarks: [(text: String, count: Int)] {
    var order: [String] = []
    var counts: [String: Int] = [:]
    for remark in checkpoints.compactMap({ $0?.remarks }).joined() {
      if counts.updateValue((counts[remark] ?? 0) + 1, forKey: remark) == nil {
        order.append(remark)
      }
    }
    return order.map { ($0, counts[$0] ?? 0) }
  }
}

extension Run {
  /// Takes computed numbers in: columns behind those that were logged, in place of earlier computed ones.
  ///
  /// A name that the run logs itself stays the run's; the computed one is marked as such.
  package mutating func take(_ measures: RunMeasures) {
    // What people say stands last.
    let judged = columns.filter { $0.metric.origin == .judged }
    defer { columns += judged }
    columns.removeAll { $0.metric.origin == .computed || $0.metric.origin == .judged }
    let logged = Set(columns.map(\.metric.name))
    for column in measures.columns {
      let found = measures.checkpoints.map { one in
        one?.values.first { $0.name == column.name }
      }
      guard found.contains(where: { $0 != nil }) else { continue }
      columns.append(
        MetricColumn(
          metric: Metric(
            name: logged.contains(column.name)
              ? Self.nameOfComputed(besideLogged: column.name) : column.name,
            direction: column.direction, origin: .computed, explanation: column.explanation),
          values: found.map { $0?.value }, errors: found.map { $0?.standardError }))
    }
    self.measures = measures
  }

  /// Takes in what people judged, in place of what they judged before; columns without a value are left out.
  ///
  /// A name that the run logs itself stays the run's.
  package mutating func take(judged: [MetricColumn]) {
    columns.removeAll { $0.metric.origin == .judged }
    let known = Set(columns.map(\.metric.name))
    columns += judged.filter { column in
      column.values.count == checkpoints.count && !known.contains(column.metric.name)
        && column.values.contains { $0 != nil }
    }
  }

  /// The name of a computed column where the run logs one of its name.
  static func nameOfComputed(besideLogged name: String) -> String { "\(name) (computed)" }
}
