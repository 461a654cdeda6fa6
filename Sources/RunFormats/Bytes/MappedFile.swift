import Glibc

/// A file of our own in memory, of which only those pages are read that are looked at.
///
/// Only for files that are replaced as a whole and never made shorter: to look at a page that is
/// gone ends the program.
final class MappedFile: Sendable {
  private let start: UInt
  let count: Int

  /// Nil for what cannot be mapped, and for an empty file.
  init?(_ path: String) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size > 0,
      let start = mmap(nil, Int(status.st_size), PROT_READ, MAP_PRIVATE, descriptor, 0),
      start != MAP_FAILED
    else { return nil }
    // A look at one number is to bring in its page, and not two megabytes around it.
    madvise(start, Int(status.st_size), MADV_RANDOM)
    self.start = UInt(bitPattern: start)
    count = Int(status.st_size)
  }

  deinit { munmap(UnsafeMutableRawPointer(bitPattern: start), count) }

  /// Valid as long as this lives.
  var bytes: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: UnsafeRawPointer(bitPattern: start), count: count)
  }
}
