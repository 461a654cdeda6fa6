import TerminalSurface

/// One hint of the footer, where a click on it is the command.
struct Hint: Equatable {
  let command: Command
  let key: String
  let words: String
  let columns: Range<Int>
}

extension FrontState {
  /// As many hints as there is room for, left to right; help and the way back are always there.
  var hints: [Hint] {
    let all =
      chartHints ?? Command.footer(of: self).filter { reason(against: $0) == nil }.compactMap(hint)
    let last = all.filter { $0.command == .help || $0.command == .backOrQuit }
    var room = width - 1 - last.reduce(0) { $0 + $1.columns.count + 2 }
    var shown: [Hint] = []
    for hint in all where !last.contains(hint) && hint.columns.count <= room {
      room -= hint.columns.count + 2
      shown.append(hint)
    }
    var column = 0
    return (shown + last).map { hint in
      defer { column += hint.columns.count + 2 }
      return Hint(
        command: hint.command, key: hint.key, words: hint.words,
        columns: column..<column + hint.columns.count)
    }
  }

  /// A hint at the left edge; nil for a command without a key.
  private func hint(_ command: Command) -> Hint? {
    guard let words = command.record.hint else { return nil }
    var key = keyMap.name(of: command)
    if key.hasPrefix(":") { return nil }
    // Two keys of one axis are one hint.
    if command == .nextCheckpoint { key += "/\(keyMap.name(of: .previousCheckpoint))" }
    if command == .nextSample { key = "\(keyMap.name(of: .previousSample))/\(key)" }
    var shown = words
    if command == .backOrQuit, place.depth != .table || comparison != nil { shown = "back" }
    if case .log = mode {
      if command == .backOrQuit { shown = "back" }
      if command == .nextSample { shown = "series" }
    }
    if isInOverview {
      if command == .backOrQuit { shown = "back" }
      if command == .nextSample { shown = "group, pair" }
      if command == .closer { shown = "grid" }
    }
    return Hint(
      command: command, key: key, words: shown,
      columns: 0..<TextWidth.of(key) + 1 + TextWidth.of(shown))
  }

  func drawHints(row: Int, into surface: inout Surface) {
    for hint in hints {
      let end =
        hint.columns.lowerBound
        + surface.put(hint.key, x: hint.columns.lowerBound, y: row, style: theme[.key])
      surface.put(" " + hint.words, x: end, y: row, style: theme[.dim])
    }
  }
}
