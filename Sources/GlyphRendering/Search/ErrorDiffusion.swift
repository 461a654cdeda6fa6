/// Which parts of a picture to ink when ink is all or nothing (Floyd and Steinberg 1976).
enum ErrorDiffusion {
  /// Whether each part is inked, row by row.
  ///
  /// - Parameters:
  ///   - light: wanted distance from the ground, 0...`full`; `width` values a row.
  ///   - full: distance from the ground that an inked part gives, above 0.
  static func inked(_ light: [Int32], width: Int, full: Int32) -> [Bool] {
    var wanted = light
    return light.indices.map { place in
      let isInked = wanted[place] * 2 > full
      let miss = wanted[place] - (isInked ? full : 0)
      let column = place % width
      func pass(_ sixteenths: Int32, to other: Int) {
        if other < light.count { wanted[other] += miss * sixteenths / 16 }
      }
      if column + 1 < width { pass(7, to: place + 1) }
      if column > 0 { pass(3, to: place + width - 1) }
      pass(5, to: place + width)
      if column + 1 < width { pass(1, to: place + width + 1) }
      return isInked
    }
  }
}
