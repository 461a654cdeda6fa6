import ReviewCore

/// Joins samples and tables to the checkpoints of one run.
struct RunBuilder {
  let name: String
  let path: String
  let declaration: RunDeclaration
  let samples: FoundSamples?
  /// Metrics of checkpoints; where two files differ, `TableStanding` says which counts.
  let tables: [LoggedTable]
  let logs: [LoggedTable]
  let reference: SampleSource?
  /// Scalars over steps, some of which may be metrics of the checkpoints.
  var series: [Series] = []
  /// The epoch of a step, where a log says it.
  var epochs: [Double: Double] = [:]
  /// The last step of each epoch, where samples count epochs and scalars count steps.
  var lastSteps: [Double: Double] = [:]
  /// What the tables' paths are relative to.
  var root = ""

  func run() -> Run {
    var run = Run(
      name: name, path: path, format: .table, declaration: declaration, reference: reference)
    var checkpoints: [Checkpoint] = []
    var byEpoch: [Double: Int] = [:]
    var byStep: [Double: Int] = [:]
    func place(epoch: AxisValue?, step: AxisValue?) -> Int {
      if let index = epoch.flatMap({ byEpoch[$0.value] }) ?? step.flatMap({ byStep[$0.value] }) {
        return index
      }
      checkpoints.append(Checkpoint())
      return checkpoints.count - 1
    }
    func join(_ index: Int, epoch: AxisValue?, step: AxisValue?) {
      if let epoch {
        checkpoints[index].epoch = checkpoints[index].epoch ?? epoch
        byEpoch[epoch.value] = index
      }
      if let step {
        checkpoints[index].step = checkpoints[index].step ?? step
        byStep[step.value] = index
      }
    }
    let sampleAxis = axisOfSamples
    let counted = placesOfCounted
    if let counted, let samples {
      run.reading.append(
        "the \(samples.places.count) places of the array are taken for the checkpoints of "
          + "\(PrintableText.escaped(counted.table)), which are as many")
    }
    if let samples, samples.axis != sampleAxis, !samples.isCounted {
      run.reading.append(
        "the numbers of the samples are \(sampleAxis.rawValue)s, as the tables count them")
    }
    let delay = stepDelay
    if delay != 0 {
      run.reading.append(
        "steps of the tables are one less than those of the samples, as Lightning counts them; "
          + "they are joined")
    }
    for (order, found) in (samples?.places ?? []).enumerated() {
      var (epoch, step) = sampleAxis == .epoch ? (found.number, nil) : (nil, found.number)
      if let counted { (epoch, step) = (counted.rows[order].epoch, counted.rows[order].step) }
      let index = place(epoch: epoch, step: step)
      join(index, epoch: epoch, step: step)
      checkpoints[index].samples = found.source
    }
    if samples == nil, tables.isEmpty {
      for (axis, position) in placesOfSeries {
        let value = AxisValue(position)
        let (epoch, step) = axis == .epoch ? (value, nil) : (nil, value)
        join(place(epoch: epoch, step: step), epoch: epoch, step: step)
      }
    }
    for (index, epoch) in epochsOf(checkpoints) { join(index, epoch: AxisValue(epoch), step: nil) }
    for (index, checkpoint) in checkpoints.enumerated() where checkpoint.step == nil {
      guard let step = checkpoint.epoch.flatMap({ lastSteps[$0.value] }) else { continue }
      join(index, epoch: nil, step: AxisValue(step))
    }
    var columns = MetricColumns()
    for table in tables {
      let source = columns.source(table.path)
      let places = table.names.map { columns.place(of: $0) }
      var lines: [Int: Int] = [:]
      var warnings = WarningList(path: table.path)
      for row in table.rows {
        let step = row.step.map { delay == 0 ? $0 : AxisValue($0.value + delay) }
        let index = place(epoch: row.epoch, step: step)
        if let earlier = lines.updateValue(row.line, forKey: index) {
          warnings.add(
            .duplicateCheckpoint,
            "lines \(earlier) and \(row.line) are of the same checkpoint; the later one counts")
        }
        join(index, epoch: row.epoch, step: step)
        if let note = row.note { checkpoints[index].note = note }
        if !row.failures.isEmpty { checkpoints[index].failures = row.failures }
        for cell in row.cells {
          columns.add(cell.value, to: places[cell.column], at: index, of: source)
        }
      }
      run.warnings += warnings.all
    }
    let tabled = Set(tables.flatMap(\.names))
    let series = self.series.filter { !$0.merelyCounts }
    for series in series where !tabled.contains(series.name) {
      guard let found = column(of: series, at: checkpoints) else { continue }
      let place = columns.place(of: series.name)
      for (checkpoint, value) in found { columns.add(value, to: place, at: checkpoint) }
    }
    run.axis =
      checkpoints.allSatisfy { $0.epoch != nil } || checkpoints.allSatisfy { $0.step == nil }
      ? .epoch : .step
    let axis = run.axis
    let kept = checkpoints.indices.filter { checkpoints[$0].value(on: axis) != nil }
    if kept.count < checkpoints.count {
      run.warnings.append(
        RunWarning(
          .leftOut,
          "\(checkpoints.count - kept.count) checkpoints have no \(axis.rawValue) and cannot be "
            + "placed among the others"))
    }
    let order = kept.sorted { left, right in
      (checkpoints[left].value(on: axis)?.value ?? 0, left)
        < (checkpoints[right].value(on: axis)?.value ?? 0, right)
    }
    run.checkpoints = order.map { checkpoints[$0] }
    let dense = columns.dense(order: order, of: checkpoints.count, root: root)
    run.warnings += dense.warnings
    run.columns = dense.columns.map { name, values in
      MetricColumn(
        metric: Metric(
          name: name, direction: declaration.directions[name],
          explanation: declaration.explanations[name]),
        values: values)
    }
    run.series = (series + logs.flatMap(\.series)).withoutRepeats
    return run
  }

  /// The values of a series at the checkpoints, where it was logged at them rather than all along.
  private func column(of series: Series, at checkpoints: [Checkpoint]) -> [(
    checkpoint: Int, value: Double
  )]? {
    let name = MetricName(series.name)
    let isMetric = name.direction != nil && !name.isLoss && !name.isOfTraining
    // Told by its name and length alone: to look for a place in a long series reads it from disk.
    let most = lastSteps.isEmpty ? 2 * checkpoints.count + 1 : checkpoints.count + 1
    guard series.count <= most || isMetric else { return nil }
    var values: [(checkpoint: Int, value: Double)] = []
    if series.axis == .step, !lastSteps.isEmpty {
      values = lastValues(of: series, at: checkpoints)
    } else {
      for (index, checkpoint) in checkpoints.enumerated() {
        if let position = checkpoint.value(on: series.axis)?.value,
          let value = series.value(at: position)
        {
          values.append((index, value))
        }
      }
    }
    guard values.count > 0, values.count >= min(2, checkpoints.count),
      values.count * 2 >= checkpoints.count
    else { return nil }
    return values
  }

  /// The last value of each checkpoint's epoch of a series over steps.
  private func lastValues(
    of series: Series, at checkpoints: [Checkpoint]
  ) -> [(checkpoint: Int, value: Double)] {
    let ends = lastSteps.values.sorted()
    let starts = Dictionary(zip(ends.dropFirst(), ends)) { first, _ in first }
    let values = series.values
    return checkpoints.enumerated().compactMap { index, checkpoint in
      guard let end = checkpoint.epoch.flatMap({ lastSteps[$0.value] }) else { return nil }
      let start = starts[end] ?? -.infinity
      let place = series.places(upTo: end) - 1
      guard place >= 0, series.positions[place] > start else { return nil }
      return (index, values[place])
    }
  }

  /// The epochs of checkpoints that have a step alone; none where several would be of one epoch.
  private func epochsOf(_ checkpoints: [Checkpoint]) -> [(index: Int, epoch: Double)] {
    guard !epochs.isEmpty else { return [] }
    var found: [(index: Int, epoch: Double)] = []
    for (index, checkpoint) in checkpoints.enumerated() where checkpoint.epoch == nil {
      if let epoch = checkpoint.step.flatMap({ epochs[$0.value] }) { found.append((index, epoch)) }
    }
    return Set(found.map(\.epoch)).count == found.count ? found : []
  }

  // More places than anybody chooses among are no checkpoints.
  private static let mostPlaces = 200_000

  /// Where there is nothing else: the places of those series that were logged most rarely.
  private var placesOfSeries: [(axis: Axis, position: Double)] {
    let lengths = series.map(\.count).filter { $0 > 1 }
    guard let least = lengths.min(), least <= Self.mostPlaces else { return [] }
    let rare = series.filter { $0.count > 1 && $0.count * 2 <= least * 3 }
    let axis: Axis = rare.contains { $0.axis == .step } ? .step : .epoch
    let positions = Set(rare.filter { $0.axis == axis }.flatMap(\.positions))
    return positions.sorted().map { (axis, $0) }
  }

  /// The rows of a table that stand for the places of an array which counts its checkpoints.
  private var placesOfCounted: (table: String, rows: [LoggedTable.Row])? {
    guard let samples, samples.isCounted else { return nil }
    for table in tables {
      var known: Set<Double> = []
      let rows = table.rows.filter {
        ($0.epoch ?? $0.step).map { known.insert($0.value).inserted } ?? false
      }
      if rows.count == samples.places.count { return (table.path, rows) }
    }
    return nil
  }

  /// What the steps of tables lack to those of the samples: Lightning logs a picture one step after
  /// the numbers of the same checkpoint.
  private var stepDelay: Double {
    guard let samples, axisOfSamples == .step, !samples.isCounted else { return 0 }
    let steps = Set(tables.flatMap { $0.rows.compactMap { $0.step?.value } })
    let places = samples.places.map(\.number.value)
    guard !steps.isEmpty, !places.contains(where: steps.contains) else { return 0 }
    return places.count { steps.contains($0 - 1) } * 2 > places.count ? 1 : 0
  }

  /// What a name says counts. A bare number is a step only if no table counts it as an epoch, and an
  /// epoch only if the tables do not count all of them as steps, and no epochs.
  var axisOfSamples: Axis {
    guard let samples else { return .epoch }
    if samples.axis == .step, samples.isCounted { return .step }
    if samples.isAxisTold { return samples.axis }
    let numbers = Set(samples.places.map(\.number.value))
    let epochs = Set(tables.flatMap { $0.rows.compactMap { $0.epoch?.value } })
    let steps = Set(tables.flatMap { $0.rows.compactMap { $0.step?.value } })
    if samples.axis == .epoch {
      return epochs.isEmpty && !steps.isEmpty && numbers.isSubset(of: steps) ? .step : .epoch
    }
    return numbers.isSubset(of: epochs) && !numbers.isSubset(of: steps) ? .epoch : .step
  }
}
