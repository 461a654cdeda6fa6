import Glibc

/// The system calls that can fail while an act is written; tests put failing ones in their place.
package struct JournalCalls: Sendable {
  /// As write(2): the bytes written, or -1 with errno set.
  package var write: @Sendable (Int32, UnsafeRawPointer, Int) -> Int
  /// As fdatasync(2).
  package var sync: @Sendable (Int32) -> Int32

  package init(
    write: @escaping @Sendable (Int32, UnsafeRawPointer, Int) -> Int,
    sync: @escaping @Sendable (Int32) -> Int32
  ) {
    self.write = write
    self.sync = sync
  }

  package static let system = JournalCalls(
    write: { Glibc.write($0, $1, $2) }, sync: { fdatasync($0) })
}
