import Glibc

/// What the kernel tells of a run's folders (inotify); for one thread.
final class FolderNotices {
  let descriptor: Int32
  private let root: String
  private let only: String?
  /// By watch, the folder relative to the root.
  private var folders: [Int32: String] = [:]

  private static let mask = UInt32(
    IN_CLOSE_WRITE | IN_MODIFY | IN_CREATE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE)
  private static let deepest = 6

  /// Nil where the kernel gives no watch for all of the folders.
  init?(_ root: String, only: String?) {
    let descriptor = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
    guard descriptor >= 0 else { return nil }
    self.descriptor = descriptor
    self.root = root
    self.only = only
    guard add("", depth: only == nil ? 0 : Self.deepest) else { return nil }
  }

  deinit { close(descriptor) }

  /// Watches a folder and those in it, but for our own and those of programs.
  private func add(_ folder: String, depth: Int) -> Bool {
    let path = folder.isEmpty ? root : "\(root)/\(folder)"
    let watch = inotify_add_watch(descriptor, path, Self.mask)
    // One that went away meanwhile is no failure; a limit is.
    guard watch >= 0 else { return errno != ENOSPC && errno != ENOMEM && !folder.isEmpty }
    folders[watch] = folder
    guard depth < Self.deepest, let names = try? FileBytes.names(in: path) else { return true }
    for name in names.folders where Self.isWatched(name) && !names.links.contains(name) {
      guard add(folder.isEmpty ? name : "\(folder)/\(name)", depth: depth + 1) else {
        return false
      }
    }
    return true
  }

  private func files(below folder: String) -> [String] {
    guard let names = try? FileBytes.names(in: "\(root)/\(folder)") else { return [] }
    return names.files.map { "\(folder)/\($0)" }
      + names.folders.filter { Self.isWatched($0) && !names.links.contains($0) }
      .flatMap { files(below: "\(folder)/\($0)") }
  }

  private static func isWatched(_ name: String) -> Bool {
    if name.hasPrefix("."), !SettingsFinder.hiddenFolders.contains(name) { return false }
    return name != RunFiles.reviewFolder && !RunFiles.codeFolders.contains(name)
  }

  /// Everything that was told; nil where nothing of it is of concern.
  func take() -> RunWatch.Change? {
    var paths: Set<String> = []
    var isWhole = false
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      guard count > 0 else { break }
      var place = 0
      let head = MemoryLayout<inotify_event>.size
      while place + head <= count {
        let event = buffer.withUnsafeBytes {
          $0.loadUnaligned(fromByteOffset: place, as: inotify_event.self)
        }
        let start = place + head
        let end = min(count, start + Int(event.len))
        place = end
        if event.mask & UInt32(IN_Q_OVERFLOW) != 0 {
          isWhole = true
          continue
        }
        guard let folder = folders[event.wd] else { continue }
        let name = String(
          decoding: buffer[start..<end].prefix { $0 != 0 }, as: UTF8.self)
        guard !name.isEmpty else { continue }
        let path = folder.isEmpty ? name : "\(folder)/\(name)"
        if event.mask & UInt32(IN_ISDIR) != 0 {
          guard only == nil, Self.isWatched(name) else { continue }
          paths.insert(path)
          guard event.mask & UInt32(IN_CREATE | IN_MOVED_TO) != 0 else { continue }
          if !add(path, depth: path.utf8.count { $0 == 0x2F } + 1) { isWhole = true }
          // Files may lie in it that nobody was told of.
          paths.formUnion(files(below: path))
        } else if only.map({ name == $0 || name == "\($0)-wal" }) ?? true {
          paths.insert(path)
        }
      }
    }
    if isWhole { return RunWatch.Change(paths: nil) }
    return paths.isEmpty ? nil : RunWatch.Change(paths: paths)
  }
}
