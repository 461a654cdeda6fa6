package import TerminalSurface

/// Takes in a key, which means what it means among checkpoints.
package func update(_ state: inout CatalogueState, _ key: Key) -> [CatalogueEffect] {
  state.message = nil
  let keys = state.keyMap
  if case .click(_, let row) = key { return state.click(row) }
  guard let command = state.keyMap[key] else {
    state.message = "\(key.name) means nothing here; \(state.keyMap.name(of: .closer)) opens a run"
    return []
  }
  switch command {
  case .nextCheckpoint: state.move(by: 1)
  case .previousCheckpoint: state.move(by: -1)
  case .tenForward: state.move(by: 10)
  case .tenBack: state.move(by: -10)
  case .pageForward: state.move(by: state.listHeight)
  case .pageBack: state.move(by: -state.listHeight)
  case .firstCheckpoint: state.move(by: -state.rows.count)
  case .lastCheckpoint: state.move(by: state.rows.count)
  case .closer: return [.open([state.cursor])]
  case .mark:
    if state.marked.remove(state.cursor) == nil { state.marked.insert(state.cursor) }
    state.move(by: 1)
  case .clearMarks: state.marked = []
  case .compare: return state.compare()
  case .redraw: return [.redraw]
  case .suspend: return [.suspend]
  case .backOrQuit, .quit: return [.quit]
  case .help:
    state.message =
      "\(state.keyMap.name(of: .closer)) opens the run under the cursor, "
      + "\(keys.name(of: .mark)) marks, \(keys.name(of: .compare)) compares the marked or all; there "
      + "\(state.keyMap.name(of: .backOrQuit)) comes back here, \(state.keyMap.name(of: .quit)) quits"
  default:
    state.message = "\(command.rawValue) needs a run; \(state.keyMap.name(of: .closer)) opens one"
  }
  return []
}

extension CatalogueState {
  /// The marked in one table; without marks all that can be opened.
  fileprivate mutating func compare() -> [CatalogueEffect] {
    let wanted = marked.isEmpty ? Array(rows.indices) : marked.sorted()
    let usable = wanted.filter { row in
      if case .problem? = rows[row].facts { return false }
      return true
    }
    guard usable.count > 1 else {
      message =
        "a comparison is of two runs or more; \(keyMap.name(of: .mark)) marks those to compare"
      return []
    }
    return [.open(usable)]
  }

  fileprivate mutating func move(by count: Int) {
    cursor = min(max(0, cursor + count), rows.count - 1)
    scroll()
  }

  /// A click goes to a run; on the one that the cursor is on, it opens it.
  fileprivate mutating func click(_ row: Int) -> [CatalogueEffect] {
    let place = top + row - 2
    guard row >= 2, row < 2 + listHeight, rows.indices.contains(place) else { return [] }
    if place == cursor { return [.open([cursor])] }
    cursor = place
    return []
  }

  /// Keeps the cursor on the screen.
  package mutating func scroll() {
    if cursor < top { top = cursor }
    if cursor >= top + listHeight { top = cursor - listHeight + 1 }
    top = max(0, min(top, max(0, rows.count - listHeight)))
  }
}
