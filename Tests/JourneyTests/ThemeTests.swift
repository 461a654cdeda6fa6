import Foundation
import ReviewFront
import TerminalSurface
import Testing

@testable import keepoch

/// The themes that come with the program.
@Suite struct ThemeTests {
  /// Contrast ratio of two colours, 1...21 (WCAG 2.2, relative luminance of sRGB).
  private func contrast(_ first: [Int], _ second: [Int]) -> Double {
    func luminance(_ color: [Int]) -> Double {
      let linear = color.map { value -> Double in
        let share = Double(value) / 255
        return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
      }
      return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }
    let (a, b) = (luminance(first), luminance(second))
    return (max(a, b) + 0.05) / (min(a, b) + 0.05)
  }

  /// The foreground and background that a cell has in the end, on the theme's own kind of ground.
  private func colors(_ style: CellStyle, isLight: Bool) -> (ink: [Int], ground: [Int]) {
    let ground = isLight ? [255, 255, 255] : [0, 0, 0]
    let text = isLight ? [0, 0, 0] : [229, 229, 229]
    let ink = style.foreground < 0 ? text : Theme.rgb(of: Int(style.foreground))
    let back = style.background < 0 ? ground : Theme.rgb(of: Int(style.background))
    return style.attributes.contains(.reverse) ? (back, ink) : (ink, back)
  }

  @Test(arguments: ThemeFile.names)
  func everyRoleCanBeRead(_ name: String) throws {
    for depth in [256, 16, 8, 0] {
      let theme = try ThemeFile.load(name, colors: depth)
      for role in Role.allCases {
        // The 16 colours are the terminal's own: what a theme of theirs looks like is not ours.
        let style = theme[role]
        if depth < 256, style.foreground >= 0 || style.background >= 0 { continue }
        let (ink, ground) = colors(style, isLight: theme.isLight)
        let least = role == .frame || role == .dim ? 2.3 : name == "high-contrast" ? 7.0 : 4.5
        // Bright red on black is what terminals of 16 colours have for an error.
        let isBasic = style.foreground >= 0 && style.foreground < 16
        #expect(
          contrast(ink, ground) >= (isBasic && name != "high-contrast" ? 2.3 : least),
          "\(name) \(role) at \(depth): \(contrast(ink, ground))")
      }
    }
  }

  @Test(arguments: ThemeFile.names)
  func fewerColoursNeverHideText(_ name: String) throws {
    for depth in [8, 16] {
      let theme = try ThemeFile.load(name, colors: depth)
      for role in Role.allCases {
        let style = theme[role]
        #expect(Int(style.foreground) < depth && Int(style.background) < depth)
        #expect(style.foreground != style.background || style.foreground < 0, "\(name) \(role)")
        // Black ink only on a light ground, or on one of its own.
        if !theme.isLight, style.foreground == 0 {
          #expect(style.background > 0, "\(name) \(role)")
        }
      }
    }
    let none = try ThemeFile.load(name, colors: 0)
    #expect(
      Role.allCases.allSatisfy { none[$0].foreground < 0 && none[$0].background < 0 })
  }
}
