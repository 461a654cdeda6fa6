import Testing

@testable import GlyphRendering

@Suite struct Palette256Tests {
  @Test(arguments: UInt8.min...UInt8.max) func theNearestGrayIsChosen(_ level: UInt8) throws {
    let index = Palette256.index(ofGray: level)
    let gray = try #require(Palette256.gray(ofIndex: index))
    let distance = (Int(gray) - Int(level)).magnitude
    for other in [16] + Array(232...255) + [231] {
      let gray = try #require(Palette256.gray(ofIndex: UInt8(other)))
      #expect((Int(gray) - Int(level)).magnitude >= distance)
    }
  }

  @Test func endsAreBlackAndWhite() {
    #expect(Palette256.index(ofGray: 0) == 16)
    #expect(Palette256.index(ofGray: 255) == 231)
    #expect(Palette256.gray(ofIndex: 232) == 8)
    #expect(Palette256.gray(ofIndex: 255) == 238)
    #expect(Palette256.gray(ofIndex: 100) == nil)
  }

  @Test(arguments: UInt8.min...UInt8.max) func theNearestOfSixteenIsChosen(_ level: UInt8) throws {
    let index = Palette256.sixteenIndex(ofGray: level)
    let gray = try #require(Palette256.gray(ofIndex: index))
    for other: UInt8 in [0, 8, 7, 15] {
      let rival = try #require(Palette256.gray(ofIndex: other))
      #expect((Int(rival) - Int(level)).magnitude >= (Int(gray) - Int(level)).magnitude)
    }
  }

  @Test(arguments: ColorDepth.allCases) func levelsPinToTheNearest(_ depth: ColorDepth) {
    let levels = GrayLevels.of(depth)
    #expect(levels.levels.first == 0 && levels.levels.last == 255)
    for code in 0...255 {
      let pinned = Int(levels.nearest(to: Double(code)))
      let distance = levels.levels.map { (Int($0) - code).magnitude }.min()
      #expect((pinned - code).magnitude == distance)
      let around = levels.around(Double(code) + 0.25)
      #expect(around.lowerBound <= code || code < levels.levels[0])
      #expect(Int(around.upperBound) > code || around.upperBound == 255)
    }
    #expect(levels.nearest(to: -7) == 0)
    #expect(levels.nearest(to: 1e9) == 255)
  }
}
