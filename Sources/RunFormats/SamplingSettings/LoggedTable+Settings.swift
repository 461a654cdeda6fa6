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
      var values: [Double: Set<String>] = [:]
      for row in rows {
        guard let at = (row.epoch ?? row.step)?.value,
          let value = row.parameters([column]).first?.value
        else { continue }
        values[at, default: []].insert(value)
      }
      let several = values.values.count { $0.count > 1 }
      let all = values.values.reduce(into: Set<String>()) { $0.formUnion($1) }
      return several * 2 >= values.count && several > 0 && all.count <= Self.mostValues
    }
  }
}

extension LoggedTable.Row {
  /// What a row says of how samples were drawn.
  func parameters(_ columns: [SettingColumn]) -> [SamplingSetting.Parameter] {
    columns.compactMap { column in
      guard let place = column.place else {
        return sampler.map { SamplingSetting.Parameter(name: column.name, value: $0) }
      }
      return cells.first { $0.column == place && $0.value.isFinite }.map {
        SamplingSetting.Parameter(name: column.name, value: NumberText.shortest($0.value))
      }
    }
  }
}
