/// Local means of a field of samples under a Gaussian window of sigma 1.5 samples, cut at 5.
struct Soft {
  let width: Int
  let height: Int

  static let reach = 5
  /// exp(-d * d / 4.5), normalised over -5...5.
  static let kernel: [Float] = {
    let raw = (-reach...reach).map { distance in
      (0..<distance * distance).reduce(1.0) { product, _ in product * 0.80073740291680806 }
    }
    let total = raw.reduce(0, +)
    return raw.map { Float($0 / total) }
  }()

  /// The window's weight at a distance; 0 beyond its reach.
  static func weight(_ distance: Int) -> Float {
    distance.magnitude <= reach ? kernel[distance + reach] : 0
  }

  /// Weights of a footprint's sample columns in the eight columns of coarse means about it.
  static let across = PermanentTable(
    (0..<CellGeometry.footprintColumns * CellGeometry.meanColumns).map { place in
      weight(
        place / CellGeometry.meanColumns - CellGeometry.pad
          - 2 * (place % CellGeometry.meanColumns - CellGeometry.meanPad))
    })

  /// Weights of a footprint's sample rows in the nine rows of coarse means about it.
  static let down = PermanentTable(
    (0..<CellGeometry.meanRows * CellGeometry.footprintRows).map { place in
      weight(
        place % CellGeometry.footprintRows - CellGeometry.pad
          - 2 * (place / CellGeometry.footprintRows - CellGeometry.meanPad))
    })

  /// Means at every sample; near an edge the part of the window inside counts as all of it.
  func of(_ values: [Float]) -> [Float] {
    var across = values
    var result = values
    values.withUnsafeBufferPointer { values in
      across.withUnsafeMutableBufferPointer { across in
        result.withUnsafeMutableBufferPointer { result in
          for line in 0..<height {
            let row = line * width
            for column in 0..<width {
              let low = max(0, column - Self.reach)
              let high = min(width - 1, column + Self.reach)
              var sum: Float = 0
              var total: Float = 0
              for place in low...high {
                let weight = Self.kernel[place - column + Self.reach]
                sum += weight * values[row + place]
                total += weight
              }
              across[row + column] = sum / total
            }
          }
          for line in 0..<height {
            let low = max(0, line - Self.reach)
            let high = min(height - 1, line + Self.reach)
            var total: Float = 0
            for place in low...high { total += Self.kernel[place - line + Self.reach] }
            let row = line * width
            for column in 0..<width { result[row + column] = 0 }
            for place in low...high {
              let weight = Self.kernel[place - line + Self.reach] / total
              for column in 0..<width {
                result[row + column] += weight * across[place * width + column]
              }
            }
          }
        }
      }
    }
    return result
  }
}
