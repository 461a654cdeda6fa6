package import ReviewCore

/// Opens what a training script has written: a path in, a `Run` out.
///
/// Reads names, tables and the headers it needs; of the pictures only as many as it takes to find
/// the layout. One bad file is a warning.
package struct RunOpener {
  private var path: String
  /// What paths of samples are relative to.
  var root: String
  private var warnings: [RunWarning] = []
  private var reading: [String] = []
  var declaration = RunDeclaration()
  private var givenDeclaration: [UInt8]?
  private let cacheFolder: String?

  /// - Parameter cacheFolder: where indexes of large files are kept; nil keeps and asks nothing.
  /// - Throws: `RunError` when nothing there can be reviewed.
  package static func open(
    _ path: String, cacheFolder: String? = nil
  ) throws(RunError) -> Run {
    var opener = RunOpener(path: path, cacheFolder: cacheFolder)
    return try opener.open()
  }

  /// As `open`, but what the run declares is taken from a text and not from its file.
  static func open(_ path: String, declaring text: String) throws(RunError) -> Run {
    var opener = RunOpener(path: path, cacheFolder: nil)
    opener.givenDeclaration = Array(text.utf8)
    return try opener.open()
  }

  private init(path: String, cacheFolder: String?) {
    self.cacheFolder = cacheFolder
    var trimmed = Substring(path)
    while trimmed.count > 1, trimmed.last == "/" { trimmed.removeLast() }
    self.path = trimmed.isEmpty ? "." : String(trimmed)
    root = self.path
  }

  private mutating func open() throws(RunError) -> Run {
    let given = RunPath(path)
    if WandbRun.isLog(path), FileBytes.kind(path) == .file {
      path = FileBytes.parent(of: path)
      root = path
    }
    if SQLiteSnapshot.isDatabase(at: given.file) {
      if given.run == nil, let catalogue = Catalogue.find(path) { throw catalogue.error }
      return try openDatabase(given)
    }
    switch FileBytes.kind(path) {
    case .folder:
      if let catalogue = Catalogue.find(path) { throw catalogue.error }
      return try openFolder()
    case .file: return try openFile()
    case .other:
      throw RunError(
        "cannot open", place: path, why: "it is neither a folder nor a file",
        remedy: "Give the folder that the training script wrote to")
    case nil:
      throw RunError(
        "cannot open", place: path, why: "no such file or folder",
        remedy: "Give the folder that the training script wrote to")
    }
  }

  // Enough to tell what a file is.
  private static let headSize = 4096

  private mutating func openFile() throws(RunError) -> Run {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let head: [UInt8]
    let bytes: [UInt8]
    do {
      let file = try OpenFile(path)
      head = try file.bytes(at: 0, count: min(file.size, Self.headSize))
      if EventScanner.isEventFile(head) { return try openAlone(name) }
      if ArrayFile.isArray(head), ArraySheets.holdsCheckpoints(path) {
        return try openAlone(name)
      }
      let isTable = !ImageFile.isPicture(head) && !ArrayFile.isArray(head)
      bytes = isTable ? try FileBytes.read(path) : []
    } catch let error as FileBytes.Failure {
      throw RunError(
        "cannot read", place: path, why: error.reason, remedy: "Check the file's permissions")
    } catch let error as RunError {
      throw error
    } catch {
      throw RunError(
        "cannot read", place: path, why: "\(error)", remedy: "Check the file's permissions")
    }
    if ImageFile.isPicture(head) {
      throw RunError(
        "cannot review", place: path, why: "it is one picture, not a run",
        remedy: "Give the folder it lies in, or print it with: keepoch show \(path)")
    }
    let isPickle =
      head.starts(with: [0x80]) && [2, 3, 4, 5].contains(head.dropFirst().first ?? 0)
    let holdsNothing =
      ZipDirectory.isZip(head) && (try? ArrayFile(path))?.members.isEmpty == true
    if isPickle || (holdsNothing && StateFinder.mayBeState(name)) {
      throw RunError(
        "cannot review", place: path,
        why: "it is the state of a training, or another pickle, which runs code when it is loaded "
          + "and so never is",
        remedy: "Give the folder that the samples lie in; save samples by numpy.save or as pictures"
      )
    }
    if ArrayFile.isArray(head) {
      throw RunError(
        "cannot review", place: path,
        why: "it is one file of arrays, which hold the samples of one checkpoint",
        remedy: "Give the folder it lies in, or print it with: keepoch show \(path)")
    }
    switch TableFile.read(bytes, path: name) {
    case .notATable(let failure):
      throw RunError(
        "cannot read", place: path, why: "it is not a table of epochs or steps: \(failure.reason)",
        remedy: "Give a run's folder, or a CSV file whose first line names its columns")
    case .tables(var tables, let how):
      for index in tables.indices { tables[index] = tables[index].bySteps }
      warnings += tables.flatMap(\.warnings) + tables.flatMap(\.repeatWarnings)
      reading.append("\(name): table of checkpoints\(how.isEmpty ? "" : " (\(how))")")
      return try finished(run(ofTables: tables, name), format: .table)
    }
  }

  /// A run of tables alone, under each of the settings that they tell.
  private func run(ofTables tables: [LoggedTable], _ name: String) -> Run {
    func built(_ tables: [LoggedTable]) -> Run {
      RunBuilder(
        name: name, path: path, declaration: declaration, samples: nil, tables: tables, logs: [],
        reference: nil
      ).run()
    }
    var search = SettingSearch(declaration)
    search.look(at: [], tables)
    let settings = search.settings.sorted()
    guard !settings.isEmpty else { return telling(search.excess, built(tables)) }
    let found = search
    return Run(
      joining: settings.map { setting in
        (setting: setting, run: built(tables.map { found.rows(of: $0, setting) }))
      })
  }

  /// One file that holds a run by itself.
  private mutating func openAlone(_ name: String) throws(RunError) -> Run {
    root = FileBytes.parent(of: path)
    return try run(
      of: RunFiles(root: root, only: name), TrackerFinder(root: root), isAlone: true)
  }

  private mutating func openFolder() throws(RunError) -> Run {
    readDeclaration()
    var listing = RunFiles(root: path, declaredPattern: declaration.samplesPattern)
    try listing.list()
    warnings += listing.warnings
    leaveOutRuns(below: &listing)
    var trackers = TrackerFinder(root: root)
    trackers.find(listing)
    return try run(of: listing, trackers)
  }

  /// Several runs below this one, such as versions of a logger, are not thrown together with it.
  private mutating func leaveOutRuns(below listing: inout RunFiles) {
    var search = CatalogueSearch(root: root)
    let pattern = declaration.samplesPattern.flatMap(SettingPattern.init)
    let files = listing.files
    let runs = search.runsBelow().filter { run in
      if run.contains("#") || declaration.samplesPattern?.hasPrefix("\(run)/") == true {
        return false
      }
      // A folder that a declared pattern names the setting of is of this run.
      return pattern.map { pattern in
        !files.contains { $0.hasPrefix("\(run)/") && pattern.values(in: $0) != nil }
      } ?? true
    }
    guard runs.count > 1 else { return }
    let prefixes = runs.map { "\($0)/" }
    listing.keep { file in !prefixes.contains { file.hasPrefix($0) } }
    let shown = runs.sorted(by: NameOrder.isBefore).prefix(4).map(PrintableText.escaped)
    let names = shown.joined(separator: ", ") + (runs.count > shown.count ? ", ..." : "")
    // Above all else that is said of the run; the warning stands below its checkpoints.
    reading.insert("left out: \(runs.count) runs of their own: \(names)", at: 0)
    warnings.append(
      RunWarning(
        .leftOut,
        "\(runs.count) runs of their own lie in this folder and are left out: \(names). Give one "
          + "of them to review it"))
  }

  /// A tracker's database, of whose runs one is named behind its path, with what lies beside it.
  private mutating func openDatabase(_ given: RunPath) throws(RunError) -> Run {
    root = FileBytes.parent(of: given.file)
    let name = given.file.split(separator: "/").last.map(String.init) ?? given.file
    var listing = RunFiles(root: root, declaredPattern: nil)
    try listing.list(only: MLflowDatabase.artifactRoots)
    var trackers = TrackerFinder(root: root)
    let (runName, prefixes) = try trackers.find(
      database: name, named: given.run, files: listing.files)
    path = "\(given.file)#\(runName)"
    listing.keep { file in prefixes.contains { file.hasPrefix($0) } }
    return try run(of: listing, trackers)
  }

  mutating func run(
    of listing: RunFiles, _ trackers: TrackerFinder, isAlone: Bool,
    under setting: (search: SettingSearch, wanted: SamplingSetting)?,
    _ seen: inout (names: [String], tables: [LoggedTable])
  ) throws(RunError) -> Run {
    // Each finder looks at those names alone that can concern it: there may be a thousand pictures.
    let (pictures, arrays, all) = listing.sorted
    let files = trackers.told.isEmpty ? all : all.filter { !trackers.told.contains($0) }
    warnings += trackers.warnings
    reading += trackers.reading
    var settingsFinder = SettingsFinder(root: root)
    settingsFinder.find(in: files)
    var eventFinder = EventFinder(root: root, cacheFolder: cacheFolder)
    let events = isAlone ? files : files.filter(EventFinder.isEventFile)
    eventFinder.find(events, settings: settingsFinder.settings)
    warnings += eventFinder.warnings
    reading += eventFinder.reading
    let settings = (settingsFinder.settings + trackers.settings + eventFinder.settings)
      .withoutRepeats
    var finder = SampleFinder(
      root: root, declaration: declaration, pictures: pictures, arrays: arrays,
      others: trackers.candidates + eventFinder.candidates, told: trackers.told)
    if let setting {
      finder.setting = (
        { setting.search.setting(of: $0) }, { setting.search.fits($0, setting.wanted) }
      )
    }
    finder.find()
    seen.names = finder.names
    warnings += finder.warnings
    reading += finder.reading
    var referenceTag = ReferenceTag(root: root, declaration: declaration)
    if finder.reference == nil {
      referenceTag.find(
        among: eventFinder.candidates + trackers.candidates, taken: finder.taken)
      reading += referenceTag.reading
      // What it says of the samples was said of them.
      warnings += referenceTag.warnings.filter { !warnings.contains($0) }
    }
    var tableFinder = TableFinder(root: root, files: files) { table in
      setting.map { $0.search.rows(of: table, $0.wanted) } ?? table
    }
    tableFinder.find(samples: finder.taken.map { SamplePlaces($0) })
    seen.tables = tableFinder.tables
    warnings += tableFinder.warnings
    warnings += settingsFinder.warnings
    reading += tableFinder.reading + settingsFinder.reading + listing.reading
    let (tables, logs) = (tableFinder.tables, tableFinder.logs)
    let countsEpochs = finder.taken.map { $0.format == .tensorboard && $0.axis == .epoch } ?? false
    let builder = RunBuilder(
      name: declaration.name ?? folderName, path: path, declaration: declaration,
      samples: finder.samples, tables: tables, logs: logs,
      reference: finder.reference ?? referenceTag.source,
      series: trackers.series + eventFinder.series, epochs: trackers.epochs,
      lastSteps: countsEpochs ? eventFinder.lastSteps : [:], root: root)
    var run = builder.run()
    run.samplesFolder = root
    run.valueRange = finder.valueRange
    run.pointFrame = finder.pointFrame
    run.testReference = finder.testReference
    joinNumbers(of: finder, to: &run, samplesAxis: builder.axisOfSamples, files: listing.files)
    var states = StateFinder(root: root)
    states.find(
      files + arrays.filter { $0.hasSuffix(".safetensors") },
      samples: Set(finder.taken?.paths ?? []))
    warnings += states.warnings
    reading += states.reading
    for index in run.checkpoints.indices {
      run.checkpoints[index].states = states.files(of: run.checkpoints[index])
    }
    run.samplesPattern = finder.taken?.pattern(by: builder.axisOfSamples)
    run.settings = settings
    run.clock = eventFinder.clock
    let known = Set(events)
    tellOfOthers(
      files.filter { !known.contains($0) && !StateFinder.mayBeState($0) },
      hasTracker: trackers.format != nil)
    let hasNoNumbers =
      tables.isEmpty && trackers.series.isEmpty && eventFinder.series.isEmpty
    if run.checkpoints.isEmpty || (hasNoNumbers && finder.samples?.isReadable == false) {
      if let refusal = trackers.refusal {
        throw RunError(
          "cannot review", place: path, why: refusal.why, remedy: refusal.remedy)
      }
      throw nothingFound(finder, count: listing.files.count + listing.oddCount)
    }
    return try finished(
      run,
      format: finder.taken != nil || !tables.isEmpty
        ? finder.format
        : trackers.format ?? (eventFinder.series.isEmpty ? .table : .tensorboard))
  }

  /// What lies beside the samples, for metrics to read.
  private mutating func joinNumbers(
    of finder: SampleFinder, to run: inout Run, samplesAxis: Axis, files: [String]
  ) {
    var given = finder.given
    run.arrays = given.arrays(of: run, samplesAxis: finder.samples == nil ? nil : samplesAxis)
    var declared = DeclaredNumbers(root: root, declaration: declaration)
    declared.find(in: files)
    run.referenceLabels = declared.labels
    run.modes = declared.modes
    reading += given.reading + declared.reading
    // Of an `.npz` that holds both, samples and these, some was said already.
    warnings += given.warnings.filter { !warnings.contains($0) } + declared.warnings
  }

  // Of a run in a project's folder nobody wants all names.
  private static let longestListing = 6

  /// Files of no kind that is read, so that nothing is passed over in silence.
  private mutating func tellOfOthers(_ files: [String], hasTracker: Bool) {
    let others = files.filter { file in
      // What a tracker's database holds was said above.
      let isDatabase = [".db", ".sqlite", ".sqlite3"].contains(where: file.hasSuffix)
      return !(isDatabase && hasTracker) && !TableFile.mayBeTable(file)
        && !SettingsFile.maySet(file) && file != KeepochTOML.fileName
    }
    guard !others.isEmpty else { return }
    let names = others.prefix(Self.longestListing).map(PrintableText.escaped)
    reading.append(
      "\(others.count) file\(others.count == 1 ? "" : "s") of no kind that is read: "
        + names.joined(separator: ", ") + (others.count > names.count ? ", ..." : ""))
  }

  private func finished(_ run: Run, format: RunFormat) throws(RunError) -> Run {
    var run = run
    run.format = format
    run.warnings = warnings + run.warnings
    run.reading = reading + run.reading
    guard !run.checkpoints.isEmpty else {
      throw RunError(
        "nothing to review in", place: path, why: "the table has no row with an epoch or a step",
        remedy: "A row needs a number in the column epoch or step")
    }
    return run
  }

  private func nothingFound(_ finder: SampleFinder, count: Int) -> RunError {
    let codes: [RunWarning.Code] = [.badImage, .badArray, .unreadable]
    if finder.samples != nil, let first = warnings.first(where: { codes.contains($0.code) }) {
      let kind = finder.format == .arrays ? "arrays can be read" : "pictures can be decoded"
      return RunError(
        "nothing to review in", place: path,
        why: "none of its \(finder.taken?.size ?? finder.fileCount) \(kind), the first one "
          + "\(PrintableText.escaped(first.path ?? "")) because \(first.message)",
        remedy: "Check that the files were copied whole")
    }
    let told =
      [.leftOut, .badTable].lazy.compactMap { code in warnings.first { $0.code == code }?.line }
      .first ?? finder.refusals.first
      ?? reading.first {
        $0.contains(": left out: ") || $0.hasPrefix("left out: ")
      }
    let refusal = told.map { "; \($0)" } ?? ""
    if !finder.refusals.isEmpty {
      return RunError(
        "nothing to review in", place: path,
        why: "no picture or array in it holds samples, and no table has a column named epoch or "
          + "step\(refusal)",
        remedy: "Give the folder that the training script wrote its samples to, or say where they "
          + "are in its \(KeepochTOML.fileName)")
    }
    if count == 0, let left = reading.first(where: { $0.hasPrefix("left out") }) {
      return RunError(
        "nothing to review in", place: path, why: "nothing in it can be read; \(left)",
        remedy: "Give the folder that the training script wrote to")
    }
    return RunError(
      "nothing to review in", place: path,
      why: count == 0
        ? "the folder is empty"
        : "there are no pictures or arrays with a number in their name and no table with a column "
          + "named epoch or step among \(count) file\(count == 1 ? "" : "s")\(refusal)",
      remedy: "Give the folder that the training script wrote its samples to, or say where they "
        + "are in its \(KeepochTOML.fileName)")
  }

  private var folderName: String {
    if path != ".", path != "..", let name = path.split(separator: "/").last, name != ".." {
      return String(name)
    }
    return FileBytes.realPath(path).flatMap { $0.split(separator: "/").last.map(String.init) }
      ?? path
  }

  private mutating func readDeclaration() {
    guard givenDeclaration != nil || FileBytes.kind("\(path)/\(KeepochTOML.fileName)") != nil else {
      return
    }
    do throws(FileBytes.Failure) {
      var bytes = givenDeclaration ?? []
      if givenDeclaration == nil {
        bytes = try FileBytes.read("\(path)/\(KeepochTOML.fileName)")
      }
      let read = KeepochTOML.read(bytes, path: KeepochTOML.fileName)
      declaration = read.declaration
      warnings += read.warnings
      reading.append("\(KeepochTOML.fileName): overrules every guess")
    } catch {
      warnings.append(RunWarning(.unreadable, path: KeepochTOML.fileName, error.reason))
    }
  }
}
