import Glibc
import ReviewCore

/// How alike pairs of pictures are in structure: high is low diversity.
///
/// Mean over the pairs (0,1), (2,3) ... of SSIM with K1 = 0.01, K2 = 0.03, L = 255, over places where
/// the window lies inside. -1...1; n >= 2; pictures of at least 7x7 (11x11 for the Gaussian window)
/// (Wang et al. 2004; windows as scikit-image has them).
enum StructuralSimilarity {
  static let card = MetricCard(
    name: "ssim", title: "SSIM diversity", reads: [.pictures],
    values: [
      MetricValueCard("ssim7", "-1 to 1", .lower, "7x7 box, sample covariance (divisor 48)"),
      MetricValueCard("ssim11gauss", "-1 to 1", .lower, "Gaussian of 1.5, 11x11, divisor n"),
    ],
    formula:
      "mean over pairs (0,1), (2,3), ... of (2 m_x m_y + c1)(2 s_xy + c2) / ((m_x^2 + m_y^2 + c1)"
      + "(s_x^2 + s_y^2 + c2))",
    minimumCount: "2 samples of 7x7",
    source: "Wang et al. 2004, doi:10.1109/TIP.2003.819861; scikit-image's defaults",
    pitfalls:
      "black borders are alike in all digits and raise it; MS-SSIM needs 161 pixels and is not given"
  )

  static let metric = RegisteredMetric(card) { call, effort throws(MetricFailure) in
    let size = try call.wantedSize()
    let (width, height) = (size.width, size.height)
    guard call.samples.rowCount > 1 else {
      throw .unfit("SSIM compares pairs: it needs 2 samples (n=\(call.samples.rowCount))")
    }
    let box = [Double](repeating: 1.0 / 7, count: 7)
    var values: [(String, MetricNumber)] = [
      (
        "ssim7",
        .number(try mean(call.samples, width, height, box, factor: 49.0 / 48, effort))
      )
    ]
    if width >= 11, height >= 11 {
      let bell = (-5...5).map { exp(-Double($0 * $0) / (2 * 1.5 * 1.5)) }
      let total = bell.reduce(0, +)
      let gauss = try mean(
        call.samples, width, height, bell.map { $0 / total }, factor: 1, effort)
      values.append(("ssim11gauss", .number(gauss)))
    }
    return MetricAnswer(values)
  }

  static func mean(
    _ table: NumberTable, _ width: Int, _ height: Int, _ window: [Double], factor: Double,
    _ effort: Effort
  ) throws(MetricFailure) -> Double {
    guard width >= window.count, height >= window.count else {
      throw .unfit(
        "pictures of \(width)x\(height) are smaller than the window of \(window.count)x\(window.count)"
      )
    }
    let pairs = table.rowCount / 2
    let bytes = table.bytes ?? []
    let values = try [Double].filled(pairs, with: 0) { values throws(MetricFailure) in
      try effort.forEachBlock(of: pairs, size: 8) { block in
        for pair in block {
          let start = 2 * pair * width * height
          let left = bytes[start..<start + width * height].map { Double($0) }
          let right = bytes[start + width * height..<start + 2 * width * height].map { Double($0) }
          values[pair] = similarity(left, right, width, height, window, factor)
        }
      }
    }
    return Statistics.mean(values)
  }

  private static func similarity(
    _ a: [Double], _ b: [Double], _ width: Int, _ height: Int, _ window: [Double],
    _ factor: Double
  ) -> Double {
    func smooth(_ values: [Double]) -> [Double] {
      smoothed(values, width, height, window)
    }
    let (ma, mb) = (smooth(a), smooth(b))
    let aa = smooth(zip(a, a).map { $0 * $1 })
    let bb = smooth(zip(b, b).map { $0 * $1 })
    let ab = smooth(zip(a, b).map { $0 * $1 })
    let (c1, c2) = (0.01 * 255 * 0.01 * 255, 0.03 * 255 * 0.03 * 255)
    let similarities = ma.indices.map { place -> Double in
      let (x, y) = (ma[place], mb[place])
      let spreadX = factor * (aa[place] - x * x)
      let spreadY = factor * (bb[place] - y * y)
      let both = factor * (ab[place] - x * y)
      return ((2 * x * y + c1) * (2 * both + c2))
        / ((x * x + y * y + c1) * (spreadX + spreadY + c2))
    }
    return Statistics.mean(similarities)
  }

  /// Where the window lies inside: first down, then across.
  private static func smoothed(
    _ values: [Double], _ width: Int, _ height: Int, _ window: [Double]
  ) -> [Double] {
    let reach = window.count
    let (inner, tall) = (width - reach + 1, height - reach + 1)
    var down = [Double](repeating: 0, count: width * tall)
    for y in 0..<tall {
      for x in 0..<width {
        var sum = 0.0
        for step in 0..<reach { sum += window[step] * values[(y + step) * width + x] }
        down[y * width + x] = sum
      }
    }
    var across = [Double](repeating: 0, count: inner * tall)
    for y in 0..<tall {
      for x in 0..<inner {
        var sum = 0.0
        for step in 0..<reach { sum += window[step] * down[y * width + x + step] }
        across[y * inner + x] = sum
      }
    }
    return across
  }
}
