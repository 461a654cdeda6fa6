import ReviewCore

/// A step of 1, 2 or 5 times a power of ten, whose multiples are short decimals.
struct DecimalStep: Equatable, Sendable {
  let mantissa: Double
  let exponent: Int

  // Beyond it powers of ten are no numbers any more.
  private static let exponents = -300...300

  /// The one nearest to a positive length; nil for what is no such length.
  init?(about length: Double) {
    guard length.isFinite, length > 0 else { return nil }
    var exponent = Int((Double(length.exponent) * 0.301_03).rounded(.down))
    guard Self.exponents.contains(exponent) else { return nil }
    while length >= Self.decimal(10, exponent) { exponent += 1 }
    while length < Self.decimal(1, exponent) { exponent -= 1 }
    let share = length / Self.decimal(1, exponent)
    switch share {
    case ..<1.5: mantissa = 1
    case ..<3.5: mantissa = 2
    case ..<7.5: mantissa = 5
    default:
      mantissa = 1
      exponent += 1
    }
    self.exponent = exponent
  }

  /// The next multiple above a value, or below it.
  func multiple(after value: Double, isUp: Bool) -> Double {
    let place = value / Self.decimal(mantissa, exponent)
    // What is a multiple but for rounding is one.
    let next = isUp ? (place + 1e-9).rounded(.down) + 1 : (place - 1e-9).rounded(.up) - 1
    return Self.decimal(next * mantissa, exponent)
  }

  /// All multiples in a range, ascending; none where there are too many to be told apart.
  func multiples(in range: ClosedRange<Double>) -> [Double] {
    let unit = Self.decimal(mantissa, exponent)
    let first = (range.lowerBound / unit - 1e-9).rounded(.up)
    let last = (range.upperBound / unit + 1e-9).rounded(.down)
    guard last - first < 100, last >= first else { return [] }
    return (0...Int(last - first)).map { Self.decimal((first + Double($0)) * mantissa, exponent) }
  }

  /// A value of a stretch close to the end that is reached first: that end where it is part of the
  /// stretch, else as short a decimal as there is.
  func value(in stretch: ThresholdLine.Stretch, isUp: Bool) -> Double? {
    guard let near = isUp ? stretch.lower : stretch.upper else { return nil }
    if isUp ? stretch.includesLower : stretch.includesUpper { return near }
    func isInside(_ value: Double) -> Bool {
      let isAbove = stretch.lower.map { value > $0 || value == $0 && stretch.includesLower } ?? true
      let isBelow = stretch.upper.map { value < $0 || value == $0 && stretch.includesUpper } ?? true
      return isAbove && isBelow
    }
    // A digit less is worth two steps.
    let coarse = 2.001 * Self.decimal(mantissa, exponent)
    for places in -1..<20 where Self.exponents.contains(exponent - places) {
      let place = near / Self.decimal(1, exponent - places)
      // Beyond it neighbouring whole numbers are one.
      guard place.magnitude < 9e15 else { break }
      for step in 1...2 {
        let next = isUp ? place.rounded(.down) + Double(step) : place.rounded(.up) - Double(step)
        let value = Self.decimal(next, exponent - places)
        if isInside(value), places >= 0 || (value - near).magnitude <= coarse { return value }
      }
    }
    let next = isUp ? near.nextUp : near.nextDown
    return isInside(next) ? next : nil
  }

  /// A whole number times a power of ten, the nearest there is.
  private static func decimal(_ whole: Double, _ exponent: Int) -> Double {
    var power = 1.0
    for _ in 0..<abs(exponent) { power *= 10 }
    let value = exponent < 0 ? whole / power : whole * power
    return value == 0 ? 0 : value
  }
}
