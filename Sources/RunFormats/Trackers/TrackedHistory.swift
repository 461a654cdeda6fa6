import ReviewCore

/// What a tracker was told over the steps of a training: numbers and pictures under names.
struct TrackedHistory {
  /// The pictures of one name.
  struct Pictures {
    let key: String
    /// Ascending by step, each once; paths relative to the run, in their order.
    fileprivate(set) var entries: [(step: Double, paths: [String])]
  }

  private struct Points {
    let key: String
    let role: ColumnRole
    var steps: [Double] = []
    var values: [Double] = []
    var isAscending = true
  }

  private var points: [Points] = []
  private var places: [String: Int] = [:]
  private var pictureSets: [Pictures] = []
  private var picturePlaces: [String: Int] = [:]
  /// Names of media that lead out of the tracker's folder.
  private(set) var refusedPaths: [String] = []

  private static let longestName = 200
  private static let deepest = 8
  private static let mostRefused = 10

  var isEmpty: Bool { points.isEmpty && pictureSets.isEmpty }

  /// - Parameter step: finite, or the number is left out.
  mutating func add(_ value: Double, key: String, step: Double) {
    guard step.isFinite else { return }
    let place: Int
    if let known = places[key] {
      place = known
    } else {
      // What begins so is the tracker's own: its clock, its machine.
      guard !key.hasPrefix("_"), !key.hasPrefix("system/"), key.utf8.count <= Self.longestName
      else { return }
      place = points.count
      places[key] = place
      points.append(Points(key: key, role: ColumnRole(lowered: key.lowercased())))
    }
    if let last = points[place].steps.last, last >= step { points[place].isAscending = false }
    points[place].steps.append(step)
    points[place].values.append(value)
  }

  /// - Parameter paths: in the order of the samples; of one step the last mention counts.
  mutating func add(pictures paths: [String], key: String, step: Double) {
    guard step.isFinite, !paths.isEmpty else { return }
    let place = picturePlaces[key] ?? pictureSets.count
    if place == pictureSets.count {
      picturePlaces[key] = place
      pictureSets.append(Pictures(key: key, entries: []))
    }
    pictureSets[place].entries.append((step, paths))
  }

  /// A value of a logged record, or all that stands below it.
  ///
  /// - Parameter folder: what paths of media are relative to, relative to the run.
  mutating func add(_ value: JSONValue, key: String, step: Double, folder: String, depth: Int = 0) {
    switch value {
    case .number(let number): add(number, key: key, step: step)
    case .string(let text):
      // JSON has no other way to say them.
      switch text {
      case "NaN": add(.nan, key: key, step: step)
      case "Infinity": add(.infinity, key: key, step: step)
      case "-Infinity": add(-.infinity, key: key, step: step)
      default: break
      }
    case .array(let values):
      guard let first = values.first, first.object?["_type"] != nil else { return }
      let paths = values.compactMap { $0.object.flatMap(Self.mediaPaths)?.first }
      if paths.count == values.count { take(paths, key: key, step: step, folder: folder) }
    case .object(let object):
      if let paths = Self.mediaPaths(object) {
        take(paths, key: key, step: step, folder: folder)
      } else if object["_type"] == nil, depth < Self.deepest {
        for member in object.members {
          let name = key.isEmpty ? member.key : "\(key).\(member.key)"
          guard name.utf8.count <= Self.longestName else { continue }
          add(member.value, key: name, step: step, folder: folder, depth: depth + 1)
        }
      }
    case .null, .bool: break
    }
  }

  private static func mediaPaths(_ object: JSONObject) -> [String]? {
    switch object["_type"]?.string {
    case "image-file": return object["path"]?.string.map { [$0] }
    case "images/separated":
      let names = object["filenames"]?.array?.compactMap(\.string) ?? []
      return names.isEmpty ? nil : names
    case "trackio.image": return object["file_path"]?.string.map { [$0] }
    default: return nil
    }
  }

  private mutating func take(_ paths: [String], key: String, step: Double, folder: String) {
    if let bad = paths.first(where: { !Self.staysInside($0) }) {
      if refusedPaths.count < Self.mostRefused { refusedPaths.append(bad) }
      return
    }
    add(pictures: folder.isEmpty ? paths : paths.map { "\(folder)/\($0)" }, key: key, step: step)
  }

  /// Nothing that a log names is read outside of the tracker's own folder.
  private static func staysInside(_ path: String) -> Bool {
    !path.isEmpty && !path.hasPrefix("/") && !path.utf8.contains(0)
      && !path.split(separator: "/").contains("..")
  }

  // MARK: What came of it

  /// The epoch of each step that tells it.
  var epochs: [Double: Double] {
    let told = points.filter { $0.role == .epoch }.min {
      (ColumnRole.epochRank($0.key.lowercased()) ?? .max)
        < (ColumnRole.epochRank($1.key.lowercased()) ?? .max)
    }
    guard let told else { return [:] }
    var epochs: [Double: Double] = [:]
    for (step, epoch) in zip(told.steps, told.values) where epoch.isFinite { epochs[step] = epoch }
    return epochs
  }

  /// The numbers, in the order of their names' first mention; clocks and counters left out.
  var series: [Series] {
    let epochs = epochs
    return points.filter { $0.role == .metric }.map { points in
      var (steps, values) = (points.steps, points.values)
      if !points.isAscending { (steps, values) = Self.ordered(steps, values) }
      let known = epochs.isEmpty ? [] : steps.compactMap { epochs[$0] }
      return Series(
        name: ColumnRole.metricName(points.key), axis: .step, positions: steps, values: values,
        epochs: known.count == steps.count && !known.isEmpty ? known : nil)
    }
  }

  /// Ascending; of one step the last one counts.
  private static func ordered(
    _ steps: [Double], _ values: [Double]
  ) -> (steps: [Double], values: [Double]) {
    let order = steps.indices.sorted { (steps[$0], $0) < (steps[$1], $1) }
    var kept: [Int] = []
    for place in order {
      if let last = kept.last, steps[last] == steps[place] { kept.removeLast() }
      kept.append(place)
    }
    return (kept.map { steps[$0] }, kept.map { values[$0] })
  }

  var pictures: [Pictures] {
    pictureSets.map { set in
      var latest: [Double: [String]] = [:]
      for entry in set.entries { latest[entry.step] = entry.paths }
      return Pictures(
        key: set.key, entries: latest.map { ($0.key, $0.value) }.sorted { $0.step < $1.step })
    }
  }
}
