import Glibc

/// Files of the cache: whole or not there, and never worth an error.
enum CacheFile {
  static func write(_ bytes: [UInt8], to path: String) {
    makeFolder(above: path)
    let beside = "\(path).\(getpid()).part"
    let descriptor = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { return }
    var done = 0
    bytes.withUnsafeBytes { buffer in
      while done < bytes.count, let start = buffer.baseAddress {
        let written = Glibc.write(descriptor, start + done, bytes.count - done)
        if written < 0, errno == EINTR { continue }
        guard written > 0 else { return }
        done += written
      }
    }
    close(descriptor)
    if done < bytes.count || rename(beside, path) != 0 { unlink(beside) }
  }

  private static func makeFolder(above path: String) {
    guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return }
    let folder = String(path[..<slash])
    if mkdir(folder, 0o777) != 0, errno == ENOENT {
      makeFolder(above: folder)
      mkdir(folder, 0o777)
    }
  }
}
