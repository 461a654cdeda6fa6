import ReviewCore
import RunFormats
import SampleMetrics

/// Works out the numbers of a run's checkpoints, and remembers them.
struct RunMeasurer {
  /// What is measured, and against what.
  struct Wish: Equatable, Sendable {
    /// Names of metrics or columns; nil for all.
    var metrics: Set<String>?
    /// Real samples in place of the run's own.
    var referencePath: String?
  }

  /// How far it is.
  struct Progress: Equatable, Sendable {
    var done: Int
    var total: Int
  }

  let run: Run
  let wish: Wish
  let effort: Effort
  private let files: SubjectFiles
  private var store: MeasureStore
  private(set) var warnings: [RunWarning] = []

  /// - Parameter run: in its true range of values.
  init(run: Run, wish: Wish, effort: Effort, cacheFolder: String?) {
    self.run = run
    self.wish = wish
    self.effort = effort
    files = SubjectFiles(run: run)
    store = MeasureStore(folder: cacheFolder, run: run)
  }

  /// What is known without any work: of files that are as they were.
  ///
  /// - Complexity: O(files).
  static func known(of run: Run, cacheFolder: String?) -> RunMeasures? {
    let store = MeasureStore(folder: cacheFolder, run: run)
    guard let last = store.last else { return nil }
    // It was computed in the true range.
    var run = run
    if RangeFinder.concerns(run), let found = RangeFinder.settle(run, cacheFolder: cacheFolder) {
      run.take(found)
    }
    let files = SubjectFiles(run: run)
    guard files.stateOfReference(last.referencePath) == last.referenceState else { return nil }
    let found = run.checkpoints.indices.map { index -> CheckpointMeasures? in
      guard let state = files.state(of: index), let digest = store.digest(of: state) else {
        return nil
      }
      return store.entry(digest, against: last.reference)?.measures
    }
    guard found.contains(where: { $0 != nil }) else { return nil }
    return RunMeasures(
      columns: last.columns, checkpoints: found, typicalRealDistance: last.typicalRealDistance,
      referencePath: last.referencePath)
  }

  /// Names of the columns that a run could have; none where there is nothing to measure.
  static func columnNames(of run: Run) -> Set<String> {
    var reader = SubjectReader(run: run)
    guard let reference = try? reader.reference(nil).reference else { return [] }
    for index in run.checkpoints.indices {
      let subject = reader.subject(of: index).subject
      if !subject.isEmpty {
        return Set(MeasurePlan(for: subject, reference).columns.map(\.name))
      }
    }
    return []
  }

  /// All numbers; those that are known are taken from the cache.
  ///
  /// - Parameter report: called after each checkpoint, with what there is so far.
  /// - Throws: `RunError` where there is nothing to measure, or what was asked for does not exist;
  ///   `MetricFailure.cancelled`.
  mutating func measure(
    _ report: (Progress, () -> RunMeasures) -> Void
  ) throws -> RunMeasures {
    var reader = SubjectReader(run: run)
    let setting = try self.setting(&reader)
    let count = run.checkpoints.count
    var found = [CheckpointMeasures?](repeating: nil, count: count)
    defer { store.save() }
    for index in 0..<count {
      if effort.isCancelled { throw MetricFailure.cancelled }
      found[index] = try measures(of: index, setting, &reader)
      let typical = setting.reference.typicalDistance ?? store.last?.typicalRealDistance
      store.keep(last(setting, typical))
      // What is done stays done, whatever comes.
      if index % 16 == 15 { store.save() }
      report(Progress(done: index + 1, total: count)) {
        RunMeasures(
          columns: setting.plan.columns, checkpoints: found, typicalRealDistance: typical,
          referencePath: wish.referencePath)
      }
    }
    return RunMeasures(
      columns: setting.plan.columns, checkpoints: found,
      typicalRealDistance: setting.reference.typicalDistance ?? store.last?.typicalRealDistance,
      referencePath: wish.referencePath)
  }

  /// What all checkpoints are measured by.
  struct Setting {
    let plan: MeasurePlan
    let reference: MeasureReference
    let meter: CheckpointMeter
    /// Of the reference's contents.
    let referenceDigest: String
    let referenceState: String
  }

  mutating func setting(_ reader: inout SubjectReader) throws -> Setting {
    let read: (reference: MeasureReference, warnings: [RunWarning])
    do throws(RunWarning) { read = try reader.reference(wish.referencePath) } catch {
      throw RunError(
        "cannot measure against", place: wish.referencePath ?? run.reference?.path,
        why: error.message, remedy: "Give a picture, an array or a folder of real samples")
    }
    let reference = read.reference
    warnings += read.warnings
    guard let first = firstSubject(&reader) else {
      throw RunError(
        "cannot measure", place: run.path,
        why: "no checkpoint has samples, features, probabilities or latents that can be read",
        remedy: "keepoch inspect says where they were looked for")
    }
    tellOfReference(first, reference)
    let known = Set(MeasurePlan.names(for: first, reference))
    if let odd = (wish.metrics ?? []).subtracting(known).min() {
      throw RunError(
        "cannot measure", place: odd, why: "this run has nothing for a metric of that name",
        remedy: "It has \(known.sorted().joined(separator: ", "))")
    }
    let plan = MeasurePlan(for: first, reference, wanted: wish.metrics)
    return Setting(
      plan: plan, reference: reference,
      meter: CheckpointMeter(plan: plan, reference: reference),
      referenceDigest: ContentDigest.text(of: reference),
      referenceState: files.stateOfReference(wish.referencePath) ?? "")
  }

  /// Says which metrics there will not be, and why.
  private mutating func tellOfReference(
    _ subject: MeasureSubject, _ reference: MeasureReference
  ) {
    guard let samples = subject.pictures ?? subject.points else { return }
    guard let real = reference.pictures ?? reference.points else {
      warnings.append(
        RunWarning(
          .leftOut,
          "there are no real samples: precision, Fréchet distance, memorisation and the like are not computed; "
            + "--reference, or reference in \(KeepochTOML.fileName), names some"))
      return
    }
    guard real.columnCount != samples.columnCount else { return }
    warnings.append(
      RunWarning(
        .gridMismatch, path: wish.referencePath ?? run.reference?.path,
        "real samples have \(real.columnCount) values, the checkpoints' \(samples.columnCount): nothing is "
          + "measured against them"))
  }

  private func firstSubject(_ reader: inout SubjectReader) -> MeasureSubject? {
    for index in run.checkpoints.indices {
      let subject = reader.subject(of: index).subject
      if !subject.isEmpty { return subject }
    }
    return nil
  }

  private func last(_ setting: Setting, _ typical: Double?) -> MeasureStore.Last {
    let earlier = store.last.flatMap {
      $0.reference == setting.referenceDigest ? $0.columns : nil
    }
    let names = Set(setting.plan.columns.map(\.name))
    return MeasureStore.Last(
      columns: setting.plan.columns + (earlier ?? []).filter { !names.contains($0.name) },
      referencePath: wish.referencePath,
      referenceState: setting.referenceState, reference: setting.referenceDigest,
      typicalRealDistance: typical)
  }

  private mutating func measures(
    of index: Int, _ setting: Setting, _ reader: inout SubjectReader
  ) throws -> CheckpointMeasures? {
    let state = files.state(of: index)
    let wanted = Set(setting.plan.versionedNames)
    if let state, let digest = store.digest(of: state),
      let entry = store.entry(digest, against: setting.referenceDigest),
      wanted.isSubset(of: entry.columns)
    {
      return entry.measures
    }
    let (subject, warnings) = reader.subject(of: index)
    self.warnings += warnings
    guard !subject.isEmpty else { return nil }
    let digest = ContentDigest.text(of: subject)
    if let state { store.keep(digest, of: state) }
    if let entry = store.entry(digest, against: setting.referenceDigest),
      wanted.isSubset(of: entry.columns)
    {
      return entry.measures
    }
    let measures = try setting.meter.measures(of: subject, effort)
    keep(measures, wanted, of: digest, setting)
    return measures
  }

  /// Takes in numbers that were worked out elsewhere.
  mutating func keep(
    _ measures: CheckpointMeasures, _ columns: Set<String>, of digest: String, _ setting: Setting
  ) {
    var entry = MeasureStore.Entry(columns: columns, measures: measures)
    // What was measured before and not asked for now stays.
    if let earlier = store.entry(digest, against: setting.referenceDigest) {
      entry = earlier.merged(with: entry)
    }
    store.keep(entry, of: digest, against: setting.referenceDigest)
  }

  /// Remembers what was joined of pieces.
  mutating func finish(_ setting: Setting, states: [(state: String, digest: String)]) {
    for (state, digest) in states { store.keep(digest, of: state) }
    store.keep(last(setting, setting.reference.typicalDistance))
    store.save()
  }
}
