import ReviewCore

/// A pattern of `keepoch.toml` that names parameters beside the checkpoint, such as
/// `samples/w{guidance}/epoch_{epoch}.png`.
struct SettingPattern {
  private enum Piece {
    case text([UInt8])
    /// Of a checkpoint or a sample: digits.
    case number
    /// Anything within a name.
    case anything
    case parameter(String)
  }

  private let pieces: [Piece]
  private let text: String
  let names: [String]

  /// Nil where it names none.
  init?(_ text: String) {
    var pieces: [Piece] = []
    var names: [String] = []
    var plain: [UInt8] = []
    var rest = Substring(text)
    while let first = rest.first {
      if first == "*" {
        pieces += [.text(plain), .anything]
        plain = []
        rest.removeFirst()
      } else if first == "{", let end = rest.firstIndex(of: "}") {
        let name = String(rest[rest.index(after: rest.startIndex)..<end])
        pieces.append(.text(plain))
        plain = []
        if ["epoch", "step", "sample"].contains(name) {
          pieces.append(.number)
        } else {
          pieces.append(.parameter(name))
          names.append(name)
        }
        rest = rest[rest.index(after: end)...]
      } else {
        plain += Array(String(first).utf8)
        rest.removeFirst()
      }
    }
    pieces.append(.text(plain))
    guard !names.isEmpty, names.count <= 4, Set(names).count == names.count else { return nil }
    self.pieces = pieces
    self.names = names
    self.text = text
  }

  /// By parameter what stands in its place in a name that fits; nil for one that does not.
  ///
  /// - Complexity: O(pieces * n^2) in bytes of the name.
  func values(in path: String) -> [String: String]? {
    var dead: Set<Int> = []
    return match(Array(path.utf8)[...], 0, &dead)
  }

  /// The pattern for one setting, with what stands in the names.
  func filled(_ values: [String: String]) -> String {
    names.reduce(text) { $0.replacing("{\($1)}", with: values[$1] ?? "*") }
  }

  /// - Parameter dead: places from which some piece on nothing fits.
  private func match(
    _ bytes: ArraySlice<UInt8>, _ first: Int, _ dead: inout Set<Int>
  ) -> [String: String]? {
    guard first < pieces.count else { return bytes.isEmpty ? [:] : nil }
    let place = bytes.startIndex * pieces.count + first
    guard !dead.contains(place) else { return nil }
    let found = matchAnew(bytes, first, &dead)
    if found == nil { dead.insert(place) }
    return found
  }

  private func matchAnew(
    _ bytes: ArraySlice<UInt8>, _ first: Int, _ dead: inout Set<Int>
  ) -> [String: String]? {
    func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) || byte == 0x2E }
    switch pieces[first] {
    case .text(let text):
      return bytes.starts(with: text) ? match(bytes.dropFirst(text.count), first + 1, &dead) : nil
    case .number, .anything, .parameter:
      var end = bytes.startIndex
      while end < bytes.endIndex, bytes[end] != UInt8(ascii: "/") { end += 1 }
      // The longest first.
      while end >= bytes.startIndex {
        let taken = bytes[bytes.startIndex..<end]
        switch pieces[first] {
        case .number where taken.isEmpty || !taken.allSatisfy(isDigit): break
        case .parameter(let name) where !taken.isEmpty:
          if var found = match(bytes[end...], first + 1, &dead) {
            found[name] = String(decoding: taken, as: UTF8.self)
            return found
          }
        case .parameter: break
        default: if let found = match(bytes[end...], first + 1, &dead) { return found }
        }
        end -= 1
      }
      return nil
    }
  }
}
