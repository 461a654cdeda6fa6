import ReviewCore

/// A pattern of `keepoch.toml`: a path with `{epoch}` or `{step}` for the checkpoint's number, and
/// `{sample}` where a file holds one sample.
struct NamePattern {
  private enum Piece {
    case text([UInt8])
    case checkpoint
    case sample
  }

  let text: String
  let axis: Axis
  private let pieces: [Piece]
  private let hasSample: Bool

  /// Nil where neither `{epoch}` nor `{step}` stands in it.
  init?(_ text: String) {
    self.text = text
    guard let axis = text.contains("{epoch}") ? Axis.epoch : text.contains("{step}") ? .step : nil
    else { return nil }
    self.axis = axis
    var pieces: [Piece] = []
    var hasSample = false
    var rest = text[...]
    while let brace = rest.firstIndex(of: "{") {
      let tail = rest[brace...]
      let mark = tail.hasPrefix("{\(axis.rawValue)}") ? "{\(axis.rawValue)}" : "{sample}"
      guard tail.hasPrefix(mark) else {
        pieces.append(.text(Array(rest[...brace].utf8)))
        rest = tail.dropFirst()
        continue
      }
      pieces.append(.text(Array(rest[..<brace].utf8)))
      pieces.append(mark == "{sample}" ? .sample : .checkpoint)
      hasSample = hasSample || mark == "{sample}"
      rest = tail.dropFirst(mark.count)
    }
    pieces.append(.text(Array(rest.utf8)))
    self.pieces = pieces
    self.hasSample = hasSample
  }

  /// The numbers of a name that fits; nil for one that does not.
  func numbers(in name: String) -> (number: AxisValue, sample: Int?)? {
    let bytes = Array(name.utf8)
    var place = 0
    var number: AxisValue?
    var sample: Int?
    for piece in pieces {
      switch piece {
      case .text(let text):
        guard bytes[place...].starts(with: text) else { return nil }
        place += text.count
      case .checkpoint, .sample:
        let end = Self.endOfNumber(bytes, from: place)
        let digits = String(decoding: bytes[place..<end], as: UTF8.self)
        place = end
        if case .sample = piece {
          guard let value = Int(digits) else { return nil }
          sample = value
        } else {
          guard let value = AxisValue(parsing: digits), number == nil || number == value else {
            return nil
          }
          number = value
        }
      }
    }
    guard place == bytes.count, let number, !hasSample || sample != nil else { return nil }
    return (number, sample)
  }

  /// The files whose names fit; nil where none does.
  func group(of paths: [String]) -> NumberedNames? {
    let members = paths.compactMap { path in
      numbers(in: path).map {
        NumberedNames.Member(path: path, number: $0.number, index: $0.sample)
      }
    }
    guard !members.isEmpty else { return nil }
    let pattern = text.replacing("{\(axis.rawValue)}", with: "{#}")
    return NumberedNames(
      template: text, pattern: pattern, axis: axis, members: members, isOther: false)
  }

  // Digits, with at most one point between two of them.
  private static func endOfNumber(_ bytes: [UInt8], from start: Int) -> Int {
    func isNumeral(_ place: Int) -> Bool {
      bytes.indices.contains(place) && (0x30...0x39).contains(bytes[place])
    }
    var end = start
    while isNumeral(end) { end += 1 }
    if end > start, end < bytes.count, bytes[end] == UInt8(ascii: "."), isNumeral(end + 1) {
      end += 1
      while isNumeral(end) { end += 1 }
    }
    return end
  }
}
