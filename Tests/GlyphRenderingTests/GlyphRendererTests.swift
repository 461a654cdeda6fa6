import ReviewCore
import Testing

@testable import GlyphRendering

/// Every combination of the settings that choose a path through the renderer.
let allPaths: [PictureSettings] = GlyphSet.allCases.flatMap { glyphs in
  [ColorDepth.none, .sixteen, .full].flatMap { color in
    (color == .none ? [CellBackground.none] : CellBackground.allCases).flatMap { background in
      RenderQuality.allCases.flatMap { quality in
        [false, true].map { isLight in
          PictureSettings(
            glyphs: glyphs, color: color, background: background, quality: quality,
            isLightBackground: isLight)
        }
      }
    }
  }
}

func flat(_ level: UInt8, width: Int = 5, height: Int = 4) -> GrayImage {
  GrayImage(
    width: width, height: height, pixels: [UInt8](repeating: level, count: width * height))
}

@Suite struct GlyphRendererTests {
  @Test(arguments: allPaths) func anySizeIsFilledExactly(_ settings: PictureSettings) {
    let renderer = GlyphRenderer(settings)
    let levels = Set(GrayLevels.of(settings.color).levels)
    for (width, height, columns, rows) in [(1, 1, 1, 3), (13, 5, 5, 2), (2, 31, 1, 1)] {
      let pixels = (0..<width * height).map { UInt8($0 * 97 % 256) }
      let image = GrayImage(width: width, height: height, pixels: pixels)
      let grid = renderer.render(image, columns: columns, rows: rows)
      #expect(grid.width == columns && grid.height == rows)
      #expect(grid.lines.map(\.unicodeScalars.count) == [Int](repeating: columns, count: rows))
      for cell in grid.cells {
        #expect(cell.foreground.map(levels.contains) ?? true)
        #expect(cell.background.map(levels.contains) ?? true)
        let isPapered = settings.color != .none && settings.background == .gray
        #expect((cell.background != nil) == isPapered)
        #expect(settings.color != .none || cell.foreground == nil)
      }
    }
  }

  @Test func noCellsGiveAnEmptyGrid() {
    let renderer = GlyphRenderer(PictureSettings())
    for (columns, rows) in [(0, 5), (5, 0), (0, 0), (-1, 3)] {
      #expect(renderer.render(flat(9), columns: columns, rows: rows).cells.isEmpty)
    }
  }

  @Test func aPictureWithoutPixelsIsBlank() {
    let empty = GrayImage(width: 0, height: 0, pixels: [])
    let grid = GlyphRenderer(PictureSettings()).render(empty, columns: 3, rows: 2)
    #expect(grid.lines == ["   ", "   "])
  }

  @Test(arguments: allPaths) func groundLevelGivesSpaces(_ settings: PictureSettings) {
    let ground = flat(settings.isLightBackground ? 255 : 0)
    let grid = GlyphRenderer(settings).render(ground, columns: 6, rows: 3)
    if settings.color == .none || settings.background == .none {
      #expect(grid.lines == ["      ", "      ", "      "])
    } else {
      // With paper of its own any glyph in the colour of the paper is blank as well.
      #expect(grid.cells.allSatisfy { $0.background == (settings.isLightBackground ? 255 : 0) })
      #expect(grid.cells.allSatisfy { $0.scalar == " " || $0.foreground == $0.background })
    }
  }

  @Test(arguments: [RenderQuality.instant, .best], [false, true])
  func fullInkGivesDenseGlyphs(_ quality: RenderQuality, _ isLight: Bool) {
    let alphabet = Alphabet(.neutral)
    let inks = (0..<alphabet.count).map { glyph in
      alphabet.faces[0][glyph * 128..<(glyph + 1) * 128].reduce(0) { $0 + Int($1) }
    }
    let most = inks.max() ?? 0
    let settings = PictureSettings(quality: quality, isLightBackground: isLight)
    let grid = GlyphRenderer(settings).render(flat(isLight ? 0 : 255), columns: 9, rows: 5)
    // Cells at the edge round off the picture's border, so look at those inside.
    for row in 1..<4 {
      for column in 1..<8 {
        let glyph = Int(grid[column: column, row: row].scalar.value) - 0x20
        // Where even light counts more than the last of it, a calm dense glyph is chosen.
        #expect(inks[glyph] * 10 > most * 6)
        if quality == .instant { #expect(glyph == Int(UInt8(ascii: "@")) - 0x20) }
      }
    }
  }

  /// A frame about an even picture would be read as an artefact of the sample.
  @Test(arguments: allPaths) func evenPicturesStayEven(_ settings: PictureSettings) {
    // Error diffusion has no even pattern for every level, and its search begins with it.
    let isDiffused =
      settings.color == .none && ![.ascii, .best, .braille].contains(settings.glyphs)
    for level: UInt8 in isDiffused ? [0, 255] : [0, 30, 90, 128, 200, 250, 255] {
      let grid = GlyphRenderer(settings).render(flat(level), columns: 9, rows: 5)
      #expect(Set(grid.cells).count == 1, "level \(level)")
    }
  }

  @Test(arguments: [GlyphSet.half, .quadrant, .sextant, .octant], RenderQuality.allCases)
  func whiteFillsBlocks(_ glyphs: GlyphSet, _ quality: RenderQuality) {
    let settings = PictureSettings(glyphs: glyphs, quality: quality)
    let grid = GlyphRenderer(settings).render(flat(255), columns: 4, rows: 2)
    #expect(grid.lines == ["████", "████"])
  }

  @Test(arguments: allPaths.filter { $0.quality == .instant })
  func invertingSettingsAndPictureChangesNothing(
    _ settings: PictureSettings
  ) {
    var inverted = settings
    inverted.isInverted = true
    let image = Digits.five
    let negative = GrayImage(
      width: image.width, height: image.height, pixels: image.pixels.map { 255 - $0 })
    #expect(
      GlyphRenderer(inverted).render(negative, columns: 6, rows: 3)
        == GlyphRenderer(settings).render(image, columns: 6, rows: 3))
  }

  @Test(arguments: Digits.all, RenderQuality.allCases)
  func lightGroundInksTheDarkParts(_ image: GrayImage, _ quality: RenderQuality) {
    let dark = GlyphRenderer(PictureSettings(quality: quality))
    let light = GlyphRenderer(PictureSettings(quality: quality, isLightBackground: true))
    let bright = dark.render(image, columns: 14, rows: 7)
    let dim = light.render(image, columns: 14, rows: 7)
    // A white stroke is ink on a dark ground and a gap in the ink on a light one.
    for (one, other) in zip(bright.cells, dim.cells) {
      #expect(!(one.scalar == " " && other.scalar == " "))
      #expect(!(one.scalar == "@" && other.scalar == "@"))
    }
  }

  @Test(arguments: [GlyphSet.half, .quadrant, .sextant, .octant])
  func papersAndInksDoNotDependOnTheGround(_ glyphs: GlyphSet) {
    var settings = PictureSettings(
      glyphs: glyphs, color: .palette, background: .gray, quality: .instant)
    let dark = GlyphRenderer(settings).render(Digits.three, columns: 14, rows: 7)
    settings.isLightBackground = true
    #expect(GlyphRenderer(settings).render(Digits.three, columns: 14, rows: 7) == dark)
  }

  @Test func halfBlocksInFullColourKeepEveryPixel() {
    let image = Digits.eight
    let settings = PictureSettings(
      glyphs: .half, color: .full, background: .gray, quality: .instant)
    let grid = GlyphRenderer(settings).render(image, columns: 28, rows: 14)
    for row in 0..<28 {
      for column in 0..<28 {
        let cell = grid[column: column, row: row / 2]
        let inked: Set<Unicode.Scalar> = row % 2 == 0 ? ["▀", "█"] : ["▄", "█"]
        let level = inked.contains(cell.scalar) ? cell.foreground : cell.background
        #expect(level == image.pixels[row * 28 + column])
      }
    }
  }

  @Test func gammaLightensAndContrastSpreads() {
    func ink(_ settings: PictureSettings) -> UInt8? {
      GlyphRenderer(settings).render(flat(100), columns: 1, rows: 1).cells[0].background
    }
    var settings = PictureSettings(
      glyphs: .half, color: .full, background: .gray, quality: .instant)
    #expect(ink(settings) == 100)
    settings.gamma = 2
    #expect(ink(settings) == 160)  // 255 * (100 / 255) ^ (1 / 2) = 159.7
    settings.gamma = 1
    settings.contrast = 2
    #expect(ink(settings) == 73)  // 127.5 + 2 * (100 - 127.5) = 72.5
    settings.contrast = .nan
    settings.gamma = -3
    #expect(ink(settings) == 100)
  }

  @Test(arguments: allPaths) func theSamePictureGivesTheSameGrid(_ settings: PictureSettings) {
    let first = GlyphRenderer(settings).render(Digits.eight, columns: 4, rows: 2)
    #expect(GlyphRenderer(settings).render(Digits.eight, columns: 4, rows: 2) == first)
  }
}
