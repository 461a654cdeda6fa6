import Testing

@testable import GlyphRendering

@Suite struct TwoLevelSplitTests {
  /// Cells of every kind: even, two-toned, ramps and scattered values.
  static let cells: [[Int32]] = [
    [0, 0, 0, 0], [255, 255, 255, 255], [10, 200], [200, 10], [90, 90, 91, 240, 17, 3],
    [0, 36, 72, 108, 144, 180, 216, 252], [255, 0, 255, 0, 255, 0, 255, 0],
    [3, 141, 59, 26, 53, 58, 97, 93],
  ]

  @Test(arguments: cells, ColorDepth.allCases)
  func noMaskWithItsMeansIsBetter(_ codes: [Int32], _ depth: ColorDepth) {
    let levels = GrayLevels.of(depth)
    for paper: UInt8? in [nil, 0, 255] {
      let split = TwoLevelSplit(levels: levels, fixedPaper: paper)
      let least = error(codes, split.best(of: codes))
      for mask in 0..<1 << codes.count {
        let inked = codes.indices.filter { mask >> $0 & 1 == 1 }.map { codes[$0] }
        let bare = codes.indices.filter { mask >> $0 & 1 == 0 }.map { codes[$0] }
        let ink = mean(inked).map(levels.nearest(to:)) ?? 0
        let other = paper ?? mean(bare).map(levels.nearest(to:)) ?? 0
        #expect(error(codes, ShadedGlyph(glyph: mask, ink: ink, paper: other)) >= least)
      }
    }
  }

  private func mean(_ codes: [Int32]) -> Double? {
    codes.isEmpty ? nil : Double(codes.reduce(0, +)) / Double(codes.count)
  }

  private func error(_ codes: [Int32], _ choice: ShadedGlyph) -> Int32 {
    codes.indices.reduce(0) { sum, part in
      let miss = codes[part] - Int32(choice.glyph >> part & 1 == 1 ? choice.ink : choice.paper)
      return sum + miss * miss
    }
  }
}
