import Foundation
import Testing

/// Reads reports with parsers that are not ours, by `read_reports.py`.
enum ReportReader {
  struct Answer {
    /// What a parser found, its words left out, as text that is equal for equal structures.
    let structure: String
    let text: String
    let errors: [String]
    let all: [String: Any]
  }

  /// One answer a text, in order; one process for all of them.
  static func read(_ texts: [String], as kind: String) throws -> [Answer] {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("keepoch-reports-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let paths = try texts.enumerated().map { place, text in
      let file = folder.appendingPathComponent("\(place)")
      try Data(text.utf8).write(to: file)
      return file.path
    }
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("read_reports.py").path
    let process = Process()
    // The system's own, which has the packages of `.ci/packages test`.
    process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
    process.arguments = ["-B", script, kind] + paths
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let list = try JSONSerialization.jsonObject(with: data, options: .fragmentsAllowed)
    return try #require(list as? [[String: Any]], "Is everything of .ci/packages test there?").map {
      let structure = try JSONSerialization.data(
        withJSONObject: $0["structure"] ?? [], options: [.fragmentsAllowed, .sortedKeys])
      return Answer(
        structure: String(decoding: structure, as: UTF8.self), text: $0["text"] as? String ?? "",
        errors: $0["errors"] as? [String] ?? ["no answer"], all: $0)
    }
  }
}
