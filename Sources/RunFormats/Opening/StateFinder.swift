import ReviewCore

/// Finds the files with the state of the training, which are told of and never opened: most of them
/// are pickles, and to load one runs the code in it.
struct StateFinder {
  private static let endings: Set = [
    "ckpt", "pt", "pth", "bin", "pkl", "pickle", "h5", "keras", "onnx", "safetensors", "msgpack",
    "tar",
  ]
  private static let pickles: Set = ["pt", "pth", "pkl", "pickle"]
  private static let sampleWords = ["sample", "fake", "generated", "image", "grid"]

  private(set) var warnings: [RunWarning] = []
  private(set) var reading: [String] = []
  private var byNumber: [(axis: Axis, files: [Double: [StateFile]])] = []

  private let root: String

  init(root: String) { self.root = root }

  private static func ending(_ path: String) -> String? {
    path.lastIndex(of: ".").map { path[path.index(after: $0)...].lowercased() }
  }

  /// Whether a name is one of a file with the state of the training.
  static func mayBeState(_ path: String) -> Bool { ending(path).map(endings.contains) ?? false }

  /// - Parameters:
  ///   - files: of the run, relative to it.
  ///   - samples: those that hold samples, and so no state.
  mutating func find(_ files: [String], samples: @autoclosure () -> Set<String>) {
    var states: [String] = []
    let candidates = files.filter(Self.mayBeState)
    let samples = candidates.isEmpty ? [] : samples()
    for file in candidates where !samples.contains(file) {
      let ending = Self.ending(file) ?? ""
      let name = file.split(separator: "/").last.map { $0.lowercased() } ?? ""
      if Self.pickles.contains(ending), Self.sampleWords.contains(where: name.contains) {
        warnings.append(
          RunWarning(
            .leftOut, path: file,
            "it is a pickle, which runs code when it is loaded, and so never is; save samples by "
              + "numpy.save or as pictures"))
        continue
      }
      states.append(file)
    }
    guard !states.isEmpty else { return }
    var byName: [String: [String]] = [:]
    for state in states { byName[Self.tellingName(state), default: []].append(state) }
    for group in NumberedNames.groups(of: byName.keys.sorted()) {
      // A number that letters touch may be a part of a name, unless a word says what it counts.
      let before = group.template.firstIndex(of: "#").map { group.template[..<$0] } ?? ""
      let isApart = before.last.map { !$0.isLetter } ?? true
      let isCertain = group.isAxisTold || isApart && group.members.count > 1
      var files: [Double: [StateFile]] = [:]
      for member in group.members {
        for path in byName[member.path] ?? [] {
          guard let size = try? OpenFile("\(root)/\(path)").size else { continue }
          files[member.number.value, default: []].append(
            StateFile(path: path, size: size, isCertain: isCertain))
        }
      }
      byNumber.append((group.axis, files))
    }
    let shown = states.prefix(3).map(PrintableText.escaped).joined(separator: ", ")
    reading.append(
      "\(states.count) file\(states.count == 1 ? "" : "s") with the state of the training, never "
        + "opened: \(shown)\(states.count > 3 ? ", ..." : "")")
  }

  /// The part of a path whose number may be a checkpoint's: the file's own name, else that of a
  /// folder such as `checkpoint-500` with it. A number of a version or a run is none.
  private static func tellingName(_ path: String) -> String {
    let parts = path.split(separator: "/")
    let name = parts.last ?? ""
    func hasNumber(_ text: Substring) -> Bool { text.utf8.contains { (0x30...0x39).contains($0) } }
    let ending = name.lastIndex(of: ".").map { name[..<$0] } ?? name
    if hasNumber(ending) { return String(name) }
    let folder = parts.dropLast().last { part in
      hasNumber(part) && CatalogueSearch.isPart(String(part))
    }
    return folder.map { "\($0)/\(name)" } ?? String(name)
  }

  /// The files of a checkpoint: those numbered like it, on the axis that their names speak of.
  func files(of checkpoint: Checkpoint) -> [StateFile] {
    byNumber.flatMap { axis, files -> [StateFile] in
      let own = checkpoint.value(on: axis).flatMap { files[$0.value] }
      // A bare number counts whatever the run counts.
      let other = axis == .epoch ? checkpoint.step : checkpoint.epoch
      return own ?? (checkpoint.value(on: axis) == nil ? other.flatMap { files[$0.value] } : nil)
        ?? []
    }.sorted { $0.path < $1.path }
  }
}
