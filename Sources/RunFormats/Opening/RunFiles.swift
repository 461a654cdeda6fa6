import ReviewCore

/// The files below a run's folder.
///
/// Hidden folders, our own and those that links lead to are left out; so nothing is counted twice
/// and loops end.
struct RunFiles {
  private let root: String
  private let realRoot: String
  /// A linked folder that the run's declaration names is looked into.
  private let declaredPattern: String?
  /// Relative to the run, folder by folder, the upper ones first.
  private(set) var files: [String] = []
  private(set) var warnings: [RunWarning] = []
  private(set) var reading: [String] = []
  /// How many names are not UTF-8.
  private(set) var oddCount = 0

  /// A folder name in which our own files lie; never read as samples.
  static let reviewFolder = "review"
  /// Folders of programs, whatever numbers their files have.
  static let codeFolders: Set = ["__pycache__", "site-packages", "dist-packages", "node_modules"]
  /// What lies in the folder of a Python environment.
  static let environmentMark = "pyvenv.cfg"
  private static let deepest = 6
  private static let mostOthers = 8
  /// W&B links them to its own cache; nobody asks for them.
  private static let trackerLogs: Set = ["debug.log", "debug-core.log", "debug-internal.log"]
  private static let mostFiles = 500_000

  init(root: String, declaredPattern: String?) {
    self.root = root
    self.declaredPattern = declaredPattern
    realRoot = FileBytes.realPath(root) ?? root
  }

  /// Pictures, arrays, and what is neither, by their names.
  var sorted: (pictures: [String], arrays: [String], others: [String]) {
    var sorted: (pictures: [String], arrays: [String], others: [String]) = ([], [], [])
    for file in files {
      if ImageFile.isPicture(file) {
        sorted.pictures.append(file)
      } else if ArrayFile.isArray(file) {
        sorted.arrays.append(file)
      } else {
        sorted.others.append(file)
      }
    }
    return sorted
  }

  /// Leaves out what is of no concern.
  mutating func keep(_ isKept: (String) -> Bool) { files.removeAll { !isKept($0) } }

  /// One file of a folder, whatever else lies there.
  init(root: String, only file: String) {
    self.init(root: root, declaredPattern: nil)
    files = [file]
  }

  /// - Parameter folders: of the root those that are looked into, where they are there.
  /// - Throws: `RunError` when the run's own folder cannot be read.
  mutating func list(only folders: [String] = [""]) throws(RunError) {
    var level = folders.filter { $0.isEmpty || FileBytes.kind("\(root)/\($0)") == .folder }
    for depth in 0...Self.deepest {
      var next: [String] = []
      for folder in level where files.count < Self.mostFiles {
        do throws(FileBytes.Failure) {
          next += try take(folder)
        } catch {
          guard depth > 0 else {
            throw RunError(
              "cannot open", place: root, why: error.reason,
              remedy: "Check the permissions of the folder")
          }
          warnings.append(
            RunWarning(.unreadable, path: folder, "the folder cannot be read: \(error.reason)"))
        }
      }
      level = next
      if level.isEmpty { break }
    }
    if let first = level.first {
      reading.append(
        "left out: \(PrintableText.escaped(first)) and what else lies deeper than "
          + "\(Self.deepest) folders")
    }
    if files.count >= Self.mostFiles {
      warnings.append(
        RunWarning(
          .leftOut,
          "there are more than \(Self.mostFiles) files; the others are left out. Give a "
            + "folder further down"))
    }
  }

  /// Takes the files of a folder; the folders in it are still to be looked into.
  private mutating func take(_ folder: String) throws(FileBytes.Failure) -> [String] {
    let prefix = folder.isEmpty ? "" : "\(folder)/"
    let found = try FileBytes.names(in: folder.isEmpty ? root : "\(root)/\(folder)")
    oddCount += found.odd.count
    warnings += found.odd.map {
      RunWarning(
        .oddName, path: prefix + $0,
        "the name is not UTF-8; it is left out. Rename it to have it read")
    }
    for name in found.others.prefix(Self.mostOthers)
    where !name.hasPrefix(".") && !Self.trackerLogs.contains(name) {
      let words = found.links.contains(name) ? "a link to nowhere" : "no regular file"
      reading.append("left out: \(PrintableText.escaped(prefix + name)), \(words)")
    }
    if found.files.contains(Self.environmentMark) {
      reading.append(
        "left out: \(PrintableText.escaped(folder.isEmpty ? "." : folder)), a Python environment")
      return []
    }
    if found.links.isEmpty {
      files += prefix.isEmpty ? found.files : found.files.map { prefix + $0 }
    } else {
      for name in found.files where !found.links.contains(name) || isFollowed(prefix + name) {
        files.append(prefix + name)
      }
    }
    return found.folders.filter { name in
      if name.hasPrefix("."), !SettingsFinder.hiddenFolders.contains(name) { return false }
      if name == Self.reviewFolder || Self.codeFolders.contains(name) { return false }
      return !found.links.contains(name) || isFolderFollowed(prefix + name)
    }.map { prefix + $0 }
  }

  private func target(of path: String) -> (path: String, isInside: Bool) {
    let real = FileBytes.realPath("\(root)/\(path)") ?? path
    return (real, real == realRoot || real.hasPrefix("\(realRoot)/"))
  }

  /// Whether what a linked file leads to is read.
  private mutating func isFollowed(_ path: String) -> Bool {
    if let name = path.split(separator: "/").last, Self.trackerLogs.contains(String(name)) {
      return false
    }
    let target = target(of: path)
    let isSample = ImageFile.isPicture(path) || ArrayFile.isArray(path)
    if target.isInside {
      // The same picture under two names would be counted twice.
      let isTwice =
        isSample && (ImageFile.isPicture(target.path) || ArrayFile.isArray(target.path))
      if isTwice {
        reading.append("left out: \(PrintableText.escaped(path)), a link to a file of this run")
      }
      return !isTwice
    }
    if isSample, path.utf8.contains(where: { (0x30...0x39).contains($0) }) { return true }
    reading.append(
      "left out: \(PrintableText.escaped(path)), a link to outside of the run")
    return false
  }

  private mutating func isFolderFollowed(_ path: String) -> Bool {
    if declaredPattern?.hasPrefix("\(path)/") == true { return true }
    let words =
      target(of: path).isInside
      ? "a link to a folder of this run"
      : "a link to outside of the run; to follow it, name it in samples of \(KeepochTOML.fileName)"
    reading.append("left out: \(PrintableText.escaped(path)), \(words)")
    return false
  }
}
