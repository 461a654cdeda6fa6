package import ReviewCore

/// What a review note says, before it is written in any format.
package struct Report: Sendable {
  package let run: Run
  package let reviews: [Review]
  package let rule: RuleInForce
  package let table: CheckpointTable
  package let evaluator: RuleEvaluator
  /// SHA-256 of `RuleData.text`; nil where no digest library is installed.
  package let dataDigest: String?
  /// The run's folder or file, seen from the report's own folder.
  package let runPath: String
  /// Whether it goes to standard output rather than to a file.
  package let isPrinted: Bool
  /// Whose rule it is, when a reviewer set it.
  package let ruleReviewer: String?
  /// Warnings of the run and of its journals.
  package let warnings: [RunWarning]
  /// The decoded samples of the checkpoints that the report shows, by place in the run.
  package let samples: [Int: SampleSet]

  package init(
    run: Run, reviews: [Review], rule: RuleInForce, evaluator: RuleEvaluator, dataDigest: String?,
    runPath: String, isPrinted: Bool = false, ruleReviewer: String? = nil,
    warnings: [RunWarning],
    samples: [Int: SampleSet]
  ) {
    self.run = run
    // The same report whoever exports it.
    self.reviews = reviews.sorted { $0.reviewer < $1.reviewer }
    self.rule = rule
    self.evaluator = evaluator
    table = CheckpointTable(judging: evaluator)
    self.dataDigest = dataDigest
    self.runPath = runPath
    self.isPrinted = isPrinted
    self.ruleReviewer = ruleReviewer
    // The same report whatever was found first.
    self.warnings = Set(warnings).sorted {
      ($0.path ?? "", $0.offset ?? -1, $0.line) < ($1.path ?? "", $1.offset ?? -1, $1.line)
    }
    self.samples = samples
  }

  /// The seed of every draw in a report, printed beside what was drawn.
  package static let drawSeed: UInt64 = 2026
  package static let averageCount = 10
  package static let stripCount = 5

  /// A reviewer's own choice; the last reviewer by name that made one of this run's checkpoints.
  package var override: (reviewer: String, override: Override)? { overrides.last }

  private var overrides: [(reviewer: String, override: Override)] {
    reviews.compactMap { review in
      review.override.flatMap {
        run.index(of: $0.position) == nil ? nil : (review.reviewer, $0)
      }
    }
  }

  /// The checkpoint to keep: a reviewer's choice before the rule's.
  package var kept: Int? {
    override.flatMap { run.index(of: $0.override.position) } ?? table.selected
  }

  /// The best checkpoint that `where` excludes, by the first objective.
  package var bestExcluded: (index: Int, clause: ClauseFinding)? {
    var best: Int?
    for index in run.checkpoints.indices
    where !evaluator.isEligible(index) && evaluator.objectiveValue(0, at: index) != nil {
      if best.map({ evaluator.isBetter(index, than: $0) }) ?? true { best = index }
    }
    guard let best else { return nil }
    let clauses = evaluator.explanation(of: best, in: table).eligibilityClauses
    return clauses.first { !$0.holds }.map { (best, $0) }
  }

  /// The rows of section 3: selected, other candidates, best excluded, and whatever a reviewer said
  /// something of; ascending.
  package var listed: [Int] {
    var rows = Set(run.checkpoints.indices.filter { table.statuses[$0] == .candidate })
    for review in reviews {
      for target in review.marks.keys {
        if let index = target.position.flatMap({ run.index(of: $0) }) { rows.insert(index) }
      }
    }
    for index in [table.selected, kept, bestExcluded?.index] { if let index { rows.insert(index) } }
    return rows.sorted()
  }

  /// The kept checkpoint with the nearest ones that have samples, before and after it.
  package var beforeAtAfter: [Int] {
    guard let kept else { return [] }
    let shown = run.checkpoints.indices.filter { run.checkpoints[$0].samples != nil }
    return [shown.last { $0 < kept }, shown.contains(kept) ? kept : nil, shown.first { $0 > kept }]
      .compactMap { $0 }
  }

  /// Seeds of the kept checkpoint, drawn and not picked.
  package func drawnSamples(_ count: Int) -> [Int] {
    let all = kept.flatMap { run.checkpoints[$0].samples?.count } ?? 0
    let source = kept.flatMap { run.checkpoints[$0].samples }
    return SeededOrder.draw(count, of: all, seed: Self.drawSeed).map { source?.index(at: $0) ?? $0 }
  }

  /// A sample that somebody tagged.
  package struct Failure: Sendable {
    package let index: Int
    package let sample: Int
    package let tags: [String]
    package let notes: [String]
    package let reviewers: [String]
  }

  /// Every tagged sample, by checkpoint and seed.
  package var failures: [Failure] {
    var found: [Target: (tags: Set<String>, notes: [String], reviewers: [String])] = [:]
    for review in reviews {
      for (target, mark) in review.marks where target.sample != nil && !mark.tags.isEmpty {
        var entry = found[target] ?? ([], [], [])
        entry.tags.formUnion(mark.tags.keys)
        entry.notes += NoteSubject.allCases.compactMap { mark.notes[$0] }
        entry.reviewers.append(review.reviewer)
        found[target] = entry
      }
    }
    return found.compactMap { target, entry -> Failure? in
      guard let position = target.position, let sample = target.sample,
        let index = run.index(of: position), isSample(sample, of: index)
      else { return nil }
      return Failure(
        index: index, sample: sample, tags: entry.tags.sorted(), notes: entry.notes,
        reviewers: entry.reviewers)
    }.sorted { ($0.index, $0.sample) < ($1.index, $1.sample) }
  }

  /// By tag, in a fixed order: how many marks at each checkpoint, samples and checkpoints alike.
  package var tagCounts: [(tag: String, counts: [(index: Int, count: Int)])] {
    var marked: [String: [Int: Set<Target>]] = [:]
    for review in reviews {
      for (target, mark) in review.marks {
        guard let position = target.position, let index = run.index(of: position),
          target.sample.map({ isSample($0, of: index) }) ?? true
        else { continue }
        for tag in mark.tags.keys { marked[tag, default: [:]][index, default: []].insert(target) }
      }
    }
    return marked.sorted { $0.key < $1.key }.map { tag, places in
      (tag, places.sorted { $0.key < $1.key }.map { ($0.key, $0.value.count) })
    }
  }

  /// A reviewer's words on something.
  package struct Remark: Sendable {
    package let reviewer: String
    package let target: Target
    package let text: String
  }

  /// All notes about a subject, by checkpoint, sample and reviewer.
  package func remarks(about subject: NoteSubject) -> [Remark] {
    reviews.flatMap { review in
      review.marks.compactMap { target, mark in
        mark.notes[subject].map { Remark(reviewer: review.reviewer, target: target, text: $0) }
      }
    }.sorted { left, right in
      let (a, b) = (left.target, right.target)
      return (
        a.position?.value ?? -.infinity, a.position?.axis.rawValue ?? "", a.sample ?? -1,
        left.reviewer
      ) < (
        b.position?.value ?? -.infinity, b.position?.axis.rawValue ?? "", b.sample ?? -1,
        right.reviewer
      )
    }
  }

  /// What was looked at, by any reviewer.
  package var coverage: (checkpoints: Int, samples: Int, allSamples: Int) {
    var seen: [Int: Set<Int>] = [:]
    for review in reviews {
      for (position, samples) in review.seen {
        guard let index = run.index(of: position) else { continue }
        seen[index, default: []].formUnion(samples.filter { isSample($0, of: index) })
      }
    }
    let all = run.checkpoints.reduce(0) { $0 + ($1.samples?.count ?? 0) }
    return (seen.count, seen.values.reduce(0) { $0 + $1.count }, all)
  }

  /// The seeds that are held out from the choice: how many the kept checkpoint has, and how many of
  /// those anybody looked at there. Nil when the run declares none.
  package var heldOut: (seeds: Int, seen: Int)? {
    let declared = Set(run.declaration.heldOutSeeds)
    guard !declared.isEmpty else { return nil }
    guard let kept else { return (declared.count, 0) }
    let seeds = declared.filter { isSample($0, of: kept) }
    let seen = reviews.reduce(into: Set<Int>()) {
      $0.formUnion($1.seen[run.position(of: kept)] ?? [])
    }
    return (seeds.count, seeds.intersection(seen).count)
  }

  /// By metric with a direction: where it got worse the most from one checkpoint to the next that has
  /// it, and by how much; metrics that never got worse are left out.
  package var largestFalls: [(name: String, from: Int, to: Int, before: Double, after: Double)] {
    run.displayOrder.compactMap { column in
      guard let direction = run.columns[column].metric.direction else { return nil }
      let known = run.columns[column].values.enumerated().compactMap { index, value in
        value.flatMap { $0.isFinite ? (index: index, value: $0) : nil }
      }
      var worst: (from: Int, to: Int, before: Double, after: Double, loss: Double)?
      for (first, second) in zip(known, known.dropFirst()) {
        let change = second.value - first.value
        let loss = direction == .higher ? -change : change
        if loss > worst?.loss ?? 0 {
          worst = (first.index, second.index, first.value, second.value, loss)
        }
      }
      return worst.map { (run.columns[column].metric.name, $0.from, $0.to, $0.before, $0.after) }
    }
  }

  /// What makes the evidence weaker than it could be.
  package var cautions: [String] {
    var cautions: [String] = []
    if let selected = table.selected, table.statuses[selected] != .candidate {
      cautions.append("The selected checkpoint is not a candidate by the rule's own first line.")
    }
    if let override, override.override.reason.isEmpty {
      cautions.append("The choice overrides the rule without a reason.")
    }
    if Set(overrides.map(\.override.position)).count > 1 {
      let choices = overrides.map { "\($0.reviewer) \($0.override.position.words)" }
      cautions.append("Reviewers chose differently: \(choices.joined(separator: ", ")).")
    }
    let seen = coverage
    if seen.allSamples > 0 {
      if let kept, !wasSeen(kept) {
        cautions.append("The kept checkpoint's samples were never looked at in the program.")
      }
      if failures.isEmpty { cautions.append("No failure was recorded in any sample.") }
    }
    let verdicts = Set(
      reviews.compactMap { review in kept.map { review.mark(Target(run.position(of: $0))).verdict }
      })
    if verdicts.contains(.reject) { cautions.append("A reviewer rejects the kept checkpoint.") }
    return cautions
  }

  /// A journal may name samples that the run does not have.
  private func isSample(_ sample: Int, of index: Int) -> Bool {
    guard let source = run.checkpoints[index].samples else { return false }
    return source.place(of: sample).map { (0..<(source.count ?? 0)).contains($0) } ?? false
  }

  private func wasSeen(_ index: Int) -> Bool {
    reviews.contains { $0.seen[run.position(of: index)]?.isEmpty == false }
  }
}
