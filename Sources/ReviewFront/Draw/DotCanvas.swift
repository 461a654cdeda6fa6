import TerminalSurface

/// A plot of dots in cells: 2 x 4 braille dots a cell, or 1 x 3 levels where there is only ASCII.
struct DotCanvas {
  /// In cells.
  let width: Int
  let height: Int
  let isUTF8: Bool
  /// `dotRows * dotColumns`, the upper row first.
  private var dots: [Bool]

  init(width: Int, height: Int, isUTF8: Bool) {
    self.width = max(0, width)
    self.height = max(0, height)
    self.isUTF8 = isUTF8
    dots = []
    dots = Array(repeating: false, count: dotColumns * dotRows)
  }

  static func dotsAcross(_ cells: Int, isUTF8: Bool) -> Int { isUTF8 ? cells * 2 : cells }

  var dotColumns: Int { Self.dotsAcross(width, isUTF8: isUTF8) }
  var dotRows: Int { height * (isUTF8 ? 4 : 3) }

  /// Sets a dot; outside nothing happens.
  mutating func set(_ column: Int, _ row: Int) {
    guard (0..<dotColumns).contains(column), (0..<dotRows).contains(row) else { return }
    dots[row * dotColumns + column] = true
  }

  /// A straight line of dots (Bresenham).
  mutating func line(from start: (column: Int, row: Int), to end: (column: Int, row: Int)) {
    var (column, row) = start
    let (across, down) = (abs(end.column - column), -abs(end.row - row))
    let (stepX, stepY) = (column < end.column ? 1 : -1, row < end.row ? 1 : -1)
    var error = across + down
    while true {
      set(column, row)
      if column == end.column, row == end.row { return }
      let twice = 2 * error
      if twice >= down {
        error += down
        column += stepX
      }
      if twice <= across {
        error += across
        row += stepY
      }
    }
  }

  /// The character of a cell; a blank where there is no dot.
  func character(_ column: Int, _ row: Int) -> UInt32 {
    func has(_ x: Int, _ y: Int) -> Bool { dots[y * dotColumns + x] }
    if isUTF8 {
      // Unicode numbers the dots of a cell column by column, the lowest row last.
      let bits = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]]
      var code = 0
      for y in 0..<4 {
        for x in 0..<2 where has(column * 2 + x, row * 4 + y) { code |= bits[y][x] }
      }
      return code == 0 ? 0x20 : UInt32(0x2800 + code)
    }
    let levels = (0..<3).filter { has(column, row * 3 + $0) }
    switch levels {
    case []: return 0x20
    case [0]: return 0x27
    case [1]: return 0x2D
    case [2]: return 0x2E
    default: return 0x7C
    }
  }
}
