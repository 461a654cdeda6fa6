import ReviewCore
import TerminalSurface

/// Where the pictures of a trial stand: the same for every trial of a block on one screen.
struct TrialLayout: Equatable {
  /// Pictures side by side on each side.
  let perRow: Int
  /// The upper left corner of each side's pictures.
  let origins: [(x: Int, y: Int)]
  let columns: Int
  let rows: Int

  static func == (left: TrialLayout, right: TrialLayout) -> Bool {
    left.perRow == right.perRow && left.columns == right.columns && left.rows == right.rows
      && left.origins.elementsEqual(right.origins) { $0.x == $1.x && $0.y == $1.y }
  }

  // The title, the question and the names of the sides; below, what is said and what the keys are.
  static let top = 3
  private static let bottom = 2
  private static let gap = 3

  /// - Parameters:
  ///   - count: pictures on a side.
  ///   - sides: 1 or 2.
  /// - Returns: nil where there is no room for them.
  init?(columns: Int, rows: Int, count: Int, sides: Int, width: Int, height: Int) {
    let sideWidth = (width - (sides - 1) * Self.gap) / max(1, sides)
    let room = height - Self.top - Self.bottom
    func lines(_ perRow: Int) -> Int { (count + perRow - 1) / perRow }
    let choices = (1...max(1, count)).filter {
      $0 * (columns + 1) - 1 <= sideWidth && lines($0) * (rows + 1) - 1 <= room
    }
    let best = Self.squarest(choices, columns: columns, rows: rows, count: count)
    guard let perRow = best, columns > 0, rows > 0, count > 0 else { return nil }
    self.perRow = perRow
    self.columns = columns
    self.rows = rows
    let used = min(perRow, count) * (columns + 1) - 1
    let tall = lines(perRow) * (rows + 1) - 1
    origins = (0..<sides).map { side in
      (
        x: side * (sideWidth + Self.gap) + max(0, (sideWidth - used) / 2),
        y: Self.top + max(0, (room - tall) / 2)
      )
    }
  }

  /// `62x24 at least`: the smallest width, and the smallest height at it, that have room.
  static func leastSize(of rendering: TrialRendering, sides: Int) -> String {
    let (columns, rows, count) = (rendering.columns, rendering.rows, rendering.pictures)
    let choices = Array(1...max(1, count))
    let perRow = squarest(choices, columns: columns, rows: rows, count: count) ?? 1
    let width = sides * (perRow * (columns + 1) - 1) + (sides - 1) * gap
    let height = (count + perRow - 1) / perRow * (rows + 1) - 1 + top + bottom
    return
      "\(max(width, ScreenLayout.leastWidth))x\(max(height, ScreenLayout.leastHeight)) at least"
  }

  /// How many stand side by side so that all of them are as square as can be, a cell being twice as high as
  /// wide.
  private static func squarest(_ choices: [Int], columns: Int, rows: Int, count: Int) -> Int? {
    func longest(_ perRow: Int) -> Int {
      let lines = (count + perRow - 1) / perRow
      return max(perRow * columns, 2 * lines * rows)
    }
    return choices.min { longest($0) < longest($1) }
  }

  /// Where one of a side's pictures stands.
  func place(_ picture: Int, side: Int) -> (x: Int, y: Int) {
    let origin = origins[side]
    return (
      x: origin.x + picture % perRow * (columns + 1), y: origin.y + picture / perRow * (rows + 1)
    )
  }
}
