import Glibc
package import ReviewCore

/// A journal as it stands on disk.
package struct ReadJournal: Equatable, Sendable {
  package let path: String
  /// As its acts name the reviewer; the file's name when there is none.
  package let reviewer: String
  package let events: [ReviewEvent]
  /// Every line that is an act, as it is, without its line break.
  package let lines: [String]
  package let warnings: [RunWarning]
  /// Bytes up to the end of the last complete line.
  package let soundLength: Int
  /// What stands behind it without a line break.
  package let tornTail: [UInt8]

  /// Nil when the file cannot be read.
  package init?(path: String, name: String) {
    guard let bytes = Self.bytes(of: path) else { return nil }
    self.init(path: path, name: name, bytes: bytes)
  }

  init(path: String, name: String, bytes: [UInt8]) {
    var events: [ReviewEvent] = []
    var lines: [String] = []
    var warnings: [RunWarning] = []
    var start = 0
    var number = 0
    while let end = bytes[start...].firstIndex(of: 0x0A) {
      number += 1
      let line = bytes[start..<end]
      if let event = JournalLine.event(of: line) {
        events.append(event)
        lines.append(String(decoding: line, as: UTF8.self))
        if case .unknown(let event) = event.act, EvaluationLine.names.contains(event) {
          warnings.append(
            RunWarning(
              .badLine, path: "review/\(name)", offset: start,
              "line \(number), \(event), is not complete or names what cannot be; it is left as it is "
                + "and does not count"))
        }
      } else if !line.allSatisfy({ $0 == 0x20 || $0 == 0x0D }) {
        warnings.append(
          RunWarning(
            .badLine, path: "review/\(name)", offset: start,
            "line \(number) is not an act of a journal; it is left as it is and does not count"))
      }
      start = end + 1
    }
    let tail = Array(bytes[start...])
    // An act that is whole but for its line break was never acknowledged, and is still an act.
    if !tail.isEmpty {
      if let event = JournalLine.event(of: tail) {
        events.append(event)
        lines.append(String(decoding: tail, as: UTF8.self))
      } else {
        warnings.append(
          RunWarning(
            .tornLine, path: "review/\(name)", offset: start,
            "the last line was cut off while it was written; it is set aside"))
      }
    }
    self.path = path
    self.events = events
    self.lines = lines
    self.warnings = warnings
    soundLength = start
    tornTail = tail
    let stem = name.hasSuffix(".jsonl") ? String(name.dropLast(6)) : name
    reviewer = events.last?.reviewer ?? stem
  }

  package var review: Review { Review(reviewer: reviewer, events: events) }

  static func bytes(of path: String) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    return bytes(in: descriptor)
  }

  static func bytes(in descriptor: Int32) -> [UInt8]? {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Int(status.st_size))
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    var offset = 0
    while true {
      let got = pread(descriptor, &chunk, chunk.count, offset)
      if got < 0, errno == EINTR { continue }
      if got < 0 { return nil }
      if got == 0 { return bytes }
      bytes += chunk[..<got]
      offset += got
    }
  }
}
