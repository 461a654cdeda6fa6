import CGlyphKernels

/// The blurred ink of every glyph of an alphabet: what it adds to the samples about its cell.
struct Footprints: Sendable {
  let count: Int
  /// Blurred coverage, `CellGeometry.footprint` values a glyph, row by row.
  let straight: PermanentTable<Int16>
  /// Blurred linear light of the coverage, laid out alike.
  let curved: PermanentTable<Int16>
  /// Blurred full cell.
  let full: PermanentTable<Int16>

  init(_ alphabet: Alphabet) {
    count = alphabet.count
    straight = PermanentTable(Footprints.blurred(alphabet) { Double($0) / 15 })
    curved = PermanentTable(Footprints.blurred(alphabet) { Light.linear(Double($0) / 15) })
    let cell = [Double](repeating: 1, count: CellGeometry.width * CellGeometry.height)
    full = PermanentTable(Footprints.blurred(cell))
  }

  /// The blurred light of every glyph after `curve` of its coverage in fifteenths, laid out alike.
  static func blurred(_ alphabet: Alphabet, curve: (UInt8) -> Double) -> [Int16] {
    (0..<alphabet.count).flatMap { blurred(alphabet.ink(of: $0, curve: curve)) }
  }

  /// A glyph with ink and paper of its own, for the kernels.
  func pen(_ shade: ShadedGlyph, ground: Int32) -> kgk_pen {
    let pen = Pen.of(ink: shade.ink, paper: shade.paper)
    let place = shade.glyph * CellGeometry.footprint
    return kgk_pen(
      full: full.start, straight: straight.start + place, curved: curved.start + place,
      paper: pen.paper - ground, even: pen.straight, bend: pen.curved)
  }

  private static func blurred(_ cell: [Double]) -> [Int16] {
    // Separable: rows of pixels into sample columns first, then down into sample rows.
    let wide = CellGeometry.footprintColumns
    var narrow = [Double](repeating: 0, count: wide * CellGeometry.height)
    for row in 0..<CellGeometry.height {
      for sample in 0..<wide {
        narrow[row * wide + sample] = (0..<CellGeometry.width).reduce(0) { sum, pixel in
          sum + weight(sample, pixel) * cell[row * CellGeometry.width + pixel]
        }
      }
    }
    return (0..<CellGeometry.footprint).map { place in
      let sum = (0..<CellGeometry.height).reduce(0.0) { sum, pixel in
        sum + weight(place / wide, pixel) * narrow[pixel * wide + place % wide]
      }
      return Int16((sum * Double(Light.one)).rounded())
    }
  }

  /// How much of one pixel of the cell a sample of the footprint sees along one axis.
  private static func weight(_ sample: Int, _ pixel: Int) -> Double {
    let offset = pixel - 4 * (sample - CellGeometry.pad) + ViewingBlur.reach
    return ViewingBlur.kernel.indices.contains(offset) ? ViewingBlur.kernel[offset] : 0
  }
}
