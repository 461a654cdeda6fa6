import Glibc

/// `git config user.name` as git itself finds it, asked for while something else is done.
final class GitUser {
  private let output: Int32
  private let process: pid_t
  private var isReaped = false

  /// Nil without git.
  init?(_ folder: String) {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { return nil }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addclose(&actions, ends[0])
    var arguments: [UnsafeMutablePointer<CChar>?] =
      (["git", "-C", folder, "config", "user.name"] as [String]).map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var process: pid_t = 0
    let code = posix_spawnp(&process, "git", &actions, nil, &arguments, environ)
    close(ends[1])
    guard code == 0 else {
      close(ends[0])
      return nil
    }
    _ = fcntl(ends[0], F_SETFD, FD_CLOEXEC)
    output = ends[0]
    self.process = process
  }

  deinit {
    if !isReaped { _ = reap() }
    close(output)
  }

  /// Waits for git; nil without a name. Asked only once.
  func name() -> String? {
    guard !isReaped else { return nil }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 256)
    while true {
      let got = read(output, &chunk, chunk.count)
      if got < 0, errno == EINTR { continue }
      if got <= 0 { break }
      bytes += chunk[..<got]
    }
    return reap() ? String(decoding: bytes, as: UTF8.self) : nil
  }

  /// Whether git ended well.
  private func reap() -> Bool {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    isReaped = true
    return status == 0
  }
}
