import Glibc

/// A regular file that is read in parts.
struct OpenFile: ~Copyable {
  private let descriptor: Int32
  let size: Int
  /// What tells this file and state of it from others.
  let identity: Identity

  struct Identity: Hashable, Sendable {
    let device: UInt64
    let inode: UInt64
    let size: Int
    let seconds: Int
    let nanoseconds: Int
  }

  init(_ path: String) throws(FileBytes.Failure) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw FileBytes.failure(errno) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw FileBytes.Failure(reason: "it is not a regular file", isMissing: false)
    }
    self.descriptor = descriptor
    size = Int(status.st_size)
    identity = Identity(
      device: UInt64(status.st_dev), inode: UInt64(status.st_ino), size: size,
      seconds: status.st_mtim.tv_sec, nanoseconds: status.st_mtim.tv_nsec)
  }

  deinit { close(descriptor) }

  /// Fills a buffer, or as much of it as the file has; 0 at its end.
  func read(
    into buffer: UnsafeMutableRawBufferPointer, at offset: Int
  ) throws(FileBytes.Failure) -> Int {
    while true {
      let got = pread(descriptor, buffer.baseAddress, buffer.count, offset)
      if got >= 0 { return got }
      if errno != EINTR { throw FileBytes.failure(errno) }
    }
  }

  /// The bytes of a part, fewer where the file ends before it does.
  ///
  /// - Precondition: `count` is at most what the file holds behind `offset`, or small.
  func bytes(at offset: Int, count: Int) throws(FileBytes.Failure) -> [UInt8] {
    var failed: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, done in
      while done < count {
        let got = pread(
          descriptor, buffer.baseAddress?.advanced(by: done), count - done, offset + done)
        if got < 0, errno == EINTR { continue }
        if got < 0 { failed = errno }
        if got <= 0 { break }
        done += got
      }
    }
    if failed != 0 { throw FileBytes.failure(failed) }
    return bytes
  }
}
