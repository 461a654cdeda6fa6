import ReviewCore

/// A table with steps, seen by its epochs.
extension LoggedTable {
  /// By column, whether it has at most one value an epoch, and none without one.
  var columnsOfEpochs: [Bool] { columnsHavingOneValue(on: .epoch) }

  /// By column, whether no two of its values stand at one place of an axis, and each has a place.
  func columnsHavingOneValue(on axis: Axis) -> [Bool] {
    var isOnce = [Bool](repeating: true, count: names.count)
    var last: [Double?] = isOnce.map { _ in nil }
    let places = rows.map { (axis == .epoch ? $0.epoch : $0.step)?.value }
    let order = rows.indices.sorted { (places[$0] ?? 0, $0) < (places[$1] ?? 0, $1) }
    for index in order {
      for cell in rows[index].cells {
        if places[index] == nil || last[cell.column] == places[index] {
          isOnce[cell.column] = false
        }
        last[cell.column] = places[index]
      }
    }
    return isOnce
  }

  /// Of a log in which evaluations stand between other rows, the columns that are theirs, by their
  /// names; nil when there are none, or no others.
  var columnsOfEvaluation: [Bool]? {
    var counts = [Int](repeating: 0, count: names.count)
    for row in rows {
      for cell in row.cells { counts[cell.column] += 1 }
    }
    let words: Set<Substring> = ["eval", "val", "valid", "validation", "test"]
    let isKept = names.indices.map { column in
      counts[column] < rows.count
        && !words.isDisjoint(with: names[column].lowercased().split { !$0.isLetter })
    }
    return isKept.contains(true) && isKept.contains(false) ? isKept : nil
  }

  /// The table with one row an epoch, at the last step that has one of its numbers; the later number
  /// of a column counts.
  var byEpochs: LoggedTable {
    let steps = rows.map(\.step)
    var table = withoutSteps
    var lastStep: [Double: AxisValue] = [:]
    for (row, step) in zip(rows, steps) {
      if let epoch = row.epoch?.value, let step { lastStep[epoch] = step }
    }
    for index in table.rows.indices {
      table.rows[index].step = (table.rows[index].epoch?.value).flatMap { lastStep[$0] }
    }
    return table
  }

  /// Of a table of checkpoints: what was said twice.
  var repeatWarnings: [RunWarning] {
    var warnings = WarningList(path: path)
    for twice in repeats {
      warnings.add(
        .duplicateCheckpoint,
        "lines \(twice.earlier) and \(twice.later) are of the same checkpoint; the later one counts"
      )
    }
    return warnings.all
  }
}
