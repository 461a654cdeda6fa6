extension Run {
  /// The column that says how good single samples are: `quality`, else the best known metric of it;
  /// where none is logged, the computed one that stands for it.
  package var qualityColumn: Int? {
    if let named = columns.firstIndex(where: { $0.metric.name == "quality" }) { return named }
    let ranked = columns.indices.filter {
      columns[$0].metric.direction != nil && columns[$0].metric.origin == .logged
        && !MetricName(columns[$0].metric.name).isOfDiversity
    }
    let best = ranked.min {
      (MetricName(columns[$0].metric.name).rank, $0)
        < (MetricName(columns[$1].metric.name).rank, $1)
    }
    // A loss says less of samples than what is measured of them.
    if let best, !MetricName(columns[best].metric.name).isLoss { return best }
    return computedPair?.quality ?? best
  }

  /// The column that says how much of the data the samples cover: `diversity`, else a metric of it; where
  /// none is logged, the computed one that stands for it.
  package var diversityColumn: Int? {
    if let named = columns.firstIndex(where: { $0.metric.name == "diversity" }) { return named }
    let logged = columns.firstIndex {
      $0.metric.origin == .logged && MetricName($0.metric.name).isOfDiversity
    }
    return logged ?? computedPair?.diversity
  }

  /// Computed metrics that stand for quality and for diversity, under their own names; nil where either was
  /// not computed.
  ///
  /// Quality: points near a mode, else the Fréchet distance, else sharpness. Diversity: modes reached, else
  /// the Vendi score, else recall, else the mean pairwise distance.
  package var computedPair: (quality: Int, diversity: Int)? {
    func first(_ names: [String]) -> Int? {
      for name in names {
        let found = columns.indices.first {
          columns[$0].metric.origin == .computed
            && (columns[$0].metric.name == name || columns[$0].metric.name.hasPrefix("\(name)["))
        }
        if let found { return found }
      }
      return nil
    }
    guard let quality = first(["high_quality", "frechet", "sharpness"]),
      let diversity = first(["modes", "vendi", "recall", "pairwise_distance"])
    else { return nil }
    return (quality, diversity)
  }

  /// Whether the computed pair stands for both, since the run logs neither.
  package var isWeighedByComputed: Bool {
    guard let pair = computedPair else { return false }
    return qualityColumn == pair.quality && diversityColumn == pair.diversity
  }

  /// The two metrics that a checkpoint is weighed by: quality and diversity, else the first two that
  /// have a direction, else the first two; nil for fewer.
  package var weighedColumns: (x: Int, y: Int)? {
    if let quality = qualityColumn, let diversity = diversityColumn, quality != diversity {
      return (diversity, quality)
    }
    let told = displayOrder.filter { columns[$0].metric.origin != .judged }
    let directed = told.filter { columns[$0].metric.direction != nil }
    let all = directed.count > 1 ? directed : told
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

  /// As `isHeldOut(_:)`, by what the run of a checkpoint declares.
  package func isHeldOut(_ seed: Int, at index: Int) -> Bool {
    (checkpoints[index].member.map { members[$0].run } ?? self).isHeldOut(seed)
  }

  package var holdsSeedsOut: Bool {
    guard members.isEmpty else { return members.contains { $0.run.holdsSeedsOut } }
    return !declaration.heldOutSeeds.isEmpty || declaration.heldOutShare != nil
  }

  /// The seeds of a checkpoint that take no part in the choice, ascending.
  package func heldOutSeeds(of index: Int) -> [Int] {
    guard holdsSeedsOut, let source = checkpoints[index].samples else { return [] }
    return (0..<(source.count ?? 0)).map { source.index(at: $0) }
      .filter { isHeldOut($0, at: index) }
  }

  /// The seed of the split, printed where it is used.
  package static let splitSeed: UInt64 = 2026
}
