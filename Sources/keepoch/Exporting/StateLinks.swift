import ReviewCore
import RunFormats

/// Where the files of training state really lie, and which links lead to them.
enum StateLinks {
  /// Looks at the folders of the state files and at those above them, up to the run's own.
  static func found(in run: Run) -> StatePlan.Links {
    let root = run.samplesFolder
    let paths = Set(run.checkpoints.flatMap { $0.states.map(\.path) }).sorted()
    var links = StatePlan.Links()
    for path in paths { links.identities[path] = FileBytes.realPath("\(root)/\(path)") }
    var folders: Set<String> = [""]
    for path in paths {
      var parts = path.split(separator: "/").dropLast()
      while !parts.isEmpty {
        folders.insert(parts.joined(separator: "/") + "/")
        parts.removeLast()
      }
    }
    let known = Set(paths)
    for folder in folders.sorted() {
      guard let names = try? FileBytes.names(in: "\(root)/\(folder)"),
        let place = FileBytes.realPath("\(root)/\(folder)")
      else { continue }
      for name in names.files where !known.contains(folder + name) {
        guard let target = FileBytes.realPath("\(root)/\(folder)\(name)"),
          target != (place == "/" ? "" : place) + "/\(name)"
        else { continue }
        links.targets.insert(target)
      }
    }
    return links
  }
}
