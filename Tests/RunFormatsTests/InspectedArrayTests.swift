import Foundation
import Testing

/// What `inspect` of the built program says of numbers beside the samples.
@Suite struct InspectedArrayTests {
  private func inspect(_ path: String, _ words: String...) throws -> Data {
    let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? CommandLine.arguments[0]
    let process = Process()
    process.executableURL = URL(fileURLWithPath: bundle).deletingLastPathComponent()
      .appendingPathComponent("keepoch")
    process.arguments = ["inspect", path, "--read-only"] + words
    process.environment = ["HOME": path, "PATH": "/usr/bin:/bin"]
    process.standardInput = FileHandle.nullDevice
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return data
  }

  private func json(_ path: String) throws -> [String: Any] {
    let top = try JSONSerialization.jsonObject(with: inspect(path, "--json")) as? [String: Any]
    return try #require((top?["runs"] as? [[String: Any]])?.first)
  }

  @Test func arraysModesAndFailures() throws {
    let scratch = try Scratch()
    for epoch in [1, 2] {
      try scratch.write("samples_epoch_\(epoch).npy", ArrayBytes.floats([4, 8, 8]))
      try scratch.write("features_epoch_\(epoch).npy", ArrayBytes.floats([4, 64]))
    }
    try scratch.write("metrics.csv", "epoch,fid,failure\n1,9,mode collapse|noise\n2,8,\n")
    let plain = try json(scratch.path)
    #expect(plain["referenceTest"] is NSNull && plain["modes"] is NSNull)
    try scratch.write("real_features.npy", ArrayBytes.floats([9, 64]))
    try scratch.write("test.npy", ArrayBytes.floats([9, 8, 8]))
    try scratch.write("modes.npy", ArrayBytes.floats([5, 2]))
    try scratch.write(
      "keepoch.toml",
      "reference_test = \"test.npy\"\n[modes]\ncentres = \"modes.npy\"\ndeviation = 0.5\n")
    let run = try json(scratch.path)
    let array = try #require((run["arrays"] as? [[String: Any]])?.first)
    #expect(array["role"] as? String == "features" && array["name"] as? String == "features")
    #expect(array["checkpoints"] as? Int == 2 && array["shape"] as? [Int] == [4, 64])
    #expect(array["reference"] as? Bool == true)
    #expect((run["referenceTest"] as? [String: Any])?["count"] as? Int == 9)
    let modes = run["modes"] as? [String: Any]
    #expect(modes?["count"] as? Int == 5 && modes?["deviation"] as? Double == 0.5)
    let checkpoints = try #require(run["checkpoints"] as? [[String: Any]])
    #expect(checkpoints[0]["failures"] as? [String] == ["mode-collapse", "noise"])
    #expect(checkpoints[1]["failures"] == nil)
    #expect((run["warnings"] as? [Any])?.isEmpty == true)
    let text = String(decoding: try inspect(scratch.path), as: UTF8.self)
    #expect(
      text.contains("\nfeatures features: 2 checkpoints of 4x64, and those of the real images\n"))
    #expect(text.contains("\nreference not trained on: 9 images of 8x8\n"))
    #expect(text.contains("\nmodes: 5, each of deviation 0.5\n"))
    #expect(text.contains("  fid 9  failures mode-collapse, noise\n"))
  }
}
