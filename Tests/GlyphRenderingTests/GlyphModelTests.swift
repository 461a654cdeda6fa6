import Testing

@testable import GlyphRendering

@Suite struct GlyphModelTests {
  /// A model as the recipe writes it, of a face's own coverage.
  private func text(of face: GlyphFace, leavingOut left: Set<Int> = []) -> String {
    var lines = ["keepoch-glyphs 1", "# a comment", ""]
    for (place, code) in GlyphFace.codes.enumerated() where !left.contains(place) {
      let digits = face.coverage[place * 128..<(place + 1) * 128].map { String($0, radix: 16) }
      lines.append("\(String(code, radix: 16, uppercase: true)) \(digits.joined())")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  @Test func aWrittenModelIsReadAgain() throws {
    for model in GlyphModel.builtIn {
      let face = try #require(model.faces.first)
      let read = try GlyphModel(name: "mine", text: text(of: face))
      #expect(read.faces == [face])
      let upper = text(of: face).replacing("\n", with: "\r\n")
      #expect(try GlyphModel(name: "mine", text: upper).faces == [face])
    }
  }

  @Test func everyFontHasAllGlyphsWithInk() throws {
    for model in GlyphModel.builtIn {
      for face in model.faces {
        #expect(face.coverage[..<128].allSatisfy { $0 == 0 }, "a space inks nothing")
        for glyph in 1..<95 {
          #expect(
            face.coverage[glyph * 128..<(glyph + 1) * 128].contains { $0 > 5 },
            "\(model.name) \(glyph + 0x20)")
        }
      }
    }
    #expect(GlyphModel.builtIn.map(\.name) == GlyphModel.names)
    #expect(GlyphModel.named("comic") == nil)
  }

  @Test(arguments: [
    ("", 0, "0 glyphs"), ("keepoch-glyphs 2\n", 1, "first line"),
    ("41 00\n", 1, "first line"), ("keepoch-glyphs 1\n41 00\n", 2, "128 hex digits, this one 2"),
    ("keepoch-glyphs 1\nzz 00\n", 2, "number from 20 to 7E"),
    ("keepoch-glyphs 1\n7F 00\n", 2, "number from 20 to 7E"),
    ("keepoch-glyphs 1\n41\n", 2, "number from 20 to 7E"),
    (
      "keepoch-glyphs 1\n41 \(String(repeating: "g", count: 128))\n", 2,
      "128 of its characters are no hex digits"
    ),
  ])
  func whatIsNoModelIsNamedWithItsLine(_ text: String, _ line: Int, _ reason: String) {
    do {
      _ = try GlyphModel(name: "x", text: text)
      Issue.record("was read: \(text)")
    } catch {
      #expect(error.line == line)
      #expect(error.reason.contains(reason), "\(error.reason)")
    }
  }

  @Test func missingAndDoubleGlyphsAreNamed() throws {
    let face = try #require(GlyphModel.neutral.faces.first)
    do {
      _ = try GlyphModel(name: "x", text: text(of: face, leavingOut: [33]))
      Issue.record("94 glyphs were enough")
    } catch {
      #expect(error.reason == "it has 94 glyphs of 95")
    }
    let whole = text(of: face)
    let last = String(try #require(whole.split(separator: "\n").last))
    do {
      _ = try GlyphModel(name: "x", text: whole + last)
      Issue.record("a glyph was taken twice")
    } catch {
      #expect(error.line == 99 && error.reason == "the glyph 7E is there twice")
    }
    let blank = GlyphFace(coverage: [UInt8](repeating: 0, count: 95 * 128))
    #expect(throws: GlyphModel.Failure.self) {
      try GlyphModel(name: "x", text: text(of: blank))
    }
    let full = GlyphFace(coverage: [UInt8](repeating: 15, count: 95 * 128))
    #expect(throws: GlyphModel.Failure.self) {
      try GlyphModel(name: "x", text: text(of: full))
    }
    #expect(try GlyphModel(name: "x", text: "\u{FEFF}" + whole).faces == [face])
  }
}
