extension Evidence {
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
        order(of: a.position?.run), a.position?.value ?? -.infinity,
        a.position?.axis.rawValue ?? "", a.position?.setting ?? "", a.sample ?? -1, left.reviewer
      ) < (
        order(of: b.position?.run), b.position?.value ?? -.infinity,
        b.position?.axis.rawValue ?? "", b.position?.setting ?? "", b.sample ?? -1, right.reviewer
      )
    }
  }

  /// What is said of all comes before what is said of the first.
  private func order(of name: String?) -> Int {
    name.map { name in run.members.firstIndex { $0.name == name } ?? run.members.count } ?? -1
  }

  /// What was looked at, by any reviewer.
  package var coverage: (checkpoints: Int, samples: Int, allSamples: Int) {
    coverage(of: run.checkpoints.indices)
  }

  /// By metric with a direction: where it got worse the most from one checkpoint to the next that has
  /// it, and by how much; metrics that never got worse are left out. Of several runs, one after the other.
  package var largestFalls: [(name: String, from: Int, to: Int, before: Double, after: Double)] {
    let parts = run.parts
    return run.owners.flatMap { owner in
      let own = parts.filter { part in
        part.run.checkpoints.isEmpty ? false : owner.rows.contains(part.row(of: 0))
      }
      return run.displayOrder.compactMap { column in largestFall(of: column, in: own) }
    }
  }

  private func largestFall(
    of column: Int, in parts: [RunPart]
  ) -> (name: String, from: Int, to: Int, before: Double, after: Double)? {
    guard let direction = run.columns[column].metric.direction else { return nil }
    var worst: (from: Int, to: Int, before: Double, after: Double, loss: Double)?
    for part in parts {
      let known = part.run.columns[column].values.enumerated().compactMap { index, value in
        value.flatMap { $0.isFinite ? (index: part.row(of: index), value: $0) : nil }
      }
      for (first, second) in zip(known, known.dropFirst()) {
        let change = second.value - first.value
        let loss = direction == .higher ? -change : change
        if loss > worst?.loss ?? 0 {
          worst = (first.index, second.index, first.value, second.value, loss)
        }
      }
    }
    return worst.map { (run.columns[column].metric.name, $0.from, $0.to, $0.before, $0.after) }
  }
}
