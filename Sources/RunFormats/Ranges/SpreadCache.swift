import Glibc
import ReviewCore

/// What is known of arrays from an earlier look, so that a run is read whole only once.
///
/// Safe to delete; what cannot be read or written is done without.
struct SpreadCache {
  private let path: String?
  private let firstLine: String
  private let marks: ValueSpread.Marks
  /// By `key(of:member:)`.
  private var known: [String: (state: String, spread: ValueSpread)] = [:]
  /// What was asked for or kept; the rest is of files that are no longer there.
  private var used: Set<String> = []
  private var isChanged = false

  /// - Parameters:
  ///   - folder: of all caches; nil keeps nothing.
  ///   - identity: what tells one run from another.
  init(folder: String?, identity: String, marks: ValueSpread.Marks) {
    self.marks = marks
    let ends = (marks.lows + marks.highs).map { String($0.bitPattern, radix: 16) }
    firstLine = "keepoch value spreads 1 \(ends.joined(separator: ","))"
    path = folder.map { "\($0)/ranges/\(StableHash.text(identity)).tsv" }
    guard let path, let bytes = try? FileBytes.read(path) else { return }
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    guard lines.first.map(String.init) == firstLine else { return }
    for line in lines.dropFirst() {
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      if fields.count == 3, let spread = Self.spread(fields[1], marks) {
        known[fields[2]] = (fields[0], spread)
      }
    }
  }

  mutating func spread(of path: String, member: String?, state: FileState) -> ValueSpread? {
    let key = Self.key(of: path, member)
    guard let entry = known[key], entry.state == state.text else { return nil }
    used.insert(key)
    return entry.spread
  }

  mutating func keep(_ spread: ValueSpread, of path: String, member: String?, state: FileState) {
    let key = Self.key(of: path, member)
    known[key] = (state.text, spread)
    used.insert(key)
    isChanged = true
  }

  /// Writes beside the place and moves the file there.
  func save() {
    guard isChanged, let path else { return }
    var text = firstLine + "\n"
    for key in used.sorted() {
      if let entry = known[key] {
        text += "\(entry.state)\t\(Self.text(of: entry.spread))\t\(key)\n"
      }
    }
    do {
      try WholeFile.makeFolder(FileBytes.parent(of: path))
      try WholeFile.write(Array(text.utf8), to: path, isSynced: false)
    } catch {}
  }

  private static func key(of path: String, _ member: String?) -> String {
    PrintableText.escaped(member.map { "\(path)\u{0}\($0)" } ?? path)
  }

  private static func text(of spread: ValueSpread) -> String {
    let ends = [spread.least, spread.greatest].map { String($0.bitPattern, radix: 16) }
    let counts = [spread.nanCount, spread.count] + spread.below + spread.above
    return (ends + counts.map { String($0) }).joined(separator: ",")
  }

  private static func spread(_ text: String, _ marks: ValueSpread.Marks) -> ValueSpread? {
    let fields = text.split(separator: ",")
    let ends = fields.prefix(2).compactMap { UInt64($0, radix: 16).map(Double.init(bitPattern:)) }
    let counts = fields.dropFirst(2).compactMap { Int($0) }
    let lows = marks.lows.count
    guard ends.count == 2, counts.count == fields.count - 2,
      counts.count == 2 + lows + marks.highs.count, counts.allSatisfy({ (0...1 << 40) ~= $0 })
    else { return nil }
    var spread = ValueSpread(marks: marks)
    (spread.least, spread.greatest) = (ends[0], ends[1])
    (spread.nanCount, spread.count) = (counts[0], counts[1])
    spread.below = Array(counts[2..<2 + lows])
    spread.above = Array(counts[(2 + lows)...])
    return spread
  }
}
