import Glibc

/// Who holds a lock, as the system's list of locks knows it.
enum LockHolder {
  /// ` (process 4711, keepoch)`, or nothing where the system does not tell.
  static func words(of descriptor: Int32) -> String {
    var status = stat()
    guard fstat(descriptor, &status) == 0,
      let text = ReadJournal.procText("/proc/locks")
    else { return "" }
    for line in text.split(separator: "\n") {
      let fields = line.split(separator: " ").filter { $0 != "->" }
      guard fields.count >= 6, fields[1] == "FLOCK", let process = Int(fields[4]) else { continue }
      let place = fields[5].split(separator: ":")
      guard place.count == 3, place[2] == "\(status.st_ino)" else { continue }
      let command = ReadJournal.procText("/proc/\(process)/comm")?.split(separator: "\n").first
      return " (process \(process)\(command.map { ", \($0)" } ?? ""))"
    }
    return ""
  }
}

extension ReadJournal {
  /// A file of /proc, whose size is not known beforehand.
  fileprivate static func procText(_ path: String) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    return bytes(in: descriptor).map { String(decoding: $0, as: UTF8.self) }
  }
}
