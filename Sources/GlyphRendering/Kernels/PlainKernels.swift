import CGlyphKernels

/// The twins of the functions in CGlyphKernels: the same bits in plain Swift, for processors
/// without vectors and as the oracle of the tests.
enum PlainKernels {
  private static let columns = CellGeometry.footprintColumns
  private static let samples = CellGeometry.footprint
  /// Rows from the cell's middle outwards.
  private static let rows = [4, 5, 3, 6, 2, 7, 1, 8, 0, 9]

  @inline(__always)
  static func light(_ cell: kgk_cell, stamp: UnsafePointer<Int16>, _ sample: Int) -> Int32 {
    cell.light[sample / columns * cell.stride + sample % columns] &+ Int32(stamp[sample])
  }

  @inline(__always)
  static func light(_ cell: kgk_cell, pen: kgk_pen, _ sample: Int) -> Int32 {
    let sum =
      Int32(pen.full[sample]) &* pen.paper &+ Int32(pen.straight[sample]) &* pen.even
      &+ Int32(pen.curved[sample]) &* pen.bend
    return cell.light[sample / columns * cell.stride + sample % columns]
      &+ ((sum &+ Light.one / 2) >> Light.bits)
  }

  @inline(__always)
  static func error(_ cell: kgk_cell, below limit: Int32, light: (Int) -> Int32) -> Int32 {
    var sum: Int32 = 0
    for row in rows {
      for sample in row * columns..<(row + 1) * columns {
        let place = row * cell.stride + sample % columns
        let miss = Int32(cell.codes[Int(light(sample))]) &- Int32(cell.wanted[place])
        let weighted = (miss &* Int32(cell.weights[place]) &+ 0x4000) >> 15
        sum &+= weighted &* weighted
      }
      if sum >= limit { return limit }
    }
    return sum
  }

  static func bestStamps(
    _ cell: kgk_cell, stamps: UnsafePointer<Int16>, count: Int, below limit: Int32,
    into best: inout Shortlist
  ) {
    var limit = limit
    best.count = 0
    for glyph in 0..<count {
      let stamp = stamps + glyph * samples
      let error = error(cell, below: limit) { light(cell, stamp: stamp, $0) }
      if error < limit { limit = best.insert(Int32(glyph), error: error, below: limit) }
    }
  }

  @inline(__always)
  static func means(_ cell: kgk_cell, _ means: kgk_means, light: (Int) -> Int32) -> Float {
    withUnsafeTemporaryAllocation(
      of: SIMD8<Float>.self, capacity: CellGeometry.footprintRows
    ) { spread in
      for row in 0..<CellGeometry.footprintRows {
        var sum = SIMD8<Float>()
        for column in 0..<columns {
          let place = row * cell.stride + column
          let miss =
            cell.weights[place] == 0
            ? 0
            : Int32(cell.codes[Int(light(row * columns + column))]) &- Int32(cell.wanted[place])
          sum += Float(miss) * load(means.across + column * columns)
        }
        spread[row] = sum
      }
      var total = SIMD8<Float>()
      for mean in 0..<CellGeometry.meanRows {
        var value = load(means.means + mean * means.stride)
        for row in 0..<CellGeometry.footprintRows {
          value += means.down[mean * CellGeometry.footprintRows + row] * spread[row]
        }
        total += load(means.pull + mean * means.stride) * (value * value)
      }
      return folded(total)
    }
  }

  static func fitSums(
    shapes: UnsafePointer<Float>, count: Int, weights: UnsafePointer<Float>,
    missing: UnsafePointer<Float>, full: UnsafePointer<Float>, sums: UnsafeMutablePointer<Float>
  ) {
    for glyph in 0..<count {
      var square = SIMD8<Float>()
      var match = SIMD8<Float>()
      var overlap = SIMD8<Float>()
      for place in stride(from: 0, to: samples, by: columns) {
        let shape = load(shapes + glyph * samples + place)
        let weight = load(weights + place)
        square += weight * shape * shape
        match += weight * load(missing + place) * shape
        overlap += weight * load(full + place) * shape
      }
      sums[glyph] = folded(square)
      sums[count + glyph] = folded(match)
      sums[2 * count + glyph] = folded(overlap)
    }
  }

  static func nearestShapes(
    tones: UnsafePointer<Int16>, cells: Int, shapes: UnsafePointer<Int16>,
    norms: UnsafePointer<Int32>, groups: Int, nearest: UnsafeMutablePointer<Int32>
  ) {
    for cell in 0..<cells {
      let wanted = tones + cell * 8
      var least = Int32.max
      var best: Int32 = 0
      for shape in 0..<groups * 8 {
        var dot: Int32 = 0
        for tone in 0..<8 {
          let place = shape / 8 * 64 + tone / 2 * 16 + shape % 8 * 2 + tone % 2
          dot &+= Int32(shapes[place]) &* Int32(wanted[tone])
        }
        let error = norms[shape] &- 2 &* dot
        if error < least {
          least = error
          best = Int32(shape)
        }
      }
      nearest[cell] = best
    }
  }

  @inline(__always)
  private static func load(_ place: UnsafePointer<Float>) -> SIMD8<Float> {
    UnsafeRawPointer(place).loadUnaligned(as: SIMD8<Float>.self)
  }

  /// The sum of the lanes as (0 + 4 + 2 + 6) + (1 + 5 + 3 + 7), as the vectors add them.
  @inline(__always)
  private static func folded(_ lanes: SIMD8<Float>) -> Float {
    let half = lanes.lowHalf + lanes.highHalf
    let pair = half.lowHalf + half.highHalf
    return pair.x + pair.y
  }
}
