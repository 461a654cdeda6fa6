import ReviewCore

/// A column of a table that says how samples were drawn.
struct SettingColumn: Hashable {
  let name: String
  /// In the table's `names`; nil for the words that a row has beside its numbers.
  let place: Int?
}

extension LoggedTable {
  private static let mostValues = 64

  /// The columns by which rows of one checkpoint differ in how samples were drawn; none in a log of
  /// a temperature that merely falls.
  ///
  /// - Complexity: O(n) where a column has such a name, else O(columns).
  func settingColumns(_ words: SettingWords) -> [SettingColumn] {
    var columns = names.indices.compactMap { place in
      words.parameter(ofColumn: names[place]).map { SettingColumn(name: $0, place: place) }
    }
    if rows.first?.sampler != nil { columns.append(SettingColumn(name: "sampler", place: nil)) }
    guard !columns.isEmpty else { return [] }
    return columns.filter { column in
      var values: [Double: Set<SettingCell>] = [:]
      for row in rows {
        guard let at = (row.epoch ?? row.step)?.value,
          let value = row.settingCells([column]).first
        else { continue }
        values[at, default: []].insert(value)
      }
      let several = values.values.count { $0.count > 1 }
      let all = values.values.reduce(into: Set<SettingCell>()) { $0.formUnion($1) }
      return several * 2 >= values.count && several > 0 && all.count <= Self.mostValues
    }
  }
}

/// One of a row's cells that say how samples were drawn, as it stands: thousands of rows are told apart by
/// it before a single one is put into words.
struct SettingCell: Hashable {
  let column: SettingColumn
  /// Finite; nil for a word.
  let number: Double?
  let word: String?

  var parameter: SamplingSetting.Parameter {
    SamplingSetting.Parameter(
      name: column.name, value: number.map { NumberText.shortest($0) } ?? word ?? "")
  }
}

extension LoggedTable.Row {
  /// What a row says of how samples were drawn.
  func settingCells(_ columns: [SettingColumn]) -> [SettingCell] {
    columns.compactMap { column in
      guard let place = column.place else {
        return sampler.map { SettingCell(column: column, number: nil, word: $0) }
      }
      return cells.first { $0.column == place && $0.value.isFinite }.map {
        SettingCell(column: column, number: $0.value, word: nil)
      }
    }
  }
}
