/// One gray picture of 8 bits a pixel, row by row.
package struct GrayImage: Equatable, Sendable {
  package let width: Int
  package let height: Int
  /// `width * height` values, 0 black, 255 white.
  package let pixels: [UInt8]

  package init(width: Int, height: Int, pixels: [UInt8]) {
    precondition(width >= 0 && height >= 0 && pixels.count == width * height)
    self.width = width
    self.height = height
    self.pixels = pixels
  }
}
