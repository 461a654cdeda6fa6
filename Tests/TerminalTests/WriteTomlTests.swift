import Foundation
import Testing

/// `inspect --write-toml` and what arrays are told as, by the built program.
@Suite struct WriteTomlTests {
  private func inspection(_ run: RunCopy) throws -> [String: Any] {
    let answer = try run.run(["inspect", run.path, "--json"])
    let top = try JSONSerialization.jsonObject(with: Data(answer.output.utf8)) as? [String: Any]
    var first = try #require((top?["runs"] as? [[String: Any]])?.first)
    first["warnings"] = nil
    // How it was read is said differently where it was declared.
    first["reading"] = nil
    return first
  }

  @Test(arguments: ["gan", "vae", "lab", "diffusion"])
  func theDraftGivesTheSameRun(_ name: String) throws {
    let run = try RunCopy(name)
    try? FileManager.default.removeItem(atPath: run.path + "/keepoch.toml")
    let before = try inspection(run)
    let answer = try run.run(["inspect", run.path, "--write-toml"])
    #expect(answer.code == 0 && answer.errors == "")
    #expect(answer.output == run.path + "/keepoch.toml\n")
    #expect(NSDictionary(dictionary: try inspection(run)) == NSDictionary(dictionary: before))
    let text = run.text("keepoch.toml")
    #expect(text.contains("[metrics.quality]\ndirection = \"higher\"\n"))
    #expect(text.contains("select = \"max quality where diversity >= 0.55\""))
    let isGrid = ["gan", "vae"].contains(name)
    #expect(text.contains("[grid]\ncolumns = 8\npadding = 2\ncount = 64\n") == isGrid)
    #expect(text.contains("value_range = [-1, 1]\n") == (name == "diffusion"))
    #expect(try run.run(["table", run.path]).code == 0)
  }

  @Test func whatIsThereIsLeftAlone() throws {
    let run = try RunCopy("gan")
    let old = run.text("keepoch.toml")
    let taken = try run.run(["inspect", run.path, "--write-toml"])
    #expect(taken.code == 2 && taken.errors.contains("there is one already"))
    #expect(run.text("keepoch.toml") == old && taken.output.isEmpty)
    try FileManager.default.removeItem(atPath: run.path + "/keepoch.toml")
    let readOnly = try run.run(["inspect", run.path, "--write-toml", "--read-only"])
    #expect(readOnly.code == 2 && readOnly.errors.contains("--read-only was given"))
    #expect(!FileManager.default.fileExists(atPath: run.path + "/keepoch.toml"))
    let file = try run.run(["inspect", run.path + "/metrics.csv", "--write-toml"])
    #expect(file.code == 2 && file.errors.contains("single file"))
    #expect(try run.run(["inspect", run.path, "--write-toml", "--json"]).code == 64)
    // A link to nowhere is not followed.
    try FileManager.default.createSymbolicLink(
      atPath: run.path + "/keepoch.toml", withDestinationPath: run.path + "/elsewhere")
    #expect(try run.run(["inspect", run.path, "--write-toml"]).code == 2)
    #expect(!FileManager.default.fileExists(atPath: run.path + "/elsewhere"))
  }

  /// An `.npy` of float32 as numpy writes it: 4 samples of 8x8.
  private func array(_ low: Float, _ high: Float) -> Data {
    let text = "{'descr': '<f4', 'fortran_order': False, 'shape': (4, 1, 8, 8), }"
    let header = text + String(repeating: " ", count: 117 - text.utf8.count) + "\n"
    var bytes: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(header.utf8)
    for place in 0..<256 {
      let value = low + (high - low) * Float(place) / 255
      withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes += Array($0) }
    }
    return Data(bytes)
  }

  @Test func arraysAreShownInTheRangeOfTheWholeRun() throws {
    let run = try RunCopy("lab")
    let cache = run.path + "-cache"
    defer { try? FileManager.default.removeItem(atPath: cache) }
    for (epoch, low) in [(1, 0), (10, 0), (20, -0.9), (30, 0), (60, 0)] as [(Int, Float)] {
      try array(low, 0.8).write(
        to: URL(fileURLWithPath: run.path + "/samples_epoch_\(epoch).npy"))
    }
    let environment = ["XDG_CACHE_HOME": cache]
    let words = try run.run(["inspect", run.path, "--read-only"], environment: environment)
    #expect(words.output.contains("float32 (4,1,8,8): 4 samples of 8x8"))
    #expect(words.output.contains("values of [-1, 1] are shown from black to white: found over"))
    #expect(!FileManager.default.fileExists(atPath: cache))
    let before = try inspection(run)
    #expect(before["format"] as? String == "arrays")
    #expect(before["valueRange"] as? [Double] == [-1, 1])
    let show = ["show", run.path, "--epoch", "1", "--cells", "8x4"]
    let first = try run.run(show, environment: environment)
    #expect(first.code == 0 && first.output.split(separator: "\n").count == 4)
    #expect(FileManager.default.fileExists(atPath: cache + "/keepoch/ranges"))
    #expect(try run.run(show, environment: environment).output == first.output)
    #expect(try run.run(["inspect", run.path, "--write-toml"]).code == 0)
    #expect(run.text("keepoch.toml").contains("value_range = [-1, 1]\n"))
    #expect(NSDictionary(dictionary: try inspection(run)) == NSDictionary(dictionary: before))
    let file = run.path + "/samples_epoch_1.npy"
    #expect(try run.run(["show", file, "--cells", "4x2"]).output.split(separator: "\n").count == 2)
    #expect(try run.run(["table", file]).errors.contains("one file of arrays"))
    // A sample is counted by its own file.
    #expect(
      try run.run(["tag", run.path, "--epoch", "1", "--sample", "4", "blurry"]).errors
        .contains("samples 0 to 3"))
    let tag = ["tag", run.path, "--epoch", "1", "--sample", "3", "blurry", "--reviewer", "ann"]
    #expect(try run.run(tag).code == 0)
    #expect(run.text("review/ann.jsonl").contains("\"sha256\":\""))
    // Another range is no reason to forget a tag; other values are.
    try "value_range = [0, 1]\n".write(
      toFile: run.path + "/keepoch.toml", atomically: true, encoding: .utf8)
    #expect(try run.run(["table", run.path]).errors == "")
    try array(0, 0.7).write(to: URL(fileURLWithPath: run.path + "/samples_epoch_1.npy"))
    #expect(try run.run(["table", run.path]).errors.contains("stale-tag"))
  }
}
