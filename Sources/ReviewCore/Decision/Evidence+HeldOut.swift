/// What the seeds that took no part in the choice say of it.
package struct HeldOutCheck: Equatable, Sendable {
  /// How many the kept checkpoint has; without one, how many are declared.
  package let seeds: Int
  /// How many of them anybody looked at there.
  package let seen: Int
  /// How many of them bear a tag there.
  package let tagged: Int
  /// The same of the seeds that the choice was made on, of those looked at.
  package let reviewSeen: Int
  package let reviewTagged: Int

  package init(seeds: Int, seen: Int, tagged: Int, reviewSeen: Int, reviewTagged: Int) {
    self.seeds = seeds
    self.seen = seen
    self.tagged = tagged
    self.reviewSeen = reviewSeen
    self.reviewTagged = reviewTagged
  }

  /// Whether every one was looked at and they do not fail more often than chance allows.
  package var confirms: Bool { seeds > 0 && seen == seeds && !isWorse }

  /// Whether so many tags among the held-out seeds would come up in fewer than one of twenty splits if
  /// they were no worse: the upper tail of the hypergeometric distribution (Fisher 1935).
  package var isWorse: Bool {
    let all = seen + reviewSeen
    let allTagged = tagged + reviewTagged
    guard seen > 0, reviewSeen > 0, tagged > 0 else { return false }
    var tail = 0.0
    for count in tagged...max(tagged, min(seen, allTagged)) {
      guard allTagged - count <= reviewSeen else { continue }
      tail += Self.probability(count, drawing: seen, of: all, with: allTagged)
    }
    return tail < 0.05
  }

  private static func probability(
    _ count: Int, drawing drawn: Int, of all: Int, with marked: Int
  ) -> Double {
    // Factor by factor, so that nothing gets too large: C(m,k) C(n-m,d-k) / C(n,d).
    var result = 1.0
    for step in 0..<drawn {
      let rest = Double(all - step)
      if step < count {
        result *= Double(marked - step) / rest * Double(drawn - step) / Double(count - step)
      } else {
        result *= Double(all - marked - (step - count)) / rest
      }
    }
    return result
  }

  /// One sentence without its full stop.
  package var words: String {
    guard seeds > 0 else { return "held out, but the kept checkpoint has none of them" }
    guard seen == seeds else {
      let marked = tagged > 0 ? ", \(tagged) tagged" : ""
      return "\(seeds) held out, \(seen) looked at\(marked): not confirmed yet"
    }
    let rates =
      "\(tagged) of \(seen) bear a tag, against \(reviewTagged) of \(reviewSeen) of the others "
      + "that were looked at"
    return isWorse
      ? "\(seeds) held out, all looked at, and worse than chance allows: \(rates)"
      : "\(seeds) held out, all looked at: \(rates)"
  }
}

extension Evidence {
  /// The seeds that are held out from the choice, at the kept checkpoint; nil when none are.
  package var heldOut: HeldOutCheck? {
    guard keptRun.holdsSeedsOut else { return nil }
    guard let kept else {
      return HeldOutCheck(
        seeds: run.declaration.heldOutSeeds.count, seen: 0, tagged: 0, reviewSeen: 0,
        reviewTagged: 0)
    }
    let position = run.position(of: kept)
    let seen = reviews.reduce(into: Set<Int>()) { $0.formUnion($1.seen[position] ?? []) }
    let held = Set(run.heldOutSeeds(of: kept))
    var tagged: Set<Int> = []
    for review in reviews {
      for (target, mark) in review.marks where !mark.tags.isEmpty {
        if let sample = target.sample, let place = target.position, run.index(of: place) == kept {
          tagged.insert(sample)
        }
      }
    }
    let others = seen.filter { !held.contains($0) && isSample($0, of: kept) }
    return HeldOutCheck(
      seeds: held.count, seen: held.intersection(seen).count,
      tagged: held.intersection(tagged).count, reviewSeen: others.count,
      reviewTagged: others.intersection(tagged).count)
  }
}
