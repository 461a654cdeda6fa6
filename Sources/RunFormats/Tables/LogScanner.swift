/// Walks along a printed line from number to number.
struct LogScanner {
  struct Found {
    /// The words right before the number, in small letters.
    let words: [String]
    /// The words as they stand, joined by `_`.
    let name: String
    let value: Double
    /// What is stuck to the number: `ms` of `20ms`, `%` of `45%`.
    let unit: String
    /// Whether `/` and another number follow.
    let hasTotal: Bool
    /// Whether it is the `[3/200]` of `[3/200][10/938]`.
    let isBracketPair: Bool
  }

  private let bytes: [UInt8]
  private var index = 0

  private static let mostWords = 8

  init(_ line: Substring.UTF8View) { bytes = Array(line) }

  /// The next number with what stands before it; nil at the end of the line.
  mutating func next() -> Found? {
    var words: [[UInt8]] = []
    var opens = false
    while index < bytes.count {
      let byte = bytes[index]
      if isNameByte(byte) || (byte == 0x28 && index > 0 && isNameByte(bytes[index - 1])) {
        let start = index
        if let value = number() {
          return found(words, value, start: start, opens: opens)
        }
        words.append(word())
        if words.count > Self.mostWords { words.removeFirst() }
        opens = false
      } else {
        switch byte {
        case 0x20, 0x3A, 0x3D, 0x09, 0x27, 0x22: break
        case 0x2D where index + 1 < bytes.count && startsNumber(index + 1) && !isDash(index):
          if let value = number() { return found(words, value, start: index, opens: opens) }
          words = []
        case 0x2D where index + 1 < bytes.count && bytes[index + 1] != 0x20: break
        // `Epoch [3/200]`: the bracket holds what the word before it counts.
        case 0x5B where isDigit(index + 1): opens = true
        default:
          opens = byte == 0x5B
          words = []
        }
        index += 1
      }
    }
    return nil
  }

  /// A minus that parts two things: `10 - 5`.
  private func isDash(_ place: Int) -> Bool { place + 1 < bytes.count && bytes[place + 1] == 0x20 }

  private func startsNumber(_ place: Int) -> Bool {
    (bytes[place] >= 0x30 && bytes[place] <= 0x39) || bytes[place] == 0x2E
      || bytes[place] | 0x20 == 0x69 || bytes[place] | 0x20 == 0x6E
  }

  private func isNameByte(_ byte: UInt8) -> Bool {
    (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || (byte >= 0x30 && byte <= 0x39) || byte == 0x5F
      || byte == 0x2E || byte >= 0x80
  }

  /// A number that begins here and ends where a number may end; the index moves behind it.
  private mutating func number() -> Double? {
    var end = index
    if bytes[end] == 0x2D || bytes[end] == 0x2B { end += 1 }
    let digits = end
    while end < bytes.count {
      let byte = bytes[end]
      if byte >= 0x30 && byte <= 0x39 || byte == 0x2E {
        end += 1
      } else if byte | 0x20 == 0x65, end > digits, end + 1 < bytes.count,
        isDigit(end + 1) || ((bytes[end + 1] == 0x2D || bytes[end + 1] == 0x2B) && isDigit(end + 2))
      {
        end += 2
      } else {
        break
      }
    }
    var value = bytes[index..<end].withUnsafeBufferPointer { DecimalBytes.value($0) }
    if value == nil, end > digits, bytes[end - 1] == 0x2E {
      // The point at the end of a sentence.
      end -= 1
      value = bytes[index..<end].withUnsafeBufferPointer { DecimalBytes.value($0) }
    }
    if value == nil {
      end = digits
      while end < bytes.count, bytes[end] | 0x20 >= 0x61, bytes[end] | 0x20 <= 0x7A { end += 1 }
      guard end - index <= 10 else { return nil }
      value = bytes[index..<end].withUnsafeBufferPointer { TableNumber.value($0) }
      if end < bytes.count, isNameByte(bytes[end]) { return nil }
    }
    guard let value else { return nil }
    index = end
    return value
  }

  private func isDigit(_ place: Int) -> Bool {
    place < bytes.count && bytes[place] >= 0x30 && bytes[place] <= 0x39
  }

  /// A word; a bracket that is stuck to it belongs to it, as in `D(G(z))`.
  private mutating func word() -> [UInt8] {
    let start = index
    var depth = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte == 0x28, index > start {
        depth += 1
      } else if byte == 0x29, depth > 0 {
        depth -= 1
      } else if !isNameByte(byte), byte != 0x2F,
        byte != 0x2D || index + 1 >= bytes.count || !isNameByte(bytes[index + 1])
      {
        break
      }
      index += 1
    }
    if index == start { index += 1 }
    var word = bytes[start..<min(index, bytes.count)]
    while word.last == 0x2E { word.removeLast() }
    return Array(word)
  }

  private mutating func found(
    _ words: [[UInt8]], _ value: Double, start: Int, opens: Bool
  ) -> Found {
    var unit: [UInt8] = []
    while index < bytes.count, isNameByte(bytes[index]) || bytes[index] == 0x25 {
      unit.append(bytes[index])
      index += 1
    }
    var hasTotal = false
    if index < bytes.count, bytes[index] == 0x2F, isDigit(index + 1) {
      index += 1
      while isDigit(index) { index += 1 }
      hasTotal = true
    }
    let isPair =
      opens && hasTotal && index + 2 < bytes.count && bytes[index] == 0x5D
      && bytes[index + 1] == 0x5B && isDigit(index + 2)
    let texts = words.filter { !$0.isEmpty }.map { String(decoding: $0, as: UTF8.self) }
    return Found(
      words: texts.map { $0.lowercased() }, name: texts.joined(separator: "_"), value: value,
      unit: String(decoding: unit.prefix(8), as: UTF8.self).lowercased(), hasTotal: hasTotal,
      isBracketPair: isPair)
  }
}
