/// The glyphs of an alphabet as eight tones each, for choosing one in a single pass.
struct GlyphShapes: Sendable {
  /// Tones 0...`Light.finest` away from the ground, 2 x 4 a glyph, in the order of `glyphs`.
  private let tones: [Int32]
  /// The sum of each glyph's tones, ascending.
  private let sums: [Int32]
  /// Index in the alphabet of each shape.
  private let glyphs: [Int]
  /// - Parameters:
  ///   - tones: 0...`Light.finest` away from the ground, eight a glyph in the alphabet's order.
  init(tones: [[Int32]]) {
    let shapes = tones.enumerated().sorted {
      ($0.element.reduce(0, +), $0.offset) < ($1.element.reduce(0, +), $1.offset)
    }
    self.tones = shapes.flatMap(\.element)
    sums = shapes.map { $0.element.reduce(0, +) }
    glyphs = shapes.map(\.offset)
  }

  /// The glyph whose tones are nearest to the wanted ones in the sum of squares.
  ///
  /// Of glyphs as near, the one with less ink. `wanted` holds eight values.
  func nearest(to wanted: [Int32]) -> Int {
    var sum: Int32 = 0
    for part in 0..<8 { sum &+= wanted[part] }
    if sum == 0 { return glyphs[0] }
    return tones.withUnsafeBufferPointer { tones in
      sums.withUnsafeBufferPointer { sums in
        var above = lowerBound(sum, in: sums)
        var below = above - 1
        var best = 0
        var least = Int32.max
        // Sums that differ by d put shapes at least d * d / 8 apart: beyond that none can win.
        while above < sums.count || below >= 0 {
          let up = above < sums.count ? sums[above] &- sum : Int32.max
          let down = below >= 0 ? sum &- sums[below] : Int32.max
          let shape = down <= up ? below : above
          let gap = min(up, down)
          if Int64(gap) * Int64(gap) >= Int64(least) * 8 { break }
          var error: Int32 = 0
          for part in 0..<8 {
            let miss = tones[shape &* 8 &+ part] &- wanted[part]
            error &+= miss &* miss
          }
          if error < least {
            least = error
            best = shape
          }
          if down <= up { below -= 1 } else { above += 1 }
        }
        return glyphs[best]
      }
    }
  }

  private func lowerBound(_ sum: Int32, in sums: UnsafeBufferPointer<Int32>) -> Int {
    var low = 0
    var high = sums.count
    while low < high {
      let middle = (low + high) / 2
      if sums[middle] < sum { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
