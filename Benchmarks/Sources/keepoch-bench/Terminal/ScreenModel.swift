/// The screen that a program's output makes: what ncurses sends to an xterm, and no more.
///
/// Characters are taken as one cell wide; Keepoch draws no wide ones unless a run's texts have them.
struct ScreenModel: Sendable {
  let size: ScreenSize
  private(set) var cells: [ScreenCell]
  private var row = 0
  private var column = 0
  private var top = 0
  private var bottom: Int
  private var isPainting = false
  private var isReverse = false
  private var last: UInt32 = 0x20

  /// A blank screen.
  init(size: ScreenSize) {
    self.size = size
    cells = Array(repeating: ScreenCell(), count: size.columns * size.rows)
    bottom = size.rows - 1
  }

  /// The text of a row, without blanks at its end.
  func text(_ row: Int) -> String {
    var scalars = String.UnicodeScalarView()
    for column in 0..<size.columns {
      scalars.append(Unicode.Scalar(self[row, column].scalar) ?? " ")
    }
    while scalars.last == " " { scalars.removeLast() }
    return String(scalars)
  }

  subscript(row: Int, column: Int) -> ScreenCell { cells[row * size.columns + column] }

  /// Takes in bytes that end between two sequences.
  mutating func feed(_ bytes: ArraySlice<UInt8>) {
    var place = bytes.startIndex
    while place < bytes.endIndex {
      let byte = bytes[place]
      switch byte {
      case 0x1B: place = escape(bytes, at: place + 1)
      case 0x0D:
        column = 0
        place += 1
      case 0x0A:
        lineFeed()
        place += 1
      case 0x08:
        column = max(0, min(column, size.columns - 1) - 1)
        place += 1
      case 0x09:
        column = min(size.columns - 1, (column / 8 + 1) * 8)
        place += 1
      case 0..<0x20: place += 1
      case 0x20..<0x80:
        put(UInt32(byte))
        place += 1
      default: place = multibyte(bytes, at: place)
      }
    }
  }

  private mutating func multibyte(_ bytes: ArraySlice<UInt8>, at start: Int) -> Int {
    let lead = bytes[start]
    let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
    var scalar = UInt32(lead) & (0xFF >> UInt32(length + 1))
    let end = min(bytes.endIndex, start + length)
    for byte in bytes[min(start + 1, end)..<end] { scalar = scalar << 6 | UInt32(byte & 63) }
    put(scalar)
    return end
  }

  private mutating func put(_ scalar: UInt32) {
    if column >= size.columns {
      column = 0
      lineFeed()
    }
    cells[row * size.columns + column] = ScreenCell(
      scalar: scalar, isPainted: isPainting || isReverse)
    column += 1
    last = scalar
  }

  private mutating func lineFeed() {
    if row == bottom { scroll(by: 1, from: top) } else { row = min(size.rows - 1, row + 1) }
  }

  /// Moves the rows from `first` to the region's end up, or down when negative.
  private mutating func scroll(by count: Int, from first: Int) {
    guard first <= bottom else { return }
    let old = cells
    for target in first...bottom {
      let source = target + count
      for column in 0..<size.columns {
        cells[target * size.columns + column] =
          source >= first && source <= bottom
          ? old[source * size.columns + column] : ScreenCell()
      }
    }
  }

  private mutating func erase(_ from: Int, _ until: Int) {
    guard from < until else { return }
    for place in from..<min(until, cells.count) { cells[place] = ScreenCell() }
  }

  /// Moves the rest of the row to the right, or to the left when negative.
  private mutating func shift(by count: Int) {
    let start = row * size.columns
    let old = Array(cells[start..<start + size.columns])
    for target in column..<size.columns {
      let source = target - count
      cells[start + target] =
        source >= column && source < size.columns ? old[source] : ScreenCell()
    }
  }

  private mutating func escape(_ bytes: ArraySlice<UInt8>, at start: Int) -> Int {
    guard start < bytes.endIndex else { return start }
    switch bytes[start] {
    case UInt8(ascii: "["): return control(bytes, at: start + 1)
    case UInt8(ascii: "("), UInt8(ascii: ")"): return min(bytes.endIndex, start + 2)
    case UInt8(ascii: "]"):
      // BEL ends it, or ESC and a backslash.
      let end = bytes[start...].firstIndex { $0 == 0x07 || $0 == 0x1B } ?? bytes.endIndex - 1
      return min(bytes.endIndex, bytes[end] == 0x1B ? end + 2 : end + 1)
    case UInt8(ascii: "M"):
      if row == top { scroll(by: -1, from: top) } else { row = max(0, row - 1) }
      return start + 1
    default: return start + 1
    }
  }

  private mutating func control(_ bytes: ArraySlice<UInt8>, at start: Int) -> Int {
    var place = start
    while place < bytes.endIndex, !(0x40...0x7E).contains(bytes[place]) { place += 1 }
    guard place < bytes.endIndex else { return place }
    let parameters = bytes[start..<place]
    guard parameters.first.map({ $0 < UInt8(ascii: "<") }) ?? true else { return place + 1 }
    let numbers = parameters.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
      .map { $0.reduce(0) { $1 >= 48 && $1 <= 57 ? $0 * 10 + Int($1) - 48 : $0 } }
    perform(bytes[place], numbers)
    return place + 1
  }

  private mutating func perform(_ final: UInt8, _ numbers: [Int]) {
    let first = numbers.first ?? 0
    let count = max(1, first)
    let width = size.columns
    switch Unicode.Scalar(final) {
    case "H":
      row = min(size.rows, max(1, first)) - 1
      column = min(width, max(1, numbers.count > 1 ? numbers[1] : 1)) - 1
    case "d": row = min(size.rows, count) - 1
    case "G": column = min(width, count) - 1
    case "A": row = max(0, row - count)
    case "B": row = min(size.rows - 1, row + count)
    case "C": column = min(width - 1, column + count)
    case "D": column = max(0, min(column, width - 1) - count)
    case "J": erase(first == 0 ? row * width + column : 0, cells.count)
    case "K":
      let start = row * width
      erase(first == 0 ? start + column : start, first == 1 ? start + column + 1 : start + width)
    case "X": erase(row * width + column, min((row + 1) * width, row * width + column + count))
    case "P": shift(by: -count)
    case "@": shift(by: count)
    case "L": scroll(by: -count, from: row)
    case "M": scroll(by: count, from: row)
    case "S": scroll(by: count, from: top)
    case "T": scroll(by: -count, from: top)
    case "b": for _ in 0..<count { put(last) }
    case "r":
      top = count - 1
      bottom = (numbers.count > 1 && numbers[1] > 0 ? numbers[1] : size.rows) - 1
      (row, column) = (0, 0)
    case "m": paint(numbers)
    default: break
    }
  }

  private mutating func paint(_ numbers: [Int]) {
    var place = 0
    while place < numbers.count {
      switch numbers[place] {
      case 0: (isPainting, isReverse) = (false, false)
      case 7: isReverse = true
      case 27: isReverse = false
      case 40...47, 100...107: isPainting = true
      case 49: isPainting = false
      case 38: place += place + 1 < numbers.count && numbers[place + 1] == 5 ? 2 : 4
      case 48:
        isPainting = true
        place += place + 1 < numbers.count && numbers[place + 1] == 5 ? 2 : 4
      default: break
      }
      place += 1
    }
  }
}
