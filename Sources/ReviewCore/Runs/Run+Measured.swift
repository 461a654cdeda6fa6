extension Run {
  /// The column that says how good single samples are: `quality`, else the best known metric of it.
  package var qualityColumn: Int? {
    if let named = columns.firstIndex(where: { $0.metric.name == "quality" }) { return named }
    let ranked = columns.indices.filter {
      columns[$0].metric.direction != nil && !MetricName(columns[$0].metric.name).isOfDiversity
    }
    return ranked.min {
      (MetricName(columns[$0].metric.name).rank, $0)
        < (MetricName(columns[$1].metric.name).rank, $1)
    }
  }

  /// The column that says how much of the data the samples cover: `diversity`, else a metric of it.
  package var diversityColumn: Int? {
    if let named = columns.firstIndex(where: { $0.metric.name == "diversity" }) { return named }
    return columns.firstIndex { MetricName($0.metric.name).isOfDiversity }
  }

  /// The two metrics that a checkpoint is weighed by: quality and diversity, else the first two that
  /// have a direction, else the first two; nil for fewer.
  package var weighedColumns: (x: Int, y: Int)? {
    if let quality = qualityColumn, let diversity = diversityColumn, quality != diversity {
      return (diversity, quality)
    }
    let directed = displayOrder.filter { columns[$0].metric.direction != nil }
    let all = directed.count > 1 ? directed : displayOrder
    return all.count > 1 ? (all[1], all[0]) : nil
  }

  /// Whether a seed takes no part in the choice: declared, or drawn by the declared share.
  ///
  /// A seed is drawn by its own number alone, so that the split is the same however many there are.
  package func isHeldOut(_ seed: Int) -> Bool {
    if !declaration.heldOutSeeds.isEmpty { return declaration.heldOutSeeds.contains(seed) }
    guard let share = declaration.heldOutShare else { return false }
    var generator = SplitMix64(seed: Self.splitSeed &+ UInt64(truncatingIfNeeded: seed))
    return Double(generator.next() >> 11) / Double(1 << 53) < share
  }

  package var holdsSeedsOut: Bool {
    !declaration.heldOutSeeds.isEmpty || declaration.heldOutShare != nil
  }

  /// The seeds of a checkpoint that take no part in the choice, ascending.
  package func heldOutSeeds(of index: Int) -> [Int] {
    guard holdsSeedsOut, let source = checkpoints[index].samples else { return [] }
    return (0..<(source.count ?? 0)).map { source.index(at: $0) }.filter(isHeldOut)
  }

  /// The seed of the split, printed where it is used.
  package static let splitSeed: UInt64 = 2026
}
