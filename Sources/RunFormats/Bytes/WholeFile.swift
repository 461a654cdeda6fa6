import Glibc
package import ReviewCore

/// Writes files that are whole or not there.
package enum WholeFile {
  /// Whether something stands at a path, be it a link to nowhere.
  package static func isTaken(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }

  /// Writes beside the place and moves the file there.
  ///
  /// - Parameter isNew: what stands there already is left alone, and an error.
  package static func write(
    _ bytes: [UInt8], to path: String, isSynced: Bool = true, isNew: Bool = false
  ) throws(RunError) {
    let beside = "\(path).\(getpid()).part"
    let descriptor = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw failure(path) }
    var done = 0
    var isGood = true
    bytes.withUnsafeBytes { buffer in
      while done < bytes.count, let start = buffer.baseAddress {
        let written = Glibc.write(descriptor, start + done, bytes.count - done)
        if written < 0, errno == EINTR { continue }
        guard written > 0 else {
          isGood = false
          return
        }
        done += written
      }
    }
    if isGood, isSynced { isGood = fsync(descriptor) == 0 }
    let reason = errno
    close(descriptor)
    guard isGood, isNew ? move(beside, toFree: path) : rename(beside, path) == 0 else {
      if !isGood { errno = reason }
      let error = failure(path)
      unlink(beside)
      throw error
    }
  }

  private static func move(_ file: String, toFree path: String) -> Bool {
    if link(file, path) == 0 {
      unlink(file)
      return true
    }
    // Not every file system knows hard links.
    if errno == EEXIST || isTaken(path) {
      errno = EEXIST
      return false
    }
    return rename(file, path) == 0
  }

  /// Makes a folder and those above it.
  package static func makeFolder(_ path: String) throws(RunError) {
    if mkdir(path, 0o777) == 0 || errno == EEXIST { return }
    let parent = FileBytes.parent(of: path)
    guard errno == ENOENT, parent != path else { throw failure(path) }
    try makeFolder(parent)
    guard mkdir(path, 0o777) == 0 || errno == EEXIST else { throw failure(path) }
  }

  private static func failure(_ path: String) -> RunError {
    RunError(
      "cannot write", place: path, why: String(cString: strerror(errno)),
      remedy: "Choose another place, or make room and permissions there")
  }
}
