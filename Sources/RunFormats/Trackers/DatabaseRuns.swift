import ReviewCore

/// The runs of a tracker's SQLite database.
package struct DatabaseRuns {
  enum Store {
    case mlflow(MLflowDatabase, [MLflowDatabase.Place])
    case trackio(TrackioDatabase, [TrackioDatabase.Place])
  }

  /// One run as a path names it behind the `#`.
  struct Place {
    let name: String
    let format: RunFormat
    let isDeleted: Bool
    /// Whether it has numbers; pictures lie elsewhere.
    let hasNumbers: Bool
    /// What artifacts are found by.
    let id: String
    /// Other words that name it.
    let otherName: String?

    /// Where files of the run lie beside a database: what their paths begin with.
    func folders(of database: String, files: [String]) -> [String] {
      if format == .mlflow { return MLflowDatabase.artifactFolders(of: id, in: files) }
      return [TrackioDatabase.mediaFolder(of: database) + "/"]
    }
  }

  private let store: Store
  let reading: String?
  let places: [Place]

  /// The names of a database's runs, each of which `FILE#NAME` opens; those with nothing in them and
  /// deleted ones left out.
  ///
  /// - Parameter path: of the database.
  /// - Throws: `FileBytes.Failure` that says why it cannot be read.
  package static func names(in path: String) throws(FileBytes.Failure) -> [String] {
    try DatabaseRuns(path)?.places.filter { !$0.isDeleted && $0.hasNumbers }.map(\.name) ?? []
  }

  /// Nil for a database of other things.
  init?(_ path: String) throws(FileBytes.Failure) {
    let snapshot = try SQLiteSnapshot.read(path)
    reading = snapshot.reading
    let base: SQLiteBase
    do throws(SQLiteBase.Failure) {
      base = try SQLiteBase(snapshot)
      if let database = MLflowDatabase(base) {
        let found = try database.places()
        store = .mlflow(database, found)
        places = found.map {
          Place(
            name: $0.id, format: .mlflow, isDeleted: $0.isDeleted, hasNumbers: $0.hasNumbers,
            id: $0.id, otherName: $0.name)
        }
      } else if let database = TrackioDatabase(base) {
        let found = try database.places()
        store = .trackio(database, found)
        var counts: [String: Int] = [:]
        for place in found { counts[place.name, default: 0] += 1 }
        places = found.map { place in
          let isAlone = counts[place.name] == 1
          return Place(
            name: isAlone ? place.name : place.id ?? place.name, format: .trackio,
            isDeleted: false, hasNumbers: true, id: place.id ?? place.name, otherName: place.id)
        }
      } else if base.isSound {
        return nil
      } else {
        throw SQLiteBase.Failure(reason: "it is damaged")
      }
    } catch {
      throw FileBytes.Failure(reason: error.reason, isMissing: false)
    }
  }

  /// The place that a name means: its own, else another one that is told apart by it.
  func place(named name: String) -> Int? {
    if let place = places.firstIndex(where: { $0.name == name }) { return place }
    let others = places.indices.filter { places[$0].otherName == name }
    return others.count == 1 ? others[0] : nil
  }

  /// - Parameters:
  ///   - path: of the database, relative to the root.
  ///   - files: of the root.
  func read(_ place: Int, path: String, files: [String]) -> TrackedRun {
    var run: TrackedRun
    switch store {
    case .mlflow(let database, let found):
      run = database.read(found[place], path: path, files: files)
    case .trackio(let database, let found):
      run = database.read(found[place], path: path, files: files)
    }
    if let reading { run.reading.append("\(PrintableText.escaped(path)): \(reading)") }
    return run
  }
}
