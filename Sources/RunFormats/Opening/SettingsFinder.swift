import ReviewCore

/// Reads the configuration that a run's script has written beside its samples.
struct SettingsFinder {
  private let root: String
  private(set) var settings: [Setting] = []
  private(set) var warnings: [RunWarning] = []
  private(set) var reading: [String] = []

  private static let mostFiles = 24

  /// Hidden folders that a run's listing must hold nevertheless.
  static let hiddenFolders: Set = [".hydra"]

  init(root: String) { self.root = root }

  /// - Parameter files: of the run, relative to it.
  mutating func find(in files: [String]) {
    let wanted = Self.wanted(files)
    for file in wanted.prefix(Self.mostFiles) { read(file) }
    if wanted.count > Self.mostFiles {
      reading.append(
        "configuration: \(wanted.count - Self.mostFiles) further files are not read")
    }
  }

  /// Of the folders of an HF trainer's checkpoints, which repeat their files, only the last one.
  private static func wanted(_ files: [String]) -> [String] {
    let all = files.filter { SettingsFile.maySet($0) }
    func checkpoint(_ path: String) -> Double? {
      path.split(separator: "/").dropLast().lazy.compactMap { folder in
        folder.hasPrefix("checkpoint-") ? AxisValue(parsing: folder.dropFirst(11))?.value : nil
      }.first
    }
    let last = all.compactMap(checkpoint).max()
    let kept = all.filter { checkpoint($0) == nil || checkpoint($0) == last }
    func depth(_ path: String) -> Int { path.split(separator: "/").count }
    // A Hydra configuration comes before what it was overridden by.
    return kept.sorted { (depth($0), $0) < (depth($1), $1) }
  }

  private mutating func read(_ file: String) {
    let bytes: [UInt8]
    do { bytes = try FileBytes.read("\(root)/\(file)") } catch {
      warnings.append(RunWarning(.unreadable, path: file, error.reason))
      return
    }
    let read = SettingsFile.read(bytes, path: file)
    warnings += read.warnings
    guard !read.settings.isEmpty else { return }
    let name = PrintableText.escaped(file)
    if file.hasSuffix(SettingsFile.overridesName) {
      let lines = read.settings.map { PrintableText.escaped("\($0.name)=\($0.value.words)") }
      reading.append("\(name): said on the command line: \(lines.joined(separator: ", "))")
      // The configuration has the values; what it lacks is which of its parts were chosen.
      let known = Set(settings.map(\.name))
      settings += read.settings.filter { !known.contains($0.name) }
    } else {
      settings += read.settings
      let count = read.settings.count
      reading.append("\(name): configuration, \(count) setting\(count == 1 ? "" : "s")")
    }
  }
}
