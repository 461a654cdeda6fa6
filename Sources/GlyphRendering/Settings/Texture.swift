/// What even areas of a picture become: as near as glyphs come, or calm.
package enum Texture: String, CaseIterable, Sendable {
  case near, smooth

  /// The part of a cell's error that a change of its glyph must save to be made where it is smooth.
  ///
  /// Neighbours of like tone then keep the glyph of the one pass, which is the same for both.
  static let inertia: Float = 0.15
}
