import ReviewCore

/// From the values of an axis to places along it.
struct AxisScale {
  /// A value with a label and a line of the grid.
  struct Tick: Equatable {
    let value: Double
    let label: String
  }

  let range: ClosedRange<Double>
  let isLogarithmic: Bool
  /// Where the lowest value of the range is; for y that is below, and the larger number.
  var start = 0.0
  var end = 1.0

  init(_ range: ClosedRange<Double>, isLogarithmic: Bool = false) {
    self.range = range
    self.isLogarithmic = isLogarithmic && range.lowerBound > 0
  }

  /// Nil for what has no place: not finite, or not positive on a logarithmic scale.
  func place(_ value: Double) -> Double? {
    guard value.isFinite, !isLogarithmic || value > 0 else { return nil }
    return start + share(value) * (end - start)
  }

  /// As `place`, at the nearer end for what lies outside; for areas without end.
  func clamped(_ value: Double) -> Double {
    if value.isNaN { return start }
    return start + min(1, max(0, share(value))) * (end - start)
  }

  private func share(_ value: Double) -> Double {
    if value == .infinity { return 1 }
    if value == -.infinity { return 0 }
    let (low, high) = (range.lowerBound, range.upperBound)
    if isLogarithmic {
      guard value > 0 else { return 0 }
      let (first, last) = (Self.logarithm(low), Self.logarithm(high))
      return (Self.logarithm(value) - first) / (last - first)
    }
    // Quartered first: two finite values may lie farther apart than a number can say.
    return (value / 4 - low / 4) / (high / 4 - low / 4)
  }

  /// To base 10, of a positive finite number; by its exponent and a series for the rest.
  ///
  /// The error stays under 1e-9: a thousandth of a pixel would take a millionth.
  static func logarithm(_ value: Double) -> Double {
    let scaled = value.isNormal ? value : value * 0x1p54
    let exponent = Double(scaled.exponent) - (value.isNormal ? 0 : 54)
    let y = (scaled.significand - 1) / (scaled.significand + 1)
    var (sum, power) = (0.0, y)
    for odd in stride(from: 1.0, through: 17, by: 2) {
      sum += power / odd
      power *= y * y
    }
    // log10(2), and 2 / ln(10).
    return exponent * 0.301_029_995_663_981_2 + sum * 0.868_588_963_806_503_6
  }

  /// Ten to a power, as exactly as a number can be.
  static func powerOfTen(_ exponent: Int) -> Double { Double("1e\(exponent)") ?? 0 }
}
