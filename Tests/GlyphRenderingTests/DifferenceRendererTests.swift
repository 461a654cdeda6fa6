import ReviewCore
import Testing

@testable import GlyphRendering

@Suite struct DifferenceRendererTests {
  private func image(_ values: [Int16], width: Int) -> SignedImage {
    SignedImage(width: width, height: values.count / width, values: values)
  }

  @Test func signsSayWhichWayAndHowFar() {
    let values: [Int16] = [0, 9, 10, 48, 104, 168, 255, -9, -10, -48, -104, -168, -255]
    let grid = DifferenceRenderer(PictureSettings())
      .render(image(values, width: values.count), columns: values.count, rows: 1)
    #expect(grid.lines == ["..+*#@@.-=oOO"])
  }

  @Test func aSwappedPairTurnsEverySign() {
    let turned: [Character: Character] = [
      ".": ".", "+": "-", "*": "=", "#": "o", "@": "O", "-": "+", "=": "*", "o": "#", "O": "@",
    ]
    let values = (0..<28 * 28).map { Int16(($0 * 83) % 511 - 255) }
    for (columns, rows) in [(14, 7), (28, 14), (40, 20), (5, 3)] {
      let renderer = DifferenceRenderer(PictureSettings())
      let one = renderer.render(image(values, width: 28), columns: columns, rows: rows)
      let other = renderer.render(
        image(values.map { -$0 }, width: 28), columns: columns, rows: rows)
      for (a, b) in zip(one.lines, other.lines) {
        #expect(String(a.map { turned[$0] ?? "?" }) == b)
      }
    }
  }

  @Test func contrastMakesSmallDifferencesPlain() {
    let faint = image([6, -6], width: 2)
    #expect(
      DifferenceRenderer(PictureSettings()).render(faint, columns: 2, rows: 1).lines == [".."])
    let strong = DifferenceRenderer(PictureSettings(contrast: 2))
    #expect(strong.render(faint, columns: 2, rows: 1).lines == ["+-"])
  }

  @Test func whereCellsHaveGrayZeroIsItsMiddle() {
    for (isInverted, levels) in [(false, [128, 255, 0] as [UInt8]), (true, [127, 0, 255])] {
      // Gamma would move the middle.
      let settings = PictureSettings(
        glyphs: .half, color: .full, background: .gray, quality: .instant, gamma: 2,
        isInverted: isInverted)
      let renderer = DifferenceRenderer(settings)
      #expect(!renderer.isInSigns)
      let grid = renderer.render(image([0, 255, -255], width: 3), columns: 3, rows: 1)
      #expect(grid.cells.map { $0.background } == levels)
    }
    let letters = DifferenceRenderer(PictureSettings(color: .palette, background: .gray))
    #expect(letters.isInSigns)
  }

  @Test func anySizeIsFilledExactly() {
    let renderer = DifferenceRenderer(PictureSettings())
    #expect(renderer.render(image([1], width: 1), columns: 0, rows: 4).cells.isEmpty)
    #expect(renderer.render(image([0], width: 1), columns: 3, rows: 2).lines == ["...", "..."])
    let empty = SignedImage(width: 0, height: 0, values: [])
    #expect(renderer.render(empty, columns: 2, rows: 1).lines == ["  "])
  }

  @Test func wordsStandInPlaceOfAPicture() {
    let grid = GlyphGrid(words: "the other has no sample 12", columns: 9, rows: 5)
    #expect(grid.lines == ["         ", "the other", "has no   ", "sample 12", "         "])
    #expect(GlyphGrid(words: "unreadable", columns: 4, rows: 1).lines == ["unre"])
    #expect(GlyphGrid(words: "a b c", columns: 1, rows: 2).lines == ["a", "b"])
    #expect(GlyphGrid(words: "x", columns: 0, rows: 2).cells.isEmpty)
  }
}
