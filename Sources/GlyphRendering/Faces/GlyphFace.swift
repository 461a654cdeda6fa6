/// The ink of the 95 printable ASCII glyphs of one font, U+0020 to U+007E.
package struct GlyphFace: Hashable, Sendable {
  /// Coverage in fifteenths, 8 x 16 px a glyph, row by row.
  package let coverage: [UInt8]

  static let pixels = CellGeometry.width * CellGeometry.height
  static let codes: ClosedRange<UInt32> = 0x20...0x7E

  /// A hex digit a pixel; anything else is passed over.
  init(_ digits: StaticString) {
    coverage = digits.withUTF8Buffer { digits in
      digits.compactMap { digit in Self.value(of: digit) }
    }
    precondition(coverage.count == Self.codes.count * Self.pixels)
  }

  /// - Parameter coverage: of all glyphs, 0...15 each.
  init(coverage: [UInt8]) {
    precondition(coverage.count == Self.codes.count * Self.pixels)
    self.coverage = coverage
  }

  static func value(of digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
