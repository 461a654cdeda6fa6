/// What kind of file system a path lies on.
enum FileSystemKind {
  // As mount(8) calls them; all of FUSE, since much of it is remote.
  private static let remote: Set<String> = [
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "lustre", "gpfs", "beegfs", "ceph", "afs", "coda",
    "virtiofs", "vboxsf", "fuse", "fuseblk",
  ]

  /// Whether others may write there without this machine's kernel being told.
  static func isRemote(_ path: String) -> Bool {
    guard let bytes = try? FileBytes.read("/proc/self/mountinfo") else { return false }
    let kind = name(
      of: FileBytes.realPath(path) ?? path, among: String(decoding: bytes, as: UTF8.self))
    return kind.map { remote.contains($0) || $0.hasPrefix("fuse.") } ?? false
  }

  /// The kind of the innermost mount that holds a path.
  static func name(of path: String, among mounts: String) -> String? {
    var best: (length: Int, kind: String)?
    for line in mounts.split(separator: "\n") {
      let fields = line.split(separator: " ")
      // Behind the mount point stand options, and a dash before the kind.
      guard fields.count > 4, let dash = fields.firstIndex(of: "-"), dash + 1 < fields.count
      else { continue }
      let place = unescaped(fields[4])
      let holdsIt = place == "/" || path == place || path.hasPrefix("\(place)/")
      // Of two mounts on one place the later one counts.
      if holdsIt, place.utf8.count >= best?.length ?? 0 {
        best = (place.utf8.count, String(fields[dash + 1]))
      }
    }
    return best?.kind
  }

  /// Blanks and the like stand there as `\040`.
  private static func unescaped(_ text: Substring) -> String {
    guard text.contains("\\") else { return String(text) }
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let first = rest.first {
      if first == 0x5C, rest.count > 3,
        let code = UInt8(String(decoding: rest.dropFirst().prefix(3), as: UTF8.self), radix: 8)
      {
        bytes.append(code)
        rest = rest.dropFirst(4)
      } else {
        bytes.append(first)
        rest = rest.dropFirst()
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
