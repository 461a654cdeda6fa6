/// A screen of cells that a program draws on; the terminal shows the difference to the last one.
package struct Surface: Equatable, Sendable {
  package let width: Int
  package let height: Int
  /// `width * height`, row by row.
  package private(set) var cells: [Cell]
  /// What a cell with a code from `Cell.clusterBase` on stands for.
  package private(set) var clusters: [String] = []
  /// Whether everything that is not ASCII is drawn as `?`.
  package let isASCIIOnly: Bool
  /// Where the terminal's cursor stands; nil hides it.
  package var cursor: (row: Int, column: Int)? {
    get { cursorRow.map { ($0, cursorColumn) } }
    set {
      cursorRow = newValue?.row
      cursorColumn = newValue?.column ?? 0
    }
  }
  private var cursorRow: Int?
  private var cursorColumn = 0

  package init(width: Int, height: Int, isASCIIOnly: Bool = false) {
    self.width = max(0, width)
    self.height = max(0, height)
    self.isASCIIOnly = isASCIIOnly
    cells = Array(repeating: .blank, count: self.width * self.height)
  }

  package var bounds: Rect { Rect(x: 0, y: 0, width: width, height: height) }

  package subscript(column: Int, row: Int) -> Cell {
    get { cells[row * width + column] }
    set { cells[row * width + column] = newValue }
  }

  /// Draws one line of text from a place on, clipped to `limit` cells and the surface.
  ///
  /// - Returns: the cells it took.
  @discardableResult
  package mutating func put(
    _ text: String, x: Int, y: Int, style: CellStyle = .plain, limit: Int = .max
  ) -> Int {
    guard y >= 0, y < height, x < width, limit > 0 else { return 0 }
    let end = limit > width - x ? width : x + limit
    var column = x
    for character in text {
      let taken = TextWidth.of(character)
      if taken == 0 { continue }
      if column + taken > end { break }
      if column >= 0 { put(character, taken: taken, column: column, row: y, style: style) }
      column += taken
    }
    return column - x
  }

  private mutating func put(
    _ character: Character, taken: Int, column: Int, row: Int, style: CellStyle
  ) {
    let scalars = character.unicodeScalars
    var code = scalars.first?.value ?? 0x20
    if isASCIIOnly, code > 0x7E {
      for place in column..<column + taken { self[place, row] = Cell(code: 0x3F, style: style) }
      return
    }
    if scalars.count > 1 {
      code = Cell.clusterBase + UInt32(clusters.count)
      clusters.append(String(character))
    }
    if code < 0x20 || code == 0x7F { code = 0x20 }
    self[column, row] = Cell(code: code, style: style)
    if taken == 2 { self[column + 1, row] = Cell(code: 0, style: style) }
  }

  /// Copies rows of cells to a place, clipped to the surface on the right and below.
  ///
  /// - Parameter block: as many cells as whole rows of `blockWidth` need, none of them a cluster.
  package mutating func copy(_ block: [Cell], blockWidth: Int, x: Int, y: Int) {
    guard x >= 0, y >= 0, blockWidth > 0, x < width else { return }
    let count = min(blockWidth, width - x)
    let surfaceWidth = width
    let rows = min(block.count / blockWidth, height - y)
    guard rows > 0 else { return }
    cells.withUnsafeMutableBufferPointer { target in
      block.withUnsafeBufferPointer { source in
        for row in 0..<rows {
          for column in 0..<count {
            target[(y + row) * surfaceWidth + x + column] = source[row * blockWidth + column]
          }
        }
      }
    }
  }

  /// Fills a rectangle, clipped to the surface.
  package mutating func fill(_ rect: Rect, _ code: UInt32 = 0x20, style: CellStyle = .plain) {
    let area = rect.clipped(to: bounds)
    for row in area.y..<area.y + area.height {
      for column in area.x..<area.x + area.width {
        self[column, row] = Cell(code: code, style: style)
      }
    }
  }

  /// Changes the style of a rectangle and keeps what stands there.
  package mutating func restyle(_ rect: Rect, _ change: (inout CellStyle) -> Void) {
    let area = rect.clipped(to: bounds)
    for row in area.y..<area.y + area.height {
      for column in area.x..<area.x + area.width { change(&self[column, row].style) }
    }
  }

  /// The characters of a row, trailing blanks left out.
  package func line(_ row: Int) -> String {
    var text = ""
    for cell in cells[row * width..<(row + 1) * width] where cell.code != 0 {
      if cell.code >= Cell.clusterBase {
        text += clusters[Int(cell.code - Cell.clusterBase)]
      } else if let scalar = Unicode.Scalar(cell.code) {
        text.unicodeScalars.append(scalar)
      }
    }
    while text.last == " " { text.removeLast() }
    return text
  }

  /// Every row, for a person or a test to read.
  package var lines: [String] { (0..<height).map(line) }
}

/// A rectangle of cells; never negative in size.
package struct Rect: Hashable, Sendable {
  package var x: Int
  package var y: Int
  package var width: Int
  package var height: Int

  package init(x: Int, y: Int, width: Int, height: Int) {
    self.x = x
    self.y = y
    self.width = max(0, width)
    self.height = max(0, height)
  }

  package func clipped(to other: Rect) -> Rect {
    let left = max(x, other.x)
    let top = max(y, other.y)
    return Rect(
      x: left, y: top, width: min(x + width, other.x + other.width) - left,
      height: min(y + height, other.y + other.height) - top)
  }
}
