/// A run as it is now, beside what it was when it was last looked at.
package struct GrownRun: Sendable {
  package var run: Run
  /// By place in the run of before, the place of the same checkpoint now; nil where it is gone.
  package let places: [Int?]
  /// Checkpoints that were not there, by place now, ascending.
  package let arrived: [Int]
  /// Checkpoints whose samples were written since, by place now; those that arrived are among them.
  package let rewritten: Set<Int>
  /// Warnings of the reading of before.
  package let oldWarnings: [RunWarning]
  private let isChanged: Bool

  /// - Parameters:
  ///   - old: as it was read before.
  ///   - paths: of files that were written since, relative to the run's samples; nil: any of them may be.
  package init(from old: Run, to run: Run, written paths: Set<String>?) {
    oldWarnings = old.warnings
    let places = old.checkpoints.indices.map { index -> Int? in
      // A setting that came since may be the usual one now.
      var position = old.position(of: index)
      position.setting = old.setting(of: index)?.name
      return run.index(of: position)
    }
    self.places = places
    self.run = run.taking(judgedOf: old, at: places)
    var known = [Int?](repeating: nil, count: run.checkpoints.count)
    for (before, now) in places.enumerated() {
      if let now { known[now] = before }
    }
    var (arrived, rewritten): ([Int], Set<Int>) = ([], [])
    for (index, checkpoint) in run.checkpoints.enumerated() {
      guard let before = known[index] else {
        arrived.append(index)
        rewritten.insert(index)
        continue
      }
      let source = old.checkpoints[before].samples
      if !Self.areTheSame(source, checkpoint.samples) || checkpoint.samples?.isIn(paths) == true {
        rewritten.insert(index)
      }
    }
    self.arrived = arrived
    self.rewritten = rewritten
    isChanged =
      !rewritten.isEmpty || places.contains(nil) || old.loggedColumns != run.loggedColumns
      || old.series != run.series || old.warnings != run.warnings
      || old.settings != run.settings || old.declaration != run.declaration
      || zip(places, old.checkpoints).contains { place, checkpoint in
        place.map {
          run.checkpoints[$0].note != checkpoint.note
            || run.checkpoints[$0].failures != checkpoint.failures
        } ?? false
      }
  }

  /// Runs that are compared as they are now.
  ///
  /// - Parameters:
  ///   - old: as they were compared before.
  ///   - latest: one a run.
  ///   - paths: of files that were written since, by run.
  package init(from old: Run, to latest: [Run], written paths: [Set<String>?]) {
    let run = Run(comparing: latest, name: old.name, path: old.path)
    oldWarnings = old.warnings
    let grown = zip(old.members, zip(latest, paths)).map { member, now in
      GrownRun(from: member.run, to: now.0, written: now.1)
    }
    var (places, arrived, rewritten): ([Int?], [Int], Set<Int>) = ([], [], [])
    for (own, member) in zip(grown, run.members) {
      let start = member.rows.lowerBound
      places += own.places.map { $0.map { $0 + start } }
      arrived += own.arrived.map { $0 + start }
      rewritten.formUnion(own.rewritten.map { $0 + start })
    }
    (self.places, self.arrived, self.rewritten) = (places, arrived, rewritten)
    self.run = run.taking(judgedOf: old, at: places)
    isChanged = grown.contains { !$0.isTheSame }
  }

  /// Whether nothing that is shown differs.
  package var isTheSame: Bool { !isChanged }

  /// Whether every checkpoint of before stands where it stood.
  package var keepsPlaces: Bool { places.enumerated().allSatisfy { $0.element == $0.offset } }

  /// What is known by checkpoint, at the places of now; of what was rewritten nothing is known.
  package func moved<Value>(_ known: [Int: Value]) -> [Int: Value] {
    var moved: [Int: Value] = [:]
    for (before, value) in known where places.indices.contains(before) {
      if let now = places[before], !rewritten.contains(now) { moved[now] = value }
    }
    return moved
  }

  /// Computed numbers at the places of now; what was rewritten has none.
  package func moved(_ measures: RunMeasures) -> RunMeasures {
    var moved = measures
    moved.checkpoints = [CheckpointMeasures?](repeating: nil, count: run.checkpoints.count)
    for (before, now) in places.enumerated() {
      guard let now, !rewritten.contains(now), measures.checkpoints.indices.contains(before)
      else { continue }
      moved.checkpoints[now] = measures.checkpoints[before]
    }
    return moved
  }

  /// Counts that were found out since do not make it another source.
  private static func areTheSame(_ left: SampleSource?, _ right: SampleSource?) -> Bool {
    switch (left, right) {
    case (.grid(let a, _)?, .grid(let b, _)?): return a == b
    case (.pictures(let a, _)?, .pictures(let b, _)?): return a == b
    case (.array(let a, _)?, .array(let b, _)?): return a == b
    case (nil, nil): return true
    default: return false
    }
  }
}

extension SampleSource {
  /// Whether one of its files is among these; what lies at its own place in a file that only grows is not.
  fileprivate func isIn(_ paths: Set<String>?) -> Bool {
    switch self {
    case .grid(let place, _):
      guard place.part == nil else { return false }
      return paths?.contains(place.path) ?? true
    case .pictures(let pictures, _):
      guard let paths else { return true }
      return pictures.contains { $0.place.part == nil && paths.contains($0.place.path) }
    case .array(let place, _): return paths?.contains(place.path) ?? true
    }
  }
}

extension Run {
  /// With what people judged of the run before, at the places of now.
  fileprivate func taking(judgedOf old: Run, at places: [Int?]) -> Run {
    var run = self
    run.take(
      judged: old.columns.filter { $0.metric.origin == .judged }.map { column in
        var values = [Double?](repeating: nil, count: checkpoints.count)
        var errors = values
        for (before, now) in places.enumerated() {
          guard let now else { continue }
          values[now] = column.values[before]
          errors[now] = column.error(at: before)
        }
        return MetricColumn(metric: column.metric, values: values, errors: errors)
      })
    return run
  }

  fileprivate var loggedColumns: [MetricColumn] {
    columns.filter { $0.metric.origin == .logged }
  }
}
