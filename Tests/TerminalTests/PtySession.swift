import CPty
import CVTerm
import Foundation
import Glibc

/// The built program on a pseudo-terminal, with an emulator that keeps its screen.
///
/// Predicates are tried only at the end of a frame, or when the program has ended: never a sleep.
final class PtySession {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  static let program: String = {
    let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? CommandLine.arguments[0]
    return URL(fileURLWithPath: bundle).deletingLastPathComponent().appendingPathComponent(
      "keepoch"
    )
    .path
  }()

  private var main: Int32
  private let terminal: OpaquePointer
  let process: pid_t
  private(set) var output: [UInt8] = []
  private var rows: Int
  private var columns: Int
  private var status: Int32?
  private let stateFolder: String
  private let ownsState: Bool

  /// - Parameters:
  ///   - environment: beside the pinned variables, or in their place.
  ///   - state: the folder for the program's state; a new one when nil.
  ///   - command: in place of the program, such as a shell to start it from.
  init(
    _ arguments: [String], columns: Int = 80, rows: Int = 24, environment: [String: String] = [:],
    state: String? = nil, command: [String]? = nil
  ) throws {
    self.rows = rows
    self.columns = columns
    ownsState = state == nil
    stateFolder = state ?? NSTemporaryDirectory() + "keepoch-state-\(UUID().uuidString)"
    try FileManager.default.createDirectory(
      atPath: stateFolder, withIntermediateDirectories: true)
    var variables = [
      "TERM": "xterm-256color", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "TZ": "UTC",
      "HOME": stateFolder, "XDG_STATE_HOME": stateFolder + "/s", "USER": "tester",
      "XDG_CONFIG_HOME": stateFolder + "/c", "PATH": "/usr/bin:/bin", "ESCDELAY": "25",
      "SWIFT_BACKTRACE": "enable=no",
    ]
    variables.merge(environment) { _, new in new }
    (main, process) = try Self.spawn(
      command ?? [Self.program] + arguments, columns, rows, variables)
    terminal = kvt_new(Int32(rows), Int32(columns))
  }

  deinit {
    if status == nil {
      kill(process, SIGKILL)
      var ignored: Int32 = 0
      waitpid(process, &ignored, 0)
    }
    if main >= 0 { close(main) }
    kvt_free(terminal)
    if ownsState { try? FileManager.default.removeItem(atPath: stateFolder) }
  }

  private static func spawn(
    _ words: [String], _ columns: Int, _ rows: Int, _ variables: [String: String]
  ) throws -> (Int32, pid_t) {
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    var environment: [UnsafeMutablePointer<CChar>?] =
      variables.sorted { $0.key < $1.key }.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in arguments + environment { free(text) } }
    var process: pid_t = 0
    let main = kpt_spawn(&arguments, &environment, Int32(rows), Int32(columns), &process)
    guard main >= 0 else { throw Failure(description: "cannot start \(words[0])") }
    return (main, process)
  }

  func send(_ text: String) {
    let bytes = Array(text.utf8)
    _ = write(main, bytes, bytes.count)
  }

  /// Takes the terminal away, as a lost connection does.
  func hangUp() {
    close(main)
    main = -1
  }

  func resize(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
    kvt_resize(terminal, Int32(rows), Int32(columns))
    var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(main, UInt(TIOCSWINSZ), &size)
  }

  /// Reads until the predicate holds at the end of a frame.
  func wait(_ words: String, until holds: (PtySession) -> Bool) throws {
    if isAtEndOfFrame, holds(self) { return }
    let deadline = Date().addingTimeInterval(20)
    while Date() < deadline {
      guard readSome(milliseconds: 200) else {
        if hasEnded, holds(self) { return }
        if hasEnded { break }
        continue
      }
      if isAtEndOfFrame, holds(self) { return }
    }
    throw Failure(description: "never: \(words)\n" + lines.joined(separator: "\n"))
  }

  /// Waits for a line that holds the words.
  func wait(forText words: String) throws {
    try wait(words) { session in session.lines.contains { $0.contains(words) } }
  }

  /// Waits for words of a program that draws no frames, such as a shell.
  func wait(
    forOutput words: String, when holds: (PtySession) -> Bool = { _ in true }
  ) throws {
    let deadline = Date().addingTimeInterval(20)
    while Date() < deadline {
      if holds(self), lines.contains(where: { $0.contains(words) }) { return }
      _ = readSome(milliseconds: 100)
      if hasEnded { break }
    }
    throw Failure(description: "never: \(words)\n" + lines.joined(separator: "\n"))
  }

  /// What the program has sent since a moment, as text.
  func sent(since count: Int) -> String { String(decoding: output[count...], as: UTF8.self) }

  /// Whether a cell's colour is not the terminal's own.
  func isColored(_ row: Int, _ column: Int) -> Bool {
    let cell = kvt_get(terminal, Int32(row), Int32(column))
    return cell.has_foreground != 0 || cell.has_background != 0
  }

  /// The exit code; 128 and more for a signal.
  func exitCode() throws -> Int32 {
    let deadline = Date().addingTimeInterval(20)
    while Date() < deadline {
      _ = readSome(milliseconds: 50)
      if hasEnded {
        while readSome(milliseconds: 0) {}
        let code = status ?? 0
        return code & 0x7F == 0 ? (code >> 8) & 0xFF : 128 + (code & 0x7F)
      }
    }
    throw Failure(description: "does not end\n" + lines.joined(separator: "\n"))
  }

  var hasEnded: Bool {
    if status != nil { return true }
    var code: Int32 = 0
    guard waitpid(process, &code, WNOHANG) == process else { return false }
    status = code
    return true
  }

  private var isAtEndOfFrame: Bool { output.suffix(8) == Array("\u{1B}[?2026l".utf8)[...] }

  private func readSome(milliseconds: Int32) -> Bool {
    var wait = pollfd(fd: main, events: Int16(POLLIN), revents: 0)
    guard poll(&wait, 1, milliseconds) > 0 else { return false }
    var chunk = [UInt8](repeating: 0, count: 65536)
    let got = read(main, &chunk, chunk.count)
    guard got > 0 else { return false }
    output += chunk[..<got]
    chunk.withUnsafeBytes { buffer in
      kvt_write(terminal, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), got)
    }
    return true
  }

  func line(_ row: Int) -> String {
    var text = String.UnicodeScalarView()
    for column in 0..<columns {
      let cell = kvt_get(terminal, Int32(row), Int32(column))
      text.append(cell.code == 0 ? " " : Unicode.Scalar(cell.code) ?? "?")
    }
    var result = String(text)
    while result.last == " " { result.removeLast() }
    return result
  }

  var lines: [String] { (0..<rows).map(line) }

  var hasColor: Bool {
    (0..<rows).contains { row in
      (0..<columns).contains { column in
        let cell = kvt_get(terminal, Int32(row), Int32(column))
        return cell.has_foreground != 0 || cell.has_background != 0
      }
    }
  }

  /// What is not as a shell expects it: own screen, visible cursor, cooked input.
  var leftBehind: [String] {
    var settings = termios()
    guard tcgetattr(main, &settings) == 0 else { return ["no settings"] }
    var found: [String] = []
    let cooked = tcflag_t(ICANON | ECHO | ISIG)
    if settings.c_lflag & cooked != cooked { found.append("raw input") }
    if kvt_on_alternate_screen(terminal) != 0 { found.append("alternate screen") }
    if kvt_cursor_visible(terminal) == 0 { found.append("hidden cursor") }
    return found
  }

  var isOnAlternateScreen: Bool { kvt_on_alternate_screen(terminal) != 0 }
}
