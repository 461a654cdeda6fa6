/// The best two levels for the parts of one block cell, found by trying every split of their order.
struct TwoLevelSplit {
  let levels: GrayLevels
  /// The paper that is given where a cell has none of its own.
  let fixedPaper: UInt8?

  /// The mask and levels of least squared error for the codes 0...255 of a cell's parts.
  ///
  /// Exact: the best mask for two levels always parts the sorted values in two. Of splits as good,
  /// the one with fewer parts inked.
  func best(of codes: [Int32]) -> ShadedGlyph {
    let count = codes.count
    return withUnsafeTemporaryAllocation(of: Int.self, capacity: count) { order in
      // Brightest first, of equals the later part; a handful, so by insertion.
      for part in 0..<count {
        var place = part
        while place > 0, codes[order[place - 1]] <= codes[part] {
          order[place] = order[place - 1]
          place -= 1
        }
        order[place] = part
      }
      var total: Int32 = 0
      for code in codes { total += code }
      var best = ShadedGlyph(glyph: 0, ink: 0, paper: 0)
      var least = Int32.max
      // With the paper given, ink may be the darker or the lighter end.
      for direction in 0..<(fixedPaper == nil ? 1 : 2) {
        var mask = 0
        var high: Int32 = 0
        for inked in 0...count {
          if inked > 0 {
            let part = order[direction == 0 ? inked - 1 : count - inked]
            mask |= 1 << part
            high += codes[part]
          }
          let paper = fixedPaper ?? level(total - high, count - inked) ?? level(total, count) ?? 0
          let ink = level(high, inked) ?? paper
          let error = error(codes, mask: mask, ink: Int32(ink), paper: Int32(paper))
          if error < least {
            least = error
            best = ShadedGlyph(glyph: mask, ink: ink, paper: paper)
          }
        }
      }
      return best
    }
  }

  private func level(_ sum: Int32, _ count: Int) -> UInt8? {
    count == 0 ? nil : levels.nearest(to: Double(sum) / Double(count))
  }

  private func error(_ codes: [Int32], mask: Int, ink: Int32, paper: Int32) -> Int32 {
    var sum: Int32 = 0
    for part in codes.indices {
      let miss = codes[part] - (mask >> part & 1 == 1 ? ink : paper)
      sum += miss * miss
    }
    return sum
  }
}
