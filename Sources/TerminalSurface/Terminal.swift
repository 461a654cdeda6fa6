/// What a terminal can show.
package struct TerminalAbilities: Equatable, Sendable {
  /// 0, 8, 16 or 256.
  package var colors: Int
  package var isUTF8: Bool

  package init(colors: Int, isUTF8: Bool) {
    self.colors = colors
    self.isUTF8 = isUTF8
  }
}

/// A place to show surfaces and to read keys from.
package protocol Terminal: AnyObject {
  var width: Int { get }
  var height: Int { get }
  var abilities: TerminalAbilities { get }

  /// Shows a surface of the terminal's size.
  func present(_ surface: Surface)

  /// Every key that has arrived, without waiting.
  func readKeys() -> [Key]

  /// Asks the terminal to put text into the clipboard of the person who sits before it.
  ///
  /// - Returns: whether it was asked; a terminal may ignore it without a word.
  func copy(_ text: String) -> Bool
}

/// A terminal without a screen: keys come from a script, the last surface can be looked at.
package final class InMemoryTerminal: Terminal {
  package var width: Int
  package var height: Int
  package let abilities: TerminalAbilities
  package private(set) var surface: Surface
  package private(set) var presentCount = 0
  package private(set) var copied: [String] = []
  private var pending: [Key] = []

  package init(
    width: Int, height: Int,
    abilities: TerminalAbilities = TerminalAbilities(colors: 0, isUTF8: true)
  ) {
    self.width = width
    self.height = height
    self.abilities = abilities
    surface = Surface(width: width, height: height)
  }

  package func type(_ keys: [Key]) { pending += keys }

  package func present(_ surface: Surface) {
    self.surface = surface
    presentCount += 1
  }

  package func readKeys() -> [Key] {
    defer { pending = [] }
    return pending
  }

  package func copy(_ text: String) -> Bool {
    copied.append(text)
    return true
  }
}
