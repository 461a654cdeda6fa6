import CGlyphKernels

/// The inner loops of matching, on vectors where the processor has them and else in plain Swift.
///
/// Both give the same bits, so a picture is the same on every machine.
enum GlyphKernels {
  static let hasVectors = kgk_has_vectors()

  @inline(__always)
  static func error(_ cell: inout kgk_cell, stamp: UnsafePointer<Int16>, below limit: Int32)
    -> Int32
  {
    hasVectors
      ? kgk_stamp_error(&cell, stamp, limit)
      : PlainKernels.error(cell, below: limit) { PlainKernels.light(cell, stamp: stamp, $0) }
  }

  @inline(__always)
  static func error(_ cell: inout kgk_cell, pen: inout kgk_pen, below limit: Int32) -> Int32 {
    if hasVectors { return kgk_pen_error(&cell, &pen, limit) }
    let pen = pen
    return PlainKernels.error(cell, below: limit) { PlainKernels.light(cell, pen: pen, $0) }
  }

  @inline(__always)
  static func bestStamps(
    _ cell: inout kgk_cell, stamps: UnsafePointer<Int16>, count: Int, below limit: Int32,
    into best: inout Shortlist
  ) {
    if hasVectors {
      best.count = Int(
        kgk_best_stamps(
          &cell, stamps, Int32(count), limit, Int32(best.capacity), best.errors, best.glyphs))
    } else {
      PlainKernels.bestStamps(cell, stamps: stamps, count: count, below: limit, into: &best)
    }
  }

  @inline(__always)
  static func means(
    _ cell: inout kgk_cell, _ means: inout kgk_means, stamp: UnsafePointer<Int16>
  ) -> Float {
    hasVectors
      ? kgk_stamp_means(&cell, &means, stamp)
      : PlainKernels.means(cell, means) { PlainKernels.light(cell, stamp: stamp, $0) }
  }

  @inline(__always)
  static func means(_ cell: inout kgk_cell, _ means: inout kgk_means, pen: inout kgk_pen) -> Float {
    if hasVectors { return kgk_pen_means(&cell, &means, &pen) }
    let pen = pen
    return PlainKernels.means(cell, means) { PlainKernels.light(cell, pen: pen, $0) }
  }

  /// See `kgk_fit_sums`; `sums` holds three times `count` values: squares, matches, overlaps.
  @inline(__always)
  static func fitSums(
    shapes: UnsafePointer<Float>, count: Int, weights: UnsafePointer<Float>,
    missing: UnsafePointer<Float>, full: UnsafePointer<Float>, sums: UnsafeMutablePointer<Float>
  ) {
    if hasVectors {
      kgk_fit_sums(
        shapes, Int32(count), weights, missing, full, sums, sums + count, sums + 2 * count)
    } else {
      PlainKernels.fitSums(
        shapes: shapes, count: count, weights: weights, missing: missing, full: full, sums: sums)
    }
  }

  /// See `kgk_nearest_shapes`.
  @inline(__always)
  static func nearestShapes(
    tones: UnsafePointer<Int16>, cells: Int, shapes: UnsafePointer<Int16>,
    norms: UnsafePointer<Int32>, groups: Int, nearest: UnsafeMutablePointer<Int32>
  ) {
    if hasVectors {
      kgk_nearest_shapes(tones, Int32(cells), shapes, norms, Int32(groups), nearest)
    } else {
      PlainKernels.nearestShapes(
        tones: tones, cells: cells, shapes: shapes, norms: norms, groups: groups, nearest: nearest)
    }
  }
}
