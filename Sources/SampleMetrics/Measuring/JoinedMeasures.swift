import ReviewCore

/// The pieces of one checkpoint, joined to its numbers.
struct JoinedMeasures {
  private let plan: MeasurePlan
  private let reference: MeasureReference
  private let subject: MeasureSubject
  private var values: [String: MeasuredValue] = [:]
  private var evidence: [SampleEvidence] = []
  private var remarks: [String] = []
  private var profiles: [MeasuredProfile] = []

  init(_ plan: MeasurePlan, _ reference: MeasureReference, _ subject: MeasureSubject) {
    self.plan = plan
    self.reference = reference
    self.subject = subject
  }

  /// In the order of the plan's columns.
  var measures: CheckpointMeasures {
    var all = CheckpointMeasures(
      values: plan.columns.compactMap { values[$0.name] }, evidence: evidence, remarks: remarks)
    all.profiles = profiles
    return all
  }

  mutating func fail(_ words: String, _ step: MeasureTask.Step, _ space: String) {
    let what: String
    switch step {
    case .moments: what = "frechet[\(space)]"
    case .balls: what = "precision, recall, density, coverage[\(space)]"
    case .nearest: what = "nearest reference pictures"
    case .whole: what = "all samples together"
    }
    remarks.append("\(what): \(words)")
  }

  private mutating func put(_ name: String, _ value: Double, _ error: Double? = nil) {
    values[name] = MeasuredValue(name: name, value: value, standardError: error)
  }

  mutating func take(
    _ step: MeasureTask.Step, _ space: String, _ parts: [MeasurePart?], _ meter: CheckpointMeter,
    _ effort: Effort
  ) throws(MetricFailure) {
    var arrays: [(wholes: [Int], numbers: [Double])] = []
    for part in parts {
      switch part {
      case nil: throw .unfit("a piece of the work is missing")
      case .failure(let words):
        // The words begin as those of an error do.
        remarks.append("\(space.isEmpty ? step.rawValue : space): \(words)")
        return
      case .measures(let found):
        for value in found.values { values[value.name] = value }
        evidence += found.evidence
        profiles += found.profiles
        remarks += found.remarks
        return
      case .arrays(let wholes, let numbers): arrays.append((wholes, numbers))
      }
    }
    switch step {
    case .moments: try takeMoments(arrays, space, meter, effort)
    case .balls: try takeBalls(arrays, space, meter, effort)
    case .nearest: try takeNearest(arrays, effort)
    case .whole: break
    }
  }

  private mutating func takeMoments(
    _ parts: [(wholes: [Int], numbers: [Double])], _ name: String, _ meter: CheckpointMeter,
    _ effort: Effort
  ) throws(MetricFailure) {
    guard let space = meter.space(named: name), let first = parts.first,
      var moments = Moments(wholes: first.wholes, numbers: first.numbers),
      let table = try meter.table(of: subject, in: space, effort)
    else { throw Self.unreadable }
    let known = 0...table.rowCount
    guard known.contains(moments.count) else { throw Self.unreadable }
    for part in parts.dropFirst() {
      guard let next = Moments(wholes: part.wholes, numbers: part.numbers),
        next.width == moments.width, known.contains(next.count)
      else { throw Self.unreadable }
      moments.join(next)
    }
    guard moments.count == table.rowCount, moments.width == table.columnCount else {
      throw Self.unreadable
    }
    let real = try reference.frechet(space, effort)
    let side = try FrechetDistance.Side(table, moments: moments, "samples")
    let call = MetricCall(samples: table, reference: real.table)
    let answer = try FrechetDistance.answer(call, side, against: real, effort, isWhole: false)
    guard let distance = answer.number("distance") else { return }
    // Eight more distances are worth it where one takes milliseconds.
    let error =
      table.columnCount <= 256 && table.rowCount <= 20_000
      ? try Jackknife.standardError(rows: table.rowCount) { kept throws(MetricFailure) in
        let part = try FrechetDistance.Side(table.rows(at: kept), "samples", effort)
        let (mean, rest) = try FrechetDistance.parts(part, real, effort)
        return mean + rest
      } : nil
    put("frechet[\(name)]", distance, error)
    remarks += answer.remarks.map { "frechet[\(name)]: \($0)" }
  }

  /// Pieces may come from elsewhere: what they hold must fit the rows that there are.
  private static let unreadable = MetricFailure.unfit("a piece of the work cannot be read")

  private mutating func takeBalls(
    _ parts: [(wholes: [Int], numbers: [Double])], _ space: String, _ meter: CheckpointMeter,
    _ effort: Effort
  ) throws(MetricFailure) {
    guard let named = meter.space(named: space),
      let realCount = try reference.table(in: named, effort)?.rowCount,
      let rowCount = try meter.table(of: subject, in: named, effort)?.rowCount
    else { throw Self.unreadable }
    // Each piece has its own rows' flags, then one flag and one count a real row.
    var inside = 0
    var rows = 0
    var recalled = [Bool](repeating: false, count: realCount)
    var held = [Int](repeating: 0, count: realCount)
    for part in parts {
      let own = part.wholes.count - 2 * realCount
      guard own >= 0, part.wholes[..<(own + realCount)].allSatisfy({ $0 == 0 || $0 == 1 }),
        part.wholes[(own + realCount)...].allSatisfy({ (0...own).contains($0) })
      else { throw Self.unreadable }
      rows += own
      inside += part.wholes[..<own].reduce(0, +)
      for row in 0..<realCount {
        if part.wholes[own + row] != 0 { recalled[row] = true }
        held[row] += part.wholes[own + realCount + row]
      }
    }
    guard rows == rowCount, rows > 0, realCount > 0 else { throw Self.unreadable }
    let precision = Double(inside) / Double(rows)
    put("precision[\(space)]", precision, Jackknife.ofShare(precision, rows: rows))
    put("recall[\(space)]", Double(recalled.count { $0 }) / Double(realCount))
    put(
      "density[\(space)]",
      Double(held.reduce(0, +)) / (Double(MetricOptions().neighbours) * Double(rows)))
    put("coverage[\(space)]", Double(held.count { $0 > 0 }) / Double(realCount))
    if rows < 50 {
      remarks.append(
        "recall[\(space)] and coverage[\(space)]: \(rows) samples reach few of \(realCount) real rows"
      )
    }
  }

  private mutating func takeNearest(
    _ parts: [(wholes: [Int], numbers: [Double])], _ effort: Effort
  ) throws(MetricFailure) {
    let places = parts.flatMap(\.wholes)
    let distances = parts.flatMap(\.numbers).map { $0.squareRoot() }
    let n = distances.count
    let real = reference.samples?.rowCount ?? 0
    guard n == subject.samples?.rowCount, n == places.count,
      places.allSatisfy({ (0..<real).contains($0) }), distances.allSatisfy({ $0 >= 0 })
    else { throw Self.unreadable }
    guard n > 0 else { return }
    for (row, distance) in distances.enumerated() where subject.seeds.indices.contains(row) {
      evidence.append(
        SampleEvidence(
          .nearestReal, sample: subject.seeds[row], other: places[row], number: distance))
    }
    if plan.wants("audit") {
      let training = try reference.audit(effort)
      let typical = Statistics.median(training.distances)
      let low = Statistics.quantile(training.distances, 0.01)
      if typical > 0 { put("nearest_ratio", Statistics.median(distances) / typical) }
      let shares = [
        ("copies", distances.count { $0 == 0 }), ("near_copies", distances.count { $0 < low }),
        ("authenticity", zip(distances, places).count { $0 > training.distances[$1] }),
      ]
      for (name, count) in shares {
        let share = Double(count) / Double(n)
        put(name, share, Jackknife.ofShare(share, rows: n))
      }
    }
    if plan.wants("ct"), let test = try reference.testDistances(effort), !test.isEmpty {
      put("copy_test", CopyTest.z(distances, test))
    }
  }
}
