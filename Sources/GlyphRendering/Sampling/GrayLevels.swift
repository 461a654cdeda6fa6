/// The gray levels that one colour depth can show.
struct GrayLevels: Sendable {
  /// Codes 0...255, ascending; holds 0 and 255.
  let levels: [UInt8]
  /// The nearest level's index for each code, the darker of two as near.
  private let nearest: [UInt8]

  /// The grays of a depth; without colour there are black and white.
  static func of(_ depth: ColorDepth) -> GrayLevels {
    switch depth {
    case .none: blackAndWhite
    case .sixteen: sixteen
    case .palette: palette
    case .full: full
    }
  }

  private static let blackAndWhite = GrayLevels([0, 255])
  private static let sixteen = GrayLevels([0, 8, 7, 15].compactMap(Palette256.gray(ofIndex:)))
  private static let palette = GrayLevels(
    ([16] + (232...255) + [231]).compactMap(Palette256.gray(ofIndex:)))
  private static let full = GrayLevels((0...255).map { UInt8($0) })

  private init(_ levels: [UInt8]) {
    self.levels = levels
    nearest = (0...255).map { code in
      let index = levels.indices.min {
        (Int(levels[$0]) - code).magnitude < (Int(levels[$1]) - code).magnitude
      }
      return UInt8(index ?? 0)
    }
  }

  /// The level nearest to a code, which may lie beyond 0...255.
  func nearest(to code: Double) -> UInt8 {
    levels[Int(nearest[Int(min(255, max(0, code.rounded())))])]
  }

  /// The levels on either side of a code; one alone where it meets a level or an end.
  func around(_ code: Double) -> ClosedRange<UInt8> {
    let held = min(255, max(0, code))
    var index = Int(nearest[Int(held.rounded())])
    if Double(levels[index]) > held, index > 0 { index -= 1 }
    let isExact = Double(levels[index]) == held || index == levels.count - 1
    return levels[index]...levels[isExact ? index : index + 1]
  }
}
