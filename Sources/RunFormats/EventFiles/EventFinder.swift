import ReviewCore

/// Reads the TensorBoard event files of a run: its series, its pictures, its settings.
struct EventFinder {
  private let root: String
  private let cacheFolder: String?
  private(set) var warnings: [RunWarning] = []
  private(set) var reading: [String] = []
  private(set) var series: [Series] = []
  private(set) var candidates: [SampleCandidate] = []
  private(set) var settings: [Setting] = []
  /// When each step was written: of the file that tells of the most.
  private(set) var clock: Series?
  /// The last step of each epoch, where a scalar says which epoch a step belongs to.
  private(set) var lastSteps: [Double: Double] = [:]

  /// Tags of texts that are no configuration, and of what is neither scalar nor picture nor text.
  private var setAside: (texts: [String], others: [String]) = ([], [])
  /// The last step of all series that count them.
  private var lastScalar = 0.0
  // Each is held against all series; scripts write a handful.
  private static let mostSets = 200

  private struct File {
    let path: String
    let index: EventIndex
  }

  /// The pictures of one tag in the files of one folder.
  private struct Pictures {
    let tag: String
    var entries: [(step: Int64, path: String, parts: [Range<Int>])]
  }

  init(root: String, cacheFolder: String?) {
    self.root = root
    self.cacheFolder = cacheFolder
  }

  static func isEventFile(_ path: String) -> Bool {
    let name = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path.utf8[$0...] } ?? path.utf8[...]
    return Array(name).holds("tfevents", within: name.count)
  }

  /// - Parameters:
  ///   - paths: the run's event files, relative to it.
  ///   - given: the settings of the run's configuration files.
  mutating func find(_ paths: [String], settings given: [Setting]) {
    guard !paths.isEmpty else { return }
    var byFolder: [String: [File]] = [:]
    for path in paths {
      if let file = open(path) { byFolder[Self.folder(of: path), default: []].append(file) }
    }
    let folders = byFolder.keys.sorted()
    let ancestor = Self.commonFolder(folders)
    var pictures: [(folder: String, pictures: [Pictures])] = []
    for folder in folders {
      let files = (byFolder[folder] ?? []).sorted {
        ($0.index.firstTime ?? .infinity, $0.path) < ($1.index.firstTime ?? .infinity, $1.path)
      }
      let prefix = Self.prefix(of: folder, below: ancestor)
      take(files, prefix: prefix)
      pictures.append((prefix, merged(files)))
      for file in files {
        settings += file.index.settings.map {
          Setting(name: $0.name, value: $0.value.value, origin: file.path)
        }
        take(file.index.texts, of: file.path, prefix: prefix)
      }
    }
    tell(paths, folders)
    tellOfSetAside()
    let epochCount = (given + settings).epochCount
    let clocks = byFolder.values.joined().sorted { $0.path < $1.path }.map(\.index.clock)
    if let longest = clocks.max(by: { $0.count < $1.count }), longest.count > 0 {
      clock = Series(name: "wall_time", axis: series.first?.axis ?? .step, storage: longest)
    }
    lastSteps = EpochScalar.lastSteps(in: series)
    lastScalar = series.filter { $0.axis == .step }.compactMap { $0.positions.last }.max() ?? 0
    let sets = pictures.flatMap { prefix, tags in Self.joined(tags).map { (prefix, $0) } }
    for (prefix, set) in sets.prefix(Self.mostSets) {
      candidate(set, prefix: prefix, epochCount: epochCount)
    }
    if sets.count > Self.mostSets {
      reading.append(
        "left out: pictures of \(sets.count - Self.mostSets) tags, as there are more than "
          + "\(Self.mostSets)")
    }
  }

  private func tells(_ path: String) -> String { PrintableText.escaped(path) }

  private mutating func open(_ path: String) -> File? {
    let full = "\(root)/\(path)"
    do throws(FileBytes.Failure) {
      let size = try OpenFile(full).size
      let index = try EventCache.index(of: full, folder: cacheFolder)
      warnings += index.damages.map {
        RunWarning(.badRecord, path: path, offset: $0.offset, $0.reason)
      }
      if index.readEnd < size {
        reading.append(
          "\(tells(path)): \(size - index.readEnd) bytes at the end are no whole record yet")
      }
      if index.recordCount == 0, size > 0, index.damages.isEmpty == false {
        warnings.append(RunWarning(.badRecord, path: path, "it holds no record that is whole"))
      }
      return File(path: path, index: index)
    } catch {
      warnings.append(RunWarning(.unreadable, path: path, error.reason))
      return nil
    }
  }

  private mutating func tell(_ paths: [String], _ folders: [String]) {
    let points = series.reduce(0) { $0 + $1.count }
    let place = folders.count > 1 ? " in \(folders.count) folders" : ""
    let what = paths.count == 1 ? tells(paths[0]) : "\(paths.count) event files\(place)"
    reading.append("\(what): TensorBoard, \(series.count) series of \(points) points")
  }

  // MARK: Texts

  private mutating func take(_ texts: [EventLog.Text], of path: String, prefix: String) {
    for text in texts {
      let tag = TextSettings.tag(text.tag)
      if text.text.isEmpty {
        setAside.others.append(prefix + tag)
      } else if let found = TextSettings.settings(
        text.text, tag: tag, origin: "\(path), text \(tag)")
      {
        settings += found
      } else {
        setAside.texts.append(prefix + tag)
      }
    }
  }

  private static let longestListing = 6

  private mutating func tellOfSetAside() {
    for (tags, what) in [
      (setAside.texts, "text"), (setAside.others, "histograms, sounds and the like"),
    ] {
      var known: Set<String> = []
      let names = tags.filter { known.insert($0).inserted }
      guard !names.isEmpty else { continue }
      let shown = names.prefix(Self.longestListing).map(PrintableText.escaped)
      reading.append(
        "set aside: \(names.count) tag\(names.count == 1 ? "" : "s") of \(what): "
          + shown.joined(separator: ", ") + (names.count > shown.count ? ", ..." : ""))
    }
  }

  // MARK: Series

  private mutating func take(_ files: [File], prefix: String) {
    var order: [String] = []
    var byTag: [String: [(path: String, points: any SeriesStorage)]] = [:]
    for file in files {
      for scalars in file.index.scalars where scalars.points.count > 0 {
        if byTag[scalars.tag] == nil { order.append(scalars.tag) }
        byTag[scalars.tag, default: []].append((file.path, scalars.points))
      }
    }
    var restarts: [String: (from: Double, until: Double, earlier: String)] = [:]
    for tag in order {
      var parts: [(points: any SeriesStorage, range: Range<Int>, path: String)] = []
      for (path, points) in byTag[tag] ?? [] {
        let first = points.position(at: 0)
        let last = points.position(at: points.count - 1)
        var kept: [(points: any SeriesStorage, range: Range<Int>, path: String)] = []
        for part in parts {
          // Of what the later file tells again, the earlier one's does not count.
          let cut = Self.place(of: first, in: part.points, part.range)
          let end = Self.place(after: last, in: part.points, part.range)
          if cut < end {
            let until = part.points.position(at: part.range.upperBound - 1)
            let known = restarts[path]
            restarts[path] = (
              min(known?.from ?? first, first), max(known?.until ?? until, until), part.path
            )
          }
          kept.append((part.points, part.range.lowerBound..<cut, part.path))
          kept.append((part.points, end..<part.range.upperBound, part.path))
        }
        kept.append((points, 0..<points.count, path))
        parts = kept.filter { !$0.range.isEmpty }.sorted {
          $0.points.position(at: $0.range.lowerBound) < $1.points.position(at: $1.range.lowerBound)
        }
      }
      let axis: Axis = Self.countsEpochs(tag) ? .epoch : .step
      let isWhole = parts.count == 1 && parts[0].range == 0..<parts[0].points.count
      series.append(
        Series(
          name: prefix + tag, axis: axis,
          storage: isWhole
            ? parts[0].points : JoinedPoints(parts.map { ($0.points, $0.range) })))
    }
    for (path, restart) in restarts.sorted(by: { $0.key < $1.key }) {
      warnings.append(
        RunWarning(
          .restart, path: path,
          "it begins again at step \(NumberText.shortest(restart.from)), before the end of "
            + "\(tells(restart.earlier)) at step \(NumberText.shortest(restart.until)); where both "
            + "tell the same steps, this later file counts"))
    }
  }

  // Keras writes the end of each epoch under such tags, and counts their steps by epochs.
  private static func countsEpochs(_ tag: String) -> Bool { tag.hasPrefix("epoch_") }

  /// The first place in a range whose position is not before another.
  private static func place(
    of position: Double, in points: any SeriesStorage, _ range: Range<Int>
  ) -> Int {
    search(range) { points.position(at: $0) < position }
  }

  private static func place(
    after position: Double, in points: any SeriesStorage, _ range: Range<Int>
  ) -> Int {
    search(range) { points.position(at: $0) <= position }
  }

  private static func search(_ range: Range<Int>, _ isBefore: (Int) -> Bool) -> Int {
    var (low, high) = (range.lowerBound, range.upperBound)
    while low < high {
      let middle = (low + high) / 2
      if isBefore(middle) { low = middle + 1 } else { high = middle }
    }
    return low
  }

  // MARK: Pictures

  /// By tag, ascending by step; where several files tell the same steps, the later one counts.
  private func merged(_ files: [File]) -> [Pictures] {
    var order: [String] = []
    var byTag: [String: Pictures] = [:]
    for file in files {
      for images in file.index.images where !images.entries.isEmpty {
        if byTag[images.tag] == nil {
          order.append(images.tag)
          byTag[images.tag] = Pictures(tag: images.tag, entries: [])
        }
        let steps = images.entries.map(\.step)
        let (first, last) = (steps.min() ?? 0, steps.max() ?? 0)
        byTag[images.tag]?.entries.removeAll { $0.step >= first && $0.step <= last }
        // Of two of one step in one file the later one counts.
        var latest: [Int64: EventLog.Images.Entry] = [:]
        for entry in images.entries { latest[entry.step] = entry }
        byTag[images.tag]?.entries += latest.values.map { ($0.step, file.path, $0.parts) }
      }
    }
    return order.compactMap { tag in
      guard var pictures = byTag[tag] else { return nil }
      pictures.entries.sort { $0.step < $1.step }
      return pictures
    }
  }

  /// `samples/image/0`, `samples/image/1`: tags that differ in a last number are one set.
  private static func joined(_ tags: [Pictures]) -> [Pictures] {
    var order: [String] = []
    var groups: [String: [(number: Int, pictures: Pictures)]] = [:]
    for pictures in tags {
      let (base, number) = numbered(pictures.tag)
      if groups[base] == nil { order.append(base) }
      groups[base, default: []].append((number ?? 0, pictures))
    }
    return order.flatMap { base -> [Pictures] in
      let members = (groups[base] ?? []).sorted { $0.number < $1.number }
      guard members.count > 1, let first = members.first else {
        return members.map(\.pictures)
      }
      // They are seeds only where each was drawn at the same steps.
      let steps = first.pictures.entries.map(\.step)
      guard members.allSatisfy({ $0.pictures.entries.map(\.step) == steps }) else {
        return members.map(\.pictures)
      }
      var set = Pictures(tag: base, entries: first.pictures.entries)
      for member in members.dropFirst() {
        for place in set.entries.indices
        where set.entries[place].path == member.pictures.entries[place].path {
          set.entries[place].parts += member.pictures.entries[place].parts
        }
      }
      return [set]
    }
  }

  private static func numbered(_ tag: String) -> (base: String, number: Int?) {
    guard let slash = tag.lastIndex(of: "/"), let number = Int(tag[tag.index(after: slash)...])
    else { return (tag, nil) }
    let base = tag[..<slash]
    return (base.hasSuffix("/image") ? String(base.dropLast(6)) : String(base), number)
  }

  private mutating func candidate(_ set: Pictures, prefix: String, epochCount: Double?) {
    let name = prefix + set.tag
    let (axis, reason) = axis(of: set, epochCount: epochCount)
    let areSingle = set.entries.allSatisfy { $0.parts.count == 1 }
    let content: SampleCandidate.Content =
      areSingle
      ? .grids(set.entries.map { PicturePlace(path: $0.path, part: $0.parts[0]) })
      : .pictures(
        set.entries.map { entry in
          entry.parts.enumerated().map {
            NumberedPicture(
              index: $0.offset, place: PicturePlace(path: entry.path, part: $0.element))
          }
        })
    candidates.append(
      SampleCandidate(
        name: name, pattern: "events:\(name)@{#}", format: .tensorboard, axis: axis,
        numbers: set.entries.map { AxisValue(Double($0.step)) }, content: content, reason: reason,
        likelihood: NameWords.likelihood(of: name),
        isOther: NameWords.speakOfOthers(name)))
  }

  /// Whether the steps of pictures count steps of the training, or epochs.
  private func axis(of set: Pictures, epochCount: Double?) -> (Axis, String) {
    if set.tag.lowercased().contains("epoch") {
      return (.epoch, "as the tag says")
    }
    let last = Double(set.entries.last?.step ?? 0)
    if let epochCount, last == epochCount || last == epochCount - 1, 2 * lastScalar > 3 * epochCount
    {
      return (
        .epoch,
        "as the pictures end at \(NumberText.shortest(last)) and the configuration names "
          + "\(NumberText.shortest(epochCount)) epochs, while scalars go on to step "
          + NumberText.shortest(lastScalar)
      )
    }
    func stands(in axis: Axis) -> Bool {
      series.contains { series in
        series.axis == axis
          && set.entries.allSatisfy { series.value(at: Double($0.step)) != nil }
      }
    }
    let steps = set.entries.map { Double($0.step) }
    if EpochScalar.counts(steps, lastSteps: lastSteps, in: series) {
      return (.epoch, "as they are the epochs of the scalar epoch, and no steps of the scalars")
    }
    if stands(in: .epoch), !stands(in: .step) {
      return (.epoch, "as the scalars beside them, which Keras counts by epochs")
    }
    return (.step, "the step that each was logged at")
  }

  // MARK: Folders

  private static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
  }

  private static func commonFolder(_ folders: [String]) -> [Substring] {
    guard let first = folders.first else { return [] }
    var common = first.split(separator: "/")
    for folder in folders.dropFirst() {
      let parts = folder.split(separator: "/")
      common = Array(zip(common, parts).prefix { $0 == $1 }.map(\.0))
    }
    return common
  }

  /// What tells the tags of a folder from those of others; a folder named by the time, in which
  /// hyperparameters are kept, tells nothing.
  private static func prefix(of folder: String, below ancestor: [Substring]) -> String {
    let parts = folder.split(separator: "/").dropFirst(ancestor.count)
    let words = parts.filter { part in !part.utf8.allSatisfy { $0 < 0x3A && $0 != 0x2D } }
    return words.map { "\($0)/" }.joined()
  }
}
