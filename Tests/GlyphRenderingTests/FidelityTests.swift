import ReviewCore
import Testing

@testable import GlyphRendering

@Suite struct FidelityTests {
  @Test(arguments: Digits.all) func searchingBeatsOnePass(_ image: GrayImage) {
    let eye = BlurredEye(columns: 14, rows: 7)
    func error(_ quality: RenderQuality) -> Double {
      let grid = GlyphRenderer(PictureSettings(quality: quality))
        .render(image, columns: 14, rows: 7)
      return eye.error(grid, .ascii, image)
    }
    let best = error(.best)
    #expect(best < error(.instant))
    // A peak signal to noise ratio of 24 dB after gain; a plain ramp of ten glyphs stays below 20.
    #expect(best < 0.004)
  }

  @Test(arguments: Digits.all) func graysBeatBareInk(_ image: GrayImage) {
    let eye = BlurredEye(columns: 14, rows: 7)
    func error(_ settings: PictureSettings) -> Double {
      let grid = GlyphRenderer(settings).render(image, columns: 14, rows: 7)
      return eye.error(grid, .ascii, image)
    }
    #expect(error(PictureSettings(color: .palette)) < 0.7 * error(PictureSettings()))
  }

  @Test(arguments: Digits.all, [GlyphSet.quadrant, .sextant, .octant])
  func searchingIsNoWorseForBlocks(_ image: GrayImage, _ glyphs: GlyphSet) throws {
    let eye = BlurredEye(columns: 14, rows: 7)
    let alphabet = Alphabet(try #require(BlockSet(glyphs)))
    func error(_ color: ColorDepth, _ quality: RenderQuality) -> Double {
      let settings = PictureSettings(
        glyphs: glyphs, color: color, background: .gray, quality: quality)
      let grid = GlyphRenderer(settings).render(image, columns: 14, rows: 7)
      return eye.error(grid, alphabet, image)
    }
    #expect(error(.none, .best) < error(.none, .instant))
    #expect(error(.palette, .best) < error(.palette, .instant))
    #expect(error(.palette, .best) < 0.001)
  }
}
