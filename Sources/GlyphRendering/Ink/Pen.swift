/// The light that a cell sends out for its ink, once the levels of ink and paper are chosen.
///
/// A terminal blends coverage c in sRGB codes, so a pixel's light is curved in c. Two terms follow
/// it: paper + straight * c + curved * linear(c), exact at c = 0, 1/2 and 1.
struct Pen {
  /// Light of the bare cell.
  let paper: Int32
  /// Light that the even term adds at full coverage.
  let straight: Int32
  /// Light that the curved term adds at full coverage.
  let curved: Int32

  /// The pen of two levels, sRGB codes 0...255; all of them are worked out at the first use.
  @inline(__always)
  static func of(ink: UInt8, paper: UInt8) -> Pen {
    all.start[Int(paper) << 8 | Int(ink)]
  }

  private static let all = PermanentTable(
    (0..<256 * 256).map { Pen(ink: $0 & 0xFF, paper: $0 >> 8) })

  /// Levels are sRGB codes 0...255.
  init(ink: Int, paper: Int) {
    let one = Double(Light.one)
    let low = Light.ofHalfCode[2 * paper]
    let high = Light.ofHalfCode[2 * ink] - low
    let middle = Light.ofHalfCode[ink + paper] - low
    let bend = Light.ofHalfCode[255]
    let even = (middle - bend * high) / (0.5 - bend)
    self.paper = Pen.nearest(low * one)
    straight = Pen.nearest(even * one)
    curved = Pen.nearest((high - even) * one)
  }

  /// Rounded half away from zero; a call into the mathematics library would cost more than the rest.
  @inline(__always)
  private static func nearest(_ value: Double) -> Int32 {
    Int32(value < 0 ? value - 0.5 : value + 0.5)
  }
}
