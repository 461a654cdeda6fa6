/// How the samples of one checkpoint lie in one array.
package struct ArrayLayout: Hashable, Sendable {
  /// Which axes a sample has, slowest first.
  package enum Axes: String, Hashable, Sendable {
    /// (H,W), the whole array one sample.
    case single = "H,W"
    /// (H,W,C), the whole array one sample.
    case singleChannelsLast = "H,W,C"
    /// (N,H,W).
    case plain = "N,H,W"
    /// (N,C,H,W), as torch lays them out.
    case channelsFirst = "N,C,H,W"
    /// (N,H,W,C), as Keras lays them out.
    case channelsLast = "N,H,W,C"
    /// (N,D), rows of a square one after the other.
    case flat = "N,D"
    /// (n,2): points of a plane, shown as one density picture.
    case points = "n,2"
  }

  package let axes: Axes
  package let count: Int
  package let width: Int
  package let height: Int
  /// 1 gray, 3 RGB.
  package let channels: Int

  package init(axes: Axes, count: Int, width: Int, height: Int, channels: Int = 1) {
    self.axes = axes
    self.count = count
    self.width = width
    self.height = height
    self.channels = channels
  }

  /// Values of one sample, which lie one after the other.
  package var valuesPerSample: Int { width * height * channels }

  /// Whether the channels of a pixel lie side by side.
  package var isInterleaved: Bool { axes == .channelsLast || axes == .singleChannelsLast }
}
