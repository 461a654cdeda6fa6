import FoundationEssentials
import Glibc

/// A temporary folder with the runs, and a home of its own for the programs; removed at the end.
final class Workplace {
  let path: String
  private var homes = 0

  /// Makes the folder.
  init() throws(Failure) {
    let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(base)/keepoch-bench-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else { throw Failure("no temporary folder in \(base)") }
    path = String(cString: made)
  }

  /// Removes everything.
  func remove() { try? FileManager.default.removeItem(atPath: path) }

  /// Makes a folder in it.
  func folder(_ name: String) throws(Failure) -> String {
    let folder = "\(path)/\(name)"
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch { throw Failure("\(folder) cannot be made: \(error)") }
    return folder
  }

  /// An environment that says the same on every machine; each has a new, empty home.
  func environment(hasColor: Bool) throws(Failure) -> [String] {
    homes += 1
    let home = try folder("home-\(homes)")
    let search = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
    return [
      "TERM=xterm-256color", "LANG=C.UTF-8", "PATH=\(search)", "HOME=\(home)",
      "XDG_CONFIG_HOME=\(home)/config", "XDG_STATE_HOME=\(home)/state",
      "XDG_CACHE_HOME=\(home)/cache", "XDG_DATA_HOME=\(home)/data", "LESSHISTFILE=-",
      "SWIFT_BACKTRACE=enable=no",
    ] + (hasColor ? [] : ["NO_COLOR=1"])
  }

  /// Writes a file.
  func write(_ text: String, to file: String) throws(Failure) {
    do { try Data(text.utf8).write(to: URL(filePath: file)) } catch {
      throw Failure("\(file) cannot be written: \(error)")
    }
  }
}
