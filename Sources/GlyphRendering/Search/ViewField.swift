import CGlyphKernels

/// What an eye sees of a grid of cells beside what it should see, changed one cell at a time.
///
/// Samples lie row by row, two columns and four rows a cell, `CellGeometry.pad` more on each side.
final class ViewField {
  let columns: Int
  let rows: Int
  /// Samples a row.
  let stride: Int
  let lines: Int
  let ground: Int32
  /// Light of the blurred cells.
  let light: UnsafeMutablePointer<Int32>
  /// Fine codes of the wanted view.
  let wanted: UnsafeMutablePointer<Int16>
  /// The root of each sample's weight in 1/32768; 0 beyond the picture.
  let weights: UnsafeMutablePointer<Int16>

  /// The weight of a sample that counts in full.
  static let full = Int16.max

  /// - Parameters:
  ///   - target: fine codes of the wanted view with `CellGeometry.pad` samples around.
  ///   - ground: light of the bare terminal.
  init(columns: Int, rows: Int, target: [Int32], ground: Int32) {
    self.columns = columns
    self.rows = rows
    self.ground = ground
    stride = columns * CellGeometry.columns + 2 * CellGeometry.pad
    lines = rows * CellGeometry.rows + 2 * CellGeometry.pad
    precondition(target.count == stride * lines)
    light = .allocate(capacity: target.count)
    wanted = .allocate(capacity: target.count)
    weights = .allocate(capacity: target.count)
    light.initialize(repeating: ground, count: target.count)
    weights.initialize(repeating: 0, count: target.count)
    for place in target.indices { (wanted + place).initialize(to: Int16(target[place])) }
    for line in 0..<rows * CellGeometry.rows {
      let first = pictureStart(line)
      for place in first..<first + columns * CellGeometry.columns { weights[place] = Self.full }
    }
  }

  deinit {
    light.deallocate()
    wanted.deallocate()
    weights.deallocate()
  }

  /// Where the picture's own samples of one line begin.
  func pictureStart(_ line: Int) -> Int {
    (line + CellGeometry.pad) * stride + CellGeometry.pad
  }

  /// Where a cell's footprint begins.
  func origin(of cell: Int) -> Int {
    cell / columns * CellGeometry.rows * stride + cell % columns * CellGeometry.columns
  }

  /// What the kernels need to know about the footprint of a cell.
  func cell(_ cell: Int) -> kgk_cell {
    let origin = origin(of: cell)
    return kgk_cell(
      light: light + origin, wanted: wanted + origin,
      weights: weights + origin, stride: stride, codes: Light.codesFromZero)
  }

  /// Adds light of `sample` in the footprint, row by row, `times` over.
  @inline(__always)
  func add(to cell: Int, times: Int32 = 1, light added: (Int) -> Int32) {
    let origin = origin(of: cell)
    for row in 0..<CellGeometry.footprintRows {
      let place = origin + row * stride
      for column in 0..<CellGeometry.footprintColumns {
        light[place + column] &+= times &* added(row * CellGeometry.footprintColumns + column)
      }
    }
  }

  func add(stamp: UnsafePointer<Int16>, to cell: Int, times: Int32 = 1) {
    add(to: cell, times: times) { Int32(stamp[$0]) }
  }

  func add(pen: kgk_pen, to cell: Int, times: Int32 = 1) {
    add(to: cell, times: times) { sample in
      let sum =
        Int32(pen.full[sample]) &* pen.paper &+ Int32(pen.straight[sample]) &* pen.even
        &+ Int32(pen.curved[sample]) &* pen.bend
      return (sum &+ Light.one / 2) >> Light.bits
    }
  }
}
