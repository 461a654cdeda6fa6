/// The characters of one glyph set with their ink in a cell of 8 x 16 px.
struct Alphabet: Sendable {
  let scalars: [Unicode.Scalar]
  /// Coverage in fifteenths, 128 values a glyph, row by row.
  let coverage: [UInt8]
  /// Whether it is of dots, which never fill a cell.
  let isDotted: Bool

  var count: Int { scalars.count }

  static let ascii = Alphabet(
    scalars: (0x20...0x7E).map { Unicode.Scalar($0) },
    coverage: AsciiCoverage.hexDigits.withUTF8Buffer { digits in
      digits.compactMap { digit in
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        default: nil
        }
      }
    }, isDotted: false)

  private init(scalars: [Unicode.Scalar], coverage: [UInt8], isDotted: Bool) {
    precondition(coverage.count == scalars.count * CellGeometry.width * CellGeometry.height)
    self.scalars = scalars
    self.coverage = coverage
    self.isDotted = isDotted
  }

  /// The masks of a block set; dots are drawn 2 px wide in the middle of their 4 px.
  init(_ blocks: BlockSet) {
    let masks = 0..<1 << blocks.bits
    self.init(
      scalars: masks.map(blocks.scalar(of:)),
      coverage: masks.flatMap { mask in
        (0..<CellGeometry.height * CellGeometry.width).map { pixel in
          blocks.coverage(
            of: mask, x: pixel % CellGeometry.width, y: pixel / CellGeometry.width)
        }
      }, isDotted: blocks.isDotted)
  }

  /// A glyph's mean coverage in its 2 x 4 parts, after `curve` of the fifteenths.
  func parts(of glyph: Int, curve: (UInt8) -> Double = { Double($0) / 15 }) -> [Double] {
    (0..<CellGeometry.columns * CellGeometry.rows).map { part in
      let row = glyph * CellGeometry.height + part / 2 * 4
      let corner = row * CellGeometry.width + part % 2 * 4
      return (0..<16).reduce(0.0) { sum, pixel in
        sum + curve(coverage[corner + pixel / 4 * CellGeometry.width + pixel % 4])
      } / 16
    }
  }

  /// Values of 2 x 4 parts softened as `LightField.softTones` does, among cells of their like.
  static func softened(_ parts: [Double]) -> [Double] {
    let across = parts.indices.map { (10 * parts[$0] + 6 * parts[$0 ^ 1]) / 16 }
    return parts.indices.map { (10 * across[$0] + 3 * (across[($0 + 6) % 8] + across[($0 + 2) % 8])) / 16 }
  }
}
