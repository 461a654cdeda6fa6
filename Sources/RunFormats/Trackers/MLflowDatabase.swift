import ReviewCore

/// Reads MLflow's SQLite store. The artifacts lie beside it, wherever the database says that they are.
struct MLflowDatabase {
  struct Place {
    /// MLflow's id, which folders of artifacts are named by.
    let id: String
    let name: String
    let isDeleted: Bool
    let hasNumbers: Bool
  }

  private let base: SQLiteBase

  /// Nil where the tables are not MLflow's.
  init?(_ base: SQLiteBase) {
    guard base.columns(of: "runs").isSuperset(of: ["run_uuid", "experiment_id"]),
      base.columns(of: "metrics").isSuperset(of: ["run_uuid", "key", "value", "step"])
    else { return nil }
    self.base = base
  }

  /// In the order of the database.
  func places() throws(SQLiteBase.Failure) -> [Place] {
    var measured: Set<String> = []
    // Each metric's last value: far fewer rows than all of them.
    let table =
      base.columns(of: "latest_metrics").contains("run_uuid") ? "latest_metrics" : "metrics"
    try base.each("SELECT run_uuid FROM \(table)") { measured.insert($0.text(0)) }
    var places: [Place] = []
    let columns = base.columns(of: "runs")
    let name = columns.contains("name") ? "name" : "NULL"
    let stage = columns.contains("lifecycle_stage") ? "lifecycle_stage" : "NULL"
    try base.each("SELECT run_uuid, \(name), \(stage) FROM runs") { row in
      let id = row.text(0)
      guard !id.isEmpty else { return }
      places.append(
        Place(
          id: id, name: row.text(1), isDeleted: row.text(2) == "deleted",
          hasNumbers: measured.contains(id)))
    }
    return places
  }

  /// - Parameters:
  ///   - path: of the database, relative to the root.
  ///   - files: of the root, among which the artifacts are.
  func read(_ place: Place, path: String, files: [String]) -> TrackedRun {
    var run = TrackedRun(
      format: .mlflow, path: path,
      title: "MLflow run \(place.name.isEmpty ? place.id : place.name)")
    var points: [(time: Double, value: Double, step: Double, key: String)] = []
    let flag = base.columns(of: "metrics").contains("is_nan") ? "is_nan" : "0"
    var isSorted = true
    attempt(&run) { () throws(SQLiteBase.Failure) in
      try base.each(
        "SELECT key, value, timestamp, step, \(flag) FROM metrics WHERE run_uuid = ?", place.id
      ) { row in
        guard let stored = row.number(1), let step = row.number(3), step.isFinite else { return }
        var value = stored
        // A NaN is stored as 0, and infinity as the largest number.
        if let isNaN = row.number(4), isNaN != 0 { value = .nan }
        if value.magnitude == Double.greatestFiniteMagnitude {
          value = value > 0 ? .infinity : -.infinity
        }
        let time = row.number(2) ?? 0
        if let last = points.last, last.time > time { isSorted = false }
        points.append((time, value, step, row.text(0)))
      }
    }
    if !isSorted {
      let order = points.indices.sorted { (points[$0].time, $0) < (points[$1].time, $1) }
      points = order.map { points[$0] }
    }
    for point in points { run.history.add(point.value, key: point.key, step: point.step) }
    var settings: [Setting] = []
    attempt(&run) { () throws(SQLiteBase.Failure) in
      try base.each("SELECT key, value FROM params WHERE run_uuid = ?", place.id) { row in
        settings.append(MLflowRun.setting(row.text(0), row.text(1), origin: path))
      }
    }
    run.settings = settings
    for folder in Self.artifactFolders(of: place.id, in: files) {
      MLflowRun.takeImages(files, in: folder, run: &run)
    }
    return run
  }

  /// What the database holds before a damaged place counts.
  private func attempt(
    _ run: inout TrackedRun, _ body: () throws(SQLiteBase.Failure) -> Void
  ) {
    do throws(SQLiteBase.Failure) { try body() } catch {
      run.warnings.append(
        RunWarning(.badRecord, path: run.path, "a table is damaged: \(error.reason)"))
    }
  }

  /// Where MLflow keeps artifacts beside its database when nobody says otherwise.
  static let artifactRoots = ["mlruns", "mlartifacts", "artifacts"]

  /// With a slash at their ends: `mlruns/1/ID/artifacts/`, `mlartifacts/1/ID/artifacts/`.
  static func artifactFolders(of id: String, in files: [String]) -> [String] {
    var folders: Set<String> = []
    let part = "\(id)/artifacts/"
    for file in files {
      guard let range = file.firstRange(of: part),
        range.lowerBound == file.startIndex || file[..<range.lowerBound].last == "/"
      else { continue }
      folders.insert(String(file[..<range.upperBound]))
    }
    return folders.sorted()
  }
}
