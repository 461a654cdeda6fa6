import ReviewCore

/// A table in long form, one number a row: where, which metric, how much.
enum TidyTable {
  private static let names = ["metric", "metric_name", "name", "key", "variable", "tag", "measure"]

  /// The table with a column for each metric; nil where the three roles are not plain: exactly one
  /// column named like a metric's name, which holds words, a column `value`, and no other numbers.
  static func read(_ text: DelimitedText, path: String) -> LoggedTable? {
    let header = text.header.map { $0.lowercased() }
    let places = ColumnRole.places(in: header)
    let nameColumns = header.indices.filter { names.contains(header[$0]) }
    let valueColumns = header.indices.filter { ["value", "metric_value"].contains(header[$0]) }
    guard places.epoch != nil || places.step != nil, nameColumns.count == 1,
      valueColumns.count == 1, text.rowCount > 0
    else { return nil }
    let (name, value) = (nameColumns[0], valueColumns[0])
    let others = header.indices.filter {
      $0 != name && $0 != value && !header[$0].isEmpty && ColumnRole(lowered: header[$0]) == .metric
    }
    let usesComma = text.hasDecimalCommas
    for row in 0..<text.rowCount {
      let count = text.fieldCount(of: row)
      if text.number(at: row, name, withComma: usesComma) != nil { return nil }
      for column in others {
        guard column < count else { break }
        if text.number(at: row, column, withComma: usesComma) != nil { return nil }
      }
    }
    var warnings = WarningList(path: path)
    var gathering = RecordGathering(path: path)
    for row in 0..<text.rowCount {
      let line = text.line(of: row)
      if row == text.rowCount - 1, text.endsTorn, text.fieldCount(of: row) < header.count {
        warnings.add(
          .tornLine, "line \(line), the last, is not whole yet; it is left out until it is")
        continue
      }
      let epoch = text.axisValue(at: row, places.epoch, withComma: usesComma)
      let step = text.axisValue(at: row, places.step, withComma: usesComma)
      guard epoch != nil || step != nil, let metric = text.text(at: row, name), !metric.isEmpty
      else {
        warnings.add(.badNumber, "line \(line) is left out: it has no place or no metric's name")
        continue
      }
      guard let number = text.number(at: row, value, withComma: usesComma) else {
        let field = text.text(at: row, value) ?? ""
        if !TableNumber.isAbsent(field) {
          warnings.add(
            .badNumber, "line \(line): \"\(PrintableText.escaped(field))\" is not a number")
        }
        continue
      }
      gathering.add(line: line, epoch: epoch, step: step, numbers: [(metric, number)])
    }
    var table = gathering.table
    guard !table.rows.isEmpty else { return nil }
    table.warnings = warnings.all
    return table
  }
}
