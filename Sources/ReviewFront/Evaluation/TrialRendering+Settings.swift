package import GlyphRendering
package import ReviewCore

extension TrialRendering {
  /// What pictures of these settings look like at a size.
  package init(_ settings: PictureSettings, columns: Int, rows: Int, pictures: Int = 1) {
    self.init(
      glyphs: settings.glyphs.rawValue, model: settings.model.name, color: settings.color.rawValue,
      background: settings.background.rawValue, texture: settings.texture.rawValue,
      columns: columns, rows: rows, gamma: settings.gamma, contrast: settings.contrast,
      isInverted: settings.isInverted, isLightBackground: settings.isLightBackground,
      pictures: pictures)
  }

  /// The settings again, of the best quality.
  ///
  /// - Parameter models: what ASCII may look like here.
  /// - Returns: nil for what this program cannot draw, or not in the look it was begun in.
  package func settings(models: [GlyphModel]) -> PictureSettings? {
    guard let glyphs = GlyphSet(rawValue: glyphs), let color = ColorDepth(rawValue: color),
      let background = CellBackground(rawValue: background),
      let texture = Texture(rawValue: texture),
      let model = models.first(where: { $0.name == model })
    else { return nil }
    return PictureSettings(
      glyphs: glyphs, model: model, color: color, background: background, quality: .best,
      texture: texture, gamma: gamma, contrast: contrast, isInverted: isInverted,
      isLightBackground: isLightBackground)
  }
}
