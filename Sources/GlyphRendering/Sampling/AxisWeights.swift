/// How the source pixels along one axis mix into output samples, in fixed point of `Light.bits`.
///
/// Shrinking takes exact areas and growing Catmull-Rom, so equal sizes pass pixels through as
/// they are; the weights of one sample add up to exactly one wherever the picture fills it.
struct AxisWeights: Sendable {
  /// How many source pixels there are.
  let source: Int
  /// The first source pixel of each sample.
  private var starts: [Int] = []
  /// Where the weights of each sample begin in `weights`, and the end of the last.
  private var bounds: [Int] = [0]
  private var weights: [Int32] = []

  /// How many samples there are.
  var count: Int { starts.count }

  /// Weights of `outputs` even samples over `source` pixels; both at least 1.
  init(source: Int, outputs: Int) {
    self.source = source
    for output in 0..<outputs {
      append(
        outputs > source
          ? AxisWeights.cubic(source: source, outputs: outputs, output: output)
          : AxisWeights.area(source: source, outputs: outputs, output: output))
    }
  }

  /// Weights of the viewing blur over `pixels` px, a multiple of 4: one sample for 4 px, with
  /// `CellGeometry.pad` more beyond each end.
  init(viewing pixels: Int) {
    source = pixels
    let kernel = ViewingBlur.kernel
    for sample in -CellGeometry.pad..<pixels / 4 + CellGeometry.pad {
      let first = sample * 4 - ViewingBlur.reach
      let used = max(0, first)..<min(pixels, first + kernel.count)
      append((used.lowerBound, used.map { kernel[$0 - first] }))
    }
  }

  /// Whether every sample is one pixel as it is.
  var isIdentity: Bool { count == source && weights.count == count }

  /// Weights made before; a few sizes are wanted again and again.
  static func shared(source: Int, outputs: Int) -> AxisWeights {
    WeightCache.shared.weights(WeightCache.Key(source: source, outputs: outputs)) {
      AxisWeights(source: source, outputs: outputs)
    }
  }

  /// The same for a view.
  static func shared(viewing pixels: Int) -> AxisWeights {
    WeightCache.shared.weights(WeightCache.Key(source: pixels, outputs: 0)) {
      AxisWeights(viewing: pixels)
    }
  }

  /// Mixes rows of `source` values into rows of `count`.
  func mixColumns(_ values: [Int32]) -> [Int32] {
    let rows = values.count / source
    return [Int32](unsafeUninitializedCapacity: rows * count) { output, filled in
      values.withUnsafeBufferPointer { values in
        for row in 0..<rows {
          mix(
            UnsafeBufferPointer(rebasing: values[row * source..<(row + 1) * source]), into: output,
            at: row * count)
        }
      }
      filled = rows * count
    }
  }

  /// Mixes one line of `source` values into `count` samples of `output` from `place` on.
  private func mix(
    _ line: UnsafeBufferPointer<Int32>, into output: UnsafeMutableBufferPointer<Int32>,
    at place: Int
  ) {
    weights.withUnsafeBufferPointer { weights in
      starts.withUnsafeBufferPointer { starts in
        bounds.withUnsafeBufferPointer { bounds in
          for sample in 0..<starts.count {
            var sum = Light.one / 2
            var pixel = starts[sample]
            for tap in bounds[sample]..<bounds[sample &+ 1] {
              sum &+= weights[tap] &* line[pixel]
              pixel &+= 1
            }
            output[place &+ sample] = sum >> Light.bits
          }
        }
      }
    }
  }

  /// Mixes `source` rows of `width` values into `count` rows.
  func mixRows(_ rows: [Int32], width: Int) -> [Int32] {
    precondition(rows.count == source * width)
    var output = [Int32](repeating: Light.one / 2, count: count * width)
    output.withUnsafeMutableBufferPointer { output in
      rows.withUnsafeBufferPointer { rows in
        for sample in 0..<count {
          let out = sample * width
          for tap in bounds[sample]..<bounds[sample + 1] {
            let weight = weights[tap]
            let row = (starts[sample] + tap - bounds[sample]) * width
            for column in 0..<width { output[out &+ column] &+= weight &* rows[row &+ column] }
          }
          for column in 0..<width { output[out &+ column] >>= Light.bits }
        }
      }
    }
    return output
  }

  private mutating func append(_ mix: (start: Int, weights: [Double])) {
    let one = Double(Light.one)
    var rounded = mix.weights.map { Int32(($0 * one).rounded()) }
    let total = Int32((mix.weights.reduce(0, +) * one).rounded())
    if let heaviest = rounded.indices.max(by: { rounded[$0] < rounded[$1] }) {
      rounded[heaviest] += total - rounded.reduce(0, +)
    }
    starts.append(mix.start)
    weights += rounded
    bounds.append(weights.count)
  }

  /// The source pixels that one output covers and their weights, which add up to 1.
  private static func area(
    source: Int, outputs: Int, output: Int
  ) -> (start: Int, weights: [Double]) {
    // In units of 1 / outputs of a source pixel all edges are whole numbers.
    let low = output * source
    let high = low + source
    let start = low / outputs
    let end = (high + outputs - 1) / outputs
    let weights = (start..<end).map { pixel in
      Double(min(high, (pixel + 1) * outputs) - max(low, pixel * outputs)) / Double(source)
    }
    return (start, weights)
  }

  /// The source pixels about the middle of one output and their weights, which add up to 1.
  private static func cubic(
    source: Int, outputs: Int, output: Int
  ) -> (start: Int, weights: [Double]) {
    let centre = (Double(output) + 0.5) * Double(source) / Double(outputs) - 0.5
    let nearest = Int(centre.rounded(.down))
    let used = max(0, nearest - 1)...min(source - 1, nearest + 2)
    let raw = used.map { catmullRom((Double($0) - centre).magnitude) }
    let total = raw.reduce(0, +)
    return (used.lowerBound, raw.map { $0 / total })
  }

  /// The cubic convolution kernel of Keys (1981) with a = -1/2.
  private static func catmullRom(_ distance: Double) -> Double {
    if distance < 1 { return (1.5 * distance - 2.5) * distance * distance + 1 }
    if distance < 2 { return ((2.5 - 0.5 * distance) * distance - 4) * distance + 2 }
    return 0
  }
}
