import Glibc

/// Whose journal is written: the option, the configuration, git's user, the system's user.
enum ReviewerName {
  static func resolve(option: String?, configuration: Configuration, folder: String) -> String {
    let choices = [
      { option }, { configuration.reviewer }, { gitUser(folder) }, { Outside.variable("USER") },
    ]
    for choice in choices {
      if let name = choice()?.trimmedLine, !name.isEmpty { return name }
    }
    return "reviewer"
  }

  /// `git config user.name` as git itself finds it; nil without git or without a name.
  private static func gitUser(_ folder: String) -> String? {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { return nil }
    defer { close(ends[0]) }
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
    guard code == 0 else { return nil }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 256)
    while true {
      let got = read(ends[0], &chunk, chunk.count)
      if got < 0, errno == EINTR { continue }
      if got <= 0 { break }
      bytes += chunk[..<got]
    }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    return status == 0 ? String(decoding: bytes, as: UTF8.self) : nil
  }
}

extension String {
  /// The first line without blanks at its ends.
  fileprivate var trimmedLine: String {
    var view = prefix { !$0.isNewline }
    while view.first?.isWhitespace == true { view.removeFirst() }
    while view.last?.isWhitespace == true { view.removeLast() }
    return String(view)
  }
}
