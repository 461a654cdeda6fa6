import ReviewCore

extension RunDeclaration {
  /// Width and height of one sample as the output shape tells them, channels left out.
  var sampleShape: (width: Int, height: Int)? {
    let sides = (outputShape ?? []).filter { $0 > 4 }
    return sides.count == 2 ? (sides[1], sides[0]) : nil
  }
}
