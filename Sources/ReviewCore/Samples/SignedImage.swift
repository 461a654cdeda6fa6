/// One gray picture less another of the same size, row by row.
package struct SignedImage: Equatable, Sendable {
  package let width: Int
  package let height: Int
  /// `width * height` differences, -255...255; above 0 where the first is brighter.
  package let values: [Int16]

  package init(width: Int, height: Int, values: [Int16]) {
    precondition(width >= 0 && height >= 0 && values.count == width * height)
    self.width = width
    self.height = height
    self.values = values
  }

  /// `image` less `other`; nil where their sizes differ.
  package init?(_ image: GrayImage, minus other: GrayImage) {
    guard image.width == other.width, image.height == other.height else { return nil }
    self.init(
      width: image.width, height: image.height,
      values: zip(image.pixels, other.pixels).map { Int16($0) - Int16($1) })
  }

  /// The difference as grays: 128 where the two are alike, half a step brighter or darker a step.
  package var grays: GrayImage {
    GrayImage(
      width: width, height: height,
      pixels: values.map { UInt8(min(255, max(0, (256 + Int($0) + ($0 < 0 ? 0 : 1)) / 2))) })
  }
}
