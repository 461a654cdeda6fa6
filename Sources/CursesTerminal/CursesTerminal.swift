import CCurses
package import TerminalSurface

/// The real terminal, by ncursesw. One at a time, used from one thread.
package final class CursesTerminal: Terminal {
  /// Why the terminal cannot be used, and what to do.
  package struct Failure: Error, CustomStringConvertible {
    package let description: String
  }

  /// What came from outside instead of a key.
  package enum Signal: Sendable {
    case resize
    case suspend
    /// The signal's number; the program ends with 128 more.
    case quit(Int32)
  }

  private var isOpen = true
  private var cells: [kcu_cell] = []
  /// What has come of a text that is being pasted; nil when none is.
  private var pasted: String?
  /// Whether Ctrl-C came while a text was being pasted.
  private var isPasteGivenUp = false
  /// What the terminal told of its ground; nil while it has told nothing.
  package private(set) var backgroundIsLight: Bool?
  private var receipts = 0
  /// What curses was told last; only what differs is told again.
  private var shown: Surface?

  /// Takes the terminal.
  ///
  /// - Parameters:
  ///   - wantsColor: false draws without any colour, as `NO_COLOR` asks for.
  ///   - wantsMouse: whether clicks and the wheel come as keys; selecting then needs Shift.
  ///   - asksForBackground: whether `backgroundIsLight` is wanted.
  package init(
    input: Int32, output: Int32, termName: String?, wantsColor: Bool, wantsMouse: Bool,
    asksForBackground: Bool
  ) throws(Failure) {
    let wants =
      (wantsColor ? kcu_wants_color : 0) | (wantsMouse ? kcu_wants_mouse : 0)
      | (asksForBackground ? kcu_wants_background : 0)
    switch kcu_open(input, output, Int32(wants)) {
    case Int32(kcu_ok): break
    case Int32(kcu_poor_terminal):
      throw Failure(
        description: "the terminal \"\(termName ?? "")\" cannot move its cursor. "
          + "Set TERM to what your terminal is, such as xterm-256color")
    default:
      throw Failure(
        description: termName.map { "the terminal \"\($0)\" is not known here" }
          ?? "TERM is not set"
      )
    }
  }

  deinit { close() }

  /// Gives the terminal back; can be called twice.
  package func close() {
    guard isOpen else { return }
    isOpen = false
    kcu_close()
  }

  package var width: Int { Int(kcu_width()) }
  package var height: Int { Int(kcu_height()) }

  package var abilities: TerminalAbilities {
    TerminalAbilities(colors: Int(kcu_colors()), isUTF8: kcu_is_utf8() != 0)
  }

  package func present(_ surface: Surface) {
    let width = min(surface.width, self.width)
    let isComparable = shown.map { $0.width == surface.width && $0.height == surface.height }
    let last = isComparable == true ? shown?.cells : nil
    surface.cells.withUnsafeBufferPointer { new in
      for row in 0..<min(surface.height, height) {
        let start = row * surface.width
        var span = 0..<width
        if let last {
          span = last.withUnsafeBufferPointer { Self.changed(new, $0, start..<start + width) }
        }
        if !span.isEmpty { put(surface, new, row: row, span: span) }
      }
    }
    shown = surface
    let cursor = surface.cursor
    kcu_present(Int32(cursor?.row ?? -1), Int32(cursor?.column ?? 0))
  }

  /// The columns of a row that differ, from the first to the last; never half of a wide character.
  private static func changed(
    _ new: UnsafeBufferPointer<Cell>, _ old: UnsafeBufferPointer<Cell>, _ row: Range<Int>
  ) -> Range<Int> {
    var first = row.lowerBound
    var end = row.upperBound
    // A cluster's code says nothing of its characters, so it always counts as changed.
    func isSame(_ place: Int) -> Bool {
      new[place] == old[place] && new[place].code < Cell.clusterBase
    }
    while first < end, isSame(first) { first += 1 }
    while end > first, isSame(end - 1) { end -= 1 }
    while first > row.lowerBound, first < end, new[first].code == 0 || old[first].code == 0 {
      first -= 1
    }
    while end < row.upperBound, first < end, new[end].code == 0 || old[end].code == 0 { end += 1 }
    return first - row.lowerBound..<end - row.lowerBound
  }

  private func put(
    _ surface: Surface, _ new: UnsafeBufferPointer<Cell>, row: Int, span: Range<Int>
  ) {
    cells.removeAll(keepingCapacity: true)
    var clusters: [(column: Int, text: String, style: kcu_cell)] = []
    for column in span {
      let cell = new[row * surface.width + column]
      var packed = kcu_cell(
        code: cell.code, foreground: cell.style.foreground, background: cell.style.background,
        attributes: cell.style.attributes.rawValue)
      if cell.code >= Cell.clusterBase {
        let text = surface.clusters[Int(cell.code - Cell.clusterBase)]
        packed.code = text.unicodeScalars.first?.value ?? 0x20
        clusters.append((column, text, packed))
      }
      cells.append(packed)
    }
    kcu_put_row(Int32(row), Int32(span.lowerBound), cells, Int32(cells.count))
    for cluster in clusters {
      let codes = cluster.text.unicodeScalars.map(\.value)
      kcu_put_cluster(Int32(row), Int32(cluster.column), codes, Int32(codes.count), cluster.style)
    }
  }

  package func readKeys() -> [Key] {
    var result: [Key] = []
    var code: UInt32 = 0
    var count = 0
    while true {
      defer { count += 1 }
      switch kcu_read_key(&code) {
      case Int32(kcu_character): take(character: code, into: &result)
      case Int32(kcu_function_key): take(functionKey: code, into: &result)
      case Int32(kcu_click):
        if pasted == nil { result.append(.click(column: Int(code >> 16), row: Int(code & 0xFFFF))) }
      case Int32(kcu_background): backgroundIsLight = code == 1
      case Int32(kcu_receipt): receipts += 1
      default:
        // Only a Ctrl-C that comes by itself; one within a paste is a character of it.
        if isPasteGivenUp, count == 1 { pasted = nil }
        isPasteGivenUp = false
        return result
      }
    }
  }

  private func take(character code: UInt32, into keys: inout [Key]) {
    guard let text = pasted else {
      if let key = Self.key(ofCharacter: code) { keys.append(key) }
      return
    }
    switch code {
    // A terminal that never ends its paste must not keep the keyboard.
    case 3: isPasteGivenUp = true
    case 10, 13: pasted = text + "\n"
    case 9: pasted = text + " "
    case 0..<32, 127: break
    default: if let scalar = Unicode.Scalar(code) { pasted = text + String(Character(scalar)) }
    }
  }

  private func take(functionKey code: UInt32, into keys: inout [Key]) {
    if code == UInt32(kcu_key_paste_begin) {
      pasted = ""
    } else if code == UInt32(kcu_key_paste_end) {
      if let pasted { keys.append(.paste(pasted)) }
      pasted = nil
    } else if pasted == nil, let key = Self.functionKeys[code] {
      keys.append(key)
    }
  }

  package func ring() { kcu_ring() }

  package func askForReceipt() -> Bool { kcu_ask_receipt() != 0 }

  package func takeReceipts() -> Int {
    defer { receipts = 0 }
    return receipts
  }

  package var isWritable: Bool { kcu_is_writable() != 0 }

  package func copy(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return kcu_copy(bytes, Int32(clamping: bytes.count)) != 0
  }

  /// Gives the terminal to another program while a body runs, and takes it again.
  package func lend<Result>(_ body: () -> Result) -> Result {
    kcu_leave()
    let result = body()
    shown = nil
    kcu_return()
    return result
  }

  /// Redraws everything with the next surface.
  package func invalidate() {
    shown = nil
    kcu_invalidate()
  }

  package func resize() {
    shown = nil
    kcu_resize()
  }

  /// Stops the process as Ctrl-Z does, and comes back when it goes on.
  package func suspend(wholeGroup: Bool) {
    shown = nil
    kcu_suspend(wholeGroup ? 1 : 0)
  }

  /// Readable when `nextSignal` has something.
  package var signalDescriptor: Int32 { kcu_signal_descriptor() }

  package func nextSignal() -> Signal? {
    switch kcu_next_signal() {
    case 0: return nil
    case 28: return .resize
    case 20: return .suspend
    case let number: return .quit(number)
    }
  }

  private static func key(ofCharacter code: UInt32) -> Key? {
    switch code {
    case 9: return .tab
    case 10, 13: return .enter
    case 27: return .escape
    case 8, 127: return .backspace
    case 1...26: return Unicode.Scalar(code + 0x60).map { .control(Character($0)) }
    case 0..<32: return nil
    default: return Unicode.Scalar(code).map { .character(Character($0)) }
    }
  }

  private static let functionKeys: [UInt32: Key] = {
    let named: [(Int, Key)] = [
      (kcu_key_up, .up), (kcu_key_down, .down), (kcu_key_left, .left), (kcu_key_right, .right),
      (kcu_key_shift_up, .shiftUp), (kcu_key_shift_down, .shiftDown), (kcu_key_home, .home),
      (kcu_key_end, .end), (kcu_key_page_up, .pageUp), (kcu_key_page_down, .pageDown),
      (kcu_key_backspace, .backspace), (kcu_key_delete, .delete), (kcu_key_enter, .enter),
      (kcu_key_back_tab, .backTab), (kcu_key_wheel_up, .wheelUp),
      (kcu_key_wheel_down, .wheelDown),
    ]
    var keys: [UInt32: Key] = [:]
    for (code, key) in named { keys[UInt32(code)] = key }
    for number in 1...12 { keys[UInt32(kcu_key_f0 + number)] = .function(number) }
    return keys
  }()
}
