/// The characters a picture may be made of.
package enum GlyphSet: String, CaseIterable, Sendable {
  case ascii, half, quadrant, sextant, octant, braille
  /// The set that measured best at the colour depth among those that common fonts have.
  case best

  /// The set that `best` stands for; any other is itself.
  ///
  /// Without colour that is braille (structural similarity to small pictures at 14 x 7 cells
  /// 0.972, quadrants 0.956), with grays quadrants, and eighths of a cell beside them (0.997, halves
  /// 0.986). Sextants and octants reach more, but too few fonts have them.
  func resolved(_ color: ColorDepth) -> GlyphSet {
    guard self == .best else { return self }
    return color == .none ? .braille : .quadrant
  }
}
