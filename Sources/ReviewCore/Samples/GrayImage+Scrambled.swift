extension GrayImage {
  /// The same pixels in an order of chance: as bright, as full of contrast, and no picture of anything.
  ///
  /// - Parameter seed: the same gives the same order on every machine.
  package func scrambled(seed: UInt64) -> GrayImage {
    var dice = SplitMix64(seed: seed)
    var mixed = pixels
    for place in stride(from: mixed.count - 1, to: 0, by: -1) {
      mixed.swapAt(place, Int(dice.next(below: UInt64(place + 1))))
    }
    return GrayImage(width: width, height: height, pixels: mixed)
  }
}
