import ReviewCore

/// Reads a project of trackio: a SQLite database whose rows hold JSON, and pictures beside it.
struct TrackioDatabase {
  struct Place: Equatable {
    /// Nil in databases of early releases.
    let id: String?
    let name: String
  }

  private let base: SQLiteBase
  private let hasIds: Bool

  /// Nil where the tables are not trackio's.
  init?(_ base: SQLiteBase) {
    let columns = base.columns(of: "metrics")
    guard columns.isSuperset(of: ["run_name", "step", "metrics"]) else { return nil }
    self.base = base
    hasIds = columns.contains("run_id")
  }

  /// Where pictures lie, beside the database.
  static func mediaFolder(of path: String) -> String {
    "\(path.lastIndex(of: "/").map { String(path[...$0]) } ?? "")media"
  }

  /// In the order of their first rows.
  func places() throws(SQLiteBase.Failure) -> [Place] {
    var places: [Place] = []
    var known: Set<String> = []
    try base.each("SELECT run_name, \(hasIds ? "run_id" : "NULL") FROM metrics") { row in
      let place = Place(id: hasIds ? row.text(1) : nil, name: row.text(0))
      guard known.insert(place.id ?? place.name).inserted else { return }
      places.append(place)
    }
    return places
  }

  private var key: String { hasIds ? "run_id" : "run_name" }

  /// - Parameters:
  ///   - path: of the database, relative to the root.
  ///   - files: of the root.
  func read(_ place: Place, path: String, files: [String]) -> TrackedRun {
    var run = TrackedRun(format: .trackio, path: path, title: "trackio run \(place.name)")
    let media = Self.mediaFolder(of: path)
    var bad = WarningList(path: path)
    let name = place.id ?? place.name
    do throws(SQLiteBase.Failure) {
      try base.each("SELECT step, metrics, id FROM metrics WHERE \(key) = ?", name) { row in
        guard let step = row.number(0) else { return }
        guard let value = try? JSONReader.value(in: row.bytes(1)), value.object != nil else {
          let number = row.number(2).map { " \(NumberText.shortest($0))" } ?? ""
          bad.add(.badRecord, "row\(number) of its metrics is no JSON object; it is left out")
          return
        }
        run.history.add(value, key: "", step: step, folder: media)
      }
      if base.columns(of: "configs").isSuperset(of: [key, "config"]) {
        try base.each("SELECT config FROM configs WHERE \(key) = ?", name) { row in
          guard let object = (try? JSONReader.value(in: row.bytes(0)))?.object else { return }
          for member in object.members where !member.key.hasPrefix("_") {
            run.settings += SettingsFile.settings(
              ConfigValue(member.value), name: member.key, path: path)
          }
        }
      }
    } catch {
      run.warnings.append(
        RunWarning(.badRecord, path: path, "a table is damaged: \(error.reason)"))
    }
    run.warnings += bad.all
    for file in files where file.hasPrefix("\(media)/") { run.told.insert(file) }
    return run
  }
}
