import ReviewCore

/// A table as it stands among others of its run.
extension LoggedTable {
  /// Rows of a log that has both are told apart by their steps alone.
  var bySteps: LoggedTable {
    guard isFinerThanEpochs else { return self }
    var table = self
    for index in table.rows.indices { table.rows[index].epoch = nil }
    return table
  }

  /// Whether every row has a step, and there are more steps than epochs.
  var isFinerThanEpochs: Bool {
    let steps = rows.compactMap { $0.step?.value }
    let epochs = rows.compactMap { $0.epoch?.value }
    return steps.count == rows.count && Set(steps).count > Set(epochs).count
  }

  /// The table with some of its columns; rows that hold nothing then are left out.
  func keeping(_ isKept: [Bool], role: Role) -> LoggedTable {
    var table = self
    var places: [Int?] = []
    var count = 0
    for isKept in isKept {
      places.append(isKept ? count : nil)
      if isKept { count += 1 }
    }
    table.names = names.indices.filter { isKept[$0] }.map { names[$0] }
    table.rows = rows.compactMap { row in
      var row = row
      row.cells = row.cells.compactMap { cell in
        places[cell.column].map { Cell($0, cell.value) }
      }
      return row.cells.isEmpty && row.note == nil && row.failures.isEmpty ? nil : row
    }
    table.role = role
    return table
  }

  /// The columns as series over the axis that tells more rows apart.
  var series: [Series] {
    let axis: Axis = rows.contains { $0.step != nil } ? .step : .epoch
    var points: [[(place: Double, value: Double, epoch: Double?)]] = names.map { _ in [] }
    for row in rows {
      guard let place = (axis == .step ? row.step : row.epoch)?.value else { continue }
      for cell in row.cells { points[cell.column].append((place, cell.value, row.epoch?.value)) }
    }
    return zip(names, points).compactMap { name, points in
      guard !points.isEmpty else { return nil }
      let order = points.indices.sorted { (points[$0].place, $0) < (points[$1].place, $1) }
      let epochs = order.compactMap { points[$0].epoch }
      return Series(
        name: name, axis: axis, positions: order.map { points[$0].place },
        values: order.map { points[$0].value },
        epochs: axis == .step && epochs.count == order.count ? epochs : nil)
    }
  }
}
