import ReviewCore

extension FrontState {
  mutating func toggleFollow() -> [Effect] {
    isFollowing.toggle()
    message = Message(
      .info,
      isFollowing
        ? "following: what is written appears by itself; the cursor stays" : "following no more")
    return [.follow(isFollowing)]
  }

  /// Takes in the run as it is on disk now. The cursor stays on its checkpoint and its seed, and the table on
  /// its rows.
  ///
  /// - Returns: a bell, where the rule selects another checkpoint than before.
  mutating func take(_ news: GrownRun) -> [Effect] {
    // What grew from a run that was refused here has other places than this one.
    let isOfThisRun = news.places.count == run.checkpoints.count
    let grown = isOfThisRun ? news : GrownRun(from: run, to: news.run, written: nil)
    let next = joined(grown)
    guard !next.checkpoints.isEmpty, let (rule, evaluator) = judge(next) else {
      message = Message(
        .warning, "the run on disk cannot be judged any more; what is shown is what it was")
      return []
    }
    let before = table.selected.map { run.position(of: $0) }
    let (seed, line) = (self.seed, (order.row(of: place.checkpoint) ?? 0) - tableTop)
    let sortedBy = sorting.key
    let oldColumns = run.columns
    place.checkpoint = place(in: next, grown)
    run = next
    (self.rule, self.evaluator) = (rule, evaluator)
    table = CheckpointTable(judging: evaluator)
    move(grown)
    if let same = samplePlace(ofSeed: seed, at: place.checkpoint) { place.sample = same }
    if case .metric(let column) = sortedBy {
      let name = oldColumns[column].metric.name
      let found = run.columns.firstIndex { $0.metric.name == name }
      sorting = found.map { Sorting(key: .metric($0), isReversed: sorting.isReversed) } ?? .usual
    }
    order = CheckpointOrder(count: run.checkpoints.count)
    judgeAnew()
    keepAgreement(runChanged: true)
    tableTop = max(0, (order.row(of: place.checkpoint) ?? 0) - line)
    arrived.formUnion(grown.arrived.map { run.position(of: $0) })
    return tellOfWinner(before: before)
  }

  /// The run of now with what is known of it here beyond its files.
  private func joined(_ grown: GrownRun) -> Run {
    var next = grown.run
    next.valueRange = run.valueRange ?? next.valueRange
    next.pointFrame = run.pointFrame ?? next.pointFrame
    // What reviewers' files were warned of is no matter of the run's.
    next.warnings += run.warnings.filter {
      !grown.oldWarnings.contains($0) && !grown.run.warnings.contains($0)
    }
    for (before, now) in grown.places.enumerated() {
      guard let now, !grown.rewritten.contains(now) else { continue }
      next.checkpoints[now].samples = run.checkpoints[before].samples
    }
    if let measures = run.measures { next.take(grown.moved(measures)) }
    return next
  }

  /// The rule in force, else the built-in one; nil where neither can be evaluated.
  private func judge(_ next: Run) -> (RuleInForce, RuleEvaluator)? {
    let facts = RuleFacts(run: next, reviews: [review] + otherReviews)
    let inForce =
      rule.origin == .commandLine
      ? rule : (try? RuleInForce(run: next, reviewer: review.ruleText)) ?? rule
    for rule in [inForce, try? RuleInForce.builtIn(for: next)].compactMap({ $0 }) {
      if let evaluator = try? RuleEvaluator(rule.rule, facts: facts) { return (rule, evaluator) }
    }
    return nil
  }

  /// Where the cursor's checkpoint is now, or the one before it where it is gone.
  private func place(in next: Run, _ grown: GrownRun) -> Int {
    if let same = grown.places[place.checkpoint] { return same }
    let value = position.value
    let own = run.checkpoints[place.checkpoint].member
    let rows = own.map { next.members[$0].rows } ?? next.checkpoints.indices
    let later = rows.first { next.axisValue(of: $0).value > value } ?? rows.upperBound
    return min(max(rows.lowerBound, later - 1), next.checkpoints.count - 1)
  }

  /// What is known by checkpoint goes with it.
  private mutating func move(_ grown: GrownRun) {
    if grown.keepsPlaces {
      pictures.remove(grown.rewritten)
      surveys.remove { grown.rewritten.contains($0.checkpoint) }
    } else {
      pictures.removeAll()
      surveys = Surveys()
    }
    problems = grown.moved(problems)
    sampleCounts = grown.moved(sampleCounts)
    deviations = grown.moved(deviations)
    sampleFailures = grown.moved(sampleFailures)
    wanted = []
    shape = RunShape(of: run)
    mostSamples = run.checkpoints.reduce(mostSamples) { max($0, $1.samples?.count ?? 0) }
    if !grown.keepsPlaces { stopWhatHoldsPlaces() }
    strip?.renew(of: run)
    arrived = arrived.filter { run.index(of: $0) != nil }
  }

  /// What names checkpoints by their places is closed where these changed.
  private mutating func stopWhatHoldsPlaces() {
    leaveComparison()
    playing = nil
    blinked = nil
    if case .difference = view { view = .samples }
  }

  private mutating func tellOfWinner(before: Position?) -> [Effect] {
    let now = table.selected.map { run.position(of: $0) }
    guard now != before else { return [] }
    message = Message(
      .info,
      "the rule selects \(now?.words ?? "none") now; before, \(before?.words ?? "none")")
    return [.bell]
  }
}
