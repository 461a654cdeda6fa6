import ReviewCore

/// The places of a run's samples, by which a table of its checkpoints is known.
struct SamplePlaces {
  let axis: Axis
  let numbers: Set<Double>

  init(_ candidate: SampleCandidate) {
    axis = candidate.axis
    numbers = Set(candidate.numbers.map(\.value))
  }

  func hold(_ row: LoggedTable.Row) -> Bool {
    ((axis == .epoch ? row.epoch : row.step)?.value).map(numbers.contains) ?? false
  }

  /// Whether a table has one row for each of them, and no other.
  func areThose(of table: LoggedTable) -> Bool {
    table.rows.count == numbers.count
      && Set(table.rows.compactMap { (axis == .epoch ? $0.epoch : $0.step)?.value }) == numbers
  }
}

/// Reads the tables of a run and tells those of checkpoints from training logs.
struct TableFinder {
  private let root: String
  private let files: [String]
  /// What of the tables is looked at: rows of one sampling setting, or all of them.
  private let rows: (LoggedTable) -> LoggedTable
  private(set) var warnings: [RunWarning] = []
  private(set) var reading: [String] = []
  /// Metrics of checkpoints.
  private(set) var tables: [LoggedTable] = []
  private(set) var logs: [LoggedTable] = []

  /// - Parameter files: of the run, relative to it.
  init(
    root: String, files: [String], rows: @escaping (LoggedTable) -> LoggedTable = { $0 }
  ) {
    self.root = root
    self.files = files
    self.rows = rows
  }

  mutating func find(samples: SamplePlaces?) {
    let states = TrainerStates(files)
    for file in files where TableFile.mayBeTable(file) && !states.holds(file) {
      guard let read = read(file) else { continue }
      for table in read.tables { take(table, samples: samples, how: read.how) }
    }
    for group in states.groups { take(group, samples: samples) }
    if tables.isEmpty, samples == nil, !logs.isEmpty {
      let first = logs.removeFirst()
      let name = PrintableText.escaped(first.path)
      if let isKept = first.columnsOfEvaluation {
        tables.append(first.keeping(isKept, role: .checkpoints))
        logs.insert(first.keeping(isKept.map { !$0 }, role: .log), at: 0)
        reading.append("\(name): its evaluations are taken for the checkpoints")
      } else {
        tables.append(first.bySteps)
        reading.append("\(name): taken for the checkpoints, as there is no other")
      }
    }
    warnings += tables.flatMap(\.repeatWarnings)
  }

  /// Every state of a trainer holds the log up to it: the last one that can be read has all of it.
  private mutating func take(_ group: TrainerStates.Group, samples: SamplePlaces?) {
    var files = group.files[...]
    while let file = files.popFirst() {
      guard let read = read(file) else { continue }
      for table in read.tables { take(table, samples: samples, how: read.how) }
      guard !files.isEmpty else { return }
      let names = files.prefix(3).map(PrintableText.escaped).joined(separator: ", ")
      let more = files.count > 3 ? " and \(files.count - 3) more" : ""
      reading.append("\(names)\(more): superseded by \(PrintableText.escaped(file))")
      return
    }
  }

  /// The tables of a file; nil when it holds none, which is said.
  private mutating func read(_ file: String) -> (tables: [LoggedTable], how: String)? {
    let bytes: [UInt8]
    do { bytes = try FileBytes.read("\(root)/\(file)") } catch {
      warnings.append(RunWarning(.unreadable, path: file, error.reason))
      return nil
    }
    // What was exported into the run is no data of it; a file that is the run is opened as asked.
    if files.count > 1, OwnOutput.isOurs(bytes) {
      reading.append("\(PrintableText.escaped(file)): left out: written by Keepoch")
      return nil
    }
    // A logger's file that nothing was written to is nothing to speak of.
    if bytes.isEmpty, TableFile.kind(of: file) == .printed { return nil }
    switch TableFile.read(bytes, path: file) {
    case .tables(let tables, let reading): return (tables.map(rows), reading)
    case .notATable(let failure):
      warnings += failure.warnings
      let kind = TableFile.kind(of: file)
      if kind == .table || (kind == .document && failure.reason.hasPrefix("it is not JSON")) {
        warnings.append(RunWarning(.badTable, path: file, "\(failure.reason); it is left out"))
      } else {
        reading.append("\(PrintableText.escaped(file)): left out: \(failure.reason)")
      }
      return nil
    }
  }

  private mutating func take(_ table: LoggedTable, samples: SamplePlaces?, how: String) {
    warnings += table.warnings
    let how = how.isEmpty ? "" : " (\(how))"
    let name = PrintableText.escaped(table.path)
    if Self.isOfCheckpoints(table, samples: samples) {
      takeForCheckpoints(table, samples: samples, name: name, how: how)
    } else if let samples, let isKept = Self.columnsOfCheckpoints(table, samples: samples) {
      tables.append(table.keeping(isKept, role: .checkpoints))
      logs.append(table.keeping(isKept.map { !$0 }, role: .log))
      let kept = tables.last?.names.joined(separator: ", ") ?? ""
      reading.append(
        "\(name): training log\(how); \(PrintableText.escaped(kept)): metrics of the checkpoints")
    } else {
      logs.append(table)
      if table.role == nil, samples?.areThose(of: table) == true {
        tables.append(table)
        reading.append(
          "\(name): training log\(how), and metrics of the checkpoints, as it has a row for each")
      } else {
        reading.append("\(name): training log\(how)")
      }
    }
    if !table.repeats.isEmpty, tables.last?.path != table.path {
      reading.append(
        "\(name): says something twice at \(table.repeats.count) "
          + "place\(table.repeats.count == 1 ? "" : "s"), as after a restart; "
          + "the later row counts")
    }
  }

  /// A log that counts steps, several an epoch, holds metrics of epochs and a training log at once.
  private mutating func takeForCheckpoints(
    _ table: LoggedTable, samples: SamplePlaces?, name: String, how: String
  ) {
    reading.append("\(name): metrics of the checkpoints\(how)")
    guard table.rows.contains(where: { $0.epoch != nil }), table.isFinerThanEpochs else {
      tables.append(table)
      return
    }
    if samples?.axis == .step {
      tables.append(table.bySteps)
      return
    }
    let isOnce = table.columnsOfEpochs
    guard isOnce.contains(true) else {
      if samples == nil {
        tables.append(table.bySteps)
        return
      }
      tables.append(table.byEpochs)
      logs.append(table)
      reading.append("\(name): of each epoch the last row counts for its checkpoint")
      return
    }
    tables.append(table.keeping(isOnce, role: .checkpoints).byEpochs)
    guard isOnce.contains(false) else { return }
    let log = table.keeping(isOnce.map { !$0 }, role: .log)
    logs.append(log)
    reading.append(
      "\(name): \(PrintableText.escaped(log.names.joined(separator: ", "))) by step: training log")
  }

  private static func isOfCheckpoints(_ table: LoggedTable, samples: SamplePlaces?) -> Bool {
    if let role = table.role { return role == .checkpoints }
    let name = table.path.split(separator: "/").last.map { $0.lowercased() } ?? ""
    if table.hasNotes { return true }
    if table.names.contains("quality"), table.names.contains("diversity") { return true }
    let logWords = ["log", "history", "loss", "train", "progress", "stats"]
    if logWords.contains(where: { name.contains($0) }) { return false }
    if ["metric", "checkpoint", "eval", "score", "result"].contains(where: { name.contains($0) }) {
      return true
    }
    guard let samples else { return false }
    return !table.rows.isEmpty && table.rows.allSatisfy(samples.hold)
  }

  /// Of a log whose rows hold different columns, those with one number at each of some samples'
  /// places and none elsewhere; nil when there are none such, or no others.
  private static func columnsOfCheckpoints(
    _ table: LoggedTable, samples: SamplePlaces
  ) -> [Bool]? {
    guard table.role == nil, table.rows.contains(where: { $0.cells.count < table.names.count })
    else { return nil }
    var isKept = [Bool](repeating: true, count: table.names.count)
    for row in table.rows where !samples.hold(row) {
      for cell in row.cells { isKept[cell.column] = false }
    }
    let once = table.columnsHavingOneValue(on: samples.axis)
    for column in isKept.indices where !once[column] { isKept[column] = false }
    return isKept.contains(true) && isKept.contains(false) ? isKept : nil
  }
}
