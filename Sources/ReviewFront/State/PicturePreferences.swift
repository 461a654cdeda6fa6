package import GlyphRendering

/// How a reviewer wants pictures at the start, and after `=`.
package struct PicturePreferences: Equatable, Sendable {
  package var renderer = Renderer.usual
  package var model = GlyphModel.neutral
  package var texture = Texture.near
  /// Above 1 lightens the middle grays.
  package var gamma = 1.0
  package var contrast = 1.0
  /// How wide a cell of the terminal is for its height.
  package var cellAspect = 0.5
  /// Sets beyond those of common fonts that the terminal's font has.
  package var fontHas: Set<GlyphSet> = []

  package init() {}
}
