import Glibc

/// A program on a pseudo-terminal of its own, which is its controlling terminal.
final class PseudoTerminal {
  let size: ScreenSize
  /// When the program was started.
  let start: Double
  private(set) var screen: ScreenModel
  private let master: Int32
  private let process: pid_t
  private var marker = FrameMarker()
  private var unread: [UInt8] = []
  private var chunk = [UInt8](repeating: 0, count: 1 << 18)
  private let hasMarkers: Bool
  private var isAtEnd = false
  private var ended: ProgramEnd?

  // What Swift does not see of the headers: posix_openpt, unlockpt and ptsname as Linux does them, and a flag.
  private static let setLock: UInt = 0x4004_5431
  private static let getNumber: UInt = 0x8004_5430
  private static let setSession: Int16 = 0x80

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - arguments: the first is the program's path.
  ///   - hasMarkers: whether its frames end with a marker; if not, no screen is kept.
  init(
    _ arguments: [String], environment: [String], size: ScreenSize, hasMarkers: Bool = true
  ) throws(Failure) {
    self.size = size
    self.hasMarkers = hasMarkers
    screen = ScreenModel(size: size)
    master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    var (lock, number): (Int32, Int32) = (0, 0)
    guard master >= 0, ioctl(master, Self.setLock, &lock) == 0,
      ioctl(master, Self.getNumber, &number) == 0
    else { throw Failure("no pseudo-terminal: \(String(cString: strerror(errno)))") }
    var window = winsize(
      ws_row: UInt16(size.rows), ws_col: UInt16(size.columns), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(master, UInt(TIOCSWINSZ), &window)
    _ = fcntl(master, F_SETFL, O_NONBLOCK)

    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    // The first terminal that the leader of a session opens becomes its controlling terminal.
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/pts/\(number)", O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, 0, 1)
    posix_spawn_file_actions_adddup2(&actions, 0, 2)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawnattr_setflags(&attributes, Self.setSession)
    let argv: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    let envp: [UnsafeMutablePointer<CChar>?] = environment.map { strdup($0) } + [nil]
    defer { for text in argv + envp { free(text) } }
    var process: pid_t = 0
    start = Stopwatch.now
    let code = posix_spawn(&process, arguments[0], &actions, &attributes, argv, envp)
    self.process = process
    guard code == 0 else {
      close(master)
      throw Failure("\(arguments[0]) cannot be started: \(String(cString: strerror(code)))")
    }
  }

  deinit {
    if ended == nil { end(keys: "") }
    close(master)
  }

  /// Sends keys at once.
  ///
  /// - Returns: when they were written.
  @discardableResult
  func send(_ keys: String) -> Double {
    let bytes = Array(keys.utf8)
    let time = Stopwatch.now
    _ = bytes.withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
    return time
  }

  /// Reads what the program prints.
  ///
  /// - Parameters:
  ///   - quiet: stops after this many milliseconds without a byte, once a frame, or without
  ///     markers a byte, came.
  ///   - until: the latest moment.
  ///   - stop: stops after a frame of which it says true.
  func listen(
    quiet: Double?, until: Double, stop: (Frame) -> Bool = { _ in false }
  ) -> Heard {
    var heard = Heard()
    while !isAtEnd {
      var limit = until
      // What comes before the first frame, such as taking the screen, is not an answer yet.
      if let quiet, let last = heard.lastByte, !hasMarkers || !heard.frames.isEmpty {
        limit = min(limit, last + quiet)
      }
      let left = limit - Stopwatch.now
      guard left > 0, isReadable(within: left) else { break }
      let got = read(master, &chunk, chunk.count)
      let time = Stopwatch.now
      if got < 0, errno == EAGAIN || errno == EINTR { continue }
      guard got > 0 else {
        isAtEnd = true
        break
      }
      heard.lastByte = time
      heard.questions += questions(in: got)
      guard hasMarkers else {
        heard.bytes += got
        continue
      }
      let before = heard.frames.count
      take(got, at: time, into: &heard)
      if heard.frames[before...].contains(where: stop) { break }
    }
    return heard
  }

  /// `ESC[5n`; one in two pieces is missed.
  private func questions(in count: Int) -> Int {
    guard count > 3 else { return 0 }
    return (0...count - 4).count {
      chunk[$0] == 0x1B && chunk[$0 + 1] == 0x5B && chunk[$0 + 2] == 0x35 && chunk[$0 + 3] == 0x6E
    }
  }

  private func take(_ count: Int, at time: Double, into heard: inout Heard) {
    var taken = 0
    let ends = chunk.withUnsafeBufferPointer { marker.ends(in: .init(rebasing: $0[..<count])) }
    for end in ends {
      unread += chunk[taken..<end]
      screen.feed(unread[...])
      unread.removeAll(keepingCapacity: true)
      heard.frames.append(
        Frame(
          time: time, bytesSoFar: heard.bytes + end, position: screen.position,
          hasPictures: screen.hasPictures))
      taken = end
    }
    unread += chunk[taken..<count]
    heard.bytes += count
  }

  private func isReadable(within milliseconds: Double) -> Bool {
    var wait = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    return poll(&wait, 1, Int32(milliseconds.rounded(.up))) > 0
  }

  /// The largest resident size so far as the kernel tells it for this program alone, in KB.
  var peakSoFar: Int? { ResidentSize.peak(of: "\(process)") }

  /// Ends the program by its keys, and by a signal when those do not.
  @discardableResult
  func end(keys: String) -> ProgramEnd {
    if let ended { return ended }
    if !keys.isEmpty { send(keys) }
    var status: Int32 = 0
    var usage = rusage()
    let patience = Stopwatch.now + (keys.isEmpty ? 0 : 1500)
    while Stopwatch.now < patience {
      _ = listen(quiet: nil, until: Stopwatch.now + 2)
      if wait4(process, &status, WNOHANG, &usage) == process { return note(status, usage) }
      if isAtEnd { usleep(500) }
    }
    kill(process, SIGKILL)
    while wait4(process, &status, 0, &usage) < 0, errno == EINTR {}
    return note(status, usage)
  }

  private func note(_ status: Int32, _ usage: rusage) -> ProgramEnd {
    let signal = status & 0x7F
    let end = ProgramEnd(
      code: signal != 0 ? -Int(signal) : Int(status >> 8 & 0xFF), peak: usage.ru_maxrss)
    ended = end
    return end
  }
}
