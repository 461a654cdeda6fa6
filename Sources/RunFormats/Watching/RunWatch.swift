import Glibc
import Synchronization

/// Tells when files of a run are written: by inotify, or by looking again and again where that says nothing.
package final class RunWatch: Sendable {
  /// What was written.
  package struct Change: Equatable, Sendable {
    /// Relative to the run's folder; nil where nobody can tell.
    package var paths: Set<String>?

    package init(paths: Set<String>?) { self.paths = paths }

    package func joined(with other: Change) -> Change {
      guard let paths, let others = other.paths else { return Change(paths: nil) }
      return Change(paths: paths.union(others))
    }
  }

  private let folder: String
  /// Of a run that is one file, its name.
  private let only: String?
  private let isPolling: Bool
  private let stopper: (reading: Int32, writing: Int32)
  private let isStopped = Atomic<Bool>(false)

  // A file that is written in pieces is read once, when it has been left alone for so long,
  private static let quiet: Int32 = 200
  // or after so long whatever is still written.
  private static let mostWaiting = Duration.seconds(1)
  // On file systems that tell of nothing.
  private static let pause: Int32 = 2000

  /// - Parameters:
  ///   - path: a run's folder or file.
  ///   - polls: nil decides by the file system.
  package init(_ path: String, polls: Bool? = nil) {
    let file = RunPath(path).file
    let isFolder = FileBytes.kind(file) == .folder
    folder = isFolder ? file : FileBytes.parent(of: file)
    only = isFolder ? nil : file.split(separator: "/").last.map(String.init)
    isPolling = polls ?? FileSystemKind.isRemote(file)
    var ends: [Int32] = [-1, -1]
    if pipe(&ends) != 0 { ends = [-1, -1] }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    stopper = (ends[0], ends[1])
  }

  deinit {
    close(stopper.reading)
    close(stopper.writing)
  }

  /// Ends the wait of `forEachChange`, from any thread.
  package func stop() {
    isStopped.store(true, ordering: .relaxed)
    var byte: UInt8 = 1
    _ = write(stopper.writing, &byte, 1)
  }

  /// Calls a body whenever something was written, until `stop`; blocks its thread meanwhile.
  ///
  /// - Parameter begun: called once, when whatever is written from now on will be told: what is read in it
  ///   misses nothing.
  package func forEachChange(begun: () -> Void = {}, _ body: (Change) -> Void) {
    if !isPolling, let notices = FolderNotices(folder, only: only) {
      begun()
      while let change = wait(for: notices) { body(change) }
      if isOver { return }
      var seen = FolderSnapshot(folder, only: only)
      look(again: &seen, body)
      return
    }
    var seen = FolderSnapshot(folder, only: only)
    begun()
    look(again: &seen, body)
  }

  private func look(again seen: inout FolderSnapshot, _ body: (Change) -> Void) {
    while !waits(Self.pause) {
      let now = FolderSnapshot(folder, only: only)
      let change = now.change(from: seen)
      seen = now
      if let change { body(change) }
    }
  }

  private var isOver: Bool { isStopped.load(ordering: .relaxed) }

  /// - Returns: whether it was stopped meanwhile.
  private func waits(_ milliseconds: Int32) -> Bool {
    var ends = [pollfd(fd: stopper.reading, events: Int16(POLLIN), revents: 0)]
    _ = poll(&ends, 1, milliseconds)
    return isOver
  }

  /// Nil when it was stopped, or when no more is told.
  private func wait(for notices: FolderNotices) -> Change? {
    var change: Change?
    var begin = ContinuousClock.now
    while true {
      var ends = [
        pollfd(fd: notices.descriptor, events: Int16(POLLIN), revents: 0),
        pollfd(fd: stopper.reading, events: Int16(POLLIN), revents: 0),
      ]
      let count = poll(&ends, 2, change == nil ? -1 : Self.quiet)
      if isOver { return nil }
      if count < 0, errno == EINTR { continue }
      if count == 0 { return change }
      guard ends[0].revents & Int16(POLLIN) != 0 else { return nil }
      guard let news = notices.take() else { continue }
      if change == nil { begin = ContinuousClock.now }
      change = change?.joined(with: news) ?? news
      // What is written without an end is looked at all the same.
      if ContinuousClock.now - begin > Self.mostWaiting { return change }
      usleep(20_000)
    }
  }
}
