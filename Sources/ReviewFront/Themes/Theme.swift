package import TerminalSurface

/// What a part of the screen means; a theme says how it looks.
package enum Role: String, CaseIterable, Sendable {
  case text, dim, title, heading, cursor, winner, candidate, keep, reject, tag, note
  case message, saved, warning, error, key, frame
}

/// The looks of all roles.
package struct Theme: Equatable, Sendable {
  package let name: String
  /// Whether it is made for dark ink on a light ground.
  package let isLight: Bool
  private let styles: [Role: CellStyle]

  /// - Parameters:
  ///   - styles: colours as palette indices 0...255; a role that is absent is plain.
  ///   - colors: what the terminal has; colours it lacks are left out, so attributes remain.
  package init(name: String, isLight: Bool, styles: [Role: CellStyle], colors: Int) {
    self.name = name
    self.isLight = isLight
    self.styles = styles.mapValues { style in
      var style = style
      style.foreground = Self.fitted(style.foreground, colors: colors)
      style.background = Self.fitted(style.background, colors: colors)
      return style
    }
  }

  /// Whether any role has a colour; a theme without one keeps differences without one, too.
  package var hasColors: Bool {
    styles.values.contains { $0.foreground >= 0 || $0.background >= 0 }
  }

  package subscript(role: Role) -> CellStyle { styles[role] ?? .plain }

  /// What a terminal of 8 or 16 colours has for a colour of a larger palette.
  ///
  /// By hue rather than by distance, so that a dark green stays a green. A gray becomes the
  /// terminal's own colour where there is none that would be seen on any ground.
  private static func fitted(_ color: Int16, colors: Int) -> Int16 {
    if color < 0 || Int(color) < colors { return color }
    guard colors >= 8 else { return -1 }
    let channels = rgb(of: Int(color))
    let strongest = channels.max() ?? 0
    let weakest = channels.min() ?? 0
    if strongest - weakest < 24 {
      if strongest < 60 { return 0 }
      if strongest > 225 { return colors >= 16 ? 15 : 7 }
      return colors >= 16 && strongest < 160 ? 8 : -1
    }
    let hue = channels.enumerated().reduce(0) {
      $0 | ($1.element * 3 > strongest * 2 ? 1 << $1.offset : 0)
    }
    return Int16(hue + (colors >= 16 && strongest > 200 ? 8 : 0))
  }

  /// Red, green and blue, 0...255, of an index of xterm's palette of 256.
  package static func rgb(of index: Int) -> [Int] {
    if index < 16 {
      if index == 7 { return [229, 229, 229] }
      if index == 8 { return [127, 127, 127] }
      let full = index > 8 ? 255 : 205
      return (0..<3).map { index >> $0 & 1 == 1 ? full : 0 }
    }
    if index >= 232 { return Array(repeating: 8 + 10 * (index - 232), count: 3) }
    let steps = [0, 95, 135, 175, 215, 255]
    let cube = index - 16
    return [steps[cube / 36], steps[cube / 6 % 6], steps[cube % 6]]
  }
}
