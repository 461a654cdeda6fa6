/// How the pictures of a trial look: what people judge is a rendering, and not the numbers behind it.
///
/// Frozen while a block lasts; answers to different renderings are never counted together.
package struct TrialRendering: Hashable, Sendable {
  /// The renderer's characters, such as `quadrant`.
  package let glyphs: String
  /// What ASCII is taken to look like.
  package let model: String
  /// Depth of colour: `none`, `16`, `256`, `full`.
  package let color: String
  /// `none` or `gray`.
  package let background: String
  package let texture: String
  /// Cells of one picture.
  package let columns: Int
  package let rows: Int
  package let gamma: Double
  package let contrast: Double
  package let isInverted: Bool
  package let isLightBackground: Bool
  /// How many pictures stand on a side.
  package let pictures: Int

  package init(
    glyphs: String, model: String, color: String, background: String, texture: String,
    columns: Int, rows: Int, gamma: Double, contrast: Double, isInverted: Bool,
    isLightBackground: Bool, pictures: Int = 1
  ) {
    self.glyphs = glyphs
    self.model = model
    self.color = color
    self.background = background
    self.texture = texture
    self.columns = columns
    self.rows = rows
    self.gamma = gamma
    self.contrast = contrast
    self.isInverted = isInverted
    self.isLightBackground = isLightBackground
    self.pictures = pictures
  }

  /// `4 of 28x14 cells, quadrant, color 256, gamma 1.2, inverted, on dark`.
  package var words: String {
    var parts = ["\(pictures > 1 ? "\(pictures) of " : "")\(columns)x\(rows) cells", glyphs]
    if glyphs == "ascii" { parts[1] += " (\(model))" }
    parts.append(color == "none" ? "no colour" : "\(color) colours")
    if background != "none" { parts.append("ground \(background)") }
    if gamma != 1 { parts.append("gamma \(NumberText.shortest(gamma))") }
    if contrast != 1 { parts.append("contrast \(NumberText.shortest(contrast))") }
    if isInverted { parts.append("inverted") }
    parts.append(isLightBackground ? "on light" : "on dark")
    return parts.joined(separator: ", ")
  }
}
