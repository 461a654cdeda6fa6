package import ReviewCore

extension ArrayLayout {
  /// What an array's shape is taken for.
  package enum Reading: Equatable, Sendable {
    case samples(ArrayLayout)
    case neither
  }

  // Thinner pictures are tables of numbers, labels or latents.
  private static let leastSide = 2
  // Cells of the density picture of points along each axis.
  private static let densitySide = 64

  /// - Parameter sampleShape: of one sample, where the run declares it; decides whether (N,D) is
  ///   many flat samples or one picture.
  package static func reading(
    of shape: [Int], sampleShape: (width: Int, height: Int)? = nil
  ) -> Reading {
    guard !shape.contains(0) else { return .neither }
    let layout: ArrayLayout?
    switch shape.count {
    case 2:
      layout =
        shape[1] == 2
        ? ArrayLayout(axes: .points, count: 1, width: densitySide, height: densitySide)
        : plane(shape, sampleShape)
    case 3:
      layout =
        isChannels(shape[2]) && shape[0] > 3 && shape[1] > 3
        ? ArrayLayout(
          axes: .singleChannelsLast, count: 1, width: shape[1], height: shape[0],
          channels: shape[2])
        : ArrayLayout(axes: .plain, count: shape[0], width: shape[2], height: shape[1])
    case 4 where isChannels(shape[1]):
      layout = ArrayLayout(
        axes: .channelsFirst, count: shape[0], width: shape[3], height: shape[2],
        channels: shape[1])
    case 4 where isChannels(shape[3]):
      layout = ArrayLayout(
        axes: .channelsLast, count: shape[0], width: shape[2], height: shape[1],
        channels: shape[3])
    default: layout = nil
    }
    guard let layout, layout.width >= leastSide, layout.height >= leastSide else {
      return .neither
    }
    return .samples(layout)
  }

  private static func plane(
    _ shape: [Int], _ sampleShape: (width: Int, height: Int)?
  ) -> ArrayLayout {
    let single = ArrayLayout(axes: .single, count: 1, width: shape[1], height: shape[0])
    if let sampleShape {
      if sampleShape.width == shape[1], sampleShape.height == shape[0] { return single }
      if sampleShape.width * sampleShape.height == shape[1] {
        return ArrayLayout(
          axes: .flat, count: shape[0], width: sampleShape.width, height: sampleShape.height)
      }
    }
    // The root of the largest whole number still fits.
    let side = Int(Double(shape[1]).squareRoot().rounded())
    // A square array is a picture rather than as many samples as each has pixels.
    let (square, isTooLarge) = side.multipliedReportingOverflow(by: side)
    guard !isTooLarge, square == shape[1], shape[0] != shape[1] else { return single }
    return ArrayLayout(axes: .flat, count: shape[0], width: side, height: side)
  }

  private static func isChannels(_ size: Int) -> Bool { size == 1 || size == 3 }

  /// `64 samples of 28x28`.
  var words: String {
    if axes == .points { return "points of a plane, shown as one density picture" }
    let kind = channels == 3 ? ", RGB" : ""
    return axes == .single || axes == .singleChannelsLast
      ? "one sample of \(width)x\(height)\(kind)"
      : "\(count) sample\(count == 1 ? "" : "s") of \(width)x\(height)\(kind)"
  }

  /// The shape of one sample as the array has it.
  func sampleShape(of shape: [Int]) -> ArraySlice<Int> {
    axes == .single || axes == .singleChannelsLast || axes == .points
      ? shape[...] : shape.dropFirst()
  }
}
