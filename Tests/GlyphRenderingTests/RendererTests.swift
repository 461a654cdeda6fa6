import Testing

@testable import GlyphRendering

@Suite struct RendererTests {
  private let terminals: [Renderer.Abilities] = [0, 8, 16, 256].flatMap { colors in
    [false, true].flatMap { isUTF8 in
      [Set<GlyphSet>(), [.sextant], [.sextant, .octant]].map {
        Renderer.Abilities(colors: colors, isUTF8: isUTF8, fontHas: $0)
      }
    }
  }

  @Test func everyFallbackEndsInOneThatWorks() {
    for terminal in terminals {
      for renderer in Renderer.all {
        let usable = renderer.usable(on: terminal)
        #expect(usable.reason(against: terminal) == nil, "\(renderer.name) \(terminal)")
        if renderer.reason(against: terminal) == nil { #expect(usable == renderer) }
      }
      #expect(Renderer.usual.reason(against: terminal) == nil)
    }
    #expect(Set(Renderer.all.map(\.name)).count == Renderer.all.count)
  }

  @Test func aFallbackKeepsAsMuchAsItCan() throws {
    func chosen(_ name: String, _ colors: Int, _ isUTF8: Bool, _ has: Set<GlyphSet> = [])
      -> String?
    {
      Renderer.named(name)?.usable(
        on: Renderer.Abilities(colors: colors, isUTF8: isUTF8, fontHas: has)
      ).name
    }
    #expect(chosen("octant-gray", 256, true, [.octant]) == "octant-gray")
    #expect(chosen("octant-gray", 256, true, [.sextant]) == "sextant-gray")
    #expect(chosen("octant-gray", 256, true) == "quadrant-gray")
    #expect(chosen("quadrant-gray", 8, true) == "half")
    #expect(chosen("quadrant-gray", 256, false) == "ascii")
    #expect(chosen("braille-ink", 0, true) == "braille")
    #expect(chosen("ascii-ink", 16, false) == "ascii")
  }

  @Test func goingRoundMeetsEveryUsableOneOnce() {
    for terminal in terminals {
      var seen = [Renderer.usual]
      while seen.count < 50 {
        let next = seen[seen.count - 1].next(on: terminal)
        if next == Renderer.usual { break }
        #expect(!seen.contains(next))
        #expect(next.reason(against: terminal) == nil)
        seen.append(next)
      }
      #expect(seen.count < 50)
      if terminal.colors >= 256, terminal.isUTF8 {
        #expect(seen.contains { $0.name == "half-gray" } && seen.contains { $0.name == "braille" })
        #expect(!seen.contains { $0.name == "half" })
      }
      if terminal.colors < 256, !terminal.isUTF8 { #expect(seen.count == 1) }
    }
  }

  @Test func settingsKnowTheirRenderer() {
    for renderer in Renderer.all {
      var settings = PictureSettings(gamma: 1.4)
      settings.take(renderer)
      #expect(settings.renderer == renderer)
      #expect(settings.gamma == 1.4)
    }
    #expect(PictureSettings(glyphs: .half, color: .full).renderer == nil)
  }
}
