import ReviewCore
import Testing

@testable import GlyphRendering

@Suite struct AnsiTextTests {
  private let grid = GlyphGrid(
    width: 3, height: 2,
    cells: [
      GlyphCell(scalar: "#", foreground: 255), GlyphCell(scalar: "@", foreground: 255),
      GlyphCell(scalar: "a", foreground: 8, background: 238),
      GlyphCell(scalar: " "), GlyphCell(scalar: "b"), GlyphCell(scalar: " ", background: 0),
    ])

  @Test func withoutColourThereIsNoEscape() {
    #expect(AnsiText.text(of: grid, color: .none) == "#@a\n b \n")
  }

  @Test func runsOfOneStyleShareTheirEscape() {
    #expect(
      AnsiText.text(of: grid, color: .palette)
        == "\u{1B}[0;38;5;231m#@\u{1B}[38;5;232;48;5;255ma\u{1B}[0m\n b\u{1B}[0;48;5;16m \u{1B}[0m\n"
    )
  }

  @Test func fullColourSpellsOutTheLevels() {
    let text = AnsiText.text(of: grid, color: .full)
    #expect(text.contains("\u{1B}[38;2;8;8;8;48;2;238;238;238ma"))
  }

  @Test func sixteenColoursUseTheFourGrays() {
    let cells = [0, 127, 229, 255].map { GlyphCell(scalar: "x", foreground: $0, background: $0) }
    let text = AnsiText.text(of: GlyphGrid(width: 4, height: 1, cells: cells), color: .sixteen)
    #expect(
      text
        == "\u{1B}[30;40mx\u{1B}[90;100mx\u{1B}[37;47mx\u{1B}[97;107mx\u{1B}[0m\n")
  }

  @Test(arguments: allPaths) func linesAreAsWideAsTheGrid(_ settings: PictureSettings) {
    let grid = GlyphRenderer(settings).render(Digits.five, columns: 5, rows: 3)
    let text = AnsiText.text(of: grid, color: settings.color)
    #expect(text.hasSuffix("\n"))
    let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == 4)
    for line in lines.dropLast() {
      var width = 0
      var isInEscape = false
      var isStyled = false
      var last = ""
      for scalar in line {
        if scalar == "\u{1B}" {
          isInEscape = true
          last = ""
        } else if isInEscape {
          last.unicodeScalars.append(scalar)
          if scalar == "m" {
            isInEscape = false
            isStyled = last != "[0m"
          }
        } else {
          width += 1
        }
      }
      #expect(width == 5 && !isInEscape && !isStyled)
      #expect(settings.color != .none || !line.contains("\u{1B}"))
    }
  }

  @Test func anEmptyGridIsEmptyText() {
    #expect(AnsiText.text(of: GlyphGrid(width: 0, height: 0, cells: []), color: .full) == "")
  }
}
