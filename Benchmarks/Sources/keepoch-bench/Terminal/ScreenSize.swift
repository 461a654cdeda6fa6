/// How many cells a terminal has.
struct ScreenSize: Equatable, Sendable, CustomStringConvertible {
  let columns: Int
  let rows: Int

  static let large = ScreenSize(columns: 200, rows: 50)
  static let small = ScreenSize(columns: 80, rows: 24)
  /// Shows exactly eight samples of 28x14 cells in Keepoch's grid.
  static let eightSamples = ScreenSize(columns: 120, rows: 34)

  var description: String { "\(columns)x\(rows)" }
}
