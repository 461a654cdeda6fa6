import FoundationEssentials
import Glibc

/// A program without a terminal, run to its end.
enum Command {
  static func run(
    _ arguments: [String], environment: [String]
  ) throws(Failure) -> (code: Int32, output: String) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw Failure("no pipe") }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addclose(&actions, ends[0])
    var words = arguments.map { strdup($0) } + [nil]
    var variables = environment.map { strdup($0) } + [nil]
    defer { for word in words + variables { free(word) } }
    var child: pid_t = 0
    let code = posix_spawnp(&child, arguments[0], &actions, nil, &words, &variables)
    close(ends[1])
    defer { close(ends[0]) }
    guard code == 0 else { throw Failure("\(arguments[0]) cannot be run") }
    var output: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let got = read(ends[0], &piece, piece.count)
      if got < 0, errno == EINTR { continue }
      if got <= 0 { break }
      output += piece[..<got]
    }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    return (status >> 8 & 0xFF, String(decoding: output, as: UTF8.self))
  }
}
