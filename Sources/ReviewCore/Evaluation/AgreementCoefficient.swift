/// How far reviewers agree, as a number with its 95% interval.
package struct AgreementCoefficient: Equatable, Sendable {
  /// Nil where it is not defined.
  package let value: Double?
  /// Nil where it is not known.
  package let interval: ClosedRange<Double>?
  /// Why there is no value, or no interval; nil where both are there.
  package let remark: String?

  package init(_ value: Double?, interval: ClosedRange<Double>? = nil, remark: String? = nil) {
    self.value = value
    self.interval = value == nil ? nil : interval
    self.remark = remark
  }

  /// `0.62 (0.21 to 0.91)`; `0.62` without an interval, `-` without a value.
  package var text: String {
    guard let value else { return "-" }
    func text(_ value: Double) -> String { NumberText.fixed(value, places: 2) }
    return text(value)
      + (interval.map { " (\(text($0.lowerBound)) to \(text($0.upperBound)))" } ?? "")
  }
}
