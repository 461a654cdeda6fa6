import ReviewCore

/// The `trainer_state.json` files of a run: one beside each checkpoint, each with the log up to it.
struct TrainerStates {
  struct Group {
    /// The one that holds most first.
    let files: [String]
  }

  private static let name = "trainer_state.json"

  /// One for each folder that a trainer wrote its checkpoints to.
  let groups: [Group]
  private let all: Set<String>

  init(_ files: [String]) {
    var byFolder: [String: [(file: String, number: Double)]] = [:]
    for file in files {
      guard file == Self.name || file.hasSuffix("/\(Self.name)") else { continue }
      var folders = file.split(separator: "/").dropLast()
      // What stands beside the checkpoints' folders was written last.
      var number = Double.infinity
      if let last = folders.last, last.hasPrefix("checkpoint-"),
        let value = AxisValue(parsing: last.dropFirst("checkpoint-".count))
      {
        number = value.value
        folders = folders.dropLast()
      }
      byFolder[folders.joined(separator: "/"), default: []].append((file, number))
    }
    groups = byFolder.sorted { $0.key < $1.key }.map { _, files in
      Group(files: files.sorted { ($0.number, $0.file) > ($1.number, $1.file) }.map(\.file))
    }
    all = Set(groups.flatMap(\.files))
  }

  func holds(_ file: String) -> Bool { all.contains(file) }
}
