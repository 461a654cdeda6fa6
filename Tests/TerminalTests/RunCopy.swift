import Foundation

/// A copy of a run that goes away with the test.
final class RunCopy {
  let path: String

  /// One of the sample runs.
  convenience init(_ name: String) throws {
    try self.init(name, of: "sample-runs")
  }

  /// - Parameter folder: of the project, in which the run lies.
  init(_ name: String, of folder: String) throws {
    let parent = NSTemporaryDirectory() + "keepoch-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
    path = "\(parent)/\(name)"
    let source = Self.project.appendingPathComponent("\(folder)/\(name)")
    try FileManager.default.copyItem(at: source, to: URL(fileURLWithPath: path))
    try? FileManager.default.removeItem(atPath: path + "/review")
  }

  deinit {
    try? FileManager.default.removeItem(at: URL(fileURLWithPath: path).deletingLastPathComponent())
  }

  /// The project's folder.
  static let project = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  func text(_ name: String) -> String {
    (try? String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)) ?? ""
  }

  /// The built program without a terminal.
  func run(
    _ arguments: [String], environment: [String: String] = [:]
  ) throws -> (code: Int32, output: String, errors: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: PtySession.program)
    process.arguments = arguments
    process.environment = [
      "PATH": "/usr/bin:/bin", "HOME": path, "USER": "tester", "LANG": "C.UTF-8",
      "XDG_STATE_HOME": path + "-state", "SWIFT_BACKTRACE": "enable=no",
    ].merging(environment) { _, new in new }
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    let words = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (
      process.terminationStatus, String(decoding: text, as: UTF8.self),
      String(decoding: words, as: UTF8.self)
    )
  }
}
