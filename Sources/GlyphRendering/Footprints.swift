/// The blurred ink of every glyph of an alphabet: what it adds to the samples about its cell.
struct Footprints: Sendable {
  let count: Int
  /// Blurred coverage, `CellGeometry.footprint` values a glyph in `CellGeometry.order`.
  let straight: [Int16]
  /// Blurred linear light of the coverage, laid out alike.
  let curved: [Int16]
  /// Blurred full cell.
  let full: [Int16]

  init(_ alphabet: Alphabet) {
    count = alphabet.count
    straight = Footprints.blurred(alphabet) { Double($0) / 15 }
    curved = Footprints.blurred(alphabet) { Light.linear(Double($0) / 15) }
    let cell = [Double](repeating: 1, count: CellGeometry.width * CellGeometry.height)
    full = Footprints.blurred(cell)
  }

  /// The blurred light of every glyph after `curve` of its coverage in fifteenths, laid out alike.
  static func blurred(_ alphabet: Alphabet, curve: (UInt8) -> Double) -> [Int16] {
    let light = (0...15).map(curve)
    let pixels = CellGeometry.width * CellGeometry.height
    return (0..<alphabet.count).flatMap { glyph in
      let ink = alphabet.coverage[glyph * pixels..<(glyph + 1) * pixels]
      return blurred(ink.map { light[Int($0)] })
    }
  }

  /// The light that a glyph adds to a ground at one sample of `CellGeometry.order`.
  @inline(__always)
  func light(of glyph: Int, sample: Int, pen: Pen, ground: Int32) -> Int32 {
    let place = glyph &* CellGeometry.footprint &+ sample
    let sum =
      Int32(full[sample]) &* (pen.paper &- ground) &+ Int32(straight[place]) &* pen.straight
      &+ Int32(curved[place]) &* pen.curved
    return (sum &+ Light.one / 2) >> Light.bits
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
    return CellGeometry.order.map { place in
      let sum = (0..<CellGeometry.height).reduce(0.0) { sum, pixel in
        sum + weight(place.row, pixel) * narrow[pixel * wide + place.column]
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
