import Foundation

/// A file as a library or a script wrote it, before anything happened to it.
struct Fixture: Sendable, CustomStringConvertible {
  /// Where it came from: its path below the fixtures, or the name of its case.
  let name: String
  let bytes: [UInt8]

  var description: String { name }
  /// Its last name, which readers look at.
  var fileName: String { name.split(separator: "/").last.map(String.init) ?? name }
  var ending: String { fileName.split(separator: ".").last.map { $0.lowercased() } ?? "" }

  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Fixtures").path

  /// All files of the fixtures, by name.
  static let all: [Fixture] = {
    let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    return names.sorted().compactMap { name in
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: "\(folder)/\(name)", isDirectory: &isFolder),
        !isFolder.boolValue, name.hasPrefix("sources/") || name.hasPrefix("codings/"),
        let data = FileManager.default.contents(atPath: "\(folder)/\(name)")
      else { return nil }
      return Fixture(name: name, bytes: Array(data))
    }
  }()

  /// What stands below the fixtures in a folder of its own: a run.
  var source: String { name.split(separator: "/").prefix(2).joined(separator: "/") }

  /// Of each source and ending the first: its other files were written by the same lines.
  static let firstOfEach: [Fixture] = {
    var known: Set<String> = []
    return all.filter { fixture in
      let isCoding = fixture.name.hasPrefix("codings/")
      return known.insert(isCoding ? fixture.name : "\(fixture.source)|\(fixture.ending)").inserted
    }
  }()
}
