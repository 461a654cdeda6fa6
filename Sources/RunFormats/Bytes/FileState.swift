/// What tells a file and its contents from another: where it lies, its size and time, and a checksum of both ends.
package struct FileState: Equatable, Sendable {
  package let text: String

  // Enough for the headers and the directory of an `.npz`.
  private static let endSize = 4096

  /// Nil for what cannot be read.
  package init?(_ path: String) {
    guard let file = try? OpenFile(path) else { return nil }
    let size = min(file.size, Self.endSize)
    guard let head = try? file.bytes(at: 0, count: size),
      let tail = try? file.bytes(at: file.size - size, count: size)
    else { return nil }
    let identity = file.identity
    let numbers = [
      identity.device, identity.inode, UInt64(identity.size),
      UInt64(bitPattern: Int64(identity.seconds)), UInt64(identity.nanoseconds),
      UInt64(Inflate.crc32(head + tail)),
    ]
    text = numbers.map { String($0, radix: 16) }.joined(separator: ",")
  }
}
