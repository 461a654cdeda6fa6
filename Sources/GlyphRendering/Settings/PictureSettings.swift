/// What decides the look of a rendered picture besides its pixels and its size.
package struct PictureSettings: Hashable, Sendable {
  package var glyphs: GlyphSet
  /// What ASCII looks like on the terminal.
  package var model: GlyphModel
  package var color: ColorDepth
  package var background: CellBackground
  package var quality: RenderQuality
  package var texture: Texture
  /// Above 1 lightens the middle grays; must be above 0, anything else counts as 1.
  package var gamma: Double
  /// The slope about middle gray; must be finite and at least 0, anything else counts as 1.
  package var contrast: Double
  package var isInverted: Bool
  /// Whether the terminal shows dark ink on a light ground.
  package var isLightBackground: Bool

  package init(
    glyphs: GlyphSet = .ascii, model: GlyphModel = .neutral, color: ColorDepth = .none,
    background: CellBackground = .none,
    quality: RenderQuality = .best,
    texture: Texture = .near, gamma: Double = 1, contrast: Double = 1,
    isInverted: Bool = false, isLightBackground: Bool = false
  ) {
    self.glyphs = glyphs
    self.model = model
    self.color = color
    self.background = background
    self.quality = quality
    self.texture = texture
    self.gamma = gamma
    self.contrast = contrast
    self.isInverted = isInverted
    self.isLightBackground = isLightBackground
  }

  /// Takes a renderer's characters and colours; the tone stays.
  package mutating func take(_ renderer: Renderer) {
    glyphs = renderer.glyphs
    color = renderer.color
    background = renderer.background
  }

  /// The renderer that these are of; nil for a mix that none is.
  package var renderer: Renderer? {
    Renderer.all.first {
      $0.glyphs == glyphs && $0.color == color && $0.background == background
    }
  }
}
