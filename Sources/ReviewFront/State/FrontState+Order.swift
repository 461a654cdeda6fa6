import ReviewCore

extension FrontState {
  /// Everything the table can be sorted by, in the order that `s` goes through.
  var sortKeys: [Sorting.Key] {
    [.axis] + (run.members.isEmpty ? [] : [.timeline]) + run.displayOrder.map { .metric($0) } + [
      .status, .verdict, .rating, .failures,
    ]
  }

  /// The word for `:sort` and for messages.
  func name(of key: Sorting.Key) -> String {
    switch key {
    case .axis: return run.members.isEmpty ? run.axis.rawValue : "run"
    case .timeline:
      // A metric of that name is what the name means.
      return run.column(named: timeline.rawValue) == nil ? timeline.rawValue : "timeline"
    case .metric(let column): return run.columns[column].metric.name
    case .rating: return "rating"
    case .failures: return "failures"
    case .status: return "status"
    case .verdict: return "verdict"
    }
  }

  /// Whether the filter shows a checkpoint; always without one.
  func matchesFilter(_ checkpoint: Int) -> Bool { filter.map { matches($0, checkpoint) } ?? true }

  func matches(_ filter: CheckpointFilter, _ checkpoint: Int) -> Bool {
    filter.matches(checkpoint, evaluator: evaluator, status: table.statuses[checkpoint]) {
      let position = run.position(of: checkpoint)
      var marks = CheckpointFilter.Marks(
        verdict: review.mark(Target(position)).verdict,
        isNoted: notedPositions.contains(position),
        isTagged: evaluator.facts.tagged.values.contains { $0[checkpoint] })
      marks.run = position.run ?? ""
      marks.family = run.family(of: checkpoint)?.rawValue ?? ""
      marks.setting = run.setting(of: checkpoint)?.name ?? ""
      return marks
    }
  }

  /// The shown checkpoints anew; the one under the cursor is always among them.
  ///
  /// - Complexity: O(n log n) when sorted, O(n) when filtered, else O(1).
  mutating func reorder() {
    let total = run.checkpoints.count
    guard filter != nil || sorting != .usual || hasSettings else {
      order = CheckpointOrder(count: total)
      return
    }
    var shown = Array(0..<total)
    if hasSettings {
      let held = heldSetting
      shown = shown.filter { showsSetting(of: $0, held: held) }
    }
    var pinned: Int?
    if let filter {
      if !matches(filter, place.checkpoint) { pinned = place.checkpoint }
      shown = shown.filter { $0 == pinned || matches(filter, $0) }
    }
    order = CheckpointOrder(sorted(shown), of: total, pinned: pinned)
  }

  /// A checkpoint that the filter leaves out goes when the cursor leaves it.
  mutating func keepOrder() {
    if order.row(of: place.checkpoint) == nil
      || (order.pinned ?? place.checkpoint) != place.checkpoint
    {
      reorder()
    }
  }

  private func sorted(_ checkpoints: [Int]) -> [Int] {
    let values: (Int) -> Double?
    switch sorting.key {
    case .axis: return sorting.isReversed ? checkpoints.reversed() : checkpoints
    case .timeline:
      let moments =
        self.moments.flatMap { $0.timeline == timeline ? $0 : nil }
        ?? Moments(of: run, on: timeline)
      values = { moments.values[$0].map { -$0 } }
    case .metric(let column):
      let metric = run.columns[column]
      let sign = metric.metric.direction == .lower ? -1.0 : 1
      values = { index in
        metric.values[index].flatMap { $0.isNaN ? nil : $0 * sign }
      }
    case .rating: values = { evaluator.facts.ratings[$0] }
    case .status: values = { table.statuses[$0] == .candidate ? 1 : 0 }
    case .verdict:
      values = { index in
        switch review.mark(Target(run.position(of: index))).verdict {
        case .keep: return 2
        case .undecided: return 1
        case .reject: return 0
        }
      }
    case .failures:
      values = { index in
        Double(tagIndex[run.position(of: index)]?.values.reduce(0, +) ?? 0)
      }
    }
    let keyed = checkpoints.map { ($0, values($0)) }
    return keyed.sorted { left, right in
      switch (left.1, right.1) {
      case (let a?, let b?) where a != b: return (a > b) != sorting.isReversed
      // What has no value stands last either way.
      case (.some, nil): return true
      case (nil, .some): return false
      default: return left.0 < right.0
      }
    }.map(\.0)
  }

  /// The checkpoint to go on to from the cursor: the next in the order of before that is still
  /// shown, else the one before; nil when no other is.
  func neighbour(in before: CheckpointOrder) -> Int? {
    guard let row = before.row(of: place.checkpoint) else { return nil }
    for next in row + 1..<max(row + 1, before.count) where matchesFilter(before[next]) {
      return before[next]
    }
    guard !matchesFilter(place.checkpoint) else { return nil }
    return (0..<row).reversed().first { matchesFilter(before[$0]) }.map { before[$0] }
  }
}
