/// A family of characters that fill any choice of a cell's equal parts.
///
/// Bit `row * columns + column` of a mask stands for the part at that place.
struct BlockSet: Hashable, Sendable {
  let columns: Int
  let rows: Int
  let isDotted: Bool

  static let half = BlockSet(columns: 1, rows: 2, isDotted: false)
  static let quadrant = BlockSet(columns: 2, rows: 2, isDotted: false)
  static let sextant = BlockSet(columns: 2, rows: 3, isDotted: false)
  static let octant = BlockSet(columns: 2, rows: 4, isDotted: false)
  static let braille = BlockSet(columns: 2, rows: 4, isDotted: true)

  /// The blocks of a glyph set; nil where its characters are no blocks.
  init?(_ glyphs: GlyphSet) {
    switch glyphs {
    case .half: self = .half
    case .quadrant: self = .quadrant
    case .sextant: self = .sextant
    case .octant: self = .octant
    case .braille: self = .braille
    case .ascii, .best: return nil
    }
  }

  private init(columns: Int, rows: Int, isDotted: Bool) {
    self.columns = columns
    self.rows = rows
    self.isDotted = isDotted
  }

  var bits: Int { columns * rows }

  /// Ink in fifteenths that a mask lays on one pixel of the cell.
  func coverage(of mask: Int, x: Int, y: Int) -> UInt8 {
    let column = x * columns / CellGeometry.width
    if isDotted {
      guard (1...2).contains(x % 4), (1...2).contains(y % 4) else { return 0 }
      return mask >> (y / 4 * columns + column) & 1 == 1 ? 15 : 0
    }
    // Counted in thirds of a pixel, since three rows do not divide sixteen.
    let thirds = (0..<3).reduce(0) { sum, third in
      let row = (3 * y + third) * rows / (3 * CellGeometry.height)
      return sum + (mask >> (row * columns + column) & 1)
    }
    return UInt8(5 * thirds)
  }

  /// The character of a mask of `bits` bits.
  func scalar(of mask: Int) -> Unicode.Scalar {
    switch (columns, rows, isDotted) {
    case (1, 2, _): BlockSet.quadrants[(mask & 1) * 0b0011 + (mask >> 1) * 0b1100]
    case (2, 2, _): BlockSet.quadrants[mask]
    case (2, 3, _): BlockSet.sextants[mask]
    case (_, _, false): BlockSet.octants[mask]
    default: BlockSet.dots[mask]
    }
  }
}
