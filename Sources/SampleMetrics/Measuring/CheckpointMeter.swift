package import ReviewCore

/// Works out the numbers of one checkpoint after the other, in pieces that may be done on several machines.
///
/// The whole is always joined of the same pieces in the same order, so that it is equal to the last bit however
/// many machines took part.
package struct CheckpointMeter: Sendable {
  package let plan: MeasurePlan
  let reference: MeasureReference

  /// Rows of a piece.
  package static let blockRows = 100 * ByteRows.blockRows

  package init(plan: MeasurePlan, reference: MeasureReference) {
    self.plan = plan
    self.reference = reference
  }

  /// The pieces of the work on a checkpoint, in the order in which they are joined.
  package func tasks(for subject: MeasureSubject) -> [MeasureTask] {
    func blocks(_ rows: Int, _ size: Int) -> Range<Int> { 0..<max(1, (rows + size - 1) / size) }
    var tasks: [MeasureTask] = []
    if plan.wants("frechet") {
      for space in plan.distances {
        guard let rows = rowCount(of: subject, in: space) else { continue }
        for block in blocks(rows, Moments.blockRows) {
          tasks.append(MeasureTask(step: .moments, space: space.name, block: block))
        }
      }
    }
    if plan.wants("prdc") {
      for space in plan.neighbours {
        guard let rows = rowCount(of: subject, in: space) else { continue }
        for block in blocks(rows, Self.blockRows) {
          tasks.append(MeasureTask(step: .balls, space: space.name, block: block))
        }
      }
    }
    if plan.wants("audit") || plan.wants("ct"), let samples = subject.samples {
      for block in blocks(samples.rowCount, Self.blockRows) {
        tasks.append(MeasureTask(step: .nearest, block: block))
      }
    }
    return tasks + [MeasureTask(step: .whole)]
  }

  /// Does one piece; what cannot be measured is part of the answer.
  ///
  /// - Throws: `cancelled` alone.
  package func part(
    _ task: MeasureTask, of subject: MeasureSubject, _ effort: Effort
  ) throws(MetricFailure) -> MeasurePart {
    do throws(MetricFailure) {
      switch task.step {
      case .moments: return try momentsPart(task, subject, effort)
      case .balls: return try ballsPart(task, subject, effort)
      case .nearest: return try nearestPart(task, subject, effort)
      case .whole:
        return .measures(try WholeMeasures(plan, reference, subject, effort).measures)
      }
    } catch {
      if error == .cancelled { throw error }
      return .failure(error.words)
    }
  }

  /// Joins the pieces of a checkpoint.
  ///
  /// - Parameter part: gives the pieces that `tasks` names.
  /// - Throws: `cancelled` alone.
  package func finish(
    _ subject: MeasureSubject, _ effort: Effort, _ part: (MeasureTask) -> MeasurePart?
  ) throws(MetricFailure) -> CheckpointMeasures {
    let all = tasks(for: subject)
    var joined = JoinedMeasures(plan, reference, subject)
    var groups: [(step: MeasureTask.Step, space: String, parts: [MeasurePart?])] = []
    for task in all {
      if let last = groups.last, last.step == task.step, last.space == task.space {
        groups[groups.count - 1].parts.append(part(task))
      } else {
        groups.append((task.step, task.space, [part(task)]))
      }
    }
    for group in groups {
      do throws(MetricFailure) {
        try joined.take(group.step, group.space, group.parts, self, effort)
      } catch {
        if error == .cancelled { throw error }
        joined.fail(error.words, group.step, group.space)
      }
    }
    return joined.measures
  }

  /// All numbers of a checkpoint.
  ///
  /// - Throws: `cancelled` alone.
  package func measures(
    of subject: MeasureSubject, _ effort: Effort
  ) throws(MetricFailure) -> CheckpointMeasures {
    var parts: [MeasureTask: MeasurePart] = [:]
    for task in tasks(for: subject) {
      try effort.check()
      parts[task] = try part(task, of: subject, effort)
    }
    return try finish(subject, effort) { parts[$0] }
  }

  // MARK: Pieces

  func space(named name: String) -> FeatureSpace? {
    (plan.distances + plan.neighbours).first { $0.name == name }
  }

  /// A checkpoint's rows in a space; nil where it has none.
  func table(
    of subject: MeasureSubject, in space: FeatureSpace, _ effort: Effort
  ) throws(MetricFailure) -> NumberTable? {
    switch space {
    case .pixels: return subject.pictures
    case .points: return subject.points
    case .given(let name): return subject.features.first { $0.name == name }?.table
    case .principal(let count):
      guard let pictures = subject.pictures else { return nil }
      let axes = try reference.axes(count, effort)
      guard pictures.columnCount == reference.pictures?.columnCount else {
        throw .unfit("the pictures have another size than those of the reference")
      }
      return try axes.projected(pictures, effort)
    }
  }

  private func rowCount(of subject: MeasureSubject, in space: FeatureSpace) -> Int? {
    switch space {
    case .pixels, .principal: return subject.pictures?.rowCount
    case .points: return subject.points?.rowCount
    case .given(let name): return subject.features.first { $0.name == name }?.table.rowCount
    }
  }

  private func wanted(
    _ task: MeasureTask, _ subject: MeasureSubject, _ effort: Effort
  ) throws(MetricFailure) -> (table: NumberTable, space: FeatureSpace) {
    guard let space = space(named: task.space),
      let table = try table(of: subject, in: space, effort)
    else { throw .unfit("this checkpoint has no \(task.space)") }
    return (table, space)
  }

  private func block(_ place: Int, of table: NumberTable, _ size: Int) -> Range<Int> {
    min(place * size, table.rowCount)..<min((place + 1) * size, table.rowCount)
  }

  private func momentsPart(
    _ task: MeasureTask, _ subject: MeasureSubject, _ effort: Effort
  ) throws(MetricFailure) -> MeasurePart {
    let (table, _) = try wanted(task, subject, effort)
    try table.checkFinite("samples")
    let moments = try Moments(ofBlock: task.block, of: table, effort)
    return .arrays(wholes: [moments.count], numbers: moments.mean + moments.packedScatter)
  }

  private func ballsPart(
    _ task: MeasureTask, _ subject: MeasureSubject, _ effort: Effort
  ) throws(MetricFailure) -> MeasurePart {
    let (table, space) = try wanted(task, subject, effort)
    let k = MetricOptions().neighbours
    guard table.rowCount > k else {
      throw .unfit("k=\(k) needs at least \(k + 1) rows (samples: n=\(table.rowCount))")
    }
    try table.checkFinite("samples")
    let real = try reference.neighbours(space, effort)
    guard real.table.columnCount == table.columnCount else {
      throw .unfit(
        "the samples have \(table.columnCount) numbers a row, the reference \(real.table.columnCount)"
      )
    }
    let rows = block(task.block, of: table, Self.blockRows)
    let radii = try Neighbours.radii(of: table, rows: rows, k: k, effort)
    let balls = try Balls.counts(
      real: real.table, realRadii: real.radii, generated: table.rows(rows),
      generatedRadii: radii, countsBorder: false, effort)
    let flags = balls.isInside.map { $0 ? 1 : 0 } + balls.isRecalled.map { $0 ? 1 : 0 }
    return .arrays(wholes: flags + balls.held, numbers: [])
  }

  private func nearestPart(
    _ task: MeasureTask, _ subject: MeasureSubject, _ effort: Effort
  ) throws(MetricFailure) -> MeasurePart {
    guard let samples = subject.samples, let real = reference.samples,
      samples.columnCount == real.columnCount
    else { throw .unfit("samples and reference have different sizes") }
    try samples.checkFinite("samples")
    try real.checkFinite("reference")
    let rows = block(task.block, of: samples, Self.blockRows)
    let found = try Neighbours.nearest(of: samples.rows(rows), in: real, effort)
    return .arrays(wholes: found.map(\.place), numbers: found.map(\.squared))
  }
}

extension Moments {
  /// The places with column <= row, row by row.
  var packedScatter: [Double] {
    (0..<width).flatMap { scatter[$0 * width...$0 * width + $0] }
  }

  /// As a piece of the work holds them.
  init?(wholes: [Int], numbers: [Double]) {
    // width + width (width + 1) / 2 numbers.
    let width = Int(((9 + 8 * Double(numbers.count)).squareRoot() - 3) / 2)
    guard let count = wholes.first, width > 0,
      width + width * (width + 1) / 2 == numbers.count
    else { return nil }
    var scatter = [Double](repeating: 0, count: width * width)
    var place = width
    for row in 0..<width {
      for column in 0...row {
        scatter[row * width + column] = numbers[place]
        place += 1
      }
    }
    self.init(count: count, mean: Array(numbers[..<width]), scatter: scatter)
  }
}
