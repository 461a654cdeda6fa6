import ReviewCore

extension AxisScale {
  /// At steps of 1, 2 or 5 times a power of ten, about as many as wanted.
  func ticks(wanted: Int) -> [Tick] {
    isLogarithmic ? logarithmicTicks(wanted: wanted) : linearTicks(wanted: wanted)
  }

  private func linearTicks(wanted: Int) -> [Tick] {
    let (low, high) = (range.lowerBound, range.upperBound)
    let rough = (high / 4 - low / 4) / Double(max(2, wanted)) * 4
    guard rough > 0, rough.isFinite else { return [] }
    var exponent = Int(Self.logarithm(rough).rounded(.down))
    let part = rough / Self.powerOfTen(exponent)
    var factor = 1.0
    if part > 7 {
      exponent += 1
    } else if part > 3.5 {
      factor = 5
    } else if part > 1.4 {
      factor = 2
    }
    let step = factor * Self.powerOfTen(exponent)
    guard step > 0, step.isFinite else { return [] }
    var ticks: [Tick] = []
    var count = (low / step).rounded(.up)
    while count * step <= high, ticks.count < 4 * wanted {
      let value = count * step
      // Far from zero a step may be less than a number can tell apart.
      if let last = ticks.last, last.value >= value { break }
      let tick = Tick(value: value, label: label(value, exponent: exponent))
      if ticks.last?.label != tick.label { ticks.append(tick) }
      count += 1
    }
    return ticks
  }

  private func label(_ value: Double, exponent: Int) -> String {
    if value == 0 { return "0" }
    let largest = max(range.lowerBound.magnitude, range.upperBound.magnitude)
    if exponent >= -4, largest < 10_000_000 {
      return NumberText.fixed(value, places: max(0, -exponent))
    }
    let digits = Int(Self.logarithm(value.magnitude).rounded(.down)) - exponent + 1
    return Self.short(NumberText.general(value, digits: min(15, max(1, digits))))
  }

  private func logarithmicTicks(wanted: Int) -> [Tick] {
    let first = Int(Self.logarithm(range.lowerBound).rounded(.up))
    let last = Int(Self.logarithm(range.upperBound).rounded(.down))
    let decades = last - first + 1
    func tick(_ value: Double) -> Tick {
      Tick(value: value, label: Self.short(NumberText.general(value, digits: 6)))
    }
    guard decades > 1 else { return linearTicks(wanted: wanted) }
    if decades * 3 <= wanted + 2 {
      return (first - 1...last + 1).flatMap { decade in
        [1, 2, 5].map { $0 * Self.powerOfTen(decade) }
      }.filter(range.contains).map(tick)
    }
    let stride = max(1, (decades + wanted - 1) / wanted)
    return (first...last).filter { $0 % stride == 0 }.map { tick(Self.powerOfTen($0)) }
  }

  /// `1e-05` as `1e-5`, `2e+06` as `2e6`.
  static func short(_ number: String) -> String {
    guard let place = number.firstIndex(of: "e") else { return number }
    let exponent = number[number.index(after: place)...]
    let digits = exponent.drop { $0 == "+" || $0 == "-" || $0 == "0" }
    return number[...place] + (exponent.hasPrefix("-") ? "-" : "") + (digits.isEmpty ? "0" : digits)
  }
}
