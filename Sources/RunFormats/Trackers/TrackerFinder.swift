import ReviewCore

/// Reads what experiment trackers keep of a run: W&B, MLflow, trackio. Aim is recognised.
///
/// A tracker counts when it holds one run; of several, one must be named.
struct TrackerFinder {
  /// Why nothing was read where a tracker is there.
  struct Refusal: Equatable {
    let why: String
    let remedy: String
  }

  private let root: String
  private var tracked: [TrackedRun] = []
  private(set) var warnings: [RunWarning] = []
  private(set) var reading: [String] = []
  private(set) var series: [Series] = []
  private(set) var candidates: [SampleCandidate] = []
  private(set) var settings: [Setting] = []
  /// The epoch of a step, where a tracker was told both.
  private(set) var epochs: [Double: Double] = [:]
  /// Files that need no other reader.
  private(set) var told: Set<String> = []
  private(set) var refusal: Refusal?

  private static let mostDatabases = 16
  private static let mostNamed = 8

  init(root: String) { self.root = root }

  /// The format of a run that has no samples of its own; nil where no tracker has numbers.
  var format: RunFormat? { tracked.first { !$0.history.isEmpty }?.format }

  /// What a place of a run is called, and how it is read.
  private struct Place {
    let path: String
    /// What its files' paths begin with, each with a slash at its end.
    let folders: [String]
    let read: () -> TrackedRun
  }

  mutating func find(_ listing: RunFiles) {
    let (files, others) = (listing.files, listing.sorted.others)
    let logs = others.filter { WandbRun.isLog($0) }
    take(
      logs.map { log in
        let folder = log.lastIndex(of: "/").map { String(log[..<$0]) }
        return Place(path: folder ?? log, folders: folder.map { ["\($0)/"] } ?? []) { [root] in
          WandbRun.read(log, root: root, files: files)
        }
      }, of: "W&B", files)
    var mlflow = places(ofStore: files, others: others)
    var trackio: [Place] = []
    var databases = 0
    for file in others where Self.mayBeDatabase(file) && databases < Self.mostDatabases {
      guard SQLiteSnapshot.isDatabase(at: "\(root)/\(file)") else { continue }
      databases += 1
      guard let runs = open(file) else { continue }
      for (index, place) in runs.places.enumerated() {
        guard !isLeftOut(place, path: file, files: files) else { continue }
        let folders = place.folders(of: file, files: files)
        let found = Place(path: "\(file)#\(place.name)", folders: folders) {
          runs.read(index, path: file, files: files)
        }
        if place.format == .mlflow { mlflow.append(found) } else { trackio.append(found) }
      }
    }
    take(mlflow, of: "MLflow", files)
    take(trackio, of: "trackio", files)
    findAim()
    settle()
  }

  /// Reads one run of a database.
  ///
  /// - Parameters:
  ///   - file: relative to the root.
  ///   - name: the run; nil for the only one.
  ///   - files: of the root, among which artifacts are.
  /// - Returns: what names the run, and what its artifacts' paths begin with.
  /// - Throws: `RunError` when there is no such run, or more than one.
  mutating func find(
    database file: String, named name: String?, files: [String]
  ) throws(RunError) -> (name: String, artifacts: [String]) {
    let full = "\(root)/\(file)"
    let runs: DatabaseRuns?
    do throws(FileBytes.Failure) { runs = try DatabaseRuns(full) } catch {
      throw RunError(
        "cannot read", place: full, why: error.reason,
        remedy: "Check that it was copied whole, with the -wal file beside it if there is one")
    }
    guard let runs else {
      throw RunError(
        "cannot review", place: full, why: "it is a SQLite database of other things",
        remedy: "Databases of MLflow and of trackio are read; or give a run's folder")
    }
    let all = runs.places
    let listed = all.filter { !$0.isDeleted }.prefix(Self.mostNamed).map { place in
      PrintableText.escaped("\(full)#\(place.name)")
    }.joined(separator: ", ")
    let chosen: Int?
    if let name {
      chosen = runs.place(named: name)
    } else {
      let kept = all.indices.filter { !isLeftOut(all[$0], path: file, files: files) }
      chosen = kept.count == 1 ? kept[0] : nil
    }
    guard let chosen else {
      throw RunError(
        "cannot review", place: full,
        why: name.map { "it holds no run named \(PrintableText.escaped($0))" }
          ?? (all.isEmpty ? "it holds no run" : "it holds \(all.count) runs"),
        remedy: listed.isEmpty ? "Log something to it first" : "Give one of them: \(listed)")
    }
    var run = runs.read(chosen, path: file, files: files)
    if all[chosen].isDeleted { run.warnings.append(Self.deleted(file)) }
    tracked.append(run)
    settle()
    let artifacts = MLflowDatabase.artifactFolders(of: all[chosen].id, in: files)
    return (all[chosen].name, artifacts)
  }

  private static func mayBeDatabase(_ path: String) -> Bool {
    [".db", ".sqlite", ".sqlite3"].contains { path.hasSuffix($0) }
  }

  private mutating func open(_ file: String) -> DatabaseRuns? {
    do throws(FileBytes.Failure) {
      let runs = try DatabaseRuns("\(root)/\(file)")
      if runs == nil {
        reading.append("\(PrintableText.escaped(file)): left out: a database of other things")
      }
      return runs
    } catch {
      warnings.append(RunWarning(.unreadable, path: file, error.reason))
      return nil
    }
  }

  private mutating func isLeftOut(
    _ place: DatabaseRuns.Place, path: String, files: [String]
  ) -> Bool {
    if place.isDeleted {
      reading.append(PrintableText.escaped("left out: \(path)#\(place.name), deleted in MLflow"))
      return true
    }
    return !place.hasNumbers && MLflowDatabase.artifactFolders(of: place.id, in: files).isEmpty
  }

  private mutating func places(ofStore files: [String], others: [String]) -> [Place] {
    let all = MLflowFiles.places(others, root: root)
    var kept: [Place] = []
    for place in all {
      // A deleted run that was named itself is wanted.
      if place.isDeleted, !place.folder.isEmpty {
        reading.append(PrintableText.escaped("left out: \(place.folder), deleted in MLflow"))
        continue
      }
      guard MLflowFiles.hasAnything(place, files: files) else { continue }
      if place.isDeleted { warnings.append(Self.deleted("meta.yaml")) }
      kept.append(
        Place(path: place.folder, folders: [place.prefix]) { [root] in
          MLflowFiles.read(place, root: root, files: files)
        })
    }
    return kept
  }

  private static func deleted(_ path: String) -> RunWarning {
    RunWarning(.leftOut, path: path, "this run was deleted in MLflow; it is shown all the same")
  }

  private mutating func take(_ places: [Place], of tracker: String, _ files: [String]) {
    if places.count == 1 {
      tracked.append(places[0].read())
    } else if places.count > 1 {
      // What their names say is as wrong as if they were read.
      let folders = Set(places.flatMap(\.folders)).filter { !$0.isEmpty }
      told.formUnion(files.filter { file in folders.contains { file.hasPrefix($0) } })
      let named = places.prefix(Self.mostNamed).map {
        PrintableText.escaped(root == "." ? $0.path : "\(root)/\($0.path)")
      }.joined(separator: ", ")
      let more = places.count > Self.mostNamed ? ", ..." : ""
      refuse(
        why: "\(places.count) runs of \(tracker) lie in it",
        remedy: "Give one of them: \(named)\(more)")
    }
  }

  private mutating func refuse(why: String, remedy: String) {
    // Above all else that is said of a run; the warning stands below its checkpoints.
    reading.insert("left out: \(why). \(remedy)", at: 0)
    refusal = refusal ?? Refusal(why: why, remedy: remedy)
    warnings.append(RunWarning(.leftOut, "\(why), which are left out. \(remedy)"))
  }

  private mutating func findAim() {
    let isInside =
      FileBytes.kind("\(root)/meta/chunks") == .folder
      && FileBytes.kind("\(root)/seqs") == .folder && FileBytes.kind("\(root)/VERSION") == .file
    guard isInside || FileBytes.kind("\(root)/.aim") == .folder else { return }
    refuse(
      why: "runs of Aim lie in it, whose database (RocksDB) is not supported",
      remedy: "Export what is to be reviewed: samples as PNG grids or .npz, one a checkpoint, and "
        + "metrics as CSV with a column step (in Python: the dataframe() of each of "
        + "aim.Run(HASH).metrics())")
  }

  private mutating func settle() {
    var known: Set<String> = []
    for run in tracked {
      warnings += run.warnings
      warnings += run.history.refusedPaths.map {
        RunWarning(
          .leftOut, path: run.path,
          "a picture is left out, as \(PrintableText.escaped($0)) leads out of the run")
      }
      reading += run.reading
      settings += run.settings
      candidates += run.candidates
      told.formUnion(run.told)
      epochs.merge(run.history.epochs) { first, _ in first }
      let found = run.history.series.filter { known.insert($0.name).inserted }
      let points = found.reduce(0) { $0 + $1.count }
      reading.append(
        "\(PrintableText.escaped("\(run.path): \(run.title)")), \(found.count) series of "
          + "\(points) points")
      series += found
    }
  }
}
