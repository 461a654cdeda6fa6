/// What a metric says of one set of samples.
package struct MetricAnswer: Equatable, Sendable {
  /// By name, in the order of the metric's card.
  package var values: [(name: String, value: MetricNumber)]
  /// What weakens the numbers, one sentence each, without a full stop.
  package var remarks: [String] = []

  package init(_ values: [(name: String, value: MetricNumber)], remarks: [String] = []) {
    self.values = values
    self.remarks = remarks
  }

  package subscript(name: String) -> MetricNumber? { values.first { $0.name == name }?.value }

  /// A single number of this name.
  package func number(_ name: String) -> Double? { self[name]?.number }

  package static func == (left: MetricAnswer, right: MetricAnswer) -> Bool {
    left.remarks == right.remarks && left.values.map(\.name) == right.values.map(\.name)
      && left.values.map(\.value) == right.values.map(\.value)
  }
}

/// One number of a metric, or a list of them, one a sample.
package enum MetricNumber: Equatable, Sendable {
  case number(Double)
  case whole(Int)
  case flag(Bool)
  case numbers([Double])
  case wholes([Int])
  case texts([String])
  /// It has no value, and why.
  case undefined(String)

  package var number: Double? {
    switch self {
    case .number(let value): return value
    case .whole(let value): return Double(value)
    default: return nil
    }
  }
}
