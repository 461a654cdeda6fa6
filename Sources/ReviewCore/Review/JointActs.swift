/// Several journals of one reviewer as one: that of each run that is compared, and that of the comparison.
///
/// What is said of a checkpoint belongs to its run, and is the same there; the rule over all, the choice
/// among all and notes on all belong to the comparison.
package struct JointActs: Sendable {
  /// Names of the runs, in order; the comparison's own journal is the last.
  private let runs: [String]

  package init(runs: [String]) { self.runs = runs }

  /// How many journals there are.
  package var count: Int { runs.count + 1 }
  private var own: Int { runs.count }

  /// The run whose journal it is; nil for the comparison's own.
  package func name(of journal: Int) -> String? {
    runs.indices.contains(journal) ? runs[journal] : nil
  }

  /// The journal that an act goes to, and the act as that has it; nil for a run that is not there.
  package func divided(_ act: ReviewAct) -> (journal: Int, act: ReviewAct)? {
    func member(_ position: Position?) -> (Int, Position?)? {
      guard let position else { return (own, nil) }
      guard let name = position.run, let place = runs.firstIndex(of: name) else { return nil }
      var inner = position
      inner.run = nil
      return (place, inner)
    }
    switch act {
    case .rule, .select, .evaluation: return (own, act)
    case .undo(let of): return (of % count, .undo(of: of / count))
    case .unknown: return nil
    case .tag, .note, .verdict, .rate, .alarm, .seen, .adjudicate:
      guard let (place, position) = member(act.target?.position) else { return nil }
      return (place, act.moved(to: position))
    }
  }

  /// An event of one journal as the whole has it; nil for what is that run's own affair.
  package func joined(_ event: ReviewEvent, of journal: Int) -> ReviewEvent? {
    let act: ReviewAct
    let isOwn = journal == own
    switch event.act {
    case .undo(let of):
      guard let sequence = joined(of, journal) else { return nil }
      act = .undo(of: sequence)
    case .rule, .select, .unknown:
      guard isOwn else { return nil }
      act = event.act
    case .evaluation(let inner):
      act = isOwn ? event.act : .evaluation(inner.moved(toRun: runs[journal]))
    case .tag, .note, .verdict, .rate, .alarm, .seen, .adjudicate:
      let position = event.act.target?.position
      // A note on a run as a whole is no note on the comparison.
      guard isOwn || position != nil else { return nil }
      var outer = position
      if !isOwn { outer?.run = runs[journal] }
      act = event.act.moved(to: outer)
    }
    guard let sequence = joined(event.sequence, journal) else { return nil }
    return ReviewEvent(
      sequence: sequence, time: event.time, reviewer: event.reviewer, act: act)
  }

  /// Tells journals and their own numbers apart; nil for a number that no program writes.
  private func joined(_ sequence: Int, _ journal: Int) -> Int? {
    let (product, overflows) = sequence.multipliedReportingOverflow(by: count)
    return overflows || product > Int.max - count ? nil : product + journal
  }

  /// All events by their time; those of one journal in its own order.
  ///
  /// - Parameter journals: by place, as many as `count`.
  package func joined(_ journals: [[ReviewEvent]]) -> [ReviewEvent] {
    var heads = journals.map { $0[...] }
    var all: [ReviewEvent] = []
    while true {
      var next: Int?
      for (journal, events) in heads.enumerated() {
        guard let event = events.first else { continue }
        if next.flatMap({ heads[$0].first?.time }).map({ event.time < $0 }) ?? true {
          next = journal
        }
      }
      guard let journal = next, let event = heads[journal].popFirst() else { return all }
      if let event = joined(event, of: journal) { all.append(event) }
    }
  }
}

extension ReviewAct {
  /// The same of another checkpoint; of a sample, the same seed of it.
  fileprivate func moved(to position: Position?) -> ReviewAct {
    func target(_ target: Target) -> Target { Target(position, sample: target.sample) }
    switch self {
    case .tag(let old, let tag, let isOn, let digest):
      return .tag(target(old), tag: tag, isOn: isOn, digest: digest)
    case .note(let old, let about, let text): return .note(target(old), about: about, text: text)
    case .rate(let old, let rating): return .rate(target(old), rating)
    case .verdict(let old, let verdict): return .verdict(position ?? old, verdict)
    case .select(let old, let reason, let isOn):
      return .select(position ?? old, reason: reason, isOn: isOn)
    case .alarm(let old, let kind, let isAccepted, let evidence):
      return .alarm(position ?? old, kind: kind, isAccepted: isAccepted, evidence: evidence)
    case .seen(let old, let samples): return .seen(position ?? old, samples: samples)
    case .adjudicate(let point, let value, let reason):
      return .adjudicate(
        DisputedPoint(target(point.target), point.matter), value: value, reason: reason)
    case .rule, .undo, .evaluation, .unknown: return self
    }
  }
}
