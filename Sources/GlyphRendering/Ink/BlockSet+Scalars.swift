extension BlockSet {
  /// Characters of 2 x 2 masks (U+2580...U+259F).
  static let quadrants = Array(" ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█".unicodeScalars)

  /// Characters of 2 x 3 masks (U+1FB00...U+1FB3B and the halves that came before them).
  static let sextants: [Unicode.Scalar] = {
    var next = Scalars(from: 0x1FB00)
    return (0..<64).map { mask in
      switch mask {
      case 0: " "
      case 0b010101: "▌"
      case 0b101010: "▐"
      case 63: "█"
      default: next.take()
      }
    }
  }()

  /// Characters of 2 x 4 masks (U+1CD00...U+1CDE5 and those that came before them).
  static let octants: [Unicode.Scalar] = {
    var next = Scalars(from: 0x1CD00)
    return (0..<256).map { octantsElsewhere[$0] ?? next.take() }
  }()

  /// Braille of 2 x 4 masks; the empty cell is a plain space, which every font has.
  static let dots: [Unicode.Scalar] = (0..<256).map { mask in
    // Braille numbers its upper six dots column by column and the lowest row last.
    let bits = [0, 3, 1, 4, 2, 5, 6, 7]
    let pattern = bits.indices.reduce(UInt32(0)) { $0 | UInt32(mask >> $1 & 1) << bits[$1] }
    return pattern == 0 ? " " : Unicode.Scalar(0x2800 + pattern) ?? " "
  }

  /// The 26 masks of 2 x 4 that Unicode had before it added octants.
  private static let octantsElsewhere: [Int: Unicode.Scalar] = {
    var known: [Int: Unicode.Scalar] = [
      0x01: "\u{1CEA8}", 0x02: "\u{1CEAB}", 0x03: "\u{1FB82}", 0x14: "\u{1FBE6}",
      0x28: "\u{1FBE7}", 0x3F: "\u{1FB85}", 0x40: "\u{1CEA3}", 0x80: "\u{1CEA0}",
      0xC0: "▂", 0xFC: "▆",
    ]
    for (mask, scalar) in quadrants.enumerated() {
      let upper = (mask & 0b0011) * 0b0101
      known[upper | (mask >> 2) * 0b0101 << 4] = scalar
    }
    return known
  }()

  /// Scalars one after the other.
  private struct Scalars {
    var code: UInt32

    init(from code: UInt32) { self.code = code }

    mutating func take() -> Unicode.Scalar {
      defer { code += 1 }
      return Unicode.Scalar(code) ?? " "
    }
  }
}
