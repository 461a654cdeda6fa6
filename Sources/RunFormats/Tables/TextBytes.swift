/// Text of a file as UTF-8, whatever it was written in.
package struct TextBytes: Equatable, Sendable {
  package enum Encoding: String, Sendable {
    case utf8 = "UTF-8"
    case utf16 = "UTF-16"
    case latin1 = "Windows-1252"
  }

  /// UTF-8 without a byte order mark; what cannot be decoded is the replacement character.
  package let bytes: [UInt8]
  package let encoding: Encoding

  /// A byte order mark decides; else UTF-16 where every other byte is zero, UTF-8 where it is valid
  /// (but for a last character that is not whole yet), and Windows-1252, which is Latin-1 with a few
  /// signs more, for the rest.
  ///
  /// - Complexity: O(n).
  package init(_ raw: [UInt8]) {
    if raw.starts(with: [0xEF, 0xBB, 0xBF]) {
      self.init(bytes: Array(raw[3...]), encoding: .utf8)
    } else if raw.starts(with: [0xFF, 0xFE]) || raw.starts(with: [0xFE, 0xFF]) {
      self.init(bytes: Self.fromUTF16(raw[2...], isBig: raw[0] == 0xFE), encoding: .utf16)
    } else if let isBig = Self.orderOfUTF16(raw) {
      self.init(bytes: Self.fromUTF16(raw[...], isBig: isBig), encoding: .utf16)
    } else if Self.isUTF8(raw) {
      self.init(bytes: raw, encoding: .utf8)
    } else {
      self.init(bytes: Self.fromWindows1252(raw), encoding: .latin1)
    }
  }

  private init(bytes: [UInt8], encoding: Encoding) {
    self.bytes = bytes
    self.encoding = encoding
  }

  /// Text of a table is mostly ASCII, so one byte of each pair is zero and the other one never.
  private static func orderOfUTF16(_ raw: [UInt8]) -> Bool? {
    let pairs = min(raw.count / 2, 32)
    guard pairs >= 4 else { return nil }
    let zeros = (0..<pairs).count { raw[2 * $0] == 0 }
    let others = (0..<pairs).count { raw[2 * $0 + 1] == 0 }
    if zeros == 0, others * 4 >= pairs * 3 { return false }
    if others == 0, zeros * 4 >= pairs * 3 { return true }
    return nil
  }

  private static func fromUTF16(_ raw: ArraySlice<UInt8>, isBig: Bool) -> [UInt8] {
    var units: [UInt16] = []
    units.reserveCapacity(raw.count / 2)
    var index = raw.startIndex
    while index + 1 < raw.endIndex {
      let (first, second) = (UInt16(raw[index]), UInt16(raw[index + 1]))
      units.append(isBig ? first << 8 | second : second << 8 | first)
      index += 2
    }
    return Array(String(decoding: units, as: UTF16.self).utf8)
  }

  private static func isUTF8(_ raw: [UInt8]) -> Bool {
    guard let start = raw.firstIndex(where: { $0 >= 0x80 }) else { return true }
    var end = raw.count
    // The last character may still be written.
    for back in 1...3 where raw.count - back >= start {
      let byte = raw[raw.count - back]
      if byte < 0x80 { break }
      if byte >= 0xC0 {
        let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
        if length > back { end = raw.count - back }
        break
      }
    }
    return String(validating: raw[start..<max(start, end)], as: UTF8.self) != nil
  }

  private static func fromWindows1252(_ raw: [UInt8]) -> [UInt8] {
    // From the code page's table; 0 stands for the five places without a sign.
    let signs: [UInt32] = [
      0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039,
      0x0152, 0, 0x017D, 0, 0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC,
      0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
    ]
    var result: [UInt8] = []
    result.reserveCapacity(raw.count + raw.count / 8)
    for byte in raw {
      if byte < 0x80 {
        result.append(byte)
        continue
      }
      var value = UInt32(byte)
      if byte < 0xA0, signs[Int(byte - 0x80)] != 0 { value = signs[Int(byte - 0x80)] }
      if let scalar = Unicode.Scalar(value) {
        result.append(contentsOf: UTF8.encode(scalar) ?? .init())
      }
    }
    return result
  }
}
