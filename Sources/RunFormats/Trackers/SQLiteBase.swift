import CSQLite

/// Asks a SQLite database that lies in memory.
///
/// Whatever its bytes are, queries end: they give at most as many rows and bytes as the file can
/// hold, and take at most a time that grows with its size.
final class SQLiteBase {
  /// Why it could not be asked.
  struct Failure: Error, Equatable {
    let reason: String
  }

  /// What a row holds, valid until the next one.
  struct Row {
    fileprivate let query: OpaquePointer

    func isNull(_ column: Int32) -> Bool { ksq_type(query, column) == Int32(KSQ_NULL) }

    /// A number, as it is stored; nil for words.
    func number(_ column: Int32) -> Double? {
      switch ksq_type(query, column) {
      case Int32(KSQ_INTEGER): return Double(ksq_integer(query, column))
      case Int32(KSQ_FLOAT): return ksq_double(query, column)
      default: return nil
      }
    }

    /// Of a text or a blob.
    func bytes(_ column: Int32) -> [UInt8] {
      var length = 0
      guard let start = ksq_bytes(query, column, &length), length > 0 else { return [] }
      return Array(UnsafeRawBufferPointer(start: start, count: length))
    }

    func text(_ column: Int32) -> String { String(decoding: bytes(column), as: UTF8.self) }
  }

  private let base: OpaquePointer
  private let buffer: UnsafeMutableBufferPointer<UInt8>
  private var rowsLeft: Int
  private var bytesLeft: Int

  // Of a row: its place in a page, and its head. Two tables of names may be gone through twice.
  private static let leastRow = 4

  init(_ snapshot: SQLiteSnapshot) throws(Failure) {
    let bytes = snapshot.bytes
    guard ksq_is_there() != 0 else {
      throw Failure(
        reason: "SQLite databases are read by libsqlite3, which is not installed or older than "
          + "3.36 (libsqlite3-0)")
    }
    buffer = .allocate(capacity: max(1, bytes.count))
    _ = buffer.initialize(from: bytes)
    rowsLeft = bytes.count / Self.leastRow + 1_000
    bytesLeft = 4 * bytes.count + 100_000
    let seconds = 2 + Double(bytes.count) / 2e7
    guard let base = ksq_open(buffer.baseAddress, bytes.count, seconds) else {
      buffer.deallocate()
      throw Failure(reason: "there is no memory to read it")
    }
    self.base = base
  }

  deinit {
    ksq_close(base)
    buffer.deallocate()
  }

  /// Whether the list of its tables can be read.
  var isSound: Bool {
    do throws(Failure) { try each("SELECT name FROM sqlite_master") { _ in } } catch {
      return false
    }
    return true
  }

  /// The columns of a table; none where there is no such table.
  ///
  /// - Precondition: `table` is a name of ours.
  func columns(of table: String) -> Set<String> {
    var names: Set<String> = []
    try? each("SELECT name FROM pragma_table_info('\(table)')") { row in
      names.insert(row.text(0).lowercased())
    }
    return names
  }

  /// Goes through the rows of a query.
  ///
  /// - Parameter text: what the first `?` stands for.
  /// - Throws: when the database is damaged; the rows before that were given.
  func each(
    _ statement: String, _ text: String? = nil, _ take: (Row) -> Void
  ) throws(Failure) {
    guard let query = ksq_prepare(base, statement) else { throw failure() }
    defer { ksq_finish(query) }
    var text = text
    let result = text?.withUTF8 { bytes -> Failure? in
      bytes.withMemoryRebound(to: CChar.self) { ksq_bind(query, $0.baseAddress, $0.count) }
      return run(query, take)
    }
    if let failure = result ?? (text == nil ? run(query, take) : nil) { throw failure }
  }

  private func run(_ query: OpaquePointer, _ take: (Row) -> Void) -> Failure? {
    while true {
      switch ksq_step(query) {
      case Int32(KSQ_END): return nil
      case Int32(KSQ_ROW): break
      default: return failure()
      }
      rowsLeft -= 1
      guard rowsLeft >= 0, bytesLeft >= 0 else {
        return Failure(reason: "it gives more than it can hold")
      }
      let row = Row(query: query)
      for column in 0..<ksq_columns(query) {
        var length = 0
        let type = ksq_type(query, column)
        guard type == Int32(KSQ_TEXT) || type == Int32(KSQ_BLOB) else { continue }
        _ = ksq_bytes(query, column, &length)
        bytesLeft -= length
      }
      take(row)
    }
  }

  private func failure() -> Failure {
    Failure(reason: ksq_message(base).map { String(cString: $0) } ?? "it is damaged")
  }
}
