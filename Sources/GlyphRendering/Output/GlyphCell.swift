/// One character cell of a rendered picture: 8 bytes.
package struct GlyphCell: Hashable, Sendable {
  package let scalar: Unicode.Scalar
  /// Gray level of the ink, 0...255; nil is the terminal's own colour.
  package let foreground: UInt8?
  /// Gray level behind the ink, 0...255; nil is the terminal's own colour.
  package let background: UInt8?

  package init(scalar: Unicode.Scalar, foreground: UInt8? = nil, background: UInt8? = nil) {
    self.scalar = scalar
    self.foreground = foreground
    self.background = background
  }
}
