/// Which of two files counts where both tell the same metric of the same checkpoint.
///
/// In this order: a name that does not say it is old, the one nearer to the run's folder, a name
/// that is a word for metrics and nothing else, the newer file, the later name.
struct TableStanding {
  let path: String
  private let depth: Int
  private let stem: Substring
  private let saysOld: Bool
  private let isPlain: Bool
  private let time: (seconds: Int, nanoseconds: Int)

  private static let oldWords: Set<String> = [
    "old", "older", "backup", "bak", "copy", "prev", "previous", "orig", "original", "deprecated",
    "archive", "archived", "obsolete", "outdated", "stale", "superseded",
  ]
  private static let plainNames: Set<String> = [
    "metrics", "metric", "results", "result", "eval", "evaluation", "evaluations", "scores",
  ]

  /// - Parameters:
  ///   - path: relative to the root.
  ///   - root: the folder that is asked for the file's time.
  init(path: String, root: String) {
    self.path = path
    let parts = path.lowercased().split(separator: "/")
    depth = parts.count
    let name = parts.last ?? ""
    stem = name.lastIndex(of: ".").map { name[..<$0] } ?? name
    let words = stem.split { !$0.isLetter && !$0.isNumber }
    let folders = parts.dropLast().flatMap { $0.split { !$0.isLetter && !$0.isNumber } }
    saysOld =
      (words + folders).contains { Self.oldWords.contains(String($0)) }
      || (words.count > 1 && words.last.map(Self.isVersion) == true)
    isPlain = Self.plainNames.contains(String(stem))
    let identity = try? OpenFile("\(root)/\(path)").identity
    time = (identity?.seconds ?? 0, identity?.nanoseconds ?? 0)
  }

  private static func isVersion(_ word: Substring) -> Bool {
    let number = word.first == "v" ? word.dropFirst() : word
    return !number.isEmpty && number.utf8.allSatisfy { (0x30...0x39).contains($0) }
  }

  /// Why this file counts and another does not; nil where the other one counts.
  func reason(over other: TableStanding) -> String? {
    if saysOld != other.saysOld {
      return other.saysOld ? "as the other's name says it is old" : nil
    }
    if depth != other.depth {
      return depth < other.depth ? "as it lies nearer to the run's folder" : nil
    }
    if isPlain != other.isPlain { return isPlain ? "as it is named \(stem) and no more" : nil }
    if time != other.time { return time > other.time ? "as it is the newer file" : nil }
    return path > other.path ? "as the later by name of files of the same time" : nil
  }
}
