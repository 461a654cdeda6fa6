/// One key, as a terminal tells it.
package enum Key: Hashable, Sendable {
  case character(Character)
  case control(Character)
  case enter, escape, tab, backTab, backspace, delete
  case up, down, left, right, shiftUp, shiftDown
  case home, end, pageUp, pageDown
  case function(Int)
  case wheelUp, wheelDown
  /// The first mouse button, from 0 at the upper left.
  case click(column: Int, row: Int)
  /// Text that was pasted in one piece; never a command.
  case paste(String)

  /// As help and configuration write it: `j`, `Ctrl-R`, `Up`, `Space`.
  package var name: String {
    switch self {
    case .character(" "): return "Space"
    case .character(let character): return String(character)
    case .control(let letter): return "Ctrl-\(letter.uppercased())"
    case .function(let number): return "F\(number)"
    case .click: return "a click"
    case .paste: return "pasted text"
    default: return Self.names.first { $0.1 == self }?.0 ?? "?"
    }
  }

  /// The key of a name as `name` gives it; nil for any other word.
  package init?(named name: String) {
    if name == "Space" {
      self = .character(" ")
    } else if let known = Self.names.first(where: { $0.0 == name }) {
      self = known.1
    } else if name.hasPrefix("Ctrl-"), name.count == 6, let letter = name.last,
      letter.isASCII, letter.isLetter, !"ijmIJM".contains(letter)
    {
      // Ctrl-I, Ctrl-J and Ctrl-M are Tab and Enter to a terminal.
      self = .control(Character(letter.lowercased()))
    } else if name.hasPrefix("F"), let number = Int(name.dropFirst()), (1...12).contains(number) {
      self = .function(number)
    } else if name.count == 1, let character = name.first {
      self = .character(character)
    } else {
      return nil
    }
  }

  /// The keys of a script: characters as they are, other keys by name in angle brackets.
  package static func keys(of script: String) -> [Key] {
    var keys: [Key] = []
    var rest = Substring(script)
    while let first = rest.first {
      var key = Key.character(first)
      if first == "<", let end = rest.firstIndex(of: ">"),
        let named = Key(named: String(rest[rest.index(after: rest.startIndex)..<end]))
      {
        key = named
        rest = rest[end...]
      }
      rest.removeFirst()
      keys.append(key)
    }
    return keys
  }

  private static let names: [(String, Key)] = [
    ("Enter", .enter), ("Esc", .escape), ("Tab", .tab), ("Shift-Tab", .backTab),
    ("Backspace", .backspace), ("Delete", .delete), ("Up", .up), ("Down", .down),
    ("Left", .left), ("Right", .right), ("Shift-Up", .shiftUp), ("Shift-Down", .shiftDown),
    ("Home", .home), ("End", .end), ("PgUp", .pageUp), ("PgDn", .pageDown),
    ("WheelUp", .wheelUp), ("WheelDown", .wheelDown),
  ]
}

extension Key: ExpressibleByExtendedGraphemeClusterLiteral {
  /// The key that types a character.
  package init(extendedGraphemeClusterLiteral value: Character) { self = .character(value) }
}
