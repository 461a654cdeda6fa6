import ReviewCore

/// Gathers records of names and numbers, each at an epoch or a step, into a table.
struct RecordGathering {
  private(set) var table: LoggedTable
  private var columns: [String: Int] = [:]

  init(path: String, role: LoggedTable.Role? = nil) {
    table = LoggedTable(path: path, names: [], rows: [], role: role)
  }

  /// - Parameter failures: nil where the record does not speak of them.
  mutating func add(
    line: Int, epoch: AxisValue?, step: AxisValue?, note: String? = nil, failures: [String]? = nil,
    numbers: some Sequence<(name: String, value: Double)>
  ) {
    let cells = numbers.map { LoggedTable.Cell(column(ColumnRole.metricName($0.name)), $0.value) }
    if note != nil || failures != nil { table.hasNotes = true }
    table.rows.append(
      LoggedTable.Row(
        line: line, epoch: epoch, step: step, note: note, failures: failures ?? [], cells: cells))
  }

  mutating func setRole(_ role: LoggedTable.Role) { table.role = role }

  private mutating func column(_ name: String) -> Int {
    if let place = columns[name] { return place }
    columns[name] = table.names.count
    table.names.append(name)
    return table.names.count - 1
  }
}
