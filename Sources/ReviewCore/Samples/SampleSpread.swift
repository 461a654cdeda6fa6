/// What the samples of one checkpoint have in common, pixel by pixel, and how far they differ.
///
/// A collapsed checkpoint shows one sharp mean and a black deviation.
package struct SampleSpread: Equatable, Sendable {
  /// The mean gray of each pixel over all samples, rounded.
  package let mean: GrayImage
  /// The standard deviation of each pixel over all samples (of the samples as they are, divisor n),
  /// doubled and rounded, so that 255 is the most there can be.
  package let deviation: GrayImage
  /// The root of the mean variance of all pixels, in parts of the full range: 0...0.5.
  package let meanDeviation: Double
  /// How many samples it is of: those that could be read.
  package let count: Int

  /// Of at least one sample; nil where none could be read, or for pictures without pixels.
  ///
  /// - Parameter isLeftOut: seeds that it is not of.
  package init?(_ set: SampleSet, isLeftOut: (Int) -> Bool = { _ in false }) {
    let size = set.width * set.height
    let places = (0..<set.count).filter { place in
      set.failures[place] == nil
        && !(set.indices.indices.contains(place) && isLeftOut(set.indices[place]))
    }
    guard !places.isEmpty, size > 0 else { return nil }
    var sums = [Int](repeating: 0, count: size)
    var squares = [Int](repeating: 0, count: size)
    set.pixels.withUnsafeBufferPointer { pixels in
      for sample in places {
        for place in 0..<size {
          let value = Int(pixels[sample * size + place])
          sums[place] += value
          squares[place] += value * value
        }
      }
    }
    let count = places.count
    self.count = count
    mean = GrayImage(
      width: set.width, height: set.height,
      pixels: sums.map { UInt8((2 * $0 + count) / (2 * count)) })
    // n^2 times the variance, exact: 255^2 * n^2 stays far below the limit.
    let spreads = zip(sums, squares).map { count * $1 - $0 * $0 }
    deviation = GrayImage(
      width: set.width, height: set.height,
      pixels: spreads.map {
        UInt8(min(255, (2 * Double($0).squareRoot() / Double(count)).rounded()))
      })
    let total = spreads.reduce(0.0) { $0 + Double($1) }
    meanDeviation = (total / Double(size)).squareRoot() / Double(count) / 255
  }
}
