import Foundation
import Testing

/// Every source of the field, written by the real library: `inspect --json` against what the
/// reference libraries read back from the same files.
@Suite struct SourceTests {
  private static let fixtures = "Tests/RunFormatsTests/Fixtures"

  static let names: [String] = {
    let folder = RunCopy.project.appendingPathComponent("\(fixtures)/expected").path
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return files.filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }.sorted()
  }()

  private static func json(_ name: String) throws -> Any {
    let url = RunCopy.project.appendingPathComponent("\(fixtures)/\(name).json")
    return try JSONSerialization.jsonObject(with: Data(contentsOf: url))
  }

  /// A copy with the links that are not kept in the project.
  private func copy(_ name: String) throws -> RunCopy {
    let copy = try RunCopy(name, of: "\(Self.fixtures)/sources")
    let links = try Self.json("links") as? [String: [String: String]] ?? [:]
    for (link, target) in links[name] ?? [:] {
      let path = "\(copy.path)/\(link)"
      try FileManager.default.createDirectory(
        atPath: URL(fileURLWithPath: path).deletingLastPathComponent().path,
        withIntermediateDirectories: true)
      try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
    }
    return copy
  }

  @Test func allSourcesAreThere() {
    #expect(Self.names.count >= 115)
  }

  @Test(arguments: SourceTests.names)
  func inspectTellsWhatTheReferenceLibrariesRead(_ name: String) throws {
    let run = try copy(name)
    let wanted = try #require(try Self.json("expected/\(name)") as? [String: Any])
    let answer = try run.run(["inspect", run.path, "--json"])
    guard !wanted.isEmpty else {
      #expect(answer.code == 2 && answer.output.isEmpty)
      #expect(answer.errors.hasPrefix("keepoch: ") && answer.errors.count > 60)
      return
    }
    #expect(answer.code == 0, "\(answer.errors)")
    let found = try JSONSerialization.jsonObject(with: Data(answer.output.utf8))
    let differences = Self.differences(wanted, found, "")
    #expect(differences.isEmpty, "\(differences.prefix(6).joined(separator: "\n"))")
  }

  /// Catalogues, and what is refused, have no draft.
  private static var single: [String] {
    names.filter { name in
      let wanted = (try? json("expected/\(name)")) as? [String: Any]
      return (wanted?["runs"] as? [Any])?.count == 1
    }
  }

  @Test(arguments: SourceTests.single)
  func theDraftOfEverySourceGivesTheSameRun(_ name: String) throws {
    let run = try copy(name)
    func inspection() throws -> NSDictionary {
      let answer = try run.run(["inspect", run.path, "--json"])
      let top = try JSONSerialization.jsonObject(with: Data(answer.output.utf8)) as? [String: Any]
      var first = try #require((top?["runs"] as? [[String: Any]])?.first)
      // What was inferred is declared then, and what was guessed needs no warning.
      for key in ["reading", "warnings", "inferred"] { first[key] = nil }
      return NSDictionary(dictionary: first)
    }
    let before = try inspection()
    #expect(try run.run(["inspect", run.path, "--write-toml"]).code == 0)
    #expect(try inspection() == before)
    let text = run.text("keepoch.toml")
    #expect(!text.contains("with it the run would be read differently"))
    let hasSamples = (before["checkpoints"] as? [[String: Any]])?.contains {
      $0["samples"] is [String: Any]
    }
    #expect(text.contains("\nsamples = ") == (hasSamples ?? false))
  }

  /// What is wanted and not found; what is found beyond it does not matter.
  private static func differences(_ wanted: Any, _ found: Any, _ place: String) -> [String] {
    switch (wanted, found) {
    case (let wanted as [String: Any], let found as [String: Any]):
      return wanted.sorted { $0.key < $1.key }.flatMap { key, value -> [String] in
        guard let other = found[key] else { return ["\(place).\(key) is absent"] }
        return differences(value, other, "\(place).\(key)")
      }
    case (let wanted as [[String: Any]], let found as [[String: Any]])
    where place.hasSuffix(".series"):
      // No writer fixes the order of its series.
      return wanted.flatMap { series -> [String] in
        let name = series["name"] as? String ?? ""
        guard let other = found.first(where: { $0["name"] as? String == name }) else {
          return ["\(place) has no \(name)"]
        }
        return differences(series, other, "\(place)[\(name)]")
      }
    case (let wanted as [Any], let found as [Any]):
      guard wanted.count == found.count else {
        return ["\(place) has \(found.count) in place of \(wanted.count)"]
      }
      return zip(wanted, found).enumerated().flatMap {
        differences($0.element.0, $0.element.1, "\(place)[\($0.offset)]")
      }
    case (let wanted as NSNumber, let found as NSNumber):
      let (a, b) = (wanted.doubleValue, found.doubleValue)
      return abs(a - b) <= 1e-12 * max(abs(a), abs(b))
        ? [] : ["\(place) is \(found) in place of \(wanted)"]
    case (let wanted as NSObject, let found as NSObject) where wanted == found: return []
    default: return ["\(place) is \(found) in place of \(wanted)"]
    }
  }
}
