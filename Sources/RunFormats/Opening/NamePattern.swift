import ReviewCore

/// A pattern of `keepoch.toml`: a path with `{epoch}` or `{step}` for the checkpoint's number,
/// `{sample}` where a file holds one sample, and `*` for anything else within a name.
struct NamePattern {
  private enum Piece {
    case text([UInt8])
    case checkpoint
    case sample
    case anything
  }

  let text: String
  let axis: Axis
  private var pieces: [Piece] = []
  private var hasSample = false

  // Each more makes the search longer by the length of a name.
  private static let mostStars = 4

  /// Nil where neither `{epoch}` nor `{step}` stands in it, or more than four `*`.
  init?(_ text: String) {
    self.text = text
    guard let axis = text.contains("{epoch}") ? Axis.epoch : text.contains("{step}") ? .step : nil
    else { return nil }
    self.axis = axis
    let marks: [(String, Piece)] = [
      ("{\(axis.rawValue)}", .checkpoint), ("{sample}", .sample), ("*", .anything),
    ]
    let bytes = Array(text.utf8)
    var place = 0
    var plain: [UInt8] = []
    var starCount = 0
    while place < bytes.count {
      guard let (mark, piece) = marks.first(where: { bytes[place...].starts(with: $0.0.utf8) })
      else {
        plain.append(bytes[place])
        place += 1
        continue
      }
      pieces.append(.text(plain))
      plain = []
      pieces.append(piece)
      if case .sample = piece { hasSample = true }
      if case .anything = piece { starCount += 1 }
      place += mark.utf8.count
    }
    pieces.append(.text(plain))
    if starCount > Self.mostStars { return nil }
  }

  private struct Numbers {
    var checkpoint: AxisValue?
    var sample: Int?
  }

  /// The numbers of a name that fits; nil for one that does not.
  func numbers(in name: String) -> (number: AxisValue, sample: Int?)? {
    var numbers = Numbers()
    guard match(Array(name.utf8), from: 0, piece: 0, &numbers), let number = numbers.checkpoint,
      !hasSample || numbers.sample != nil
    else { return nil }
    return (number, numbers.sample)
  }

  private func match(
    _ bytes: [UInt8], from start: Int, piece first: Int, _ numbers: inout Numbers
  ) -> Bool {
    var place = start
    for index in first..<pieces.count {
      switch pieces[index] {
      case .text(let text):
        guard bytes[place...].starts(with: text) else { return false }
        place += text.count
      case .anything:
        var end = place
        while true {
          var found = numbers
          if match(bytes, from: end, piece: index + 1, &found) {
            numbers = found
            return true
          }
          guard end < bytes.count, bytes[end] != UInt8(ascii: "/") else { return false }
          end += 1
        }
      case .checkpoint, .sample:
        let end = Self.endOfNumber(bytes, from: place)
        let digits = String(decoding: bytes[place..<end], as: UTF8.self)
        place = end
        if case .sample = pieces[index] {
          guard let value = Int(digits) else { return false }
          numbers.sample = value
        } else {
          guard let value = AxisValue(parsing: digits),
            numbers.checkpoint == nil || numbers.checkpoint == value
          else { return false }
          numbers.checkpoint = value
        }
      }
    }
    return place == bytes.count
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
