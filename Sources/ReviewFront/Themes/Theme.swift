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

  package subscript(role: Role) -> CellStyle { styles[role] ?? .plain }

  /// The bright colours of 16 become those of 8; what the palette lacks is the terminal's own.
  private static func fitted(_ color: Int16, colors: Int) -> Int16 {
    if color < 0 || Int(color) < colors { return color }
    return color < 16 && colors == 8 ? color - 8 : -1
  }
}
