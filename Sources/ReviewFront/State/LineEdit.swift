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

  /// Takes one key; false when the key means nothing in a line.
  package mutating func take(_ key: Key) -> Bool {
    switch key {
    case .character(let character):
      characters.insert(character, at: place)
      place += 1
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

  package mutating func replace(with text: String) { self = LineEdit(text) }
}
