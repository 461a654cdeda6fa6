/// The decoded samples of one checkpoint, all of one size.
package struct SampleSet: Equatable, Sendable {
  package let width: Int
  package let height: Int
  /// The seed index of each sample, ascending.
  package let indices: [Int]
  /// `count * height * width` gray values, sample after sample.
  package let pixels: [UInt8]
  /// Why the samples at some places could not be read; their pixels are black and mean nothing.
  package let failures: [Int: RunWarning]

  package init(
    width: Int, height: Int, indices: [Int], pixels: [UInt8], failures: [Int: RunWarning] = [:]
  ) {
    precondition(pixels.count == width * height * indices.count)
    self.width = width
    self.height = height
    self.indices = indices
    self.pixels = pixels
    self.failures = failures
  }

  package var count: Int { indices.count }

  /// The picture at a place in the set, not of a seed index.
  package func image(at place: Int) -> GrayImage {
    let size = width * height
    return GrayImage(
      width: width, height: height, pixels: Array(pixels[place * size..<(place + 1) * size]))
  }

  /// The picture of a seed index; nil when the set has none.
  package func image(ofSeed index: Int) -> GrayImage? {
    place(ofSeed: index).map(image(at:))
  }

  package func place(ofSeed index: Int) -> Int? {
    if index >= 0, index < indices.count, indices[index] == index { return index }
    return indices.firstIndex(of: index)
  }
}
