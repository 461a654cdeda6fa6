import ReviewCore

/// Finds under which sampling settings a run has samples or numbers of one checkpoint.
struct SettingSearch {
  private let words: SettingWords
  private let pattern: SettingPattern?
  /// Parameters with what stands in file names for a value, which may be `0.70` for 0.7.
  private var spelled: [SamplingSetting: [String: String]] = [:]
  private(set) var settings: Set<SamplingSetting> = []
  /// How many there are where they are too many; nil otherwise.
  private(set) var excess: Int?

  /// Names of arrays in one file, each of which may be of a setting.
  var members: [String] = []

  // More are no axis that a person steps along.
  static let mostSettings = 64

  init(_ declaration: RunDeclaration) {
    words = SettingWords(declared: declaration.settingNames)
    pattern = declaration.samplesPattern.flatMap(SettingPattern.init)
  }

  /// Whether a name may hold one; cheap.
  func mayConcern(_ names: [String], _ tables: [LoggedTable]) -> Bool {
    pattern != nil || members.contains { SamplingSetting(words.parameters(in: $0)) != nil }
      || names.contains { !words.parameters(in: $0.replacing("#", with: "0.0")).isEmpty }
      || tables.contains { !$0.settingColumns(words).isEmpty }
  }

  /// The setting that a file or a tag is of; nil where it names none.
  func setting(of name: String) -> SamplingSetting? {
    if let pattern {
      return pattern.values(in: name).flatMap { values in
        SamplingSetting(
          values.map {
            SamplingSetting.Parameter(name: $0.key, value: SettingWords.plain($0.value))
          })
      }
    }
    return SamplingSetting(words.parameters(in: name))
  }

  /// Takes in names of files or tags that may hold samples, and tables.
  mutating func look(at names: [String], _ tables: [LoggedTable]) {
    var found: Set<SamplingSetting> = []
    for name in names {
      guard let setting = setting(of: name) else { continue }
      found.insert(setting)
      if let values = pattern?.values(in: name) { spelled[setting] = values }
    }
    found.formUnion(members.compactMap { SamplingSetting(words.parameters(in: $0)) })
    // Names that say no more than others do are no settings of their own.
    let most = found.map(\.parameters.count).max() ?? 0
    found = found.filter { $0.parameters.count == most }
    for table in tables {
      let columns = table.settingColumns(words)
      guard !columns.isEmpty else { continue }
      let told = Set(table.rows.map { $0.settingCells(columns) })
      let own = Set(told.compactMap { SamplingSetting($0.map(\.parameter)) })
      let names = Set(own.flatMap { $0.parameters.map(\.name) })
      // A table may tell less than the files do, or more.
      if found.allSatisfy({ setting in !names.allSatisfy { setting.parameter($0) != nil } }) {
        found = own
      }
    }
    excess = found.count > Self.mostSettings ? found.count : nil
    settings = found.count > 1 && found.count <= Self.mostSettings ? found : []
  }

  /// The array of a file that holds the samples of one setting; nil where files do.
  func member(of setting: SamplingSetting) -> String? {
    members.first { SamplingSetting(words.parameters(in: $0)) == setting }
  }

  /// Whether what names a setting, or none, goes with one.
  func fits(_ name: String, _ setting: SamplingSetting) -> Bool {
    self.setting(of: name).map { fits($0, setting) } ?? true
  }

  func fits(_ own: SamplingSetting, _ setting: SamplingSetting) -> Bool {
    own.parameters.allSatisfy { parameter in
      setting.parameter(parameter.name).map { $0 == parameter } ?? true
    }
  }

  /// The pattern of the samples of one setting.
  func samplesPattern(_ setting: SamplingSetting) -> String? {
    pattern.map { $0.filled(spelled[setting] ?? [:]) }
  }

  /// A table with the rows of one setting, and of none.
  func rows(of table: LoggedTable, _ setting: SamplingSetting) -> LoggedTable {
    let columns = table.settingColumns(words).filter { setting.parameter($0.name) != nil }
    guard !columns.isEmpty else { return table }
    var own = table
    var known: [[SettingCell]: Bool] = [:]
    own.rows.removeAll { row in
      let cells = row.settingCells(columns)
      if let isOther = known[cells] { return isOther }
      let isOther = SamplingSetting(cells.map(\.parameter)).map { !fits($0, setting) } ?? false
      known[cells] = isOther
      return isOther
    }
    let isKept = table.names.indices.map { place in !columns.contains { $0.place == place } }
    own = own.keeping(isKept, role: table.role ?? .checkpoints)
    own.role = table.role
    return own
  }
}
