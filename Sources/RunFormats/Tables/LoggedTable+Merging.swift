import ReviewCore

/// Rows of one place become one row.
extension LoggedTable {
  private struct Place: Hashable {
    let epoch: Double?
    let step: Double?
    let setting: [SettingCell]
  }

  private struct Step: Hashable {
    let step: Double
    let setting: [SettingCell]
  }

  /// The table with one row for each place: what rows of one step (or, without steps, of one epoch)
  /// say together. Where two say different things of one column, the later one counts, and
  /// `repeats` names them.
  ///
  /// A row with a step and no epoch belongs to the row of that step which has one: loggers leave the
  /// epoch out of some rows. Complexity: O(n), O(n log n) where rows are merged.
  package func mergingRows() -> LoggedTable {
    guard !isAscending else { return self }
    let columns = settingColumns(SettingWords())
    var group: [Place: Int] = [:]
    var byStep: [Step: Int] = [:]
    var members: [[Int]] = []
    var hasEpoch: [Bool] = []
    for (index, row) in rows.enumerated() {
      let place = Place(
        epoch: row.epoch?.value, step: row.step?.value,
        setting: columns.isEmpty ? [] : row.settingCells(columns))
      let step = place.step.map { Step(step: $0, setting: place.setting) }
      var known = group[place]
      if known == nil, let step, let other = byStep[step] {
        if place.epoch == nil || !hasEpoch[other] { known = other }
      }
      let target = known ?? members.count
      if known == nil {
        members.append([])
        hasEpoch.append(false)
      }
      if place.epoch != nil { hasEpoch[target] = true }
      members[target].append(index)
      group[place] = target
      if let step { byStep[step] = target }
    }
    guard members.count < rows.count else { return self }
    var table = self
    table.rows = members.map { indices in
      guard let last = indices.last, indices.count > 1 else { return rows[indices[0]] }
      let cells = indices.flatMap { index in rows[index].cells.map { (cell: $0, row: index) } }
      let order = cells.indices.sorted { (cells[$0].cell.column, $0) < (cells[$1].cell.column, $1) }
      var kept: [(cell: Cell, row: Int)] = []
      var repeated: Repeat?
      for place in order {
        let next = cells[place]
        if let before = kept.last, before.cell.column == next.cell.column {
          kept.removeLast()
          repeated = Repeat(earlier: rows[before.row].line, later: rows[next.row].line)
        }
        kept.append(next)
      }
      let failures = indices.map { rows[$0].failures }.filter { !$0.isEmpty }
      let notes = indices.compactMap { rows[$0].note }
      // Rows without any number say nothing twice, but a note does.
      if repeated == nil, notes.count > 1 || failures.count > 1 || kept.isEmpty {
        repeated = Repeat(
          earlier: rows[indices[indices.count - 2]].line, later: rows[last].line)
      }
      if let repeated { table.repeats.append(repeated) }
      var merged = Row(
        line: rows[last].line, epoch: indices.lazy.compactMap { rows[$0].epoch }.first,
        step: rows[last].step, note: notes.last, failures: failures.last ?? [],
        cells: kept.map(\.cell))
      merged.sampler = rows[last].sampler
      return merged
    }
    return table
  }

  /// Whether the steps begin again with each epoch, so that they are places within it.
  package var stepsBeginAgain: Bool {
    var hasFallen = false
    for (row, next) in zip(rows, rows.dropFirst()) {
      guard let epoch = row.epoch?.value, let nextEpoch = next.epoch?.value,
        let step = row.step?.value, let nextStep = next.step?.value, nextEpoch >= epoch
      else { return false }
      if nextStep < step {
        guard nextEpoch > epoch else { return false }
        hasFallen = true
      } else if nextEpoch > epoch, nextStep > step {
        return false
      }
    }
    return hasFallen
  }

  /// The table by its epochs alone; of several rows of one epoch the last one counts, and that is
  /// no mistake of the log.
  package var withoutSteps: LoggedTable {
    var table = self
    for index in table.rows.indices { table.rows[index].step = nil }
    table = table.mergingRows()
    table.repeats = repeats
    return table
  }

  /// Whether every row stands at a later step, or at a later epoch where there are no steps.
  private var isAscending: Bool {
    var last: (hasStep: Bool, value: Double)?
    for row in rows {
      guard let value = (row.step ?? row.epoch)?.value else { return false }
      let hasStep = row.step != nil
      if let last, last.hasStep != hasStep || last.value >= value { return false }
      last = (hasStep, value)
    }
    return true
  }
}
