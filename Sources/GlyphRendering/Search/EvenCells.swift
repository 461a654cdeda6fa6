/// Cells in the middle of nothing but one tone, which a search leaves as they are.
///
/// Towards the edge of a picture it would else try to make up for the light that is lost beyond it,
/// and draw a frame that is not there.
enum EvenCells {
  /// How far apart tones may be, in fine codes: one gray level.
  private static let tolerance: Int32 = 16

  /// Whether each cell and its neighbours are of one tone.
  ///
  /// - Parameter field: 2 x 4 samples a cell.
  static func find(in field: LightField, columns: Int, rows: Int) -> [Bool] {
    var lows = [Int32](repeating: .max, count: columns * rows)
    var highs = [Int32](repeating: .min, count: columns * rows)
    field.light.withUnsafeBufferPointer { light in
      for place in light.indices {
        let code = Light.code(of: light[place])
        let cell =
          place / field.width / CellGeometry.rows * columns
          + place % field.width / CellGeometry.columns
        lows[cell] = min(lows[cell], code)
        highs[cell] = max(highs[cell], code)
      }
    }
    return (0..<columns * rows).map { cell in
      let (row, column) = (cell / columns, cell % columns)
      var low = Int32.max
      var high = Int32.min
      for y in max(0, row - 1)...min(rows - 1, row + 1) {
        for x in max(0, column - 1)...min(columns - 1, column + 1) {
          low = min(low, lows[y * columns + x])
          high = max(high, highs[y * columns + x])
        }
      }
      return high - low <= tolerance
    }
  }
}
