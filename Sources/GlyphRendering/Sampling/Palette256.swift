/// The grays among the colours of terminals with palettes, at xterm's default values.
package enum Palette256 {
  /// The index of the gray nearest to a level, the darker one of two as near: 16, 232...255 or 231.
  package static func index(ofGray level: UInt8) -> UInt8 {
    // The ramp is 8, 18, ... 238; black and white come from the colour cube.
    if level <= 4 { return 16 }
    if level >= 247 { return 231 }
    return UInt8(232 + min(23, max(0, (Int(level) - 4) / 10)))
  }

  /// The level of an index that `index(ofGray:)` gives, and of 0, 7, 8, 15; nil for any other.
  package static func gray(ofIndex index: UInt8) -> UInt8? {
    switch index {
    case 0, 16: 0
    case 8: 127
    case 7: 229
    case 15, 231: 255
    case 232...255: 8 + 10 * (index - 232)
    default: nil
    }
  }

  /// The index of the nearest gray among the sixteen colours: 0, 8, 7 or 15.
  ///
  /// Terminals that know eight colours take 8 and 15 only as bold 0 and 7, and many themes move
  /// all four, so sixteen colours promise an order of grays and no exact level.
  package static func sixteenIndex(ofGray level: UInt8) -> UInt8 {
    switch level {
    case ...63: 0
    case ...178: 8
    case ...242: 7
    default: 15
    }
  }
}
