/// The characters of one glyph set with their ink in a cell of 8 x 16 px.
struct Alphabet: Sendable {
  let scalars: [Unicode.Scalar]
  /// Coverage in fifteenths, 128 values a glyph, row by row; the ink is the mean of all faces.
  let faces: [[UInt8]]
  /// Whether it is of dots, which never fill a cell.
  let isDotted: Bool

  var count: Int { scalars.count }

  /// Printable ASCII as a model says it looks.
  init(_ model: GlyphModel) {
    self.init(
      scalars: GlyphFace.codes.compactMap(Unicode.Scalar.init), faces: model.faces.map(\.coverage),
      isDotted: false)
  }

  /// The masks of a block set; dots are drawn 2 px wide in the middle of their 4 px.
  init(_ blocks: BlockSet) {
    let masks = 0..<1 << blocks.bits
    let coverage = masks.flatMap { mask in
      (0..<CellGeometry.height * CellGeometry.width).map { pixel in
        blocks.coverage(
          of: mask, x: pixel % CellGeometry.width, y: pixel / CellGeometry.width)
      }
    }
    self.init(
      scalars: masks.map(blocks.scalar(of:)), faces: [coverage], isDotted: blocks.isDotted)
  }

  /// The quadrants, and the eighths of a cell from below and from the left that Unicode has beside them.
  static let quadrantsAndEighths: Alphabet = {
    let quadrants = Alphabet(.quadrant)
    let pixels = 0..<CellGeometry.width * CellGeometry.height
    let lower: [(Unicode.Scalar, [UInt8])] = zip("▁▂▃▅▆▇".unicodeScalars, [1, 2, 3, 5, 6, 7]).map {
      scalar, eighths in
      (scalar, pixels.map { $0 / CellGeometry.width >= CellGeometry.height - 2 * eighths ? 15 : 0 })
    }
    let left: [(Unicode.Scalar, [UInt8])] = zip("▏▎▍▋▊▉".unicodeScalars, [1, 2, 3, 5, 6, 7]).map {
      scalar, eighths in
      (scalar, pixels.map { $0 % CellGeometry.width < eighths ? 15 : 0 })
    }
    return Alphabet(
      scalars: quadrants.scalars + (lower + left).map(\.0),
      faces: [quadrants.faces[0] + (lower + left).flatMap(\.1)], isDotted: false)
  }()

  private init(scalars: [Unicode.Scalar], faces: [[UInt8]], isDotted: Bool) {
    let size = scalars.count * CellGeometry.width * CellGeometry.height
    precondition(!faces.isEmpty && faces.allSatisfy { $0.count == size })
    self.scalars = scalars
    self.faces = faces
    self.isDotted = isDotted
  }

  /// The mean over all faces of `curve` of a glyph's coverage, 128 values row by row.
  func ink(of glyph: Int, curve: (UInt8) -> Double) -> [Double] {
    let pixels = CellGeometry.width * CellGeometry.height
    let light = (0...15).map(curve)
    return (glyph * pixels..<(glyph + 1) * pixels).map { pixel -> Double in
      var sum = 0.0
      for face in faces { sum += light[Int(face[pixel])] }
      return sum / Double(faces.count)
    }
  }

  /// A glyph's mean coverage in its 2 x 4 parts, after `curve` of the fifteenths.
  func parts(of glyph: Int, curve: (UInt8) -> Double = { Double($0) / 15 }) -> [Double] {
    let ink = ink(of: glyph, curve: curve)
    return (0..<CellGeometry.columns * CellGeometry.rows).map { part -> Double in
      let corner = part / 2 * 4 * CellGeometry.width + part % 2 * 4
      var sum = 0.0
      for pixel in 0..<16 { sum += ink[corner + pixel / 4 * CellGeometry.width + pixel % 4] }
      return sum / 16
    }
  }

  /// Values of 2 x 4 parts softened as `LightField.softTones` does, among cells of their like.
  static func softened(_ parts: [Double]) -> [Double] {
    let across: [Double] = parts.indices.map { (10 * parts[$0] + 6 * parts[$0 ^ 1]) / 16 }
    return parts.indices.map { part in
      let besides: Double = across[(part + 6) % 8] + across[(part + 2) % 8]
      return (10 * across[part] + 3 * besides) / 16
    }
  }
}
