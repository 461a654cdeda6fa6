import ReviewCore

/// A metric log: one row an epoch or a step, with numbers and words.
struct LoggedTable {
  struct Row {
    let line: Int
    let epoch: AxisValue?
    let step: AxisValue?
    let note: String?
    /// One a column of `names`.
    let values: [Double?]
  }

  let path: String
  /// The columns that hold numbers, in the file's order.
  let names: [String]
  private(set) var rows: [Row]
  let hasNotes: Bool
  let warnings: [RunWarning]

  private static let epochNames = ["epoch", "epochs", "ep"]
  private static let stepNames = ["step", "steps", "global_step", "iteration", "iter"]
  private static let noteNames = ["note", "notes", "comment", "comments", "remark"]
  private static let timeNames = ["time", "timestamp", "wall_time", "datetime", "date"]

  /// Nil when the text has no column for epochs or steps.
  init?(_ text: DelimitedText, path: String) {
    let header = text.header.map { $0.lowercased() }
    func place(_ names: [String]) -> Int? { header.firstIndex { names.contains($0) } }
    let epochPlace = place(Self.epochNames)
    let stepPlace = place(Self.stepNames)
    guard epochPlace != nil || stepPlace != nil else { return nil }
    let notePlace = place(Self.noteNames)
    var warnings: [RunWarning] = []
    if let line = text.openQuoteLine, !text.endsTorn || line < (text.rows.last?.line ?? 0) {
      warnings.append(
        RunWarning(
          .badTable, path: path,
          "a quote that begins in line \(line) is never closed; it is taken for a character"))
    }
    var numeric: [Int] = []
    for column in header.indices {
      if [epochPlace, stepPlace, notePlace].contains(column) || header[column].isEmpty { continue }
      if Self.timeNames.contains(header[column]) { continue }
      if text.header[..<column].contains(text.header[column]) {
        warnings.append(
          RunWarning(
            .badTable, path: path,
            "the column \"\(PrintableText.escaped(text.header[column]))\" stands there twice; "
              + "the first counts"))
        continue
      }
      let fields = text.rows.lazy.compactMap {
        $0.fields.indices.contains(column) ? $0.fields[column] : nil
      }
      let isNumeric = fields.contains { TableNumber.value($0) != nil }
      // A column that is empty so far will be numbers, unless it holds words.
      if isNumeric || fields.allSatisfy(TableNumber.isAbsent) { numeric.append(column) }
    }
    var rows: [Row] = []
    for (number, row) in text.rows.enumerated() {
      func field(_ place: Int?) -> String? {
        place.flatMap { row.fields.indices.contains($0) ? row.fields[$0] : nil }
      }
      let epoch = field(epochPlace).flatMap { AxisValue(parsing: $0) }
      let step = field(stepPlace).flatMap { AxisValue(parsing: $0) }
      let isLast = number == text.rows.count - 1
      if isLast, text.endsTorn, Self.isCut(row.fields, of: header.count) {
        warnings.append(
          RunWarning(
            .tornLine, path: path,
            "line \(row.line), the last, is not whole yet; it is left out until it is"))
        continue
      }
      if row.fields.count != header.count {
        warnings.append(
          RunWarning(
            .raggedRow, path: path,
            "line \(row.line) has \(row.fields.count) fields where the header has \(header.count)"))
      }
      guard epoch != nil || step != nil else {
        warnings.append(
          RunWarning(
            .badNumber, path: path,
            "line \(row.line) is left out: \"\(PrintableText.escaped(field(epochPlace ?? stepPlace) ?? ""))\""
              + " is not a number of an epoch or a step"))
        continue
      }
      var values: [Double?] = []
      for column in numeric {
        let text = field(column) ?? ""
        let value = TableNumber.value(text)
        if value == nil, !TableNumber.isAbsent(text) {
          warnings.append(
            RunWarning(
              .badNumber, path: path,
              "line \(row.line): \"\(PrintableText.escaped(text))\" is not a number; "
                + "\(PrintableText.escaped(header[column])) is taken as missing"))
        }
        values.append(value)
      }
      let note = field(notePlace).flatMap { $0.isEmpty ? nil : $0 }
      rows.append(Row(line: row.line, epoch: epoch, step: step, note: note, values: values))
    }
    self.path = path
    // The two that the default rule and every table know keep one spelling.
    names = numeric.map {
      ["quality", "diversity"].contains(header[$0]) ? header[$0] : text.header[$0]
    }
    self.rows = rows
    hasNotes = notePlace != nil
    self.warnings = warnings
  }

  /// Whether a row without a line break was cut off in the middle, as far as can be told.
  private static func isCut(_ fields: [String], of count: Int) -> Bool {
    guard let last = fields.last, fields.count >= count else { return true }
    return last.hasPrefix("\"") || [".", "-", "+", "e", "E"].contains { last.hasSuffix($0) }
  }

  /// Rows of a log that has both are told apart by their steps alone.
  var bySteps: LoggedTable {
    let steps = rows.compactMap { $0.step?.value }
    let epochs = rows.compactMap { $0.epoch?.value }
    guard steps.count == rows.count, Set(steps).count > Set(epochs).count else { return self }
    var table = self
    table.rows = rows.map {
      Row(line: $0.line, epoch: nil, step: $0.step, note: $0.note, values: $0.values)
    }
    return table
  }

  /// The columns as series over the axis that tells more rows apart.
  var series: [Series] {
    let axis: Axis = rows.contains { $0.step != nil } ? .step : .epoch
    return names.indices.compactMap { column in
      let points = rows.compactMap { row -> (Double, Double, Double?)? in
        guard let place = (axis == .step ? row.step : row.epoch)?.value,
          let value = row.values[column]
        else { return nil }
        return (place, value, row.epoch?.value)
      }
      guard !points.isEmpty else { return nil }
      let order = points.indices.sorted {
        (points[$0].0, $0) < (points[$1].0, $1)
      }
      let epochs = order.compactMap { points[$0].2 }
      return Series(
        name: names[column], axis: axis, positions: order.map { points[$0].0 },
        values: order.map { points[$0].1 },
        epochs: axis == .step && epochs.count == order.count ? epochs : nil)
    }
  }
}
