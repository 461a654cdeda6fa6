import ReviewCore

/// The indexes of event files, kept so that a file is read only once, and a grown one from its old
/// end on.
///
/// Safe to delete; what cannot be read or written is done without.
struct EventCache {
  /// What tells a file and its contents from another.
  struct State: Equatable {
    let device: UInt64
    let inode: UInt64
    let size: Int
    let seconds: Int
    let nanoseconds: Int
    /// CRC-32 of the first and of the last bytes.
    let head: UInt32
    let tail: UInt32

    private static let endSize = 4096

    /// - Parameter size: of the file as it was; at most as large as it is.
    init?(_ file: borrowing OpenFile, upTo size: Int) {
      let identity = file.identity
      let end = min(size, Self.endSize)
      guard size <= identity.size, let head = try? file.bytes(at: 0, count: end),
        let tail = try? file.bytes(at: size - end, count: end)
      else { return nil }
      device = identity.device
      inode = identity.inode
      self.size = size
      seconds = identity.seconds
      nanoseconds = identity.nanoseconds
      self.head = Inflate.crc32(head)
      self.tail = Inflate.crc32(tail)
    }

    init(
      device: UInt64, inode: UInt64, size: Int, seconds: Int, nanoseconds: Int, head: UInt32,
      tail: UInt32
    ) {
      self.device = device
      self.inode = inode
      self.size = size
      self.seconds = seconds
      self.nanoseconds = nanoseconds
      self.head = head
      self.tail = tail
    }

    /// Whether a file is this one, grown since.
    func hasGrown(to file: borrowing OpenFile) -> Bool {
      guard file.size > size, let then = State(file, upTo: size) else { return false }
      return then.device == device && then.inode == inode && then.head == head
        && then.tail == tail
    }
  }

  // A file that is read faster than its index is found needs none.
  private static let leastSize = 1 << 18

  private let path: String?

  /// - Parameters:
  ///   - folder: of all caches; nil keeps and asks nothing.
  ///   - file: whose index it is.
  init(folder: String?, file: String) {
    path = folder.map {
      "\($0)/events/\(StableHash.text(FileBytes.realPath(file) ?? file)).index"
    }
  }

  /// The index of a file, from the cache as far as that knows it.
  static func index(of path: String, folder: String?) throws(FileBytes.Failure) -> EventIndex {
    let file = try OpenFile(path)
    guard folder != nil, file.size >= leastSize, let state = State(file, upTo: file.size) else {
      return EventIndex(try EventScanner.scan(file))
    }
    let cache = EventCache(folder: folder, file: path)
    let known = cache.path.flatMap { IndexHandle($0) }.flatMap { EventIndexFile($0) }
    if let known, known.state == state { return known.index }
    var log = EventLog()
    if let known, known.state.hasGrown(to: file), let kept = known.log { log = kept }
    log = try EventScanner.scan(file, continuing: log)
    cache.keep(log, state)
    // What is kept need not stay in memory.
    if let kept = cache.path.flatMap({ IndexHandle($0) }).flatMap({ EventIndexFile($0) }),
      kept.state == state
    {
      return kept.index
    }
    return EventIndex(log)
  }

  private func keep(_ log: EventLog, _ state: State) {
    guard let path else { return }
    do throws(RunError) {
      try WholeFile.makeFolder(FileBytes.parent(of: path))
      try WholeFile.write(EventIndexFile.bytes(of: log, state), to: path, isSynced: false)
    } catch {}
  }
}
