package import ReviewCore

/// Turns signed pictures into grids of characters in which nothing, more and less are told apart
/// without colour.
///
/// Where cells have gray of their own the zero is middle gray, and brighter is white (inverted: black). Elsewhere each cell says its mean in one
/// sign: `.` alike, `+ * # @` brighter, `- = o O` darker, the more the further along.
package struct DifferenceRenderer: Sendable {
  package let settings: PictureSettings
  private let grays: GlyphRenderer

  /// Signs of growing strength, and the least difference of each, in grays of 255.
  package static let brighter: [Unicode.Scalar] = ["+", "*", "#", "@"]
  package static let darker: [Unicode.Scalar] = ["-", "=", "o", "O"]
  package static let alike: Unicode.Scalar = "."
  private static let steps: [Double] = [10, 48, 104, 168]

  package init(_ settings: PictureSettings) {
    self.settings = settings
    var settings = settings
    // It would move the zero.
    settings.gamma = 1
    grays = GlyphRenderer(settings)
  }

  /// Whether cells show signs rather than grays.
  ///
  /// Letters of gray on gray have no even middle.
  package var isInSigns: Bool {
    settings.color == .none || settings.background == .none || settings.glyphs == .ascii
  }

  /// The picture stretched to fill `columns` x `rows` cells exactly; a picture without pixels is blank.
  package func render(_ image: SignedImage, columns: Int, rows: Int) -> GlyphGrid {
    guard isInSigns else { return grays.render(image.grays, columns: columns, rows: rows) }
    guard columns > 0, rows > 0 else { return GlyphGrid(width: 0, height: 0, cells: []) }
    guard image.width > 0, image.height > 0 else {
      let blank = [GlyphCell](repeating: GlyphCell(scalar: " "), count: columns * rows)
      return GlyphGrid(width: columns, height: rows, cells: blank)
    }
    // In sixteenths, which the fixed point of the weights leaves room for.
    let across = AxisWeights.shared(source: image.width, outputs: columns)
    let down = AxisWeights.shared(source: image.height, outputs: rows)
    let narrow = across.mixColumns(image.values.map { Int32($0) * 16 })
    let means = down.mixRows(narrow, width: columns)
    let contrast =
      settings.contrast >= 0 && settings.contrast.isFinite ? settings.contrast : 1
    return GlyphGrid(
      width: columns, height: rows,
      cells: means.map { GlyphCell(scalar: Self.sign(of: Double($0) / 16 * contrast)) })
  }

  private static func sign(of difference: Double) -> Unicode.Scalar {
    guard let strength = steps.lastIndex(where: { difference.magnitude >= $0 }) else {
      return alike
    }
    return difference > 0 ? brighter[strength] : darker[strength]
  }
}
