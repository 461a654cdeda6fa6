import Glibc
import ReviewCore
import RunFormats

/// Opens a note in the reviewer's editor, and keeps the words where they can be found.
struct NoteEditor {
  /// What came of it.
  enum Outcome: Equatable {
    case text(String)
    /// Why nothing is taken, and where the words lie.
    case failure(String)
  }

  // Lines that begin so are ours; a note in Markdown may begin with a single #.
  private static let mark = "#:"

  /// The reviewer's editor as a shell takes it.
  static var command: String {
    Outside.variable("VISUAL") ?? Outside.variable("EDITOR") ?? "vi"
  }

  /// Writes the words into a file, waits for the editor, and reads them again.
  ///
  /// - Parameters:
  ///   - about: one line that says what the note is about.
  ///   - input: the terminal's descriptor.
  static func edit(_ text: String, about: String, input: Int32) -> Outcome {
    let path = "\(Outside.stateFolder)/edit/note-\(getpid()).md"
    do throws(RunError) {
      try WholeFile.makeFolder(FileBytes.parent(of: path))
      let lines =
        (text.isEmpty || text.hasSuffix("\n") ? text : text + "\n")
        + "\n\(mark) \(PrintableText.singleLine(about))\n"
        + "\(mark) Lines that begin with \(mark) are left out. An empty note takes it off.\n"
      try WholeFile.write(Array(lines.utf8), to: path, isSynced: false)
    } catch {
      return .failure(error.short)
    }
    guard let status = run(command, path: path, input: input) else {
      let reason = String(cString: strerror(errno))
      forget()
      return .failure(
        "the editor \"\(command)\" cannot be started: \(reason)")
    }
    guard status == 0 else {
      return .failure(
        "the editor \"\(command)\" ended with \(status); the note is as it was, the words are in \(path)"
      )
    }
    let bytes: [UInt8]
    do { bytes = try FileBytes.read(path) } catch {
      return .failure("\(path): \(error.reason); the note is as it was")
    }
    let words = String(decoding: bytes, as: UTF8.self)
      .split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
      .filter { !$0.hasPrefix(mark) }
    return .text(words.joined(separator: "\n"))
  }

  /// Takes the file away once its words are on disk elsewhere.
  static func forget() { unlink("\(Outside.stateFolder)/edit/note-\(getpid()).md") }

  static var keptPath: String { "\(Outside.stateFolder)/edit/note-\(getpid()).md" }

  /// Runs the editor in a process group of its own before the terminal, as a shell would, so that
  /// Ctrl-Z in it stops both of us, once, and `fg` brings both back.
  ///
  /// - Returns: the exit code; nil when it cannot be started, with `errno`.
  private static func run(_ command: String, path: String, input: Int32) -> Int32? {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    if input != 0 { posix_spawn_file_actions_adddup2(&actions, input, 0) }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // What we ignore is not for the editor to ignore.
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGXFSZ)
    sigaddset(&signals, SIGTTOU)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGDEF) | Int16(POSIX_SPAWN_SETPGROUP))
    // The shell splits an editor with options, such as "code --wait", into its words.
    var arguments: [UnsafeMutablePointer<CChar>?] =
      (["sh", "-c", "\(command) \"$1\"", "editor", path] as [String]).map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    // Whoever is not before the terminal may not say who is.
    let before = signal(SIGTTOU, SIG_IGN)
    defer { signal(SIGTTOU, before) }
    var process: pid_t = 0
    let code = posix_spawn(&process, "/bin/sh", &actions, &attributes, &arguments, environ)
    guard code == 0 else {
      errno = code
      return nil
    }
    lend(input, to: process)
    defer { tcsetpgrp(input, getpgrp()) }
    var status: Int32 = 0
    while true {
      let found = waitpid(process, &status, WUNTRACED)
      if found < 0, errno == EINTR { continue }
      guard found == process else { return nil }
      guard status & 0xFF == 0x7F else { break }
      let stop = (status >> 8) & 0xFF
      // It may have looked at the terminal before it was given it.
      if stop != SIGTTIN, stop != SIGTTOU {
        tcsetpgrp(input, getpgrp())
        // Another thread may take a signal to the group; this one would run on before the stop, and
        // lend out a terminal that the shell has taken back.
        signal(SIGTSTP, SIG_IGN)
        kill(0, SIGTSTP)
        signal(SIGTSTP, SIG_DFL)
        raise(SIGTSTP)
      }
      lend(input, to: process)
      kill(-process, SIGCONT)
    }
    let signal = status & 0x7F
    return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
  }

  /// Gives the terminal to the editor's group; one that was lost before it had it, it never hears of.
  private static func lend(_ input: Int32, to process: pid_t) {
    tcsetpgrp(input, process)
    var state = pollfd(fd: input, events: 0, revents: 0)
    if poll(&state, 1, 0) > 0, state.revents & Int16(POLLHUP) != 0 { kill(-process, SIGHUP) }
  }
}
