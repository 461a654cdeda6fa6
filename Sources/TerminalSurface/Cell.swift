/// How one cell looks; colours are palette indices, -1 is the terminal's own.
package struct CellStyle: Hashable, Sendable {
  package var foreground: Int16
  package var background: Int16
  package var attributes: Attributes

  package init(
    foreground: Int16 = -1, background: Int16 = -1, attributes: Attributes = []
  ) {
    self.foreground = foreground
    self.background = background
    self.attributes = attributes
  }

  package static let plain = CellStyle()

  package struct Attributes: OptionSet, Hashable, Sendable {
    package let rawValue: UInt16

    package init(rawValue: UInt16) { self.rawValue = rawValue }

    package static let bold = Attributes(rawValue: 1)
    package static let reverse = Attributes(rawValue: 2)
    package static let underline = Attributes(rawValue: 4)
    package static let dim = Attributes(rawValue: 8)
  }
}

/// One place of a screen.
package struct Cell: Hashable, Sendable {
  /// A Unicode scalar; 0 is the second half of a wide character; from `clusterBase` on, a place in
  /// the surface's list of clusters.
  package var code: UInt32
  package var style: CellStyle

  package static let clusterBase: UInt32 = 0x0100_0000
  package static let blank = Cell(code: 0x20, style: .plain)

  package init(code: UInt32, style: CellStyle) {
    self.code = code
    self.style = style
  }
}
