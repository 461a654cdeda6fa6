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

  /// Asks for a receipt of everything that was shown before.
  ///
  /// - Returns: whether it was asked; a terminal may ignore it without a word.
  func askForReceipt() -> Bool

  /// Lets the terminal's bell sound, or flash.
  func ring()

  /// How many receipts came since the last look.
  func takeReceipts() -> Int

  /// Whether the terminal takes in more, as far as can be seen from here.
  var isWritable: Bool { get }

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
  package private(set) var bellCount = 0
  package private(set) var copied: [String] = []
  private var pending: [Key] = []
  /// Receipts that were asked for and are not given yet; a script gives them.
  package private(set) var owedReceipts = 0
  private var receipts = 0
  package var isWritable = true

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

  package func ring() { bellCount += 1 }

  package func askForReceipt() -> Bool {
    owedReceipts += 1
    return true
  }

  /// Says that a frame is through.
  package func giveReceipt() {
    guard owedReceipts > 0 else { return }
    owedReceipts -= 1
    receipts += 1
  }

  package func takeReceipts() -> Int {
    defer { receipts = 0 }
    return receipts
  }

  package func copy(_ text: String) -> Bool {
    copied.append(text)
    return true
  }
}
