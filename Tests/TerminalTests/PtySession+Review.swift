import Testing

/// A review opened and left as every test does it.
extension PtySession {
  /// The program on a run, with its first frame on the screen.
  ///
  /// - Parameter command: in place of the program and its arguments.
  static func review(
    _ run: RunCopy, columns: Int = 80, rows: Int = 24, environment: [String: String] = [:],
    state: String? = nil, arguments: [String] = ["--reviewer", "ann"], command: [String]? = nil
  ) throws -> PtySession {
    let session = try PtySession(
      [run.path] + arguments, columns: columns, rows: rows, environment: environment, state: state,
      command: command)
    try session.wait("the first frame") { $0.line(0).contains("checkpoints") }
    return session
  }

  /// Leaves the program, which must end well and leave the terminal as a shell expects it.
  func quit(_ key: String = "Q") throws {
    send(key)
    #expect(try exitCode() == 0)
    #expect(leftBehind == [])
  }
}
