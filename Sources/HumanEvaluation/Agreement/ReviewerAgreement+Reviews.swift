package import ReviewCore

extension ReviewerAgreement {
  /// The run's column `agreement`; nil for fewer than two reviewers.
  package static func column(of reviews: [Review], in run: Run) -> MetricColumn? {
    guard reviews.count(where: \.hasLooked) > 1, reviews.contains(where: { !$0.marks.isEmpty })
    else { return nil }
    return ReviewerAgreement(
      ReviewerWords(reviews, in: run, isOfMarked: true), in: run, hasRows: false
    ).column(in: run)
  }

  /// How far the reviewers of a run agree on its verdicts, ratings and tags.
  ///
  /// A verdict or a rating is one that was given; a tag is off on whatever a reviewer looked at, or said
  /// anything of, without giving it. A tag is compared on samples, on checkpoints, or on both, as it is used.
  /// Ratings agree up to one level apart, in everything but the coefficients.
  ///
  /// - Parameter hasIntervals: false leaves out what takes nearly all of the time.
  /// - Complexity: O(items x reviewers^2) for each matter, and as many draws as `ItemBootstrap` makes.
  package init(of reviews: [Review], in run: Run, hasIntervals: Bool = true) {
    self.init(ReviewerWords(reviews, in: run), in: run, hasIntervals: hasIntervals)
  }

  private init(
    _ words: ReviewerWords, in run: Run, hasIntervals: Bool = true, hasRows: Bool = true
  ) {
    let places = words.places
    var rows: [Row] = []
    var found: [Disagreement] = []
    var agreeing = [[Double]](repeating: [], count: run.checkpoints.count)
    let tags = words.tags
    let matters: [DisputedMatter] = [.verdict, .rating] + tags.map { .tag($0.name) }
    for (number, matter) in matters.enumerated() {
      var items = JudgedItems(matter, reviewers: words.reviewers)
      var isGiven = false
      for place in places {
        let isOfSample = place.sample != nil
        switch matter {
        case .verdict where isOfSample: continue
        case .tag:
          let tag = tags[number - 2]
          guard isOfSample ? tag.isOfSamples : tag.isOfCheckpoints else { continue }
        default: break
        }
        let levels = words.levels(of: matter, at: place)
        items.add(levels)
        let given = levels.compactMap { $0 }
        // A tag that nobody gave to this is no matter here.
        guard matter.isTag ? given.contains(1) : !given.isEmpty else { continue }
        isGiven = true
        guard let part = JudgedItems.agreeing(levels, on: matter) else { continue }
        agreeing[place.index].append(part)
        if part < 1 {
          found.append(
            Disagreement(
              index: place.index,
              point: DisputedPoint(
                Target(run.position(of: place.index), sample: place.sample), matter),
              words: zip(words.reviewers, levels).compactMap { reviewer, level in
                level.map { .init(reviewer, ReviewerWords.word($0, of: matter)) }
              }))
        }
      }
      if isGiven, hasRows { rows.append(items.row(hasIntervals: hasIntervals)) }
    }
    self.init(
      reviewers: words.reviewers, rows: rows,
      disagreements: found.sorted(by: Self.isInOrder),
      byCheckpoint: agreeing.map { parts in
        parts.isEmpty ? nil : parts.reduce(0, +) / Double(parts.count)
      })
  }

  private static func isInOrder(_ left: Disagreement, _ right: Disagreement) -> Bool {
    let places = [left, right].map {
      ReviewerWords.Place(index: $0.index, sample: $0.point.target.sample)
    }
    return places[0] == places[1]
      ? DisputedMatter.isInOrder(left.point.matter, right.point.matter) : places[0] < places[1]
  }
}

extension DisputedMatter {
  fileprivate var isTag: Bool {
    if case .tag = self { return true }
    return false
  }
}
