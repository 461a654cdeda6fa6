import Glibc

/// The files below a run's folder with their sizes and times.
struct FolderSnapshot {
  private struct Stamp: Equatable {
    let size: Int
    let seconds: Int
    let nanoseconds: Int
  }

  private var stamps: [String: Stamp] = [:]

  /// - Parameter only: one file of the folder, and what a database keeps beside it.
  init(_ folder: String, only: String?) {
    var listing = RunFiles(root: folder, declaredPattern: nil)
    if let only {
      listing = RunFiles(root: folder, only: only)
    } else {
      try? listing.list()
    }
    for file in listing.files + (only.map { ["\($0)-wal"] } ?? []) {
      var found = stat()
      guard stat("\(folder)/\(file)", &found) == 0 else { continue }
      stamps[file] = Stamp(
        size: Int(found.st_size), seconds: found.st_mtim.tv_sec,
        nanoseconds: found.st_mtim.tv_nsec)
    }
  }

  /// What differs from an earlier one; nil where nothing does.
  func change(from earlier: FolderSnapshot) -> RunWatch.Change? {
    var paths = Set(stamps.filter { earlier.stamps[$0.key] != $0.value }.keys)
    paths.formUnion(earlier.stamps.keys.filter { stamps[$0] == nil })
    return paths.isEmpty ? nil : RunWatch.Change(paths: paths)
  }
}
