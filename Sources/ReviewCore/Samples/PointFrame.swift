/// The part of the plane that points are shown in, one for a whole run.
package struct PointFrame: Hashable, Sendable {
  package let left: Double
  /// Greater than `left`; both are finite.
  package let right: Double
  package let bottom: Double
  /// Greater than `bottom`; both are finite.
  package let top: Double

  package init(x: ClosedRange<Double>, y: ClosedRange<Double>) {
    (left, right) = Self.widened(x)
    (bottom, top) = Self.widened(y)
  }

  private static func widened(_ range: ClosedRange<Double>) -> (Double, Double) {
    range.lowerBound < range.upperBound
      ? (range.lowerBound, range.upperBound) : (range.lowerBound - 0.5, range.lowerBound + 0.5)
  }

  /// How many points lie in each cell of a picture, row by row from the top; those outside of the
  /// frame and those that are no number are left out.
  package func counts(
    of points: some Sequence<(x: Double, y: Double)>, width: Int, height: Int
  ) -> [Int] {
    var counts = [Int](repeating: 0, count: width * height)
    for point in points {
      // Halved first: two finite places may lie farther apart than a number can say.
      let across = (point.x / 2 - left / 2) / (right / 2 - left / 2) * Double(width)
      let down = (top / 2 - point.y / 2) / (top / 2 - bottom / 2) * Double(height)
      guard across >= 0, across <= Double(width), down >= 0, down <= Double(height) else {
        continue
      }
      let column = min(width - 1, Int(across))
      let row = min(height - 1, Int(down))
      counts[row * width + column] += 1
    }
    return counts
  }

  /// The gray of each cell: the square root of how much denser it is than points spread evenly
  /// over the frame, white from 32 times on.
  ///
  /// It depends on the number of points alone, so pictures of one run can be compared.
  package static func grays(of counts: [Int], points: Int) -> [UInt8] {
    guard points > 0, !counts.isEmpty else { return counts.map { _ in 0 } }
    let even = Double(points) / Double(counts.count)
    return counts.map { count in
      UInt8(min(255, (255 * (Double(count) / even / 32).squareRoot() + 0.5).rounded(.down)))
    }
  }

  /// `x [-1, 1], y [-2, 2]`.
  package var text: String {
    func text(_ low: Double, _ high: Double) -> String {
      "[\(NumberText.shortest(low)), \(NumberText.shortest(high))]"
    }
    return "x \(text(left, right)), y \(text(bottom, top))"
  }
}
