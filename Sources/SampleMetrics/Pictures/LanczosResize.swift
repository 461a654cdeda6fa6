import Glibc

/// Makes 8-bit pictures smaller or larger as Pillow does: Lanczos of three lobes, in fixed point, first across,
/// then down, each rounded to 8 bits.
enum LanczosResize {
  private struct Weights {
    let first: Int
    let values: [Int32]
  }

  // Of a weight, below the point.
  private static let bits = 22

  static func resized(
    _ pixels: ArraySlice<UInt8>, width: Int, height: Int, to wide: Int, _ tall: Int
  ) -> [UInt8] {
    let source = Array(pixels)
    let across = weights(from: width, to: wide)
    var middle = [UInt8](repeating: 0, count: wide * height)
    for y in 0..<height {
      for x in 0..<wide {
        middle[y * wide + x] = sum(across[x]) { source[y * width + $0] }
      }
    }
    let down = weights(from: height, to: tall)
    var result = [UInt8](repeating: 0, count: wide * tall)
    for y in 0..<tall {
      for x in 0..<wide { result[y * wide + x] = sum(down[y]) { middle[$0 * wide + x] } }
    }
    return result
  }

  private static func sum(_ weights: Weights, _ value: (Int) -> UInt8) -> UInt8 {
    var sum = Int32(1) << (bits - 1)
    for (step, weight) in weights.values.enumerated() {
      sum &+= weight &* Int32(value(weights.first + step))
    }
    return UInt8(max(0, min(255, sum >> Int32(bits))))
  }

  private static func weights(from size: Int, to wanted: Int) -> [Weights] {
    let scale = Double(size) / Double(wanted)
    let stretch = max(1, scale)
    let reach = 3 * stretch
    return (0..<wanted).map { place in
      let centre = (Double(place) + 0.5) * scale
      let first = max(0, Int(centre - reach + 0.5))
      let end = min(size, Int(centre + reach + 0.5))
      let values = (first..<end).map {
        lanczos((Double($0) - centre + 0.5) / stretch)
      }
      let total = values.reduce(0, +)
      let fixed = values.map { value -> Int32 in
        let scaled = (total != 0 ? value / total : value) * Double(1 << bits)
        return Int32(scaled < 0 ? scaled - 0.5 : scaled + 0.5)
      }
      return Weights(first: first, values: fixed)
    }
  }

  private static func lanczos(_ x: Double) -> Double {
    func sinc(_ x: Double) -> Double { x == 0 ? 1 : sin(x * .pi) / (x * .pi) }
    return x >= -3 && x < 3 ? sinc(x) * sinc(x / 3) : 0
  }
}
