package import TerminalSurface

/// A line that is being typed.
package struct LineEdit: Equatable, Sendable {
  package private(set) var characters: [Character]
  /// From 0, before the character of that place.
  package private(set) var place: Int

  package init(_ text: String = "") {
    characters = Array(text)
    place = characters.count
  }

  package var text: String { String(characters) }

  /// More than this is for an editor.
  package static let longest = 4000

  /// Whether a key would make the line longer than a line may be.
  package func isTooLong(with key: Key) -> Bool {
    switch key {
    case .character: return characters.count >= Self.longest
    case .paste(let text): return characters.count + text.count > Self.longest
    default: return false
    }
  }

  /// Takes one key; false when the key means nothing in a line.
  package mutating func take(_ key: Key) -> Bool {
    switch key {
    case .character(let character):
      characters.insert(character, at: place)
      place += 1
    case .paste(let text):
      // A line has no line breaks; what was several lines goes on after a blank.
      let pasted = text.split(whereSeparator: \.isNewline).joined(separator: " ")
        .filter { !$0.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F } }
      characters.insert(contentsOf: pasted, at: place)
      place += pasted.count
    case .left, .control("b"): place = max(0, place - 1)
    case .right, .control("f"): place = min(characters.count, place + 1)
    case .home, .control("a"): place = 0
    case .end, .control("e"): place = characters.count
    case .backspace:
      guard place > 0 else { return true }
      place -= 1
      characters.remove(at: place)
    case .delete, .control("d"):
      if place < characters.count { characters.remove(at: place) }
    case .control("u"):
      characters.removeFirst(place)
      place = 0
    case .control("k"): characters.removeLast(characters.count - place)
    case .control("w"):
      var start = place
      while start > 0, characters[start - 1] == " " { start -= 1 }
      while start > 0, characters[start - 1] != " " { start -= 1 }
      characters.removeSubrange(start..<place)
      place = start
    default: return false
    }
    return true
  }

  /// Cells of a stretch of it.
  func width(of range: Range<Int>) -> Int {
    characters[range].reduce(0) { $0 + TextWidth.of($1) }
  }

  /// The first character to show, so that the cursor is in view.
  func start(fitting room: Int) -> Int {
    var start = place
    var taken = 0
    while start > 0 {
      taken += TextWidth.of(characters[start - 1])
      if taken >= room { break }
      start -= 1
    }
    return start
  }

  /// Puts words in at the cursor.
  mutating func insert(_ text: String) {
    characters.insert(contentsOf: Array(text), at: place)
    place += text.count
  }

  package mutating func replace(with text: String) { self = LineEdit(text) }
}
