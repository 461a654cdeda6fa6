import Foundation
import Glibc
import Synchronization

/// A place in memory where damaged files stand while they are read, and a note of what is being
/// read, which is told when the program ends or does not go on.
final class Seat: Sendable {
  let folder: String
  private let slot: Int?

  /// - Parameter isWatched: false where somebody else watches over traps and hangs.
  init(isWatched: Bool = true) {
    let base = access("/dev/shm", W_OK) == 0 ? "/dev/shm/" : NSTemporaryDirectory()
    folder = base + "keepoch-robustness-\(UUID().uuidString)"
    try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    slot = isWatched ? Watch.take() : nil
  }

  deinit {
    if let slot { Watch.free(slot) }
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// Puts a file there and tells its path.
  func put(_ bytes: [UInt8], as name: String) -> String {
    let path = "\(folder)/\(name)"
    put(bytes, at: path)
    return path
  }

  /// Makes the folders above it, too.
  func put(_ bytes: [UInt8], at path: String) {
    let parent = path[..<(path.lastIndex(of: "/") ?? path.startIndex)]
    if access(String(parent), F_OK) != 0 {
      try? FileManager.default.createDirectory(
        atPath: String(parent), withIntermediateDirectories: true)
    }
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return }
    var done = 0
    bytes.withUnsafeBytes { buffer in
      guard let start = buffer.baseAddress else { return }
      while done < buffer.count {
        let wrote = write(descriptor, start + done, buffer.count - done)
        if wrote <= 0 { break }
        done += wrote
      }
    }
    close(descriptor)
  }

  /// Says what is read next.
  func note(_ reader: String, _ fixture: String, _ damage: Damage) {
    guard let slot else { return }
    Watch.note(slot, "reader=\(reader) fixture=\(fixture) damage=\(damage)")
  }
}

/// Tells what was being read when a reader traps, or does not come back.
enum Watch {
  private static let slots = 64
  private static let width = 512
  // Far above what the slowest file takes, on a machine that does other things too.
  private static let patience: Int = 60

  // Written by the thread that reads, and looked at by the handler alone.
  nonisolated(unsafe) private static let notes: UnsafeMutablePointer<UInt8> = {
    let notes = UnsafeMutablePointer<UInt8>.allocate(capacity: slots * width)
    notes.initialize(repeating: 0, count: slots * width)
    return notes
  }()
  nonisolated(unsafe) private static let times: UnsafeMutablePointer<Int> = {
    let times = UnsafeMutablePointer<Int>.allocate(capacity: slots)
    times.initialize(repeating: 0, count: slots)
    return times
  }()
  private static let taken = Mutex([Bool](repeating: false, count: slots))

  private static let isSet: Bool = {
    _ = (notes, times)
    for signal in [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGABRT, SIGFPE] {
      Glibc.signal(signal) { number in
        Watch.tell("the program ended while it read:\n")
        Glibc.signal(number, SIG_DFL)
        raise(number)
      }
    }
    Thread.detachNewThread {
      while true {
        sleep(1)
        let now = time(nil)
        for slot in 0..<slots where times[slot] > 0 && now - times[slot] > patience {
          tell("a file has been read for more than a minute:\n")
          abort()
        }
      }
    }
    return true
  }()

  static func take() -> Int {
    precondition(isSet)
    return taken.withLock { taken in
      let slot = taken.firstIndex(of: false) ?? slots - 1
      taken[slot] = true
      return slot
    }
  }

  static func free(_ slot: Int) {
    times[slot] = 0
    notes[slot * width] = 0
    taken.withLock { $0[slot] = false }
  }

  static func note(_ slot: Int, _ words: String) {
    var words = words
    words.withUTF8 { words in
      let count = min(words.count, width - 1)
      if let start = words.baseAddress { memcpy(notes + slot * width, start, count) }
      notes[slot * width + count] = 0
    }
    times[slot] = time(nil)
  }

  /// Only what a handler of signals may do.
  private static func tell(_ head: StaticString) {
    _ = write(2, head.utf8Start, head.utf8CodeUnitCount)
    dump()
  }

  private static func dump() {
    for slot in 0..<slots where notes[slot * width] != 0 {
      let start = notes + slot * width
      _ = write(2, "  ", 2)
      _ = write(2, start, strlen(UnsafeRawPointer(start).assumingMemoryBound(to: CChar.self)))
      _ = write(2, "\n", 1)
    }
  }
}
