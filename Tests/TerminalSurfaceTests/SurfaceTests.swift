import TerminalSurface
import Testing

@Suite struct SurfaceTests {
  @Test(arguments: [
    ("abc", 3), ("日本", 4), ("e\u{301}", 1), ("😀", 2), ("", 0), ("─", 1), ("👩‍🔬", 2), ("\u{200B}", 0),
  ])
  func widths(_ text: String, _ width: Int) { #expect(TextWidth.of(text) == width) }

  @Test func fittingNeverExceeds() {
    for text in ["hello world", "日本語テスト", "a日b本c", "e\u{301}e\u{301}e\u{301}"] {
      for width in 0...12 {
        #expect(TextWidth.of(TextWidth.fitted(text, to: width)) <= width)
        #expect(TextWidth.of(TextWidth.padded(text, to: width)) == width)
        for line in TextWidth.wrapped(text, to: width) where width > 1 {
          #expect(TextWidth.of(line) <= width)
        }
      }
    }
  }

  @Test func indentationStays() {
    #expect(TextWidth.wrapped("    - ab cd", to: 20) == ["    - ab cd"])
    #expect(TextWidth.wrapped("  ab cd ef", to: 7) == ["  ab cd", "ef"])
  }

  @Test func textIsClippedOnAllSides() {
    var surface = Surface(width: 6, height: 2)
    surface.put("abcdefgh", x: 3, y: 0)
    surface.put("xyz", x: -1, y: 1)
    surface.put("no", x: 0, y: 2)
    surface.put("no", x: 0, y: -1)
    surface.put("no", x: 6, y: 0)
    #expect(surface.lines == ["   abc", "yz"])
  }

  @Test func wideCharactersAreNeverHalved() {
    var surface = Surface(width: 5, height: 1)
    surface.put("日本語", x: 0, y: 0)
    #expect(surface.line(0) == "日本")
    #expect(surface[1, 0].code == 0)
  }

  @Test func clustersAndControls() {
    var surface = Surface(width: 8, height: 1)
    surface.put("e\u{301}x\u{1B}y", x: 0, y: 0)
    #expect(surface.line(0) == "e\u{301}x y")
    var plain = Surface(width: 8, height: 1, isASCIIOnly: true)
    plain.put("é日x", x: 0, y: 0)
    #expect(plain.line(0) == "???x")
  }

  @Test func fillAndRestyleAreClipped() {
    var surface = Surface(width: 3, height: 2)
    surface.fill(Rect(x: -5, y: -5, width: 100, height: 100), 0x23)
    #expect(surface.lines == ["###", "###"])
    surface.restyle(Rect(x: 1, y: 1, width: 9, height: 9)) { $0.attributes = .bold }
    #expect(surface[1, 1].style.attributes == .bold && surface[0, 0].style.attributes == [])
  }

  @Test func keyNamesReadBack() {
    let keys: [Key] = [
      .character("j"), .character(" "), .character("*"), .control("r"), .enter, .escape, .tab,
      .shiftUp, .pageDown, .function(1), .up, .backspace,
    ]
    for key in keys { #expect(Key(named: key.name) == key) }
    #expect(Key(named: "Nonsense") == nil)
    #expect(
      Key.keys(of: "j<Enter><x") == [.character("j"), .enter, .character("<"), .character("x")])
  }
}
