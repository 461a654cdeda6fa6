package import ReviewCore
import TerminalSurface

extension FrontState {
  mutating func openAlarms() {
    alarms.addThoseOfLog(of: run)
    recordAlarms()
    guard alarmRecord?.items.isEmpty == false else {
      alarmRecord = nil
      message = Message(
        .info,
        run.measures == nil
          ? "no alarm; :measure computes metrics that raise more" : "no alarm")
      return
    }
    // The first that is of this checkpoint, else the first that nobody answered.
    let items = alarmRecord?.items ?? []
    let row =
      items.firstIndex { $0.alarm.index == place.checkpoint }
      ?? items.firstIndex { !$0.isAnswered } ?? 0
    mode = .alarms(row: row)
  }

  /// Every alarm with what reviewers said of it.
  mutating func recordAlarms() {
    alarmRecord = AlarmRecord(
      alarmRecord?.items.map(\.alarm) ?? Alarm.all(of: run), of: run,
      reviews: [review] + otherReviews)
  }

  /// A key while the alarms are listed.
  mutating func take(_ key: Key, alarmRow row: Int) -> [Effect] {
    guard let record = alarmRecord, record.items.indices.contains(row) else {
      mode = .browse
      return []
    }
    let last = record.items.count - 1
    let page = max(1, (height - 5) / 2)
    if key == "y" { return answer(record.items[row].alarm, isAccepted: true, row: row) }
    if key == "n" { return answer(record.items[row].alarm, isAccepted: false, row: row) }
    switch keyMap[key] {
    case .nextCheckpoint: mode = .alarms(row: min(row + 1, last))
    case .previousCheckpoint: mode = .alarms(row: max(0, row - 1))
    case .pageForward: mode = .alarms(row: min(row + page, last))
    case .pageBack: mode = .alarms(row: max(0, row - page))
    case .firstCheckpoint: mode = .alarms(row: 0)
    case .lastCheckpoint: mode = .alarms(row: last)
    case .undo, .redo: return perform(keyMap[key] == .undo ? .undo : .redo)
    case .closer: return show(record.items[row].alarm)
    case .quit: return perform(.quit)
    default:
      mode = .browse
      alarmRecord = nil
    }
    return []
  }

  /// Writes down what the reviewer says of an alarm; one that is accepted gives its tag to what shows it.
  private mutating func answer(_ alarm: Alarm, isAccepted: Bool, row: Int) -> [Effect] {
    if let readOnly {
      message = Message(.warning, readOnly)
      return []
    }
    let position = run.position(of: alarm.index)
    let act = ReviewAct.alarm(
      position, kind: alarm.kind.rawValue, isAccepted: isAccepted, evidence: alarm.evidence)
    mode = .alarms(row: min(row + 1, (alarmRecord?.items.count ?? 1) - 1))
    guard isAccepted, let tag = alarm.kind.tag else { return record(act) }
    let shown = alarm.samples.prefix(Self.mostTagged).filter { !isHidden($0, at: alarm.index) }
    let targets = shown.isEmpty ? [Target(position)] : shown.map { Target(position, sample: $0) }
    let tags = targets.filter { review.mark($0).tags[tag] == nil }
      .map { ReviewAct.tag($0, tag: tag, isOn: true, digest: nil) }
    let of = shown.isEmpty ? position.words : "\(shown.count) samples of \(position.words)"
    guard !review.isUnchanged(by: act) || !tags.isEmpty else { return record(act) }
    return batch(
      (review.isUnchanged(by: act) ? [] : [act]) + tags,
      words: "\(alarm.title) accepted, \(tag) on \(of)")
  }

  // More is no evidence for anybody.
  private static let mostTagged = 64

  /// Goes to the samples that show it.
  private mutating func show(_ alarm: Alarm) -> [Effect] {
    mode = .browse
    alarmRecord = nil
    let effects = go(to: alarm.index)
    guard sampleCount > 0 else { return effects }
    let places = alarm.samples.compactMap { samplePlace(ofSeed: $0, at: alarm.index) }
    if comparison == nil { place.depth = .grid }
    if let first = places.first { go(toSample: first) }
    if alarm.kind == .memorised, reason(against: .nearest) == nil, view != .nearest {
      place.depth = .sample
      view = .nearest
    }
    message = Message(.info, alarm.sentence)
    return effects
  }

  // MARK: Computing

  /// Begins to compute, or stops.
  mutating func measure(_ names: [String]) -> [Effect] {
    if measuring != nil {
      measuring = nil
      message = Message(.info, "computing stopped; what is done is kept")
      return [.measure(nil)]
    }
    measuring = (0, max(1, run.checkpoints.count))
    message = Message(.info, "computing metrics from the samples; :measure again stops it")
    return [.measure(names)]
  }

  /// Computed numbers with those from before that were not asked for again.
  package func joined(_ measures: RunMeasures) -> RunMeasures {
    guard let earlier = run.measures, earlier.referencePath == measures.referencePath else {
      return measures
    }
    return earlier.joined(with: measures)
  }

  /// Lists the alarms anew where they are listed; the cursor stays on the same one.
  private mutating func keepAlarmsOpen() {
    let old = alarmRecord
    alarmRecord = nil
    guard case .alarms(let row) = mode, let old, old.items.indices.contains(row) else { return }
    alarms.addThoseOfLog(of: run)
    recordAlarms()
    let items = alarmRecord?.items ?? []
    let own = old.items[row].alarm
    let same = items.firstIndex { $0.alarm.index == own.index && $0.alarm.kind == own.kind }
    mode = items.isEmpty ? .browse : .alarms(row: same ?? min(row, items.count - 1))
  }

  /// Takes in computed numbers; the cursor stays where it is.
  mutating func take(_ measures: RunMeasures, isDone: Bool) {
    let before = table.selected
    run.take(joined(measures))
    surveys.remove(where: \.isOfReal)
    judgeAnew()
    guard isDone else { return }
    measuring = nil
    let count = measures.checkpoints.count { $0 != nil }
    let winner =
      table.selected == before
      ? "" : "; the rule selects \(table.selected.map { run.position(of: $0).words } ?? "none") now"
    let found = alarms.checkpoints.count
    let words =
      found == 0 ? "" : "; alarms at \(found) of them, \(keyMap.name(of: .alarms)) lists them"
    message = Message(
      .info, "\(measures.columns.count) metrics of \(count) checkpoints computed\(words)\(winner)")
  }

  /// What follows from the run, where its numbers are others than before.
  mutating func judgeAnew() {
    alarms = AlarmIndex(ofMetricsOf: run)
    keepAlarmsOpen()
    sparklines = [:]
    envelopes = [:]
    logCharts = []
    moments = nil
    logAlarms = [:]
    front = nil
    lost = nil
    if case .metric(let column) = sorting.key, !run.columns.indices.contains(column) {
      sorting = .usual
    }
    reviewChanged()
    // What the rule reads may be among the new numbers, whatever its text.
    table = CheckpointTable(judging: evaluator)
    explain()
  }
}
