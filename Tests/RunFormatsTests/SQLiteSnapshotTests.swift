import Foundation
import ReviewCore
import Testing

@testable import RunFormats

/// Databases of trackers while they are written, after a writer was killed, and damaged.
@Suite struct SQLiteSnapshotTests {
  private static let sources = projectFolder("Tests/RunFormatsTests/Fixtures/sources")

  /// A Python that holds a database open until it is let go.
  private final class Writer {
    private let process = Process()
    private let folder: Scratch

    /// Waits until the script has run.
    init(_ path: String, _ script: String) throws {
      folder = try Scratch()
      let ready = "\(folder.path)/ready"
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      process.arguments = [
        "python3", "-c",
        """
        import sqlite3, sys, time
        c = sqlite3.connect(sys.argv[1], isolation_level=None)
        \(script)
        open(sys.argv[2], 'w').close()
        time.sleep(60)
        """, path, ready,
      ]
      process.standardInput = FileHandle.nullDevice
      try process.run()
      for _ in 0..<3000 where FileBytes.kind(ready) == nil { usleep(10_000) }
      try #require(FileBytes.kind(ready) == .file)
    }

    deinit { kill(process.processIdentifier, SIGKILL) }
  }

  private static let schema = """
    c.execute('create table metrics (id integer primary key, timestamp text, run_name text,'
              ' step integer, metrics text)')
    def log(step, run='a'):
      c.execute('insert into metrics (timestamp, run_name, step, metrics) values (?, ?, ?, ?)',
                ('', run, step, '{"loss": %d.5, "pad": "%s"}' % (step, 'x' * 300)))

    """

  /// The names and bytes of all that lies in a folder; of a `-shm`, which its writer maps and may
  /// touch itself, the name alone.
  private func state(_ folder: String) throws -> [String: [UInt8]] {
    var state: [String: [UInt8]] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
      state[name] = name.hasSuffix("-shm") ? [] : try FileBytes.read("\(folder)/\(name)")
    }
    return state
  }

  private func steps(_ path: String) throws -> [Double] {
    let run = try RunOpener.open(path)
    return Array(try #require(run.series.first { $0.name == "loss" }).positions)
  }

  @Test func aDatabaseThatIsBeingWritten() throws {
    let scratch = try Scratch()
    let path = "\(scratch.path)/run.db"
    let writer = try Writer(
      path,
      """
      c.execute('pragma journal_mode = wal')
      c.execute('pragma wal_autocheckpoint = 0')
      \(Self.schema)
      for step in range(20): log(step)
      c.execute('pragma wal_checkpoint(passive)')
      for step in range(20, 50): log(step)
      c.execute('begin')
      for step in range(50, 60): log(step)
      """)
    let before = try state(scratch.path)
    #expect(before.keys.sorted() == ["run.db", "run.db-shm", "run.db-wal"])
    #expect(try steps(path) == (0..<50).map(Double.init))
    #expect(try steps(scratch.path) == (0..<50).map(Double.init))
    let run = try RunOpener.open(path)
    #expect(run.format == .trackio && run.reading.contains { $0.contains("-wal") })
    #expect(try state(scratch.path) == before)
    withExtendedLifetime(writer) {}
  }

  /// The writer was killed, or the folder was copied: only the log has the last steps.
  @Test func aCopyWithoutItsWriter() throws {
    let scratch = try Scratch()
    try FileManager.default.createDirectory(
      atPath: "\(scratch.path)/live", withIntermediateDirectories: true)
    let writer = try Writer(
      "\(scratch.path)/live/run.db",
      """
      c.execute('pragma journal_mode = wal')
      c.execute('pragma wal_autocheckpoint = 0')
      \(Self.schema)
      for step in range(8): log(step)
      """)
    let base = try FileBytes.read("\(scratch.path)/live/run.db")
    let log = try FileBytes.read("\(scratch.path)/live/run.db-wal")
    withExtendedLifetime(writer) {}
    try scratch.write("copy/run.db", base)
    try scratch.write("copy/run.db-wal", log)
    let before = try state("\(scratch.path)/copy")
    #expect(try steps("\(scratch.path)/copy") == (0..<8).map(Double.init))
    #expect(try state("\(scratch.path)/copy") == before)
    // Every cut gives the state after some commit; a frame whose bytes are wrong ends the log.
    var counts: Set<Int> = []
    for length in stride(from: 0, to: log.count, by: 1031) {
      try scratch.write("copy/run.db-wal", Array(log[..<length]))
      if let found = try? steps("\(scratch.path)/copy/run.db") {
        #expect(found == (0..<found.count).map(Double.init))
        counts.insert(found.count)
      }
    }
    #expect(counts.count > 4)
    var bad = log
    bad[log.count - 100] ^= 1
    try scratch.write("copy/run.db-wal", bad)
    #expect(try steps("\(scratch.path)/copy/run.db") == (0..<7).map(Double.init))
  }

  /// Pages that a transaction wrote too early, and its journal.
  @Test func whatIsNotCommittedIsTakenBack() throws {
    let scratch = try Scratch()
    let path = "\(scratch.path)/run.db"
    let writer = try Writer(
      path,
      """
      \(Self.schema)
      for step in range(400): log(step)
      c.execute('pragma cache_size = 1')
      c.execute('pragma cache_spill = 1')
      c.execute('begin')
      c.execute("update metrics set metrics = replace(metrics, 'loss', 'gone')")
      for step in range(400, 600): log(step)
      """)
    let before = try state(scratch.path)
    try #require(before.keys.sorted() == ["run.db", "run.db-journal"])
    // The test is worth something only where the file itself has what must not be seen.
    #expect(before["run.db"]?.firstRange(of: Array("\"gone\"".utf8)) != nil)
    #expect(try steps(path) == (0..<400).map(Double.init))
    #expect(try state(scratch.path) == before)
    withExtendedLifetime(writer) {}
  }

  @Test func ofSeveralRunsOneIsNamed() throws {
    let scratch = try Scratch()
    let path = "\(scratch.path)/many.db"
    let writer = try Writer(
      path, Self.schema + "for step in range(3): log(step); log(step * 5, 'b#c')\n")
    withExtendedLifetime(writer) {}
    let error = #expect(throws: RunError.self) { try RunOpener.open(path) }
    #expect(error?.why == "it holds 2 runs")
    #expect(error?.remedy == "Give one of them: \(path)#a, \(path)#b#c")
    #expect(try DatabaseRuns.names(in: path) == ["a", "b#c"])
    #expect(try steps("\(path)#b#c") == [0, 5, 10])
    #expect(try steps("\(path)#a") == [0, 1, 2])
    let folder = #expect(throws: RunError.self) { try RunOpener.open(scratch.path) }
    #expect(folder?.remedy.contains("many.db#a") == true)
  }

  @Test(arguments: ["mlflow-sqlite/mlflow.db", "trackio/digits.db"])
  func noBytesTrapOrHang(_ name: String) throws {
    let scratch = try Scratch()
    let whole = try FileBytes.read("\(Self.sources)/\(name)")
    let path = "\(scratch.path)/a.db"
    var dice = SplitMix64(seed: 11)
    var outcomes: Set<Bool> = []
    let start = ContinuousClock.now
    for turn in 0..<200 {
      var bytes = whole
      if turn % 4 == 0 {
        bytes.removeLast(Int(dice.next(below: UInt64(bytes.count))))
      }
      for _ in 0..<(1 + dice.next(below: 40)) where !bytes.isEmpty {
        // Heads of pages hold what leads from one to another.
        let page = Int(dice.next(below: UInt64(bytes.count))) / 1024 * 1024
        let place = turn % 2 == 0 ? page + Int(dice.next(below: 40)) : page + 900
        bytes[min(place, bytes.count - 1)] = UInt8(truncatingIfNeeded: dice.next())
        if turn % 3 == 0 { break }
      }
      if bytes.count >= 16 { bytes.replaceSubrange(0..<16, with: SQLiteSnapshot.magic) }
      try scratch.write("a.db", bytes)
      outcomes.insert((try? RunOpener.open(path)) != nil)
      _ = try? RunOpener.open(scratch.path)
    }
    #expect(outcomes == [true, false])
    #expect(ContinuousClock.now - start < .seconds(20))
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path) == ["a.db"])
  }

  @Test func noLogOrJournalTraps() throws {
    let scratch = try Scratch()
    var dice = SplitMix64(seed: 12)
    let whole = try FileBytes.read("\(Self.sources)/trackio/digits.db")
    var inLogMode = whole
    (inLogMode[18], inLogMode[19]) = (2, 2)
    for turn in 0..<200 {
      var noise = (0..<3000).map { _ in UInt8(truncatingIfNeeded: dice.next()) }
      if turn % 2 == 0 {
        noise.replaceSubrange(
          0..<12, with: [0x37, 0x7F, 6, 0x82, 0, 0x2D, 0xE2, 0x18, 0, 0, 16, 0])
      } else {
        noise.replaceSubrange(0..<8, with: [0xD9, 0xD5, 5, 0xF9, 0x20, 0xA1, 0x63, 0xD7])
        noise.replaceSubrange(20..<28, with: [0, 0, 2, 0, 0, 0, 4, 0])
      }
      try scratch.write("a.db", turn % 2 == 0 ? inLogMode : whole)
      try? FileManager.default.removeItem(atPath: "\(scratch.path)/a.db-wal")
      try? FileManager.default.removeItem(atPath: "\(scratch.path)/a.db-journal")
      try scratch.write(turn % 2 == 0 ? "a.db-wal" : "a.db-journal", noise)
      _ = try? SQLiteSnapshot.read("\(scratch.path)/a.db")
    }
    try scratch.write("a.db-wal", [])
    try scratch.write("a.db", inLogMode)
    #expect(try SQLiteSnapshot.read("\(scratch.path)/a.db").bytes == whole)
  }

  @Test func aTableThatIsAViewIsNotRun() throws {
    let scratch = try Scratch()
    let path = "\(scratch.path)/view.db"
    let writer = try Writer(
      path,
      """
      c.execute('create view metrics as with recursive n(x) as (select 1 union all'
                ' select x + 1 from n) select x as step, "a" as run_name, "{}" as metrics from n')
      """)
    withExtendedLifetime(writer) {}
    let start = ContinuousClock.now
    #expect(throws: RunError.self) { try RunOpener.open(path) }
    #expect(ContinuousClock.now - start < .seconds(3))
  }
}
