extension Evidence {
  /// What makes the evidence weaker than it could be, the choice itself first.
  package var cautions: [String] {
    choiceCautions + lookingCautions + heldOutCautions
  }

  private var choiceCautions: [String] {
    var cautions: [String] = []
    if let selected = table.selected, table.statuses[selected] != .candidate {
      cautions.append("The selected checkpoint is not a candidate by the rule's own first line.")
    }
    if let override, override.override.reason.allSatisfy(\.isWhitespace) {
      cautions.append("The choice overrides the rule without a reason.")
    }
    for review in reviews {
      guard let gone = review.override, run.index(of: gone.position) == nil else { continue }
      cautions.append(
        "\(review.reviewer) chose \(gone.position.words), which the run no longer has.")
    }
    if Set(overrides.map(\.override.position)).count > 1 {
      let choices = overrides.map { "\($0.reviewer) \(run.words(of: $0.override.position))" }
      cautions.append("Reviewers chose differently: \(choices.joined(separator: ", ")).")
    }
    let rejects = kept.map { index in
      reviews.contains { $0.mark(Target(run.position(of: index))).verdict == .reject }
    }
    if rejects == true { cautions.append("A reviewer rejects the kept checkpoint.") }
    if let kept, override != nil, kept != table.selected {
      let explanation = evaluator.explanation(of: kept, in: table)
      if !explanation.isEligible {
        let failing = explanation.eligibilityClauses.first { !$0.holds }?.sentence
        cautions.append(
          "The rule excludes the kept checkpoint: \(failing ?? explanation.standing(run: run)).")
      }
      if let alarm = Alarm.ofMetrics(run).first(where: { $0.index == kept }) {
        cautions.append("At the kept checkpoint: \(alarm.sentence).")
      }
    }
    if let words = strayWhy { cautions.append(words) }
    if let kept {
      cautions += Alarm.ofMeasures(run).filter { $0.index == kept }
        .map { "At the kept checkpoint: \($0.sentence)." }
    }
    if let words = inseparableWords { cautions.append(words) }
    // That diversity fell on the way there is what the rule weighs, and section 9 says it.
    let alarms = Alarm.ofMetrics(run).filter { $0.kind == .badMetric }
    if let alarm = kept.flatMap({ index in alarms.first { $0.index == index } }) {
      cautions.append("At the kept checkpoint: \(alarm.sentence).")
    }
    return cautions
  }

  /// That the choice and the runner-up cannot be told apart in what the rule goes by; nil when they can.
  package var inseparableWords: String? {
    guard let selected = table.selected, let second = table.runnerUp, selected == kept,
      case .metric(let name)? = evaluator.rule.objectives.first?.number,
      let column = run.columns.firstIndex(where: { $0.metric.name == name }),
      let found = Separability(column, selected, second, in: run), !found.isSeparable
    else { return nil }
    return "The choice and the runner-up, \(run.words(of: second)), are "
      + "\(found.words(in: run))."
  }

  /// That the words of why are of another choice: they name another checkpoint first, or the rule or
  /// the choice was changed after they were written; nil when they are not.
  private var strayWhy: String? {
    guard let kept else { return nil }
    let own = run.words(of: kept)
    for review in reviews {
      guard let text = review.mark(Target()).notes[.why] else { continue }
      let named = run.firstNamed(in: text)
      if let named, run.axisValue(of: named) != run.axisValue(of: kept) {
        return "The words of why by \(review.reviewer) speak of \(run.words(of: named)) "
          + "first, and the choice is \(own)."
      }
      guard named == nil, let written = review.lastWrote(.why) else { continue }
      let isOlder = reviews.contains { other in
        other.events.contains { event in
          switch event.act {
          case .rule, .select: return event.time > written
          default: return false
          }
        }
      }
      if isOlder {
        return "The words of why by \(review.reviewer) are older than the rule or the choice."
      }
    }
    return nil
  }

  private var lookingCautions: [String] {
    let seen = coverage
    guard seen.allSamples > 0 else { return ["There are no samples to look at."] }
    var cautions: [String] = []
    let places = beforeAtAfter
    if let kept {
      if !wasSeen(kept), run.checkpoints[kept].samples != nil {
        cautions.append("The kept checkpoint's samples were never looked at in the program.")
      }
      let unseen = places.filter { $0 != kept && !wasSeen($0) }
      if !unseen.isEmpty {
        let names = unseen.map { run.words(of: $0) }.joined(separator: " and ")
        cautions.append(
          "The choice was not compared with what is beside it: \(names) never looked at.")
      }
    }
    let looked = run.checkpoints.indices.filter(wasSeen)
    let others = run.checkpoints.indices.filter {
      table.statuses[$0] == .review && run.checkpoints[$0].samples != nil
    }
    if !looked.isEmpty, !others.isEmpty, looked.allSatisfy({ table.statuses[$0] == .candidate }) {
      cautions.append("Only samples of candidates were looked at: none that the rule sets aside.")
    }
    if failures.isEmpty { cautions.append("No failure was recorded in any sample.") }
    if let words = unfixedSeeds(places) { cautions.append(words) }
    return cautions
  }

  /// Why the comparison was not on the same seeds, as far as one can tell; nil when it was.
  private func unfixedSeeds(_ places: [Int]) -> String? {
    let ownRows = run.checkpoints.indices.filter { index in
      kept.map { run.checkpoints[$0].member == run.checkpoints[index].member } ?? true
    }
    if keptRun.declaration.hasFixedSeeds == false {
      return "The run does not keep its seeds: the same index is another latent at each checkpoint."
    }
    let counts = Set(ownRows.compactMap { run.checkpoints[$0].samples?.count })
    if counts.count > 1 {
      return "The checkpoints have different numbers of samples, \(counts.min() ?? 0) to "
        + "\(counts.max() ?? 0): not all seeds could be compared."
    }
    guard let kept else { return nil }
    func seeds(_ index: Int) -> Set<Int> {
      reviews.reduce(into: Set<Int>()) { $0.formUnion($1.seen[run.position(of: index)] ?? []) }
    }
    let own = seeds(kept)
    let apart = places.filter {
      $0 != kept && !seeds($0).isEmpty && seeds($0).isDisjoint(with: own)
    }
    guard !own.isEmpty, !apart.isEmpty else { return nil }
    let names = apart.map { run.words(of: $0) }.joined(separator: " and ")
    return
      "The comparison was not on the same seeds: none that was seen at \(names) was seen at the "
      + "kept checkpoint."
  }

  private var heldOutCautions: [String] {
    guard let heldOut, let kept else { return [] }
    var cautions = heldOut.confirms ? [] : ["Held-out seeds: \(heldOut.words)."]
    let spent = run.checkpoints.indices.filter { index in
      index != kept
        && reviews.contains {
          $0.seen[run.position(of: index)]?.contains { run.isHeldOut($0, at: index) } == true
        }
    }
    if !spent.isEmpty {
      let names = spent.prefix(3).map { run.words(of: $0) }.joined(separator: ", ")
      cautions.append(
        "Held-out seeds were seen at \(names) as well, which is not the choice: they confirm less."
      )
    }
    return cautions
  }

  /// The kept checkpoint with the nearest ones of its run and setting that have samples, before and after it.
  package var beforeAtAfter: [Int] {
    guard let kept else { return [] }
    let shown = run.checkpoints.indices.filter {
      run.checkpoints[$0].samples != nil && run.isSamePart($0, kept)
    }
    return [shown.last { $0 < kept }, shown.contains(kept) ? kept : nil, shown.first { $0 > kept }]
      .compactMap { $0 }
  }
}
