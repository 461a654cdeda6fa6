import Glibc
package import ReviewCore

/// The open journal of one reviewer: every act is on disk before `append` returns.
///
/// One line an act, written with one append and synced. The file is locked against a second
/// sitting of the same reviewer for as long as the journal is open.
package final class Journal {
  package let path: String
  package let reviewer: String
  /// The acts that stood in it when it was opened.
  package let events: [ReviewEvent]
  /// What was set aside while opening.
  package let warnings: [RunWarning]
  private let descriptor: Int32
  private let calls: JournalCalls
  private var nextSequence: Int
  private var length: Int

  /// Opens, or makes, the reviewer's journal, and sets a torn last line aside.
  ///
  /// - Throws: `RunError` when it cannot be written, or when another sitting holds it.
  package init(
    folder: String, reviewer: String, calls: JournalCalls = .system
  ) throws(RunError) {
    let name = "\(JournalFolder.fileName(of: reviewer)).jsonl"
    let path = "\(folder)/\(name)"
    let descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NONBLOCK, 0o666)
    guard descriptor >= 0 else { throw Self.failure("cannot open the journal", path) }
    guard Self.lock(descriptor) else {
      let holder = LockHolder.words(of: descriptor)
      close(descriptor)
      throw RunError(
        "cannot write to the journal", place: path,
        why: "another sitting of \(reviewer) holds it"
          + holder, remedy: "Close that one, or take another name with --reviewer")
    }
    guard let bytes = ReadJournal.bytes(in: descriptor) else {
      let error = Self.failure("cannot read the journal", path)
      close(descriptor)
      throw error
    }
    let read = ReadJournal(path: path, name: name, bytes: bytes)
    self.path = path
    self.reviewer = reviewer
    self.descriptor = descriptor
    self.calls = calls
    events = read.events
    warnings = read.warnings
    nextSequence = (read.events.map(\.sequence).max() ?? 0) + 1
    length = bytes.count
    try repair(read)
    if bytes.isEmpty { Self.syncFolder(folder) }
  }

  deinit { close(descriptor) }

  /// Writes an act with the next sequence number and waits until it is on disk.
  ///
  /// - Parameter time: ISO 8601 in UTC with milliseconds.
  /// - Throws: `RunError`; then nothing of the act is in the file.
  package func append(_ act: ReviewAct, time: String) throws(RunError) -> ReviewEvent {
    guard nextSequence <= JournalLine.largestSequence else {
      throw RunError(
        "not saved, the journal", place: path, why: "has used up its sequence numbers",
        remedy: "A line with a number that large was not written by Keepoch; mend or remove it")
    }
    try checkStillThere()
    let event = ReviewEvent(
      sequence: nextSequence, time: time, reviewer: reviewer, act: act)
    try write(Array((JournalLine.text(of: event) + "\n").utf8))
    nextSequence += 1
    return event
  }

  private func write(_ bytes: [UInt8]) throws(RunError) {
    var done = 0
    var failed: Int32 = 0
    bytes.withUnsafeBytes { buffer in
      while done < bytes.count, let start = buffer.baseAddress {
        let written = calls.write(descriptor, start + done, bytes.count - done)
        if written > 0 {
          done += written
        } else if written == 0 || errno != EINTR {
          failed = written == 0 ? EIO : errno
          return
        }
      }
      while calls.sync(descriptor) != 0 {
        if errno == EINTR { continue }
        failed = errno
        return
      }
    }
    guard failed == 0 else {
      // What was half written must not stand before the next act.
      _ = ftruncate(descriptor, length)
      throw RunError(
        "not saved, the journal", place: path,
        why: "could not be written: \(String(cString: strerror(failed)))",
        remedy: failed == ENOSPC
          ? "Free some space and do it again; everything before is safe"
          : "Do it again; everything before is safe")
    }
    length += bytes.count
  }

  /// An act appended to a file that was replaced under us would be lost with it.
  private func checkStillThere() throws(RunError) {
    var ours = stat()
    var named = stat()
    guard fstat(descriptor, &ours) == 0, stat(path, &named) == 0, ours.st_ino == named.st_ino,
      ours.st_dev == named.st_dev
    else {
      throw RunError(
        "not saved, the journal", place: path,
        why: "was moved, removed or replaced by another program while it was open",
        remedy: "Put it back or start Keepoch again; what was saved before is in that file")
    }
  }

  private func repair(_ read: ReadJournal) throws(RunError) {
    guard !read.tornTail.isEmpty else { return }
    if JournalLine.event(of: read.tornTail) != nil {
      try write([0x0A])
      return
    }
    let aside = open("\(path).torn", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o666)
    guard aside >= 0 else { throw Self.failure("cannot set a torn line aside in", "\(path).torn") }
    defer { close(aside) }
    let kept = read.tornTail + [0x0A]
    guard Glibc.write(aside, kept, kept.count) == kept.count, fdatasync(aside) == 0 else {
      throw Self.failure("cannot set a torn line aside in", "\(path).torn")
    }
    guard ftruncate(descriptor, read.soundLength) == 0 else {
      throw Self.failure("cannot cut the torn line off", path)
    }
    length = read.soundLength
  }

  private static func syncFolder(_ folder: String) {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  // A program that is just being started from this one holds what is open until it begins.
  private static let patience = 10

  private static func lock(_ descriptor: Int32) -> Bool {
    for _ in 0..<patience {
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return true }
      usleep(5000)
    }
    return false
  }

  private static func failure(_ what: String, _ path: String) -> RunError {
    RunError(
      what, place: path, why: String(cString: strerror(errno)),
      remedy: "Check the permissions and the space of the folder; --read-only opens without it")
  }
}
