import Glibc
package import ReviewCore

/// Where the journals of a run lie.
package struct JournalFolder: Equatable, Sendable {
  /// Beside the run: `RUN/review`, or `FILE.review` for a run that is one file.
  package let beside: String
  /// For a run that cannot be written to: a folder of its own under the state folder.
  package let elsewhere: String

  /// - Parameters:
  ///   - identity: of the run whatever path it is reached by, such as its real path.
  ///   - stateFolder: `$XDG_STATE_HOME/keepoch`.
  package init(runPath: String, isFile: Bool, identity: String, stateFolder: String) {
    beside = isFile ? "\(runPath).review" : "\(runPath)/review"
    elsewhere = "\(stateFolder)/reviews/\(Self.safeName(identity, hashed: true))"
  }

  /// The journals of all reviewers, by file name; nothing is created.
  package func readAll() -> [ReadJournal] {
    [beside, elsewhere].flatMap { folder in
      Self.journalNames(in: folder).compactMap { name in
        ReadJournal(path: "\(folder)/\(name)", name: name)
      }
    }
  }

  /// The folder that a journal can be written in, made if need be.
  ///
  /// What was written elsewhere while the run could not be written to comes home first.
  package func writable() throws(RunError) -> (folder: String, isElsewhere: Bool) {
    if Self.make(beside), access(beside, W_OK) == 0 {
      bringHome()
      return (beside, false)
    }
    let reason = String(cString: strerror(errno))
    if Self.makeAll(elsewhere), access(elsewhere, W_OK) == 0 { return (elsewhere, true) }
    throw RunError(
      "cannot write a journal in", place: beside, why: reason,
      remedy: "Make that folder, or \(elsewhere), writable; --read-only opens without one")
  }

  /// A journal that has no counterpart beside the run is copied there, and kept under another name.
  private func bringHome() {
    for name in Self.journalNames(in: elsewhere) where access("\(beside)/\(name)", F_OK) != 0 {
      guard let bytes = ReadJournal.bytes(of: "\(elsewhere)/\(name)") else { continue }
      let part = "\(beside)/.\(name).part"
      let descriptor = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
      guard descriptor >= 0 else { continue }
      let isWhole = write(descriptor, bytes, bytes.count) == bytes.count && fsync(descriptor) == 0
      close(descriptor)
      if isWhole, rename(part, "\(beside)/\(name)") == 0 {
        rename("\(elsewhere)/\(name)", "\(elsewhere)/\(name).moved")
      } else {
        unlink(part)
      }
    }
  }

  /// A reviewer's file name without its ending: letters, digits, `-`, `_` and inner dots.
  package static func fileName(of reviewer: String) -> String {
    let name = safeName(reviewer, hashed: false)
    return name.isEmpty ? "reviewer" : name
  }

  private static func safeName(_ text: String, hashed: Bool) -> String {
    var name = ""
    var isChanged = hashed
    for scalar in text.unicodeScalars {
      let isPlain =
        scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
        || scalar == "-" || scalar == "_" || (scalar == "." && !name.isEmpty)
      if name.utf8.count >= 60 {
        isChanged = true
      } else {
        name.unicodeScalars.append(isPlain ? scalar : "_")
      }
    }
    guard isChanged else { return name }
    // Tells apart what the shortening made equal.
    return "\(name)-\(StableHash.text(text))"
  }

  private static func journalNames(in folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasSuffix(".jsonl"), !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }

  private static func make(_ folder: String) -> Bool {
    if mkdir(folder, 0o777) == 0 { return true }
    guard errno == EEXIST else { return false }
    var status = stat()
    guard stat(folder, &status) == 0 else { return false }
    errno = ENOTDIR
    return status.st_mode & S_IFMT == S_IFDIR
  }

  private static func makeAll(_ folder: String) -> Bool {
    var path = ""
    for part in folder.split(separator: "/", omittingEmptySubsequences: false) {
      path += path.isEmpty && part.isEmpty ? "/" : path.hasSuffix("/") ? String(part) : "/\(part)"
      if !part.isEmpty, !make(path), access(path, F_OK) != 0 { return false }
    }
    return true
  }
}
