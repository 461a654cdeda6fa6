import Glibc
import ReviewCore
import RunFormats

/// The lines of `:` from one sitting to the next; safe to lose.
struct CommandHistory {
  // As many as anybody goes back through.
  private static let most = 200

  private let path = "\(Outside.stateFolder)/history"

  /// The last lines, the oldest first.
  func load() -> [String] {
    guard let bytes = try? FileBytes.read(path) else { return [] }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").suffix(Self.most)
      .map(String.init)
  }

  /// A line that cannot be kept is not worth an error.
  func add(_ line: String) {
    guard !line.contains("\n") else { return }
    do {
      try WholeFile.makeFolder(FileBytes.parent(of: path))
      let lines = load() + [line]
      let text = lines.suffix(Self.most).map { $0 + "\n" }.joined()
      try WholeFile.write(Array(text.utf8), to: path, isSynced: false)
    } catch {}
  }
}
