import Testing

@testable import keepoch_bench

@Suite struct ScreenModelTests {
  private func screen(_ text: String) -> ScreenModel {
    var screen = ScreenModel(size: ScreenSize(columns: 12, rows: 6))
    screen.feed(Array(text.utf8)[...])
    return screen
  }

  @Test func movesAndErases() {
    let screen = screen("\u{1B}[2;3Habcdef\u{1B}[2;4H\u{1B}[2X\u{1B}[3dx\u{1B}[5b\r\u{1B}[1P")
    #expect(screen.text(1) == "  a  def")
    #expect(screen.text(2) == "  xxxxxx")
  }

  @Test func scrollsARegion() {
    let screen = screen("a\r\nb\r\nc\r\nd\u{1B}[2;3r\u{1B}[3;1H\ne")
    #expect((0..<4).map { screen.text($0) } == ["a", "c", "e", "d"])
  }

  @Test func knowsWherePicturesAreMissing() {
    #expect(screen("\u{1B}[4;2H...").placeholders == 1)
    #expect(screen("\u{1B}[4;2H....").placeholders == 0)
    #expect(screen("\u{1B}[4;2H...\u{1B}[5;3Hx").placeholders == 0)
  }

  @Test func readsThePosition() {
    #expect(screen("\u{1B}[5;1Hepoch 42: x").position == 42)
  }

  @Test func findsMarkersAcrossPieces() {
    var marker = FrameMarker()
    let bytes = Array("ab\u{1B}[?2026lcd\u{1B}[?2026h\u{1B}[?2026l".utf8)
    let first = bytes[..<5].withUnsafeBufferPointer { marker.ends(in: $0) }
    let second = bytes[5...].withUnsafeBufferPointer { marker.ends(in: $0) }
    #expect(first == [])
    #expect(second == [5, bytes.count - 5])
  }
}
