import ReviewCore

/// A metric log in fields between separators: one header, or one again after each restart.
struct DelimitedTable {
  private let text: DelimitedText
  private let path: String
  private var warnings: WarningList
  private var table: LoggedTable
  /// By name, the place in the table's `names`.
  private var columns: [String: Int] = [:]
  private var usesComma = false
  private(set) var reading: [String] = []

  /// A part of the text under one header.
  private struct Section {
    let header: [String]
    let rows: Range<Int>
  }

  /// Nil when the text has no column for epochs or steps.
  static func read(_ text: DelimitedText, path: String) -> (table: LoggedTable, reading: [String])?
  {
    guard let first = placedHeader(text.header) else { return nil }
    var reader = DelimitedTable(text, path: path)
    reader.usesComma = text.hasDecimalCommas
    if reader.usesComma { reader.reading.append("the comma stands before decimals") }
    for section in reader.sections(first) { reader.read(section) }
    reader.table.warnings = reader.warnings.all
    return (reader.table, reader.reading)
  }

  private init(_ text: DelimitedText, path: String) {
    self.text = text
    self.path = path
    warnings = WarningList(path: path)
    table = LoggedTable(path: path, names: [], rows: [])
    table.rows.reserveCapacity(text.rowCount)
    if let line = text.openQuoteLine, text.openQuoteSwallows {
      warnings.add(
        .badTable,
        "a quote that begins in line \(line) would swallow the rows below it; it and those behind "
          + "it are taken for characters")
    } else if let line = text.openQuoteLine,
      !text.endsTorn || line < (text.rowCount > 0 ? text.line(of: text.rowCount - 1) : 0)
    {
      warnings.add(
        .badTable,
        "a quote that begins in line \(line) is never closed; it is taken for a character")
    }
  }

  /// The header without the sign of a comment; nil when it names neither an epoch nor a step.
  private static func placedHeader(_ header: [String]) -> [String]? {
    var header = header
    if let first = header.first, first.hasPrefix("#") {
      header[0] = String(first.drop { $0 == "#" || $0 == " " })
    }
    let places = ColumnRole.places(in: header.map { $0.lowercased() })
    return places.epoch == nil && places.step == nil ? nil : header
  }

  /// A script that is started again writes its header again, maybe another one.
  private func sections(_ first: [String]) -> [Section] {
    var sections: [Section] = []
    var header = first
    var start = 0
    var axis = Self.axisPlace(header)
    for row in 0..<text.rowCount {
      // Numbers are the usual case, and the quick one.
      guard text.number(at: row, axis) == nil, !text.isEmpty(at: row, axis) else { continue }
      let fields = text.texts(at: row)
      guard let next = Self.placedHeader(fields),
        fields.allSatisfy({ TableNumber.value($0) == nil })
      else { continue }
      sections.append(Section(header: header, rows: start..<row))
      (header, start, axis) = (next, row + 1, Self.axisPlace(next))
    }
    sections.append(Section(header: header, rows: start..<text.rowCount))
    return sections
  }

  private static func axisPlace(_ header: [String]) -> Int {
    let places = ColumnRole.places(in: header.map { $0.lowercased() })
    return places.epoch ?? places.step ?? 0
  }

  private mutating func read(_ section: Section) {
    let header = section.header.map { $0.lowercased() }
    let (epochPlace, stepPlace) = ColumnRole.places(in: header)
    let notePlace = header.firstIndex { ColumnRole(lowered: $0) == .note }
    let failurePlace = failureColumn(section, header)
    let samplerPlace = header.firstIndex(of: "sampler")
    table.hasNotes = table.hasNotes || notePlace != nil || failurePlace != nil
    let numeric = numericColumns(section, butFor: failurePlace)
    for row in section.rows {
      let line = text.line(of: row)
      let count = text.fieldCount(of: row)
      if row == text.rowCount - 1, text.endsTorn, isCut(row, of: header.count) {
        warnings.add(
          .tornLine, "line \(line), the last, is not whole yet; it is left out until it is")
        continue
      }
      if count != header.count {
        warnings.add(
          .raggedRow, "line \(line) has \(count) fields where the header has \(header.count)")
      }
      let epoch = text.axisValue(at: row, epochPlace, withComma: usesComma)
      let step = text.axisValue(at: row, stepPlace, withComma: usesComma)
      guard epoch != nil || step != nil else {
        let field = text.text(at: row, epochPlace ?? stepPlace ?? 0) ?? ""
        warnings.add(
          .badNumber,
          "line \(line) is left out: \"\(PrintableText.escaped(field))\""
            + " is not a number of an epoch or a step")
        continue
      }
      var cells: [LoggedTable.Cell] = []
      for (column, place) in numeric {
        // What is behind the row's last field is missing in any case.
        guard column < count else { break }
        if let value = text.number(at: row, column, withComma: usesComma) {
          if cells.isEmpty { cells.reserveCapacity(min(numeric.count, count)) }
          cells.append(LoggedTable.Cell(place, value))
        } else if !text.isEmpty(at: row, column), let field = text.text(at: row, column),
          !TableNumber.isAbsent(field)
        {
          warnings.add(
            .badNumber,
            "line \(line): \"\(PrintableText.escaped(field))\" is not a number; "
              + "\(PrintableText.escaped(header[column])) is taken as missing")
        }
      }
      var note: String?
      if let notePlace, !text.isEmpty(at: row, notePlace) {
        note = text.text(at: row, notePlace).flatMap { $0.isEmpty ? nil : $0 }
      }
      let failures = failurePlace.flatMap { text.text(at: row, $0) }.map { FailureWords($0) }
      for word in failures?.refused ?? [] {
        warnings.add(.badTable, FailureWords.refusal(word, line: line))
      }
      table.rows.append(
        LoggedTable.Row(
          line: line, epoch: epoch, step: step, note: note, failures: failures?.tags ?? [],
          cells: cells))
      if let samplerPlace, let word = text.text(at: row, samplerPlace), !word.isEmpty {
        table.rows[table.rows.count - 1].sampler = SettingWords.plain(word)
      }
    }
  }

  /// The column whose words name failure modes; nil where such a one holds numbers alone.
  private func failureColumn(_ section: Section, _ header: [String]) -> Int? {
    guard let place = header.firstIndex(where: ColumnRole.namesFailures) else { return nil }
    var hasNumbers = false
    for row in section.rows where !text.isEmpty(at: row, place) {
      if text.number(at: row, place, withComma: usesComma) != nil {
        hasNumbers = true
      } else if FailureWords.areWords(text.text(at: row, place) ?? "") {
        return place
      }
    }
    return hasNumbers ? nil : place
  }

  /// The columns that hold numbers, each with its place in the table.
  private mutating func numericColumns(
    _ section: Section, butFor words: Int?
  ) -> [(column: Int, place: Int)] {
    var wanted: [(column: Int, name: String)] = []
    var seen: Set<String> = []
    for (column, name) in section.header.enumerated() {
      guard !name.isEmpty, column != words, ColumnRole(lowered: name.lowercased()) == .metric
      else { continue }
      guard seen.insert(ColumnRole.metricName(name)).inserted else {
        warnings.add(
          .badTable,
          "the column \"\(PrintableText.escaped(name))\" stands there twice; the first counts")
        continue
      }
      wanted.append((column, ColumnRole.metricName(name)))
    }
    // One walk along the rows for all columns, each until its first number.
    var isNumeric = [Bool](repeating: false, count: section.header.count)
    var isWords = isNumeric
    var open = wanted.map(\.column)
    for row in section.rows {
      if open.isEmpty { break }
      let count = text.fieldCount(of: row)
      var hasFound = false
      for column in open {
        guard column < count else { break }
        if text.isEmpty(at: row, column) { continue }
        if text.number(at: row, column, withComma: usesComma) != nil {
          isNumeric[column] = true
          hasFound = true
        } else if !isWords[column] {
          isWords[column] = !TableNumber.isAbsent(text.text(at: row, column) ?? "")
        }
      }
      if hasFound { open.removeAll { isNumeric[$0] } }
    }
    // A column that is empty so far will be numbers, unless it holds words.
    return wanted.filter { isNumeric[$0.column] || !isWords[$0.column] }.map { column, name in
      let place = columns[name] ?? table.names.count
      if place == table.names.count {
        columns[name] = place
        table.names.append(name)
      }
      return (column, place)
    }
  }

  /// Whether a row without a line break was cut off in the middle, as far as can be told.
  private func isCut(_ row: Int, of count: Int) -> Bool {
    let fields = text.texts(at: row)
    guard let last = fields.last, fields.count >= count else { return true }
    return last.hasPrefix("\"") || [".", "-", "+", "e", "E"].contains { last.hasSuffix($0) }
  }
}
