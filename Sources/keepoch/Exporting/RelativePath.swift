import RunFormats

/// One path seen from another.
enum RelativePath {
  /// A path from a folder to a file or folder; absolute when one of them is not there yet.
  static func path(to target: String, from folder: String) -> String {
    // A report's folder may be made later; its parent tells as much.
    let base: [Substring]
    if let real = FileBytes.realPath(folder) {
      base = real.split(separator: "/")
    } else if let real = FileBytes.realPath(FileBytes.parent(of: folder)),
      let last = folder.split(separator: "/").last
    {
      base = real.split(separator: "/") + [last]
    } else {
      return FileBytes.realPath(target) ?? target
    }
    guard let real = RunPath(target).identity else { return target }
    let parts = real.split(separator: "/")
    var shared = 0
    while shared < min(base.count, parts.count), base[shared] == parts[shared] { shared += 1 }
    let steps =
      Array(repeating: "..", count: base.count - shared) + parts[shared...].map(String.init)
    return steps.isEmpty ? "." : steps.joined(separator: "/")
  }
}
