extension Alarm {
  /// Less than this part of the best so far, and the samples have lost their variety.
  package static let leastDiversity = 2.0 / 3
  /// Fewer distinct samples than this part of all.
  package static let leastUnique = 0.1
  /// More than this part of the samples nearer to a real one than the nearest hundredth of real ones.
  package static let mostNear = 0.2
  /// Less than this part of the largest KL so far.
  package static let fadedKL = 0.1
  /// A copying score below this beside samples that are hardly authentic.
  package static let copying = -5.0
  package static let leastAuthentic = 0.25
  /// Blank pictures, of all.
  package static let mostBlank = 0.5

  /// Those that the computed numbers tell; none while nothing was computed.
  ///
  /// - Complexity: O(n) in checkpoints.
  package static func ofMeasures(_ run: Run) -> [Alarm] {
    guard run.measures != nil else { return [] }
    return run.parts.flatMap { part in
      ofMeasures(inPart: part.run).map { $0.moved(to: part.row(of: $0.index)) }
    }
  }

  private static func ofMeasures(inPart run: Run) -> [Alarm] {
    guard let measures = run.measures else { return [] }
    return fewDistinct(run, measures) + losses(run) + lostModes(run) + unusedLatents(run)
      + memorised(run, measures) + blackOuts(run, measures) + stuck(run, measures)
  }

  private static func computed(_ run: Run, _ name: String) -> MetricColumn? {
    run.columns.first {
      // Behind one that the run logs itself it is marked.
      $0.metric.origin == .computed
        && ($0.metric.name == name || $0.metric.name.hasPrefix("\(name)[")
          || $0.metric.name == Run.nameOfComputed(besideLogged: name))
    }
  }

  private static func percent(_ share: Double) -> String {
    "\(NumberText.general(100 * share, digits: 2)) %"
  }

  private static func fewDistinct(_ run: Run, _ measures: RunMeasures) -> [Alarm] {
    guard let column = computed(run, "unique_ratio") else { return [] }
    return run.checkpoints.indices.compactMap { index in
      guard let ratio = column.values[index], ratio < leastUnique else { return nil }
      let copies = (measures.checkpoints[index]?.evidence ?? []).filter { $0.kind == .copyOf }
      return Alarm(
        index: index, kind: .fewDistinct,
        evidence: "unique ratio \(NumberText.general(ratio, digits: 3)), below \(leastUnique)",
        samples: copies.map(\.sample))
    }
  }

  /// Where a computed diversity lies below two thirds of its best before, by more than its error allows.
  private static func losses(_ run: Run) -> [Alarm] {
    // The effective number of pictures; of points how far they lie apart.
    guard let column = computed(run, "vendi") ?? computed(run, "pairwise_distance") else {
      return []
    }
    var best: (index: Int, value: Double)?
    return run.checkpoints.indices.compactMap { index -> Alarm? in
      guard let value = column.values[index], value.isFinite else { return nil }
      guard let peak = best, value < peak.value else {
        best = (index, value)
        return nil
      }
      let error = 1.96 * ((column.error(at: index) ?? 0) + (column.error(at: peak.index) ?? 0))
      guard value < leastDiversity * peak.value, peak.value - value > error else { return nil }
      return Alarm(
        index: index, kind: .diversityFell,
        evidence: "\(column.metric.name) fell from \(NumberText.general(peak.value, digits: 3)) at "
          + "\(run.wordsInRun(of: peak.index)) to \(NumberText.general(value, digits: 3)), "
          + "\(percent(value / peak.value)) of it")
    }
  }

  /// Where at least two of the modes that were reached, and a quarter of them, are reached no more.
  private static func lostModes(_ run: Run) -> [Alarm] {
    guard let column = computed(run, "modes") else { return [] }
    var best: (index: Int, value: Double)?
    return run.checkpoints.indices.compactMap { index -> Alarm? in
      guard let value = column.values[index] else { return nil }
      guard let peak = best, value < peak.value else {
        best = (index, value)
        return nil
      }
      guard peak.value - value >= 2, value <= 0.75 * peak.value else { return nil }
      return Alarm(
        index: index, kind: .modesLost,
        evidence:
          "\(NumberText.shortest(value)) \(value == 1 ? "mode" : "modes") where \(run.wordsInRun(of: peak.index)) "
          + "reached \(NumberText.shortest(peak.value))")
    }
  }

  private static func unusedLatents(_ run: Run) -> [Alarm] {
    guard let active = computed(run, "active_units") else { return [] }
    let kl = computed(run, "latent_kl")
    let latents = run.latentShape.map { $0.reduce(1, *) }
    return run.checkpoints.indices.compactMap { index -> Alarm? in
      guard let count = active.values[index] else { return nil }
      let best = active.values[...index].compactMap { $0 }.max() ?? count
      let isDead = count == 0 || latents.map { count <= 0.1 * Double($0) } ?? false
      let bestKL = kl?.values[...index].compactMap { $0 }.max() ?? 0
      // Latents that fade together stay active long after they have stopped to tell anything.
      let hasFaded = kl?.values[index].map { $0 < fadedKL * bestKL } ?? false
      guard isDead || hasFaded || (best >= 4 && count <= best / 4) else { return nil }
      var words = "\(NumberText.shortest(count)) active units"
      if let latents { words += " of \(latents)" }
      if best > count { words += ", \(NumberText.shortest(best)) at the best" }
      if let value = kl?.values[index] {
        words += ", KL \(NumberText.general(value, digits: 3)) nats"
        if bestKL > value { words += " of \(NumberText.general(bestKL, digits: 3)) at the most" }
      }
      return Alarm(index: index, kind: .latentUnused, evidence: words)
    }
  }

  private static func memorised(_ run: Run, _ measures: RunMeasures) -> [Alarm] {
    guard let near = computed(run, "near_copies"), let ratio = computed(run, "nearest_ratio")
    else { return [] }
    let typical = measures.typicalRealDistance
    return run.checkpoints.indices.compactMap { index -> Alarm? in
      let copies = computed(run, "copies")?.values[index] ?? 0
      let test = computed(run, "copy_test")?.values[index]
      let authentic = computed(run, "authenticity")?.values[index] ?? 1
      guard let share = near.values[index], let distance = ratio.values[index] else { return nil }
      let isCopying = test.map { $0 < copying && authentic < leastAuthentic } ?? false
      guard share > mostNear && distance < 0.8 || copies > 0 || isCopying else { return nil }
      let found = (measures.checkpoints[index]?.evidence ?? []).filter { $0.kind == .nearestReal }
      let limit = typical.map { 0.5 * $0 } ?? 0
      let shown = found.filter { $0.number <= limit }.sorted {
        ($0.number, $0.sample) < ($1.number, $1.sample)
      }
      var words = copies > 0 ? "\(percent(copies)) of the samples are exact copies, " : ""
      words += "\(percent(share)) lie nearer to a real picture than 99 % of real ones to each other"
      words += ", median distance \(NumberText.general(distance, digits: 2)) of theirs"
      if let test {
        words += ", C_T \(NumberText.general(test, digits: 3)) against pictures not trained on"
      }
      return Alarm(
        index: index, kind: .memorised, evidence: words, samples: shown.map(\.sample))
    }
  }

  private static func blackOuts(_ run: Run, _ measures: RunMeasures) -> [Alarm] {
    guard let column = computed(run, "blank") else { return [] }
    return run.checkpoints.indices.compactMap { index in
      guard let share = column.values[index], share > mostBlank else { return nil }
      let blank = (measures.checkpoints[index]?.evidence ?? []).filter { $0.kind == .blank }
      return Alarm(
        index: index, kind: .blackOut,
        evidence: "\(percent(share)) of the pictures are of one gray", samples: blank.map(\.sample))
    }
  }

  /// Where every number is that of the checkpoint before, to the last bit.
  private static func stuck(_ run: Run, _ measures: RunMeasures) -> [Alarm] {
    run.checkpoints.indices.dropFirst().compactMap { index in
      guard let own = measures.checkpoints[index], let before = measures.checkpoints[index - 1],
        own.values.count > 3, own.values == before.values, own.evidence == before.evidence
      else { return nil }
      return Alarm(
        index: index, kind: .stuck,
        evidence: "the samples are those of \(run.wordsInRun(of: index - 1)), pixel by pixel")
    }
  }
}
