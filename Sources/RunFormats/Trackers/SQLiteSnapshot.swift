import Glibc

/// A SQLite database at one moment, in memory, while others may write it.
///
/// The files are only read, and by nobody but us: SQLite itself would take locks, which stop a
/// writer, and make a `-shm` file beside a database in WAL mode. What lies in a write-ahead log
/// (file format: sqlite.org/fileformat2.html, section 4) is laid over the pages, up to the last
/// commit in it; a rollback journal (section 3) that a writer needs still, or left behind when it
/// was killed, is played back. So what comes out is the state after some commit.
///
/// A writer that goes on meanwhile is noticed by the salts of the log, the nonce of the journal and
/// the change counter, and all is read again.
struct SQLiteSnapshot {
  /// The database, in a mode that needs no other file.
  private(set) var bytes: [UInt8]
  /// How it was made up, where that is more than reading a file.
  private(set) var reading: String?

  static let magic = Array("SQLite format 3\0".utf8)
  private static let headSize = 100
  private static let attempts = 20
  private static let pause: useconds_t = 10_000

  static func isDatabase(_ head: [UInt8]) -> Bool { head.starts(with: magic) }

  /// Whether a file begins like a database; it may still be damaged.
  static func isDatabase(at path: String) -> Bool {
    guard let head = try? beginning(of: path, count: magic.count) else { return false }
    return isDatabase(head)
  }

  /// - Throws: when a file cannot be read, is no database, or changes faster than it is read.
  static func read(_ path: String) throws(FileBytes.Failure) -> SQLiteSnapshot {
    for attempt in 0..<attempts {
      if attempt > 0 { usleep(pause) }
      if let snapshot = try attemptReading(path) { return snapshot }
    }
    throw FileBytes.Failure(
      reason: "it is written faster than it can be read; try again", isMissing: false)
  }

  /// Nil when a writer changed it meanwhile.
  private static func attemptReading(_ path: String) throws(FileBytes.Failure) -> SQLiteSnapshot? {
    let logPath = "\(path)-wal"
    let journalPath = "\(path)-journal"
    let before = try beginning(of: path, count: headSize)
    let logHead = beginningIfThere(logPath, count: WriteAheadLog.headSize)
    let journalHead = beginningIfThere(journalPath, count: RollbackJournal.headSize)
    var snapshot = SQLiteSnapshot(bytes: try FileBytes.read(path), reading: nil)
    guard isDatabase(snapshot.bytes), snapshot.bytes.count >= headSize else {
      throw FileBytes.Failure(reason: "it is no SQLite database", isMissing: false)
    }
    if snapshot.bytes[18] == 2 || snapshot.bytes[19] == 2 {
      // The log is read after the pages: each page that was moved out of it meanwhile is still in it.
      let log = try bytesIfThere(logPath)
      guard logHead == beginningIfThere(logPath, count: WriteAheadLog.headSize),
        logHead == log.map({ Array($0.prefix(WriteAheadLog.headSize)) })
      else { return nil }
      if let log, !log.isEmpty { snapshot.lay(WriteAheadLog(log), name: "-wal") }
      snapshot.bytes[18] = 1
      snapshot.bytes[19] = 1
      return snapshot
    }
    let earlierNonce = journalHead.flatMap { RollbackJournal.nonce($0) }
    let journal = try bytesIfThere(journalPath).flatMap { RollbackJournal($0) }
    if let journal {
      journal.playBack(onto: &snapshot.bytes)
      snapshot.reading = "what is not committed yet is left out, as its -journal says"
      // One transaction lasted all the while, or was left behind by a writer that was killed.
      if earlierNonce == journal.nonce { return snapshot }
    }
    // Else no transaction may have ended meanwhile; of one that has begun the journal tells.
    let after = try beginning(of: path, count: headSize)
    let isSame = earlierNonce == nil && counter(after) == counter(before)
    return isSame && counter(snapshot.bytes) == counter(before) ? snapshot : nil
  }

  private mutating func lay(_ log: WriteAheadLog?, name: String) {
    guard let log, log.commits > 0, log.isUsable(with: bytes.count) else { return }
    log.lay(onto: &bytes)
    reading =
      "with \(log.commits) commit\(log.commits == 1 ? "" : "s") from its \(name), which is being "
      + "written or was left behind"
  }

  // The file change counter.
  private static func counter(_ head: [UInt8]) -> [UInt8] {
    head.count >= 28 ? Array(head[24..<28]) : []
  }

  private static func beginning(
    of path: String, count: Int
  ) throws(FileBytes.Failure) -> [UInt8] {
    try OpenFile(path).bytes(at: 0, count: count)
  }

  private static func beginningIfThere(_ path: String, count: Int) -> [UInt8]? {
    try? beginning(of: path, count: count)
  }

  private static func bytesIfThere(_ path: String) throws(FileBytes.Failure) -> [UInt8]? {
    do { return try FileBytes.read(path) } catch {
      if error.isMissing { return nil }
      throw error
    }
  }
}
